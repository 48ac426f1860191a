package ismap.drools;

import ismap.decision.Bilingual;
import ismap.decision.Citation;
import ismap.decision.Status;
import ismap.decision.Value;
import ismap.rulebook.ClauseRegister;
import ismap.rulebook.Condition;
import ismap.rulebook.DecisionDefinition;
import ismap.rulebook.Derivation;
import ismap.rulebook.Expression;
import ismap.rulebook.FactDefinition;
import ismap.rulebook.FactDefinition.Absence;
import ismap.rulebook.FactDefinition.Kind;
import ismap.rulebook.FactType;
import ismap.rulebook.Facts;
import ismap.rulebook.Function;
import ismap.rulebook.Parameter;
import ismap.rulebook.Plan;
import ismap.rulebook.Rulebook;
import ismap.rulebook.Table;
import ismap.rulebook.Table.Aggregation;
import ismap.rulebook.Table.HitPolicy;
import ismap.rulebook.UnaryTest;
import ismap.rulebook.Vocabulary;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Rulebooks that make no sense and use everything: every type, test, hit policy, function and way of being unknown. */
final class RandomRulebooks {

    static final String DECISION = "random-decision";

    private static final Bilingual BLANK = Bilingual.EMPTY;
    private static final Citation CITATION = new Citation("document", "1.1", "");
    /** Codes that would do harm in a program if they got into it; one looks like what is written in place of another. */
    private static final List<String> CODES =
            List.of("A", "B", "特定", "text-1", "q\" + System.exit(1) + \"", "back\\slash\\u0022", "end");

    private static final List<LocalDate> DAYS = IntStream.range(0, 9)
            .mapToObj(i -> LocalDate.of(2021, 12, 27).plusDays(i))
            .toList();
    private static final List<BigDecimal> NUMBERS = java.util.stream.Stream.of(
                    "-2", "-0.5", "0", "0.5", "1", "1.5", "2", "16", "1000000000000.25")
            .map(BigDecimal::new)
            .toList();
    private static final List<String> CASE_DAYS = List.of("decidedOn", "closedOn", "filedOn");

    private final Random random;
    private final Map<String, FactDefinition> facts = new LinkedHashMap<>();
    private final Map<String, Derivation> derivations = new LinkedHashMap<>();
    private final Map<String, Table> concluded = new LinkedHashMap<>();
    private final Map<String, Parameter> parameters = new LinkedHashMap<>();
    private final List<Table> rules = new ArrayList<>();

    /** Names of the case and of the elements of {@code items}, with their types; what stands later may read what stands earlier. */
    private final Map<String, FactType> ofCase = new LinkedHashMap<>();

    private final Map<String, FactType> ofItem = new LinkedHashMap<>();

    RandomRulebooks(long seed) {
        this.random = new Random(seed);
    }

    // The rulebook ---------------------------------------------------------------------------------------------------

    Plan plan() {
        inputs();
        parameters.put("months", parameter("months", FactType.NUMBER));
        parameters.put("threshold", parameter("threshold", FactType.NUMBER));
        parameters.put("start", parameter("start", FactType.DAY));
        int count = 4 + random.nextInt(8);
        for (int i = 0; i < count; i++) {
            switch (random.nextInt(6)) {
                case 0, 1 -> derive("d" + i, type(true), false);
                case 2 -> derive("items.e" + i, type(false), true);
                case 3 -> conclude("t" + i, false);
                case 4 -> conclude("items.c" + i, true);
                default -> rule("R-" + i + ".1");
            }
        }
        derive("items.ok2", FactType.TRUTH, true);
        either();
        rule("R-last");
        if (random.nextBoolean()) {
            ofCase.keySet().stream()
                    .filter(name -> name.startsWith("R-"))
                    .findFirst()
                    .ifPresent(ofCase::remove);
        }
        rule("R-very.last");
        List<DecisionDefinition.Shown> values = Stream.concat(
                        ofCase.keySet().stream(),
                        ofItem.keySet().stream()
                                .filter(name -> derivations.containsKey(name) || concluded.containsKey(name)))
                .map(name -> new DecisionDefinition.Shown(name, name, BLANK))
                .toList();
        DecisionDefinition decision = new DecisionDefinition(
                DECISION,
                BLANK,
                BLANK,
                random.nextBoolean() ? Optional.of("filedOn") : Optional.empty(),
                List.copyOf(rules),
                List.of(),
                values,
                List.of(),
                List.of(),
                "");
        return Plan.of(
                new Rulebook(
                        1,
                        new Vocabulary(facts, Map.of(), Map.of()),
                        new ClauseRegister(Map.of(), List.of()),
                        parameters,
                        derivations,
                        concluded,
                        Map.of(DECISION, decision)),
                decision);
    }

