package ismap.analysis;

import ismap.decision.Status;
import ismap.decision.Value;
import ismap.rulebook.Condition;
import ismap.rulebook.DecisionDefinition;
import ismap.rulebook.DecisionDefinition.Call;
import ismap.rulebook.Digests;
import ismap.rulebook.Expression;
import ismap.rulebook.FactDefinition;
import ismap.rulebook.Parameter;
import ismap.rulebook.Plan;
import ismap.rulebook.Plan.Definition;
import ismap.rulebook.Plan.PlannedTable;
import ismap.rulebook.Plan.Segment;
import ismap.rulebook.Table;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * All of a plan that statuses, rows, outcomes and values can depend on, part by part, without texts and clauses. Of two plans with the same
 * meaning every request has the same answer, but for its words.
 *
 * @param parts definitions by their name, then {@code fact:…}, and what belongs to the decision as a whole
 */
record Meaning(Map<String, String> parts) {

    static final String OUTCOMES = "decision:outcomes";
    static final String VALUES = "decision:values";
    private static final String READINGS = "decision:readings";
    private static final String NOT_EXAMINED = "decision:notExamined";
    static final String FACT = "fact:";

    Meaning {
        parts = Collections.unmodifiableMap(new LinkedHashMap<>(parts));
    }

    private record Said(String row, Optional<Status> status, Value conclusion, Map<String, String> attributes) {}

    private record DatedRow(String row, LocalDate from, LocalDate until) {}

    private record TableMeaning(
            List<Segment> segments,
            List<Said> said,
            List<DatedRow> days,
            Table.HitPolicy hitPolicy,
            Table.Aggregation aggregation,
            Optional<String> forEach,
            Optional<String> item,
            List<Status> items,
            Optional<Status> empty,
            Optional<String> emptyAs,
            Optional<String> list) {

        static TableMeaning of(PlannedTable planned, Optional<String> list) {
            Table table = planned.table();
            boolean days = table.aggregation() == Table.Aggregation.DAYS;
            return new TableMeaning(
                    planned.segments(),
                    table.rows().stream()
                            .map(row -> new Said(row.id(), row.status(), row.conclusion(), row.attributes()))
                            .toList(),
                    days
                            ? table.rows().stream()
                                    .map(row -> new DatedRow(row.id(), row.from(), row.until()))
                                    .toList()
                            : List.of(),
                    table.hitPolicy(),
                    table.aggregation(),
                    table.forEach(),
                    table.item(),
                    table.items(),
                    table.noElements().flatMap(Table.NoElements::status),
                    table.noElements().flatMap(Table.NoElements::rule),
                    list);
        }
    }

    private record ExpressionMeaning(Expression expression, Optional<String> list, List<Dated> parameters) {}

    private record Dated(String parameter, Value value, LocalDate from, LocalDate until) {}

    private record OutcomeMeaning(List<Called> outcomes) {}

    private record Called(String code, List<Call> calls) {}

    private record Shown(List<String> names) {}

    private record ReadingMeaning(List<DecisionDefinition.Reading> readings) {}

    private record Unexamined(List<String> rules, List<List<Condition>> conditions) {}

    private record FactMeaning(
            String type,
            FactDefinition.Absence absence,
            FactDefinition.Kind kind,
            Optional<String> happensOn,
            List<String> happensFor) {}

    static Meaning of(Plan plan) {
        var parts = new LinkedHashMap<String, String>();
        plan.definitions().forEach((name, definition) -> parts.put(name, Digests.canonical(part(plan, definition))));
        DecisionDefinition decision = plan.decision();
        parts.put(
                OUTCOMES,
                Digests.canonical(new OutcomeMeaning(decision.outcomes().stream()
                        .map(outcome -> new Called(outcome.code(), outcome.calls()))
                        .toList())));
        parts.put(
                VALUES,
                Digests.canonical(new Shown(decision.values().stream()
                        .map(shown -> shown.name() + ": " + shown.fact())
                        .toList())));
        parts.put(
                READINGS,
                Digests.canonical(new ReadingMeaning(decision.readings().stream()
                        .map(reading -> new DecisionDefinition.Reading(
                                reading.fact(), reading.test(), reading.conditions(), reading.none(), ""))
                        .toList())));
        parts.put(
                NOT_EXAMINED,
                Digests.canonical(new Unexamined(
                        decision.notExamined().stream()
                                .map(DecisionDefinition.Unexamined::rule)
                                .toList(),
                        decision.notExamined().stream()
                                .map(DecisionDefinition.Unexamined::conditions)
                                .toList())));
        for (String name : plan.asked()) {
            FactDefinition fact = plan.rulebook().vocabulary().fact(name).orElseThrow();
            parts.put(
                    FACT + name,
                    Digests.canonical(new FactMeaning(
                            fact.type().describe(), fact.absence(), fact.kind(), fact.happensOn(), fact.happensFor())));
        }
        return new Meaning(parts);
    }

    private static Record part(Plan plan, Definition definition) {
        if (definition instanceof Definition.ByTable byTable) {
            return TableMeaning.of(byTable.table(), byTable.list());
        }
        Definition.ByExpression byExpression = (Definition.ByExpression) definition;
        var dated = new ArrayList<Dated>();
        byExpression.expression().walk(part -> {
            if (part instanceof Expression.ParameterOn reference) {
                Parameter parameter = java.util.Objects.requireNonNull(
                        plan.rulebook().parameters().get(reference.name()));
                parameter
                        .values()
                        .forEach(value ->
                                dated.add(new Dated(parameter.name(), value.value(), value.from(), value.until())));
            }
        });
        return new ExpressionMeaning(byExpression.expression(), byExpression.list(), dated);
    }

    /** The parts that are not the same in both, in the order of the second, what it has not any more first. */
    static List<String> differing(Meaning before, Meaning after) {
        Set<String> names = new LinkedHashSet<>(
                Structure.inOrder(before.parts().keySet(), after.parts().keySet()));
        return names.stream()
                .filter(name -> !java.util.Objects.equals(
                        before.parts().get(name), after.parts().get(name)))
                .toList();
    }
}
