package ismap.regression;

import ismap.decision.Status;
import ismap.decision.Value;
import ismap.rulebook.Facts;
import ismap.rulebook.Names;
import ismap.rulebook.Plan;
import ismap.rulebook.Plan.Definition;
import ismap.rulebook.Plan.PlannedTable;
import ismap.rulebook.Plan.Segment;
import ismap.rulebook.Reasoning;
import ismap.rulebook.Reasoning.Decided;
import java.time.LocalDate;
import java.util.OptionalInt;
import java.util.SortedSet;
import java.util.TreeSet;

/** Which rows of a plan's tables match in a case. Where several rows agree (hit policy ANY), all of them count. */
final class FiredRows {

    private final Facts facts;
    private final LocalDate asOf;
    private final Reasoning reasoning;
    private final SortedSet<String> rows = new TreeSet<>();

    private FiredRows(Facts facts, LocalDate asOf, Reasoning reasoning) {
        this.facts = facts;
        this.asOf = asOf;
        this.reasoning = reasoning;
    }

    static SortedSet<String> of(Plan plan, Facts facts, LocalDate asOf, Reasoning reasoning) {
        var fired = new FiredRows(facts, asOf, reasoning);
        for (Definition definition : plan.definitions().values()) {
            if (definition instanceof Definition.ByTable byTable) {
                fired.addRows(byTable.table(), definition);
            }
        }
        return fired.rows;
    }

    private void addRows(PlannedTable planned, Definition definition) {
        String list = planned.table().forEach().or(definition::list).orElse("");
        if (list.isEmpty()) {
            planned.segments().stream()
                    .filter(segment -> holds(segment, OptionalInt.empty()))
                    .forEach(segment -> rows.add(segment.row()));
        } else if (valueOf(list, OptionalInt.empty()) instanceof Value.Elements elements) {
            for (int i = 0; i < elements.values().size(); i++) {
                OptionalInt index = OptionalInt.of(i);
                planned.segments().stream()
                        .filter(segment -> holds(segment, index))
                        .forEach(segment -> rows.add(segment.row()));
            }
        }
    }

    private boolean holds(Segment segment, OptionalInt index) {
        return segment.conditions().stream()
                .allMatch(condition -> condition.test().matches(valueOf(condition.fact(), index)));
    }

    private Value valueOf(String name, OptionalInt index) {
        if (index.isPresent()) {
            Value derived = reasoning.derived().get(Reasoning.ofElement(name, index.getAsInt()));
            if (derived != null) {
                return derived;
            }
        }
        if (name.equals(Names.AS_OF)) {
            return Value.of(asOf);
        }
        Decided decided = reasoning.decided().get(name);
        if (decided != null) {
            return decided.status() == Status.INSUFFICIENT_FACTS
                    ? Value.UNKNOWN
                    : Value.of(decided.status().name());
        }
        Value derived = reasoning.derived().get(name);
        if (derived != null) {
            return derived;
        }
        int dot = name.indexOf('.');
        return index.isPresent() && dot > 0 && facts.values().get(name) == null
                ? field(name.substring(0, dot), name.substring(dot + 1), index.getAsInt())
                : facts.get(name);
    }

    private Value field(String list, String field, int index) {
        if (!(valueOf(list, OptionalInt.empty()) instanceof Value.Elements elements)
                || index >= elements.values().size()) {
            return Value.UNKNOWN;
        }
        Value element = elements.values().get(index);
        return element instanceof Value.Element fields ? fields.field(field) : element;
    }
}