    private void inputs() {
        fact("kind", code(), Optional.empty());
        fact("flag", FactType.TRUTH, Optional.empty());
        fact("yes", FactType.TRUTH, Optional.of("decidedOn"));
        fact("amount", FactType.NUMBER, Optional.empty());
        fact("filedOn", FactType.DAY, Optional.empty());
        fact("decidedOn", FactType.DAY, Optional.empty());
        fact("closedOn", FactType.DAY, Optional.of("closedOn"));
        fact("result", code(), Optional.of("decidedOn"));
        fact("labels", new FactType.ListOf(code()), Optional.empty());
        fact("scores", new FactType.ListOf(FactType.NUMBER), Optional.empty());
        var fields = new LinkedHashMap<String, FactType.Field>();
        fields.put("name", new FactType.Field(code(), false));
        fields.put("from", new FactType.Field(FactType.DAY, false));
        fields.put("to", new FactType.Field(FactType.DAY, true));
        fields.put("score", new FactType.Field(FactType.NUMBER, true));
        fields.put("ok", new FactType.Field(FactType.TRUTH, true));
        fact("items", new FactType.ListOf(new FactType.RecordOf("Item", fields)), Optional.empty());
        fields.forEach((name, field) -> ofItem.put("items." + name, field.type()));
        ofCase.put("asOf", FactType.DAY);
        ofCase.put("applicableDay", FactType.DAY);
    }

    private static FactType code() {
        return new FactType.Code(CODES);
    }

    private void fact(String name, FactType type, Optional<String> happensOn) {
        List<String> happensFor =
                happensOn.isPresent() && type instanceof FactType.Code ? List.of("A", "特定") : List.of();
        facts.put(name, definition(name, type, Kind.INPUT, happensOn, happensFor));
        ofCase.put(name, type);
    }

    private static FactDefinition definition(
            String name, FactType type, Kind kind, Optional<String> happensOn, List<String> happensFor) {
        return new FactDefinition(
                name,
                type,
                Absence.UNKNOWN,
                kind,
                "",
                "",
                false,
                happensOn,
                happensFor,
                BLANK,
                BLANK,
                BLANK,
                List.of());
    }

    private Parameter parameter(String name, FactType type) {
        List<String> days = random.nextBoolean() ? List.of() : List.of(pick(CASE_DAYS), "decidedOn");
        LocalDate change = pick(DAYS);
        boolean open = name.equals("start") && random.nextInt(3) == 0;
        return new Parameter(
                name,
                days,
                BLANK,
                List.of(
                        new Parameter.Dated(constant(type), "", Table.ALWAYS, change, CITATION, ""),
                        new Parameter.Dated(
                                open ? Value.UNKNOWN : constant(type),
                                "",
                                change.plusDays(random.nextInt(2)),
                                Table.FOREVER,
                                CITATION,
                                "")));
    }

    private void derive(String name, FactType type, boolean ofElement) {
        derivations.put(
                name,
                new Derivation(
                        name, expression(type, 3, ofElement), Optional.of(CITATION), Optional.empty(), BLANK, ""));
        (ofElement ? ofItem : ofCase).put(name, type);
    }

