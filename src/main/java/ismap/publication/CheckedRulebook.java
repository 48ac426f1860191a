package ismap.publication;

import ismap.decision.Problem;
import ismap.regression.Scenario;
import ismap.rulebook.Plan;
import ismap.rulebook.Rulebook;
import ismap.rulebook.SourceMap;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What came of checking the files of a rulebook.
 *
 * @param rulebook empty where something in it is wrong
 * @param plans by decision, in the order of the rulebook; empty where the rulebook is
 * @param scenarios those that could be read, by decision
 * @param problems all of them, of the rulebook first, then of its scenarios, each in sheet order
 */
public record CheckedRulebook(
        Optional<Rulebook> rulebook,
        SourceMap sources,
        Map<String, Plan> plans,
        Map<String, List<Scenario>> scenarios,
        List<Problem> problems) {

    public CheckedRulebook {
        plans = Collections.unmodifiableMap(new LinkedHashMap<>(plans));
        scenarios = Collections.unmodifiableMap(new LinkedHashMap<>(scenarios));
        problems = List.copyOf(problems);
    }

    /** Whether nothing is wrong; warnings may be there. */
    public boolean isClean() {
        return problems.stream().noneMatch(Problem::isError);
    }
}
