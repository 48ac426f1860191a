package ismap.revision;

import java.time.Instant;
import java.util.Optional;

/**
 * Revisions that were published elsewhere and taken over here. Every method throws {@link ismap.ledger.StorageUnavailable} where the
 * database cannot be asked.
 */
public interface Takeovers {

    /**
     * @param revisionId its id there and here
     * @param origin the installation that published it, by the id of its first signing key
     * @param address what its bundle is addressed by
     * @param publishedAt there
     */
    record Takeover(String revisionId, String origin, String address, Instant publishedAt) {}

    /** The one that the origin published last, of those that are here. */
    Optional<Takeover> latest(String origin);

    /**
     * Publishes it here and keeps where it came from, both or neither.
     *
     * @return empty where a revision of that id, or a later one of that origin, is here by now
     */
    Optional<StoredRevision> publish(NewRevision revision, Takeover from);
}