    private void either() {
        FactType type = type(false);
        facts.put("either", definition("either", type, Kind.EITHER, Optional.empty(), List.of()));
        if (random.nextBoolean()) {
            derive("either", type, false);
        } else {
            concluded.put(
                    "either",
                    table("either", false, Optional.empty(), pick(List.of(HitPolicy.FIRST)), Aggregation.NONE, type));
            ofCase.put("either", type);
        }
    }

    private void conclude(String name, boolean ofElement) {
        Aggregation aggregation = ofElement ? Aggregation.NONE : pick(List.of(Aggregation.values()));
        HitPolicy policy = aggregation == Aggregation.NONE ? HitPolicy.FIRST : HitPolicy.COLLECT;
        FactType type = switch (aggregation) {
            case NONE -> type(false);
            case SUM, MIN, MAX, COUNT -> FactType.NUMBER;
            case LIST -> new FactType.ListOf(code());
            case DAYS -> FactType.DAYS;
        };
        FactType cells =
                aggregation == Aggregation.COUNT || aggregation == Aggregation.LIST || aggregation == Aggregation.DAYS
                        ? code()
                        : type;
        Optional<String> forEach = ofElement || (policy == HitPolicy.COLLECT && random.nextBoolean())
                ? Optional.of(!ofElement && random.nextInt(3) == 0 ? "labels" : "items")
                : Optional.empty();
        concluded.put(name, table(name, false, forEach, policy, aggregation, cells));
        (ofElement ? ofItem : ofCase).put(name, type);
    }

    private void rule(String id) {
        Optional<String> forEach =
                random.nextInt(3) == 0 ? Optional.of(pick(List.of("items", "labels"))) : Optional.empty();
        rules.add(table(
                id,
                true,
                forEach,
                pick(List.of(HitPolicy.FIRST, HitPolicy.FIRST, HitPolicy.ANY, HitPolicy.UNIQUE)),
                Aggregation.NONE,
                FactType.STATUS));
        ofCase.put(id, FactType.STATUS);
    }

    private Table table(
            String id,
            boolean rule,
            Optional<String> forEach,
            HitPolicy policy,
            Aggregation aggregation,
            FactType conclusion) {
        var columns = new ArrayList<String>();
        var types = new LinkedHashMap<String, FactType>(ofCase);
        if (forEach.equals(Optional.of("items"))) {
            types.putAll(ofItem);
        } else if (forEach.isPresent()) {
            types.put("labels.value", code());
        }
        List<String> names = List.copyOf(types.keySet());
        for (int i = 0; i < 1 + random.nextInt(4); i++) {
            columns.add(random.nextInt(4) == 0 ? names.get(names.size() - 1) : pick(names));
        }
        boolean exclusive = policy == HitPolicy.UNIQUE || policy == HitPolicy.ANY;
        var rows = new ArrayList<Table.Row>();
        Status same = pick(List.of(Status.values()));
        if (exclusive) {
            String column = columns.get(0);
            UnaryTest test = test(Objects.requireNonNull(types.get(column)), false);
            rows.add(row(id, 1, List.of(new Condition(column, test)), rule, conclusion, Optional.of(same)));
            rows.add(row(
                    id,
                    2,
                    List.of(new Condition(column, new UnaryTest.Not(test))),
                    rule,
                    conclusion,
                    Optional.of(Status.SATISFIED)));
            rows.add(row(
                    id,
                    3,
                    List.of(new Condition(column, UnaryTest.NONE)),
                    rule,
                    conclusion,
                    Optional.of(Status.WARNING)));
            if (policy == HitPolicy.ANY) {
                rows.add(row(id, 4, List.of(new Condition(column, test)), rule, conclusion, Optional.of(same)));
            }
        } else {
            int count = 1 + random.nextInt(5);
            for (int i = 1; i <= count; i++) {
                var conditions = new ArrayList<Condition>();
                columns.stream().distinct().forEach(column -> {
                    if (random.nextInt(4) > 0) {
                        conditions.add(new Condition(column, test(Objects.requireNonNull(types.get(column)), true)));
                    }
                });
                rows.add(row(id, i, conditions, rule, conclusion, Optional.of(pick(List.of(Status.values())))));
            }
            if (random.nextInt(8) > 0) {
                rows.add(row(id, count + 1, List.of(), rule, conclusion, Optional.of(Status.ALLOWED)));
            }
        }
        boolean dated = random.nextInt(3) == 0 && (rule || policy == HitPolicy.COLLECT || id.equals("either"));
        return new Table(
                id,
                rule,
                BLANK,
                Optional.of(CITATION),
                policy,
                aggregation,
                forEach,
                Optional.empty(),
                rule && forEach.isPresent() ? Optional.of(noElements()) : Optional.empty(),
                dated ? DAYS.get(2) : Table.ALWAYS,
                dated ? DAYS.get(6) : Table.FOREVER,
                random.nextBoolean() ? Optional.of(pick(CASE_DAYS)) : Optional.empty(),
                Optional.empty(),
                BLANK,
                BLANK,
                columns,
                rows);
    }

