package ismap.regression;

import ismap.decision.Decision;
import java.util.List;
import java.util.Optional;

/**
 * How one scenario went.
 *
 * @param decision empty where the engines disagree or the rules fail
 * @param reached the rows that matched in it, and the conditions that alone kept a row from matching
 */
public record ScenarioResult(
        Scenario scenario, Optional<Decision> decision, List<Mismatch> mismatches, Reach.Reached reached) {

    public ScenarioResult {
        mismatches = List.copyOf(mismatches);
    }

    public boolean holds() {
        return mismatches.isEmpty();
    }
}
