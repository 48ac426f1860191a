package ismap.publication;

import ismap.decision.Problem;
import java.util.List;

/** What an instance does so that it decides by a revision the moment it is published. */
public interface Activation {

    /**
     * Reads and compiles an approved revision ahead, so that its publication costs nobody time.
     *
     * @return why it cannot be decided by here; empty where it can
     * @throws ismap.ledger.StorageUnavailable where the database cannot be asked
     */
    List<Problem> prepare(String revisionId);

    /** Call it after a publication is committed: what is in force then decides on this instance when it returns. */
    void published();
}