    private Table.NoElements noElements() {
        Optional<String> other = rules.isEmpty() || random.nextBoolean()
                ? Optional.empty()
                : Optional.of(rules.get(0).id());
        return new Table.NoElements(
                other.isPresent() ? Optional.empty() : Optional.of(Status.NOT_APPLICABLE), other, BLANK);
    }

    private Table.Row row(
            String table,
            int number,
            List<Condition> conditions,
            boolean rule,
            FactType conclusion,
            Optional<Status> status) {
        boolean dated = random.nextInt(5) == 0 && !conditions.isEmpty() && status.isPresent();
        return new Table.Row(
                random.nextInt(6) == 0 ? "行" + number : table + "/" + number,
                dated ? pick(DAYS) : Table.ALWAYS,
                Table.FOREVER,
                random.nextBoolean() ? Optional.of(pick(CASE_DAYS)) : Optional.empty(),
                conditions,
                rule ? status : Optional.empty(),
                rule
                        ? Value.NONE
                        : random.nextInt(10) == 0 && !(conclusion instanceof FactType.Numeric)
                                ? Value.NONE
                                : constant(conclusion),
                Optional.empty(),
                BLANK,
                Optional.empty(),
                "");
    }

    // Tests ----------------------------------------------------------------------------------------------------------

    private UnaryTest test(FactType type, boolean parametersToo) {
        switch (random.nextInt(9)) {
            case 0 -> {
                return pick(List.of(UnaryTest.MISSING, UnaryTest.NONE, UnaryTest.GIVEN, UnaryTest.ANY));
            }
            case 1 -> {
                return new UnaryTest.Not(test(type, false));
            }
            case 2 -> {
                return new UnaryTest.AnyOf(List.of(test(type, false), test(type, false)));
            }
            default -> {}
        }
        if (type instanceof FactType.Numeric || type instanceof FactType.Day) {
            if (parametersToo && type instanceof FactType.Numeric && random.nextInt(4) == 0) {
                return new UnaryTest.Against(pick(List.of(UnaryTest.Operator.values())), "threshold");
            }
            Value low = constant(type);
            Value high = constant(type);
            return switch (random.nextInt(4)) {
                case 0 -> new UnaryTest.OneOf(List.of(low, high));
                case 1 -> new UnaryTest.Interval(low, random.nextBoolean(), null, false);
                case 2 -> new UnaryTest.Interval(null, false, high, random.nextBoolean());
                default -> new UnaryTest.Interval(low, random.nextBoolean(), high, random.nextBoolean());
            };
        }
        return type instanceof FactType.Code || type instanceof FactType.Truth
                ? new UnaryTest.OneOf(IntStream.rangeClosed(0, random.nextInt(3))
                        .mapToObj(i -> constant(type))
                        .distinct()
                        .toList())
                : pick(List.of(UnaryTest.MISSING, UnaryTest.NONE, UnaryTest.GIVEN));
    }

    // Expressions ----------------------------------------------------------------------------------------------------

    private FactType type(boolean daysToo) {
        List<FactType> types = new ArrayList<>(List.of(FactType.TRUTH, FactType.DAY, FactType.NUMBER, code()));
        if (daysToo) {
            types.add(FactType.DAYS);
        }
        return pick(types);
    }

