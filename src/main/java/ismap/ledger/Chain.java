package ismap.ledger;

import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;

/** The sealed records in their order, to be verified or handed out. Its methods throw {@link StorageUnavailable} where the database is not there. */
public interface Chain {

    /**
     * Gives what is stored after that sequence, position by position, as it was at one moment, in constant memory. It gives what it finds: a
     * position that is missing is left out, and one that has an entry alone, or a record alone, is given so.
     */
    void walk(long afterSequence, Consumer<StoredLink> consumer);

    /** The last entry; empty before there is one. */
    Optional<Head> last();

    /** A record that a caller's key names and that does not exist; empty where all is well. */
    Optional<UUID> keyWithoutRecord();

    /** @param hash of the entry of that sequence */
    record Head(long sequence, String hash) {}
}
