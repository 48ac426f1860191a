package ismap.revision;

import java.util.List;
import java.util.Optional;

/**
 * Revisions that are not published yet. Every method throws {@link ismap.ledger.StorageUnavailable} where the database cannot be asked.
 */
public interface Candidates {

    /** As it stands now, whatever its state; it may be full of mistakes. */
    Optional<NewRevision> find(String id);

    /** The ids of those that are approved and could be published at any moment, oldest first. */
    List<String> approved();
}
