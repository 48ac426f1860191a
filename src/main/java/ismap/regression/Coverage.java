package ismap.regression;

import ismap.regression.Reach.Cell;
import ismap.rulebook.Plan;
import ismap.rulebook.Plan.Definition;
import ismap.rulebook.Table;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What the scenarios of a decision reach of its tables, those included that conclude facts for it.
 *
 * <p>A condition, one cell of a row, is decisive when it makes the difference: to a yes where the row matches, to a no where it is the
 * only condition of its row that does not hold. One that is decisive only one way could be changed without any scenario noticing.
 *
 * <p>The rows of a borrowed rule are counted in the decision whose workbook they stand in; here, only whether the rule fires, and where it
 * does not apply.
 *
 * @param rulesNeverFired ids of the rules of which no row matches in any scenario
 * @param neverFired ids of the rows that match in none of them, in the order of the tables
 * @param neverDecisive in the order of the tables
 */
public record Coverage(
        String decision,
        int scenarios,
        int rules,
        List<String> rulesNeverFired,
        int rows,
        List<String> neverFired,
        int conditions,
        List<NeverDecisive> neverDecisive) {

    /** A condition of which some decisive scenario is missing. */
    public record NeverDecisive(String row, String column, boolean yesMissing, boolean noMissing) {}

    public Coverage {
        rulesNeverFired = List.copyOf(rulesNeverFired);
        neverFired = List.copyOf(neverFired);
        neverDecisive = List.copyOf(neverDecisive);
    }

    public static Coverage of(Plan plan, List<ScenarioResult> results) {
        var fired = new HashSet<String>();
        var stopped = new HashSet<Cell>();
        for (ScenarioResult result : results) {
            fired.addAll(result.reached().rows());
            stopped.addAll(result.reached().stopped());
        }
        var count = new Count(fired, stopped);
        for (Definition definition : plan.definitions().values()) {
            if (definition instanceof Definition.ByTable byTable) {
                Table table = byTable.table().table();
                count.add(table, table.decidesRule() && plan.decision().borrows(table.id()));
            }
        }
        return new Coverage(
                plan.decision().name(),
                results.size(),
                count.rules,
                count.rulesNeverFired,
                count.rows,
                count.neverFired,
                count.conditions,
                count.neverDecisive);
    }

    public int rulesFired() {
        return rules - rulesNeverFired.size();
    }

    public int rowsFired() {
        return rows - neverFired.size();
    }

    /** Conditions that are decisive both ways. */
    public int conditionsDecisive() {
        return conditions - neverDecisive.size();
    }

    /** Of the conditions, those decisive both ways, rounded down; a decision without conditions is covered. */
    public int percent() {
        return conditions == 0 ? 100 : conditionsDecisive() * 100 / conditions;
    }

    private static final class Count {
        private final Set<String> fired;
        private final Set<Cell> stopped;
        private final List<String> rulesNeverFired = new ArrayList<>();
        private final List<String> neverFired = new ArrayList<>();
        private final List<NeverDecisive> neverDecisive = new ArrayList<>();
        private int rules;
        private int rows;
        private int conditions;

        private Count(Set<String> fired, Set<Cell> stopped) {
            this.fired = fired;
            this.stopped = stopped;
        }

        private void add(Table table, boolean borrowed) {
            if (table.decidesRule()) {
                rules++;
                if (table.rows().stream()
                        .noneMatch(row -> !Reach.isElsewhere(table, row) && fired.contains(row.id()))) {
                    rulesNeverFired.add(table.id());
                }
            }
            for (Table.Row row : table.rows()) {
                if (borrowed && !Reach.isElsewhere(table, row)) {
                    continue;
                }
                rows++;
                boolean fires = fired.contains(row.id());
                if (!fires) {
                    neverFired.add(row.id());
                }
                for (String column : Reach.columns(table, row)) {
                    conditions++;
                    boolean stops = stopped.contains(new Cell(row.id(), column));
                    if (!fires || !stops) {
                        neverDecisive.add(new NeverDecisive(row.id(), column, !fires, !stops));
                    }
                }
            }
        }
    }
}
