package ismap.ledger;

/**
 * The database did not answer in time, or refuses work for now. Whether a write arrived is not known: ask again later
 * with the same id.
 */
public final class StorageUnavailable extends RuntimeException {
    public StorageUnavailable(String message, Throwable cause) {
        super(message, cause);
    }
}
