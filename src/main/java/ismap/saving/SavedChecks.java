package ismap.saving;

import java.util.Optional;

/**
 * Keeps what it cannot read. Every method throws {@link ismap.ledger.StorageUnavailable} where it cannot be asked.
 */
public interface SavedChecks {

    /** How many days it keeps something. */
    int DAYS = 30;

    /** How many bytes it takes at once. */
    int LARGEST = 256 * 1024;

    /**
     * @param hash of the code
     * @param sealed encrypted under the code
     */
    void keep(byte[] hash, byte[] sealed);

    /** Empty where there is none, or none any more. */
    Optional<byte[]> find(byte[] hash);

    /** @return whether there was something */
    boolean delete(byte[] hash);
}
