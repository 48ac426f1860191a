package ismap.ledger;

import java.util.Optional;
import java.util.UUID;

/**
 * The append-only record of decisions. Both methods throw {@link StorageUnavailable} where the database cannot be asked.
 */
public interface Ledger {
    /**
     * Returns only after the record is durable.
     *
     * @throws IllegalArgumentException if the id is taken, or the revision or the superseded record does not exist
     */
    Receipt append(NewRecord record);

    Optional<Receipt> find(UUID id);
}
