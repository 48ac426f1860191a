package ismap.regression;

import ismap.decision.Decision;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;

/**
 * How one scenario went.
 *
 * @param decision empty where the engines disagree or the rules fail
 * @param rows ids of the rows that matched in it, whether or not they decided their rule
 */
public record ScenarioResult(
        Scenario scenario, Optional<Decision> decision, List<Mismatch> mismatches, SortedSet<String> rows) {

    public ScenarioResult {
        mismatches = List.copyOf(mismatches);
    }

    public boolean holds() {
        return mismatches.isEmpty();
    }
}