    private Expression expression(FactType type, int depth, boolean ofElement) {
        if (depth == 0 || random.nextInt(5) == 0) {
            return leaf(type, ofElement);
        }
        java.util.function.Function<FactType, Expression> part = wanted -> expression(wanted, depth - 1, ofElement);
        switch (random.nextInt(6)) {
            case 0 -> {
                return call(Function.CHOOSE, part.apply(FactType.TRUTH), part.apply(type), part.apply(type));
            }
            case 1 -> {
                return call(pick(List.of(Function.FIRST_KNOWN, Function.OR_ELSE)), part.apply(type), part.apply(type));
            }
            default -> {}
        }
        if (type instanceof FactType.Truth) {
            return switch (random.nextInt(11)) {
                case 0 -> call(Function.EQUAL, part.apply(code()), part.apply(code()));
                case 1 -> call(Function.NOT, part.apply(type));
                case 2 -> call(Function.ANY, part.apply(type), part.apply(type), part.apply(type));
                case 3 -> call(Function.ALL, part.apply(type), part.apply(type));
                case 4 -> call(Function.COVERS, part.apply(FactType.DAYS), part.apply(FactType.DAYS));
                case 5 -> call(Function.MEETS, part.apply(FactType.DAYS), part.apply(FactType.DAYS));
                case 6 -> call(Function.CONTAINS, part.apply(FactType.DAYS), part.apply(FactType.DAY));
                case 7 -> call(Function.CONTAINS, new Expression.Fact("labels"), part.apply(code()));
                case 8 ->
                    call(
                            pick(List.of(Function.SOME_OF, Function.EVERY_OF)),
                            new Expression.Fact("items"),
                            text(truthField(ofElement)));
                case 9 -> call(Function.IS_EMPTY, random.nextBoolean() ? part.apply(FactType.DAYS) : selected(part));
                default ->
                    new Expression.Exists(
                            "items",
                            List.of(
                                    new Expression.Match("name", UnaryTest.Operator.EQUAL, part.apply(code())),
                                    new Expression.Match("from", UnaryTest.Operator.AT_MOST, part.apply(FactType.DAY)),
                                    new Expression.Match(
                                            "score", UnaryTest.Operator.GREATER, part.apply(FactType.NUMBER))));
            };
        }
        if (type instanceof FactType.Day) {
            return switch (random.nextInt(4)) {
                case 0 ->
                    call(Function.PERIOD_END, part.apply(type), new Expression.Literal(Value.of(random.nextInt(20))));
                case 1 -> call(Function.PLUS_DAYS, part.apply(type), part.apply(FactType.NUMBER));
                case 2 -> call(Function.EARLIEST, part.apply(type), part.apply(type));
                default -> call(Function.LATEST, part.apply(type), part.apply(type), part.apply(type));
            };
        }
        if (type instanceof FactType.DaySetType) {
            return switch (random.nextInt(7)) {
                case 0 -> call(Function.PERIOD, part.apply(FactType.DAY), part.apply(FactType.DAY));
                case 1 -> call(pick(List.of(Function.SINCE, Function.UP_TO)), part.apply(FactType.DAY));
                case 2 -> call(Function.PERIODS, selected(part));
                case 3 -> call(Function.PERIODS, new Expression.Fact("items"), text("to"), text("from"));
                case 4 -> call(Function.UNION, part.apply(type), part.apply(type));
                case 5 -> call(Function.COMMON, part.apply(type), part.apply(type));
                default -> call(Function.MINUS, part.apply(type), part.apply(type));
            };
        }
        if (type instanceof FactType.Numeric) {
            return switch (random.nextInt(4)) {
                case 0 -> call(Function.SUM, part.apply(type), part.apply(type));
                case 1 -> call(Function.COUNT, selected(part));
                case 2 -> call(Function.HIGHEST, new Expression.Fact("scores"));
                default -> call(Function.LOWEST, new Expression.Fact("scores"));
            };
        }
        return leaf(type, ofElement);
    }

