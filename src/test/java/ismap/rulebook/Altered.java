package ismap.rulebook;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Rulebooks that differ from another in what a test changes, and in nothing else. */
public final class Altered {

    private Altered() {}

    public static Table without(Table table, Table.Row row) {
        return table.withRows(table.rows().stream()
                .filter(each -> !each.id().equals(row.id()))
                .toList());
    }

    public static DecisionDefinition with(DecisionDefinition decision, List<Table> rules) {
        return new DecisionDefinition(
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
    }

    /** The decision without one row of one of its rules, borrowed or its own. */
    public static DecisionDefinition without(DecisionDefinition decision, String rule, Table.Row row) {
        return with(
                decision,
                decision.rules().stream()
                        .map(table -> table.id().equals(rule) ? without(table, row) : table)
                        .toList());
    }

    public static Rulebook with(Rulebook rulebook, Map<String, DecisionDefinition> decisions) {
        return new Rulebook(
                rulebook.formatVersion(),
                rulebook.vocabulary(),
                rulebook.clauses(),
                rulebook.parameters(),
                rulebook.derivations(),
                rulebook.concluded(),
                decisions);
    }

    /** One decision in place of that of its name. */
    public static Rulebook with(Rulebook rulebook, DecisionDefinition decision) {
        var decisions = new LinkedHashMap<>(rulebook.decisions());
        decisions.put(decision.name(), decision);
        return with(rulebook, decisions);
    }
}
