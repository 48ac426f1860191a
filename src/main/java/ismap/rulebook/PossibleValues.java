package ismap.rulebook;

import ismap.decision.Status;
import ismap.decision.Value;
import ismap.rulebook.Plan.Definition;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What a column of a table can be once it is known, cut into finitely many atoms that tests cannot tell further apart: each code, each
 * boundary and each gap between boundaries, none where it can be none. Never too few; an atom that no request leads to may be among them.
 */
final class PossibleValues {

    /** @param example one of its values; {@code test} is what all of them and no others pass */
    record Atom(Value example, UnaryTest test) {
        private static Atom of(Value value) {
            return new Atom(value, new UnaryTest.OneOf(List.of(value)));
        }
    }

    private static final Atom NONE = new Atom(Value.NONE, UnaryTest.NONE);

    /** Never none, whatever the arguments are. A function that is not here is none where an argument is. */
    private static final Set<Function> NEVER_NONE = EnumSet.of(
            Function.PERIOD,
            Function.SINCE,
            Function.UP_TO,
            Function.PERIODS,
            Function.UNION,
            Function.COMMON,
            Function.MINUS,
            Function.COVERS,
            Function.MEETS,
            Function.JOINED,
            Function.IS_EMPTY,
            Function.COUNT,
            Function.SUM,
            Function.ANY,
            Function.ALL,
            Function.SOME_OF,
            Function.EVERY_OF);

    private static final Set<Function> NONE_AT_TIMES = EnumSet.of(Function.HAPPENED, Function.HIGHEST, Function.LOWEST);

    private final Plan plan;
    private final Names names;

    PossibleValues(Plan plan) {
        this.plan = plan;
        this.names = new Names(
                plan.rulebook().vocabulary(),
                plan.rulebook().derivations(),
                plan.rulebook().parameters(),
                Set.of());
    }

    /** @param tests all tests of the table on this column */
    List<Atom> of(String column, Collection<UnaryTest> tests) {
        var atoms = new ArrayList<Atom>();
        Set<Value> listed = listed(column);
        if (listed.isEmpty()) {
            FactType type = type(column);
            if (type instanceof FactType.Truth) {
                atoms.addAll(List.of(Atom.of(Value.of(true)), Atom.of(Value.of(false))));
            } else if (type instanceof FactType.Day || type instanceof FactType.Numeric) {
                between(boundaries(tests), type, atoms);
            } else {
                var constants = new LinkedHashSet<Value>();
                tests.forEach(test -> constants(test, constants));
                constants.forEach(constant -> atoms.add(Atom.of(constant)));
                atoms.add(new Atom(
                        type instanceof FactType.Text ? Value.of("§") : new Value.Elements(List.of()),
                        constants.isEmpty()
                                ? UnaryTest.GIVEN
                                : new UnaryTest.Not(new UnaryTest.OneOf(List.copyOf(constants)))));
            }
        }
        listed.stream().filter(value -> !value.isNone()).map(Atom::of).forEach(atoms::add);
        if (canBeNone(column)) {
            atoms.add(NONE);
        }
        return List.copyOf(atoms);
    }

    private FactType type(String column) {
        Optional<FactType> known = names.typeOf(column);
        return known.or(() -> plan.definition(column)
                        .filter(Definition.ByExpression.class::isInstance)
                        .flatMap(definition -> names.typeOf(((Definition.ByExpression) definition).expression())))
                .orElse(FactType.DAY); // a reference day
    }

    // ---- codes and what else can be counted

    /** All values, none included, of a name that has few; empty where they are too many or are not counted here. */
    private Set<Value> listed(String name) {
        Optional<Definition> definition = plan.definition(name);
        if (definition.isEmpty()) {
            return stated(name);
        }
        return definition.get() instanceof Definition.ByTable byTable
                ? concluded(byTable.table())
                : result(((Definition.ByExpression) definition.get()).expression());
    }

