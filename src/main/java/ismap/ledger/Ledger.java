package ismap.ledger;

import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/**
 * The append-only record of decisions. Its methods throw {@link StorageUnavailable} where the database cannot be asked.
 */
public interface Ledger {
    /**
     * Returns at once. What it returns is complete after the record is durable: with its receipt, or, where the principal has used the key
     * before, with the receipt of that earlier record, and nothing is added. It fails with {@link StorageUnavailable}, or with
     * IllegalArgumentException if the id is taken, or the revision or the superseded record does not exist.
     *
     * @throws LedgerFull if too many wait already
     */
    CompletableFuture<Receipt> submit(NewRecord record);

    /** As {@link #submit}, and waits. */
    default Receipt append(NewRecord record) {
        try {
            return submit(record).join();
        } catch (CompletionException failed) {
            if (failed.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw failed;
        }
    }

    Optional<Receipt> find(UUID id);

    /** The record that the principal asked for under this key. */
    Optional<Receipt> find(String principal, String key);
}
