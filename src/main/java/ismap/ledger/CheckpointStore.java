package ismap.ledger;

import java.util.List;
import java.util.Optional;

/** Checkpoints and public keys, only ever added to. Its methods throw {@link StorageUnavailable} where the database is not there. */
public interface CheckpointStore {

    /** Nothing happens where that position has one. */
    void add(Checkpoint checkpoint);

    Optional<Checkpoint> last();

    /** Those after that sequence, in their order. */
    List<Checkpoint> after(long sequence, int limit);

    /** The first one first. */
    List<SigningKey> keys();

    /** @throws IllegalArgumentException where there is a first key already, or the key before has a successor */
    void add(SigningKey key);
}