    private Set<Value> concluded(Plan.PlannedTable planned) {
        var values = new LinkedHashSet<Value>();
        Table table = planned.table();
        if (table.decidesRule()) {
            statuses(planned).stream()
                    .filter(status -> status != Status.INSUFFICIENT_FACTS)
                    .forEach(status -> values.add(Value.of(status.name())));
        } else if (table.hitPolicy() != Table.HitPolicy.COLLECT) {
            table.rows().forEach(row -> values.add(row.conclusion()));
        }
        return values;
    }

    private Set<Status> statuses(Plan.PlannedTable planned) {
        var statuses = EnumSet.noneOf(Status.class);
        planned.segments().forEach(segment -> statuses.add(Plan.statusOf(planned.table(), segment.row())));
        planned.table().noElements().ifPresent(none -> {
            none.status().ifPresent(statuses::add);
            none.rule().ifPresent(rule -> statuses.addAll(statuses(plan.rule(rule))));
        });
        return statuses;
    }

    /** Without what this decision always reads as none or as unknown. */
    private Set<Value> stated(String name) {
        var values = new LinkedHashSet<Value>();
        if (names.typeOf(name).orElse(FactType.TEXT) instanceof FactType.Code code) {
            code.codes().forEach(each -> values.add(Value.of(each)));
        } else if (names.typeOf(name).orElse(FactType.TEXT) instanceof FactType.Numeric numeric) {
            numeric.domain().forEach(each -> values.add(new Value.Number(each)));
        }
        values.removeIf(value -> plan.decision().readings().stream()
                .anyMatch(reading -> reading.fact().equals(name)
                        && reading.conditions().isEmpty()
                        && reading.test().matches(value)));
        return values;
    }

    private Set<Value> result(Expression expression) {
        if (expression instanceof Expression.Fact fact) {
            return listed(fact.name());
        }
        if (expression instanceof Expression.Stated stated) {
            return stated(stated.name());
        }
        if (expression instanceof Expression.Literal literal && !(literal.value() instanceof Value.Elements)) {
            return Set.of(literal.value());
        }
        return expression instanceof Expression.Call call ? result(call) : Set.of();
    }

    private Set<Value> result(Expression.Call call) {
        List<Expression> arguments = call.arguments();
        switch (call.function()) {
            case FIRST_KNOWN, OR_ELSE -> {
                return together(arguments);
            }
            case CHOOSE -> {
                return together(arguments.subList(1, 3));
            }
            case HAPPENED -> {
                return result(arguments.get(0));
            }
            case POSITION -> {
                return texts("BEFORE", "WITHIN", "AFTER");
            }
            case COMPARE -> {
                boolean numbers = names.typeOf(arguments.get(0)).orElse(FactType.DAY) instanceof FactType.Numeric;
                return numbers ? texts("LESS", "EQUAL", "GREATER") : texts("BEFORE", "SAME", "AFTER");
            }
            default -> {
                return Set.of();
            }
        }
    }

    private static Set<Value> texts(String... texts) {
        var values = new LinkedHashSet<Value>();
        for (String text : texts) {
            values.add(Value.of(text));
        }
        return values;
    }

    private Set<Value> together(List<Expression> expressions) {
        var all = new LinkedHashSet<Value>();
        for (Expression each : expressions) {
            Set<Value> values = result(each);
            if (values.isEmpty()) {
                return Set.of();
            }
            all.addAll(values);
        }
        return all;
    }

    // ---- none

    /** What is known of a case, for the question what more can come of it. */
    interface Known {
        Value value(Expression expression);

        boolean canBeLeftOut(String fact);
    }

    private final class Nothing implements Known {
        @Override
        public Value value(Expression expression) {
            return Value.UNKNOWN;
        }

        @Override
        public boolean canBeLeftOut(String fact) {
            return PossibleValues.this.canBeLeftOut(fact);
        }
    }

    /** Whether a name can be known to be none, as far as what defines it shows. */
    private boolean canBeNone(String name) {
        return canBeNone(name, new Nothing());
    }

    boolean canBeNone(String name, Known known) {
        return canBeNone(new Expression.Fact(name), known);
    }

