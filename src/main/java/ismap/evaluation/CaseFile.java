package ismap.evaluation;

import ismap.ledger.Receipt;
import ismap.revision.StoredRevision;
import ismap.rulebook.Rulebook;
import java.util.Optional;

/**
 * A record with all that it rests on.
 *
 * @param revision as it is stored, whether or not it still is what was published
 * @param rulebook of the revision; empty where that cannot be read, as the replay says then
 */
public record CaseFile(
        Receipt receipt, Optional<StoredRevision> revision, Optional<Rulebook> rulebook, Replay replay) {}
