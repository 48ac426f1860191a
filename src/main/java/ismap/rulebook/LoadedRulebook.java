package ismap.rulebook;

import ismap.decision.Problem;
import java.util.List;
import java.util.Optional;

/**
 * What came of reading files: a rulebook where no problem is an error, and all problems in sheet order.
 *
 * @param rulebook empty where some problem is an error
 */
public record LoadedRulebook(Optional<Rulebook> rulebook, SourceMap sources, List<Problem> problems) {
    public LoadedRulebook {
        problems = List.copyOf(problems);
    }
}