    private boolean canBeNoneByDefinition(String name, Known known) {
        if (name.equals(Names.AS_OF)) {
            return false;
        }
        Optional<Definition> definition = plan.definition(name);
        if (definition.isEmpty()) {
            return known.canBeLeftOut(name);
        }
        if (definition.get() instanceof Definition.ByExpression byExpression) {
            return canBeNone(byExpression.expression(), known);
        }
        Table table = ((Definition.ByTable) definition.get()).table().table();
        if (table.hitPolicy() == Table.HitPolicy.COLLECT) {
            return table.aggregation() == Table.Aggregation.MIN || table.aggregation() == Table.Aggregation.MAX;
        }
        return !table.decidesRule()
                && table.rows().stream().anyMatch(row -> row.conclusion().isNone());
    }

    /** Whether a request can leave a fact, or the field of an element, out and that says none. */
    boolean canBeLeftOut(String name) {
        Optional<FactDefinition> fact = plan.rulebook().vocabulary().fact(name);
        if (fact.isEmpty()) {
            return isOptionalField(name);
        }
        return (fact.get().absence().none() && !(fact.get().type() instanceof FactType.ListOf))
                || plan.definesEither(name)
                || plan.decision().readings().stream()
                        .anyMatch(reading -> reading.none() && reading.fact().equals(name));
    }

    private boolean isOptionalField(String name) {
        int dot = name.indexOf('.');
        Optional<FactDefinition> list = plan.rulebook().vocabulary().fact(dot < 0 ? name : name.substring(0, dot));
        return list.isPresent()
                && list.get().type() instanceof FactType.ListOf of
                && of.element() instanceof FactType.RecordOf record
                && Optional.ofNullable(record.fields().get(name.substring(dot + 1)))
                        .filter(FactType.Field::optional)
                        .isPresent();
    }

    private boolean canBeNone(Expression expression, Known known) {
        Value value = known.value(expression);
        if (!value.isOpen()) {
            return value.isNone();
        }
        if (expression instanceof Expression.Fact fact) {
            return canBeNoneByDefinition(fact.name(), known);
        }
        if (expression instanceof Expression.Stated stated) {
            return known.canBeLeftOut(stated.name());
        }
        if (expression instanceof Expression.Literal literal) {
            return literal.value().isNone();
        }
        if (expression instanceof Expression.Call call) {
            return canBeNone(call, known);
        }
        return expression instanceof Expression.ParameterOn; // before the first day of its values
    }

    private boolean canBeNone(Expression.Call call, Known known) {
        if (NEVER_NONE.contains(call.function()) || NONE_AT_TIMES.contains(call.function())) {
            return NONE_AT_TIMES.contains(call.function());
        }
        List<Expression> decisive = decisive(call, known);
        return call.function() == Function.EARLIEST || call.function() == Function.LATEST
                ? decisive.stream().allMatch(argument -> canBeNone(argument, known))
                : decisive.stream().anyMatch(argument -> canBeNone(argument, known));
    }

    /** The arguments that make a call none where they are. */
    private static List<Expression> decisive(Expression.Call call, Known known) {
        List<Expression> arguments = call.arguments();
        if (call.function() == Function.CHOOSE) {
            Value condition = known.value(arguments.get(0));
            int chosen = condition.equals(Value.of(true)) ? 1 : 2;
            return condition.isOpen() ? arguments.subList(1, 3) : arguments.subList(chosen, chosen + 1);
        }
        return call.function() == Function.OR_ELSE || call.function() == Function.FIRST_KNOWN
                ? arguments.subList(arguments.size() - 1, arguments.size())
                : arguments;
    }

    // ---- numbers and days

    private static void constants(UnaryTest test, Set<Value> constants) {
        if (test instanceof UnaryTest.OneOf oneOf) {
            constants.addAll(oneOf.constants());
        } else if (test instanceof UnaryTest.Interval interval) {
            Optional.ofNullable(interval.low()).ifPresent(constants::add);
            Optional.ofNullable(interval.high()).ifPresent(constants::add);
        } else if (test instanceof UnaryTest.Not not) {
            constants(not.test(), constants);
        } else if (test instanceof UnaryTest.AnyOf anyOf) {
            anyOf.tests().forEach(each -> constants(each, constants));
        }
    }

