package ismap.regression;

import ismap.rulebook.Plan;
import ismap.rulebook.Plan.Definition;
import ismap.rulebook.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What the scenarios of a decision reach of its tables, those included that conclude facts for it.
 *
 * @param neverFired ids of the rows that match in none of them, in the order of the tables
 */
public record Coverage(String decision, int scenarios, int rules, int rulesFired, int rows, List<String> neverFired) {

    public Coverage {
        neverFired = List.copyOf(neverFired);
    }

    public static Coverage of(Plan plan, List<ScenarioResult> results) {
        Set<String> fired =
                results.stream().flatMap(result -> result.rows().stream()).collect(Collectors.toSet());
        var never = new ArrayList<String>();
        int rows = 0;
        int rules = 0;
        int rulesFired = 0;
        for (Definition definition : plan.definitions().values()) {
            if (definition instanceof Definition.ByTable byTable) {
                Table table = byTable.table().table();
                rows += table.rows().size();
                table.rows().stream()
                        .map(Table.Row::id)
                        .filter(row -> !fired.contains(row))
                        .forEach(never::add);
                if (table.decidesRule()) {
                    rules++;
                    rulesFired += table.rows().stream().map(Table.Row::id).anyMatch(fired::contains) ? 1 : 0;
                }
            }
        }
        return new Coverage(plan.decision().name(), results.size(), rules, rulesFired, rows, never);
    }

    public int rowsFired() {
        return rows - neverFired.size();
    }

    /** Of the rows, rounded down; a decision without rows is covered. */
    public int percent() {
        return rows == 0 ? 100 : rowsFired() * 100 / rows;
    }
}