    private Expression selected(java.util.function.Function<FactType, Expression> part) {
        return call(Function.SELECT, new Expression.Fact("items"), text("name"), part.apply(code()));
    }

    private String truthField(boolean ofElement) {
        if (ofElement) {
            return "ok";
        }
        List<String> fields = ofItem.keySet().stream()
                .filter(name -> ofItem.get(name) instanceof FactType.Truth)
                .map(name -> name.substring("items.".length()))
                .toList();
        return pick(fields);
    }

    private Expression leaf(FactType type, boolean ofElement) {
        var names = new ArrayList<Expression>();
        ofCase.forEach((name, of) -> {
            if (of.getClass() == type.getClass() && !name.startsWith("R-")) {
                names.add(new Expression.Fact(name));
                if (facts.containsKey(name)) {
                    names.add(new Expression.Stated(name));
                }
            }
        });
        if (ofElement) {
            ofItem.forEach((name, of) -> {
                if (of.getClass() == type.getClass()) {
                    names.add(new Expression.Fact(name));
                    names.add(new Expression.Fact(name));
                }
            });
        }
        if (type instanceof FactType.Numeric) {
            names.add(new Expression.ParameterOn("months", Optional.of("decidedOn")));
            names.add(new Expression.ParameterOn("threshold", Optional.empty()));
        }
        if (type instanceof FactType.Day) {
            names.add(new Expression.ParameterOn("start", Optional.of("closedOn")));
        }
        if (!(type instanceof FactType.DaySetType)) {
            names.add(new Expression.Literal(constant(type)));
            names.add(new Expression.Literal(random.nextBoolean() ? Value.NONE : constant(type)));
        } else {
            names.add(call(Function.PERIODS, new Expression.Fact("items")));
        }
        return pick(names);
    }

    private static Expression call(Function function, Expression... arguments) {
        return new Expression.Call(function, List.of(arguments));
    }

    private static Expression text(String text) {
        return new Expression.Literal(Value.of(text));
    }

    // Values ---------------------------------------------------------------------------------------------------------

    private Value constant(FactType type) {
        if (type instanceof FactType.Truth) {
            return Value.of(random.nextBoolean());
        }
        if (type instanceof FactType.Day) {
            return Value.of(pick(DAYS));
        }
        if (type instanceof FactType.Numeric) {
            return new Value.Number(pick(NUMBERS));
        }
        return Value.of(pick(((FactType.Code) type).codes()));
    }

    LocalDate asOf() {
        return pick(DAYS);
    }

    /** Facts of which some are left out, some unknown, some none. */
    Facts facts() {
        var values = new TreeMap<String, Value>();
        int unknown = random.nextInt(4);
        facts.values().forEach(fact -> {
            if (random.nextInt(10) > unknown) {
                values.put(fact.name(), value(fact.type()));
            } else if (random.nextBoolean()) {
                values.put(fact.name(), Value.UNKNOWN);
            }
        });
        if (random.nextInt(10) == 0) {
            values.put("parameter:start", Value.of(pick(DAYS)));
        }
        return new Facts(values);
    }

    private Value value(FactType type) {
        if (random.nextInt(8) == 0) {
            return Value.NONE;
        }
        if (!(type instanceof FactType.ListOf list)) {
            return constant(type);
        }
        return new Value.Elements(IntStream.range(0, random.nextInt(4))
                .mapToObj(i ->
                        list.element() instanceof FactType.RecordOf fields ? element(fields) : constant(list.element()))
                .toList());
    }

    private Value element(FactType.RecordOf type) {
        var fields = new TreeMap<String, Value>();
        type.fields().forEach((name, field) -> {
            if (!field.optional() || random.nextBoolean()) {
                fields.put(name, random.nextInt(10) == 0 ? Value.UNKNOWN : constant(field.type()));
            }
        });
        return new Value.Element(fields);
    }

    private <T> T pick(List<T> from) {
        return from.get(random.nextInt(from.size()));
    }
}
