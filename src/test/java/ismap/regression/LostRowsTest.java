package ismap.regression;

import static org.assertj.core.api.Assertions.assertThat;

import ismap.Shipped;
import ismap.decision.Status;
import ismap.rulebook.DecisionDefinition;
import ismap.rulebook.EvaluationFailure;
import ismap.rulebook.FactReader;
import ismap.rulebook.Facts;
import ismap.rulebook.Interpreter;
import ismap.rulebook.Plan;
import ismap.rulebook.Rulebook;
import ismap.rulebook.Table;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
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
        var rules = new ArrayList<>(decision.rules());
        rules.set(rules.indexOf(table), without(table, row));
        var changed = new DecisionDefinition(
                decision.name(),
                decision.title(),
                decision.question(),
                decision.governingFact(),
                rules,
                decision.borrowed(),
                decision.outcomes(),
                decision.values(),
                decision.readings(),
                decision.notExamined(),
                decision.note());
        Rulebook all = Shipped.plan(decision.name()).rulebook();
        var decisions = new LinkedHashMap<>(all.decisions());
        decisions.put(decision.name(), changed);
        return Plan.of(
                new Rulebook(
                        all.formatVersion(),
                        all.vocabulary(),
                        all.clauses(),
                        all.parameters(),
                        all.derivations(),
                        all.concluded(),
                        decisions),
                changed);
    }

    private static Table without(Table table, Table.Row row) {
        List<Table.Row> rows = table.rows().stream().filter(each -> each != row).toList();
        return new Table(
                table.id(),
                table.decidesRule(),
                table.title(),
                table.citation().or(() -> Optional.of(row.citation().orElseThrow())),
                table.hitPolicy(),
                table.aggregation(),
                table.forEach(),
                table.item(),
                table.items(),
                table.noElements(),
                table.from(),
                table.until(),
                table.referenceDay(),
                table.assumption(),
                table.discretion(),
                table.outsideDates(),
                table.notEnoughFacts(),
                table.columns(),
                rows);
    }
}
