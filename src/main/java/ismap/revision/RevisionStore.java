package ismap.revision;

import java.util.Optional;

/**
 * The published revisions. Every method throws {@link ismap.ledger.StorageUnavailable} where the database cannot be
 * asked.
 */
public interface RevisionStore {
    /** The one published last; empty only before the first. */
    Optional<StoredRevision> inForce();

    Optional<StoredRevision> find(String id);

    /**
     * All of it or nothing. What is published is never changed afterwards.
     *
     * @throws IllegalArgumentException if a revision of that id exists
     */
    StoredRevision publish(NewRevision revision);
}
