package ismap.regression;

import ismap.decision.Status;
import ismap.decision.Value;
import ismap.rulebook.Condition;
import ismap.rulebook.EvaluationFailure;
import ismap.rulebook.FactReader;
import ismap.rulebook.Facts;
import ismap.rulebook.Interpreter;
import ismap.rulebook.Names;
import ismap.rulebook.Parameter;
import ismap.rulebook.Plan;
import ismap.rulebook.Plan.Definition;
import ismap.rulebook.Plan.PlannedTable;
import ismap.rulebook.Plan.Segment;
import ismap.rulebook.Reasoning;
import ismap.rulebook.Reasoning.Decided;
import ismap.rulebook.Table;
import ismap.rulebook.UnaryTest;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SortedSet;
import java.util.TreeSet;

/** What a case reaches of a plan's tables. Where several rows agree (hit policy ANY), all of them match. */
public final class Reach {

    /** The column of the days of a row. */
    public static final String DATES = "from–until";

    /**
     * @param rows ids of the rows that match, whether or not they decide their rule
     * @param stopped conditions that were the only one of their row, or of a part of it under constant bounds, not to hold
     */
    public record Reached(SortedSet<String> rows, SortedSet<Cell> stopped) {
        public static final Reached NOTHING = new Reached(new TreeSet<>(), new TreeSet<>());
    }

    /** A condition of a row, by its column. */
    public record Cell(String row, String column) implements Comparable<Cell> {
        @Override
        public int compareTo(Cell other) {
            int byRow = row.compareTo(other.row);
            return byRow == 0 ? column.compareTo(other.column) : byRow;
        }
    }

    /** A segment, and of each of its conditions the column it stands in; blank for what stands in none, such as the table's dates. */
    private record Part(Segment segment, List<String> columns) {}

    private record Parts(String list, List<Part> parts) {}

    private final Plan plan;
    private final List<Parts> tables = new ArrayList<>();

    public Reach(Plan plan) {
        this.plan = plan;
        for (Definition definition : plan.definitions().values()) {
            if (definition instanceof Definition.ByTable byTable) {
                PlannedTable planned = byTable.table();
                tables.add(new Parts(
                        planned.table().forEach().or(definition::list).orElse(""),
                        planned.segments().stream()
                                .map(segment -> new Part(segment, columns(plan, planned.table(), segment)))
                                .toList()));
            }
        }
    }

    /** The columns of a row's conditions, in their order, its dates first. */
    static List<String> columns(Table table, Table.Row row) {
        var columns = new ArrayList<String>();
        if (table.aggregation() != Table.Aggregation.DAYS && isBounded(row.from(), row.until())) {
            columns.add(DATES);
        }
        row.conditions().stream()
                .filter(condition -> !(condition.test() instanceof UnaryTest.Any))
                .forEach(condition -> columns.add(condition.fact()));
        return columns;
    }

    /** As the plan lays them out: the table's dates, the row's, then each condition, a parameter's period before the test against it. */
    private static List<String> columns(Plan plan, Table table, Segment segment) {
        var columns = new ArrayList<String>();
        if (isBounded(table.from(), table.until())) {
            columns.add("");
        }
        Optional<Table.Row> row = table.row(segment.row());
        if (row.isEmpty()) {
            return List.of("");
        }
        if (table.aggregation() != Table.Aggregation.DAYS
                && isBounded(row.get().from(), row.get().until())) {
            columns.add(DATES);
        }
        int limits = limits(plan, table, row.get());
        for (Condition condition : row.get().conditions()) {
            if (condition.test() instanceof UnaryTest.Against against
                    && isUnderPeriod(plan, segment.conditions(), columns.size(), condition.fact(), against)) {
                columns.add("");
            }
            if (!(condition.test() instanceof UnaryTest.Any)) {
                columns.add(limits > 0 ? "" : condition.fact());
            }
            limits--;
        }
        if (columns.size() != segment.conditions().size()) {
            throw new IllegalStateException("%s: %s do not stand for %s".formatted(table.id(), columns, segment));
        }
        return List.copyOf(columns);
    }

    /** How many conditions a row of a borrowed table begins with that say where it applies at all. */
    private static int limits(Plan plan, Table table, Table.Row row) {
        return isElsewhere(table, row)
                ? 0
                : plan.decision().borrowed().stream()
                        .filter(borrowed -> borrowed.rule().equals(table.id()))
                        .mapToInt(borrowed -> borrowed.where().size())
                        .sum();
    }

    /** Whether it is a row of a borrowed table, for the cases in which that does not apply. */
    static boolean isElsewhere(Table table, Table.Row row) {
        return row.id().startsWith(table.id() + "/elsewhere");
    }

    private static boolean isUnderPeriod(
            Plan plan, List<Condition> conditions, int next, String fact, UnaryTest.Against against) {
        Parameter parameter =
                Objects.requireNonNull(plan.rulebook().parameters().get(against.parameter()));
        int test = next + 1;
        return test < conditions.size()
                && parameter.values().stream()
                        .filter(dated -> isBounded(dated.from(), dated.until()))
                        .map(dated -> new Condition(fact, against.operator().test(dated.value())))
                        .anyMatch(conditions.get(test)::equals);
    }

    private static boolean isBounded(LocalDate from, LocalDate until) {
        return from.isAfter(Table.ALWAYS) || until.isBefore(Table.FOREVER);
    }

    /** What a scenario reaches, by the reference interpreter alone; nothing where the rules fail on it. */
    public Reached of(Scenario scenario) {
        Facts facts = FactReader.read(plan, scenario.facts()).facts();
        try {
            return of(facts, scenario.asOf(), Interpreter.reason(plan, facts, scenario.asOf()));
        } catch (EvaluationFailure failure) {
            return Reached.NOTHING;
        }
    }

    /** @param reasoning what an engine found of the case */
    public Reached of(Facts facts, LocalDate asOf, Reasoning reasoning) {
        var found = new Case(facts, asOf, reasoning);
        tables.forEach(found::add);
        return new Reached(found.rows, found.stopped);
    }

    private static final class Case {

        private final Facts facts;
        private final LocalDate asOf;
        private final Reasoning reasoning;
        private final SortedSet<String> rows = new TreeSet<>();
        private final SortedSet<Cell> stopped = new TreeSet<>();

        private Case(Facts facts, LocalDate asOf, Reasoning reasoning) {
            this.facts = facts;
            this.asOf = asOf;
            this.reasoning = reasoning;
        }

        private void add(Parts table) {
            if (table.list().isEmpty()) {
                table.parts().forEach(part -> add(part, OptionalInt.empty()));
            } else if (valueOf(table.list(), OptionalInt.empty()) instanceof Value.Elements elements) {
                for (int i = 0; i < elements.values().size(); i++) {
                    OptionalInt index = OptionalInt.of(i);
                    table.parts().forEach(part -> add(part, index));
                }
            }
        }

        private void add(Part part, OptionalInt index) {
            List<Condition> conditions = part.segment().conditions();
            int failed = -1;
            for (int i = 0; i < conditions.size(); i++) {
                if (!conditions.get(i).test().matches(valueOf(conditions.get(i).fact(), index))) {
                    if (failed >= 0) {
                        return;
                    }
                    failed = i;
                }
            }
            if (failed < 0) {
                rows.add(part.segment().row());
            } else if (!part.columns().get(failed).isEmpty()) {
                stopped.add(new Cell(part.segment().row(), part.columns().get(failed)));
            }
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
}
