package ismap.regression;

import static org.assertj.core.api.Assertions.assertThat;

import ismap.Shipped;
import ismap.decision.Status;
import ismap.rulebook.Altered;
import ismap.rulebook.DecisionDefinition;
import ismap.rulebook.EvaluationFailure;
import ismap.rulebook.FactReader;
import ismap.rulebook.Facts;
import ismap.rulebook.Interpreter;
import ismap.rulebook.Plan;
import ismap.rulebook.Table;
import java.util.ArrayList;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Every rule row of the shipped rulebook is taken away in turn: the scenarios notice, and name the clause that lost its answer. */
@Tag("core")
class LostRowsTest {

    @Test
    void aRowThatIsTakenAwayIsMissedByItsClause() {
        int rows = 0;
        var unnoticed = new ArrayList<String>();
        for (String name : Shipped.decisions()) {
            DecisionDefinition decision = Shipped.plan(name).decision();
            for (Table table : decision.rules()) {
                if (decision.borrows(table.id()) || table.rows().size() < 2) {
                    continue; // a table without rows is a Problem of its own
                }
                for (Table.Row row : table.rows()) {
                    rows++;
                    if (!noticed(Shipped.plan(name), without(decision, table, row), table)) {
                        unnoticed.add(name + " " + row.id());
                    }
                }
            }
        }
        System.out.printf(
                "%d of %d rows are missed by their clause; not: %s%n", rows - unnoticed.size(), rows, unnoticed);
        assertThat(rows).isGreaterThan(300);
        assertThat(unnoticed).hasSizeLessThan(rows / 20);
    }

    /** No row matches, and the failure names the clause; or the finding that cites the clause is another. */
    private static boolean noticed(Plan whole, Plan plan, Table table) {
        String clause = table.citation().orElseThrow().document() + " "
                + table.citation().orElseThrow().clause();
        for (Scenario scenario : Shipped.scenarios(plan.decision().name())) {
            var facts = FactReader.read(plan, scenario.facts()).facts();
            try {
                if (!decided(plan, facts, scenario, table).equals(decided(whole, facts, scenario, table))) {
                    return true;
                }
            } catch (EvaluationFailure failure) {
                return String.valueOf(failure.getMessage()).contains(clause);
            }
        }
        return false;
    }

    private static Status decided(Plan plan, Facts facts, Scenario scenario, Table table) {
        return java.util.Objects.requireNonNull(Interpreter.reason(plan, facts, scenario.asOf())
                        .decided()
                        .get(table.id()))
                .status();
    }

    private static Plan without(DecisionDefinition decision, Table table, Table.Row row) {
        DecisionDefinition changed = Altered.without(decision, table.id(), row);
        return Plan.of(Altered.with(Shipped.plan(decision.name()).rulebook(), changed), changed);
    }
}
