package ismap.rulebook;

import static org.assertj.core.api.Assertions.assertThat;

import ismap.Shipped;
import ismap.decision.Citation;
import ismap.decision.Problem;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A row that is lost from a table of the shipped rulebook is missed: the check names the clause that has lost its answer. */
class EveryRowCountsTest {

    /** Rows beside which another row matches wherever they do. */
    private static final int LEAST_PERCENT = 95;

    @Test
    @Tag("slow")
    void takingAnyRowAwayNamesTheClauseThatLostItsRule() {
        Rulebook shipped = Shipped.checked().rulebook().orElseThrow();
        var unnoticed = new ArrayList<String>();
        int rows = 0;
        for (DecisionDefinition decision : shipped.decisions().values()) {
            for (Table table : decision.rules()) {
                for (Table.Row row : decision.borrows(table.id()) ? List.<Table.Row>of() : table.rows()) {
                    rows++;
                    if (!named(problems(shipped, decision, table, row), table, row)) {
                        unnoticed.add(decision.name() + " " + row.id());
                    }
                }
            }
        }
        System.out.printf(
                "rows whose loss names their clause: %d of %d; not noticed: %s%n",
                rows - unnoticed.size(), rows, unnoticed);
        assertThat(100 * (rows - unnoticed.size())).isGreaterThanOrEqualTo(LEAST_PERCENT * rows);
    }

    private static boolean named(List<Problem> problems, Table table, Table.Row row) {
        List<String> clauses = Stream.concat(table.citation().stream(), row.citation().stream())
                .map(EveryRowCountsTest::cited)
                .toList();
        return problems.stream()
                .anyMatch(problem -> clauses.stream()
                        .anyMatch(clause -> problem.message().en().contains(clause)));
    }

    private static String cited(Citation citation) {
        return citation.document() + " " + citation.clause();
    }

    /** What the checks say of the rulebook without the row, the gaps only where its table is used. */
    private static List<Problem> problems(Rulebook shipped, DecisionDefinition home, Table table, Table.Row row) {
        var touched = new LinkedHashMap<String, DecisionDefinition>();
        for (DecisionDefinition decision : shipped.decisions().values()) {
            boolean borrows = decision.borrowed().stream()
                    .anyMatch(borrowed -> borrowed.rule().equals(table.id())
                            && borrowed.decision().equals(home.name()));
            if (borrows || decision == home) {
                touched.put(decision.name(), Altered.without(decision, table.id(), row));
            }
        }
        var all = new LinkedHashMap<>(shipped.decisions());
        all.putAll(touched);
        SourceMap sources = Shipped.checked().sources();
        return Stream.of(
                        CoverageChecker.check(Altered.with(shipped, all), sources),
                        TableGaps.check(Altered.with(shipped, touched), sources))
                .flatMap(List::stream)
                .toList();
    }
}
