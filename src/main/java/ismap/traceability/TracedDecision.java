package ismap.traceability;

import ismap.regression.Scenario;
import ismap.rulebook.DecisionDefinition;
import java.util.List;

/**
 * A decision.
 *
 * @param rules its own, then those that it borrows
 * @param facts the tables that conclude facts for it, wherever they stand
 */
public record TracedDecision(
        DecisionDefinition decision, List<TracedTable> rules, List<TracedTable> facts, List<TracedScenario> scenarios) {

    public TracedDecision {
        rules = List.copyOf(rules);
        facts = List.copyOf(facts);
        scenarios = List.copyOf(scenarios);
    }

    /** A scenario and the rows that match in it, in the order of the tables. */
    public record TracedScenario(Scenario scenario, List<Matched> rows) {
        public TracedScenario {
            rows = List.copyOf(rows);
        }
    }

    /** A row of a table that matches in a scenario. */
    public record Matched(TracedTable table, String row) {}

    public String name() {
        return decision.name();
    }
}