    private static TreeSet<Value> boundaries(Collection<UnaryTest> tests) {
        var constants = new LinkedHashSet<Value>();
        tests.forEach(test -> constants(test, constants));
        var sorted = new TreeSet<Value>(UnaryTest::compare);
        sorted.addAll(constants);
        return sorted;
    }

    /** Each boundary, what lies below the first, between two, and above the last. */
    private static void between(TreeSet<Value> boundaries, FactType type, List<Atom> atoms) {
        Value last = null;
        for (Value boundary : boundaries) {
            gap(last, boundary, type).ifPresent(atoms::add);
            atoms.add(Atom.of(boundary));
            last = boundary;
        }
        gap(last, null, type).ifPresent(atoms::add);
    }

    private static Optional<Atom> gap(@Nullable Value low, @Nullable Value high, FactType type) {
        UnaryTest inside =
                low == null && high == null ? UnaryTest.GIVEN : new UnaryTest.Interval(low, false, high, false);
        Value known = low == null ? high : low;
        boolean ofDays = known == null ? type instanceof FactType.Day : known instanceof Value.Day;
        List<Value> examples = ofDays ? days(low, high) : numbers(low, high, type);
        return examples.stream().filter(inside::matches).findFirst().map(example -> new Atom(example, inside));
    }

    private static List<Value> days(@Nullable Value low, @Nullable Value high) {
        if (low instanceof Value.Day day) {
            return List.of(Value.of(day.date().plusDays(1)));
        }
        return List.of(high instanceof Value.Day day ? Value.of(day.date().minusDays(1)) : Value.of(LocalDate.EPOCH));
    }

    private static List<Value> numbers(@Nullable Value low, @Nullable Value high, FactType type) {
        BigDecimal from = low instanceof Value.Number number ? number.value() : null;
        BigDecimal to = high instanceof Value.Number number ? number.value() : null;
        if (from == null) {
            return List.of(new Value.Number(to == null ? BigDecimal.ZERO : to.subtract(BigDecimal.ONE)));
        }
        var examples = new ArrayList<Value>(List.of(new Value.Number(from.add(BigDecimal.ONE))));
        if (to != null && type instanceof FactType.Numeric numeric && !numeric.whole()) {
            examples.add(new Value.Number(from.add(to).divide(BigDecimal.valueOf(2))));
        }
        return examples;
    }

    // ---- as a cell writes it

    /** Several atoms of a column, in their order, as one test: neighbours among numbers and days are made one. */
    static List<String> written(List<Atom> all, List<Atom> chosen) {
        var cells = new ArrayList<String>();
        for (int i = 0; i < all.size(); i++) {
            if (chosen.contains(all.get(i))) {
                int from = i;
                while (i + 1 < all.size() && chosen.contains(all.get(i + 1)) && touch(all.get(i), all.get(i + 1))) {
                    i++;
                }
                cells.add(from == i ? UnaryTests.write(all.get(i).test()) : written(all.get(from), all.get(i)));
            }
        }
        return cells;
    }

    private static boolean touch(Atom one, Atom next) {
        return !next.example().isNone()
                && (one.test() instanceof UnaryTest.Interval || next.test() instanceof UnaryTest.Interval);
    }

    private static String written(Atom first, Atom last) {
        UnaryTest.@Nullable Interval low = first.test() instanceof UnaryTest.Interval interval ? interval : null;
        UnaryTest.@Nullable Interval high = last.test() instanceof UnaryTest.Interval interval ? interval : null;
        Value from = low == null ? first.example() : low.low();
        Value to = high == null ? last.example() : high.high();
        return from == null && to == null
                ? UnaryTests.write(UnaryTest.GIVEN)
                : UnaryTests.write(new UnaryTest.Interval(from, low == null, to, high == null));
    }
}
