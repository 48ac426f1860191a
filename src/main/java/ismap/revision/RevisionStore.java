package ismap.revision;

import java.time.Instant;
import java.util.Optional;

/**
 * The published revisions. Every method throws {@link ismap.ledger.StorageUnavailable} where the database cannot be
 * asked.
 */
public interface RevisionStore {
    /** The one published last; empty only before the first. */
    Optional<StoredRevision> inForce();

    /** The same one, without its files: cheap enough to be asked all the time. */
    Optional<Head> head();

    /** The id of the one that was in force at that instant; empty before the first. */
    Optional<String> inForceAt(Instant instant);

    Optional<StoredRevision> find(String id);

    /** Whether one of that id was published. */
    boolean knows(String id);

    /**
     * All of it or nothing. What is published is never changed afterwards.
     *
     * @throws IllegalArgumentException if a revision of that id exists
     */
    StoredRevision publish(NewRevision revision);
}
