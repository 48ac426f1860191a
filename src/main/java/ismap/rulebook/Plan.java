package ismap.rulebook;

import ismap.decision.Status;
import ismap.decision.Value;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * One decision of a rulebook, made ready for engines: every dated row and every parameter expanded into segments with constant bounds,
 * every name defined once, in an order in which nothing refers to what follows. Every engine reads this and nothing else.
 */
public final class Plan {

    /** Part of a row that holds under constant bounds; a row matches where one of its segments does. */
    public record Segment(String row, List<Condition> conditions) {}

    /** @param columns the names that the segments test, in order */
    public record PlannedTable(Table table, List<Segment> segments, List<String> columns) {
        /** Whether rows that might match once more is known count too. */
        public boolean readsOpenRows() {
            return table.hitPolicy() == Table.HitPolicy.FIRST || table.hitPolicy() == Table.HitPolicy.COLLECT;
        }
    }

    /** How a name gets its value. With a {@code list}, it has one for each element of that list. */
    public sealed interface Definition {
        String name();

        Optional<String> list();

        record ByExpression(String name, Expression expression, Optional<String> list) implements Definition {}

        record ByTable(String name, PlannedTable table, Optional<String> list) implements Definition {}
    }

    /** A rulebook that cannot be planned: a name that leads back to itself. The names are in the order in which they do. */
    public static final class Circular extends RuntimeException {
        private static final long serialVersionUID = 1L;
        private final transient List<String> names;

        Circular(List<String> names) {
            super("names refer to each other in a circle: " + String.join(" → ", names));
            this.names = names;
        }

        public List<String> names() {
            return names;
        }
    }

    private static final String REFERENCE_DAY = "day:";
    private static final String DERIVED = "derived:";

    private final Rulebook rulebook;
    private final DecisionDefinition decision;
    private final Map<String, Definition> definitions;
    private final Map<String, Integer> layers = new LinkedHashMap<>();
    private final Map<String, Set<String>> support = new LinkedHashMap<>();
    private final List<String> inputs;
    private final DayComparisons dayComparisons;
    private final Set<String> fieldsRead;

    private Plan(Rulebook rulebook, DecisionDefinition decision, Map<String, Definition> definitions) {
        this.rulebook = rulebook;
        this.decision = decision;
        this.definitions = Collections.unmodifiableMap(definitions);
        var read = new LinkedHashSet<String>();
        for (Definition definition : definitions.values()) {
            var facts = new LinkedHashSet<String>();
            int layer = 0;
            for (String name : dependencies(definition)) {
                String source = definitions.containsKey(name) ? name : inputOf(name);
                if (definitions.containsKey(source) && !source.equals(definition.name())) {
                    layer = Math.max(layer, layers.getOrDefault(source, 0) + 1);
                    facts.addAll(support.getOrDefault(source, Set.of()));
                } else if (!name.equals(Names.AS_OF)) {
                    facts.add(source);
                }
            }
            facts.addAll(unsetParameters(definition));
            layers.put(definition.name(), layer);
            support.put(definition.name(), Collections.unmodifiableSet(facts));
            read.addAll(facts);
        }
        Stream.concat(
                        decision.values().stream().map(DecisionDefinition.Shown::fact),
                        decision.notExamined().stream()
                                .flatMap(entry -> entry.conditions().stream().map(Condition::fact)))
                .filter(name -> !definitions.containsKey(name))
                .forEach(read::add);
        this.inputs =
                rulebook.vocabulary().names().stream().filter(read::contains).toList();
        this.dayComparisons = new DayComparisons(this, definitions.values());
        this.fieldsRead = fieldsOf(definitions.values());
    }

    DayComparisons dayComparisons() {
        return dayComparisons;
    }

    /** Parameters without a value, as facts that may be supposed. */
    private Set<String> unsetParameters(Definition definition) {
        var unset = new LinkedHashSet<String>();
        if (definition instanceof Definition.ByExpression byExpression) {
            byExpression.expression().walk(part -> {
                if (part instanceof Expression.ParameterOn reference) {
                    Optional.ofNullable(rulebook.parameters().get(reference.name()))
                            .filter(parameter ->
                                    parameter.values().stream().anyMatch(dated -> dated.value() == Value.UNKNOWN))
                            .ifPresent(parameter -> unset.add(Parameter.asFact(parameter.name())));
                }
            });
        }
        return unset;
    }

    /** Names of element fields that some of the definitions reads, whichever list it is of. */
    static Set<String> fieldsOf(Collection<Definition> definitions) {
        var fields = new HashSet<>(Set.of("from", "to"));
        for (Definition definition : definitions) {
            dependencies(definition).stream()
                    .filter(name -> name.indexOf('.') > 0)
                    .forEach(name -> fields.add(name.substring(name.indexOf('.') + 1)));
            if (definition instanceof Definition.ByExpression byExpression) {
                byExpression.expression().walk(part -> {
                    if (part instanceof Expression.Literal literal && literal.value() instanceof Value.Text text) {
                        fields.add(text.text());
                    } else if (part instanceof Expression.Exists exists) {
                        exists.matches().forEach(match -> fields.add(match.field()));
                    }
                });
            }
        }
        return fields;
    }

    /** Names of the fields that may matter; of one that nothing reads, no value does. */
    Set<String> fieldsRead() {
        return fieldsRead;
    }

    /** Some names, and all on which they depend. */
    Set<String> reached(Collection<String> names) {
        var reached = new LinkedHashSet<String>();
        names.forEach(name -> reach(name, reached));
        return reached;
    }

    private void reach(String name, Set<String> reached) {
        if (reached.add(name)) {
            definition(name).ifPresent(definition -> dependencies(definition).forEach(each -> reach(each, reached)));
            reach(inputOf(name), reached);
        }
    }

    /** The list of an element's field; any other name as it is. */
    private String inputOf(String name) {
        return rulebook.vocabulary().fact(name).isEmpty() && name.indexOf('.') > 0
                ? name.substring(0, name.indexOf('.'))
                : name;
    }

    /**
     * @throws Circular where names refer to each other in a circle
     */
    public static Plan of(Rulebook rulebook, DecisionDefinition decision) {
        return new Planner(rulebook, decision).plan();
    }

    public Rulebook rulebook() {
        return rulebook;
    }

    public DecisionDefinition decision() {
        return decision;
    }

    /** By name, in acyclic order. */
    public Map<String, Definition> definitions() {
        return definitions;
    }

    public Optional<Definition> definition(String name) {
        return Optional.ofNullable(definitions.get(name));
    }

    /** The number of a definition's layer: what it reads is defined in lower ones. */
    public int layer(String name) {
        return layers.getOrDefault(name, 0);
    }

    /** Whether a fact may be stated or derived, and is derived here; what was not stated of it then follows from the rules. */
    boolean definesEither(String name) {
        return definitions.containsKey(DERIVED + name);
    }

    /**
     * Whether a fact that may be stated or derived is only stated on these days: the table that derives it is not in force.
     *
     * @param valueOf what a day is, by its name
     */
    boolean isOnlyStated(String name, java.util.function.Function<String, Value> valueOf) {
        return definitions.get(DERIVED + name) instanceof Definition.ByTable byTable
                && byTable.table().segments().stream()
                        .filter(segment ->
                                segment.row().equals(outsideRow(byTable.table().table())))
                        .anyMatch(segment -> Condition.allHold(segment.conditions(), valueOf));
    }

    /** The facts of the vocabulary that the decision reads, in the order of the vocabulary. */
    public List<String> inputs() {
        return inputs;
    }

    /**
     * The facts that a caller may be asked for, in the order of the vocabulary: those that the decision reads, and those that say how one
     * of them reads where it was left out.
     */
    public List<String> asked() {
        var asked = new LinkedHashSet<>(inputs);
        Stream.concat(
                        inputs.stream()
                                .flatMap(name ->
                                        rulebook
                                                .vocabulary()
                                                .fact(name)
                                                .orElseThrow()
                                                .absence()
                                                .unknownWhere()
                                                .stream()),
                        decision.readings().stream()
                                .filter(reading -> inputs.contains(reading.fact()))
                                .flatMap(reading -> reading.conditions().stream()))
                .forEach(condition -> asked.add(condition.fact()));
        return rulebook.vocabulary().names().stream().filter(asked::contains).toList();
    }

    /** The facts of the vocabulary on which a name depends; for a fact, itself. */
    public Set<String> support(String name) {
        Set<String> facts = support.getOrDefault(name, support.get(inputOf(name)));
        return facts == null ? Set.of(inputOf(name)) : facts;
    }

    /**
     * As {@link #support(String)}, without what is behind a fact that is {@linkplain #isOnlyStated only stated}.
     *
     * @param valueOf what a day is, by its name
     */
    Set<String> support(String name, java.util.function.Function<String, Value> valueOf) {
        if (support(name).stream().noneMatch(fact -> isOnlyStated(fact, valueOf))) {
            return support(name);
        }
        var facts = new LinkedHashSet<String>();
        support(name, valueOf, new HashSet<>(), facts);
        return facts;
    }

    private void support(
            String name, java.util.function.Function<String, Value> valueOf, Set<String> seen, Set<String> facts) {
        String source = definitions.containsKey(name) ? name : inputOf(name);
        Definition definition = definitions.get(source);
        if (definition == null || isOnlyStated(source, valueOf)) {
            if (!source.equals(Names.AS_OF)) {
                facts.add(source);
            }
        } else if (seen.add(source)) {
            for (String other : dependencies(definition)) {
                if (other.equals(source)) {
                    facts.add(other);
                } else {
                    support(other, valueOf, seen, facts);
                }
            }
            facts.addAll(unsetParameters(definition));
        }
    }

    public PlannedTable rule(String id) {
        if (definitions.get(id) instanceof Definition.ByTable byTable) {
            return byTable.table();
        }
        throw new IllegalArgumentException("%s has no rule %s".formatted(decision.name(), id));
    }

    /** The name under which a reference day is read: its own day where that is known, else the applicable day. */
    public static String referenceDay(Optional<String> fact) {
        return fact.map(name -> REFERENCE_DAY + name).orElse(Names.APPLICABLE_DAY);
    }

    static Set<String> dependencies(Definition definition) {
        var names = new LinkedHashSet<String>();
        definition.list().ifPresent(names::add);
        if (definition instanceof Definition.ByExpression byExpression) {
            byExpression.expression().walk(part -> {
                if (part instanceof Expression.Call call
                        && (call.function() == Function.SOME_OF || call.function() == Function.EVERY_OF)
                        && call.arguments().get(0) instanceof Expression.Fact list
                        && call.arguments().get(1) instanceof Expression.Literal field) {
                    names.add(list.name() + "." + field.value());
                }
            });
            names.addAll(byExpression.expression().reads());
        } else if (definition instanceof Definition.ByTable byTable) {
            byTable.table().table().forEach().ifPresent(names::add);
            names.addAll(byTable.table().columns());
            byTable.table().table().noElements().flatMap(Table.NoElements::rule).ifPresent(names::add);
        }
        return names;
    }

    /** Gathers what a decision needs, by name, and orders it. */
    private static final class Planner {
        private final Rulebook rulebook;
        private final DecisionDefinition decision;
        private final Map<String, Table> rules = new LinkedHashMap<>();
        private final Map<String, Definition> ordered = new LinkedHashMap<>();
        private final Set<String> under = new LinkedHashSet<>();

        Planner(Rulebook rulebook, DecisionDefinition decision) {
            this.rulebook = rulebook;
            this.decision = decision;
            decision.rules().forEach(rule -> rules.put(rule.id(), rule));
        }

        Plan plan() {
            need(Names.APPLICABLE_DAY);
            rules.keySet().forEach(this::need);
            decision.values().forEach(shown -> need(shown.fact()));
            decision.notExamined().forEach(entry -> entry.conditions().forEach(condition -> need(condition.fact())));
            return new Plan(rulebook, decision, ordered);
        }

        private void need(String name) {
            if (ordered.containsKey(name)) {
                return;
            }
            Optional<Definition> definition = define(name);
            if (definition.isEmpty()) {
                return;
            }
            if (!under.add(name)) {
                var circle = new ArrayList<>(under);
                circle.add(name);
                throw new Circular(circle.subList(circle.indexOf(name), circle.size()));
            }
            Set<String> selfRead = definition.get() instanceof Definition.ByExpression byExpression
                            && readsOnlyStated(byExpression, name)
                    ? Set.of(name)
                    : Set.of();
            for (String other : dependencies(definition.get())) {
                if (!selfRead.contains(other)) {
                    need(other);
                    listOf(other).ifPresent(this::need);
                }
            }
            under.remove(name);
            ordered.put(name, definition.get());
        }

        /** A fact that happens, or that may be stated or derived, is defined by what was stated of itself. */
        private static boolean readsOnlyStated(Definition.ByExpression definition, String name) {
            var plain = new HashSet<String>();
            definition.expression().walk(part -> {
                if (part instanceof Expression.Fact fact) {
                    plain.add(fact.name());
                }
            });
            return !plain.contains(name);
        }

        private Optional<Definition> define(String name) {
            if (name.equals(Names.APPLICABLE_DAY)) {
                Expression asOf = new Expression.Fact(Names.AS_OF);
                return byExpression(
                        name,
                        decision.governingFact()
                                .map(fact -> call(Function.FIRST_KNOWN, new Expression.Fact(fact), asOf))
                                .orElse(asOf));
            }
            if (name.startsWith(REFERENCE_DAY)) {
                return byExpression(
                        name,
                        call(
                                Function.FIRST_KNOWN,
                                new Expression.Fact(name.substring(REFERENCE_DAY.length())),
                                new Expression.Fact(Names.APPLICABLE_DAY)));
            }
            if (rules.containsKey(name)) {
                return Optional.of(new Definition.ByTable(name, planned(rules.get(name)), Optional.empty()));
            }
            if (name.startsWith(DERIVED)) {
                return derived(name, name.substring(DERIVED.length()));
            }
            Optional<FactDefinition> fact = rulebook.vocabulary().fact(name);
            Optional<String> happensOn = fact.flatMap(FactDefinition::happensOn);
            if (happensOn.isPresent()) {
                return byExpression(name, happened(fact.get(), happensOn.get()));
            }
            if (fact.isPresent() && fact.get().kind() == FactDefinition.Kind.EITHER) {
                return derived(DERIVED + name, name).isPresent()
                        ? byExpression(
                                name,
                                call(
                                        Function.FIRST_KNOWN,
                                        new Expression.Stated(name),
                                        new Expression.Fact(DERIVED + name)))
                        : Optional.empty();
            }
            return derived(name, name);
        }

        private Optional<Definition> derived(String name, String fact) {
            Table table = rulebook.concluded().get(fact);
            if (table != null) {
                return Optional.of(new Definition.ByTable(name, planned(table), listOf(fact)));
            }
            Derivation derivation = rulebook.derivations().get(fact);
            return derivation == null ? Optional.empty() : byExpression(name, derivation.expression());
        }

        private Optional<Definition> byExpression(String name, Expression expression) {
            return Optional.of(new Definition.ByExpression(name, normalised(expression), listOf(name)));
        }

        private Optional<String> listOf(String name) {
            int dot = name.indexOf('.');
            return dot > 0
                            && rulebook.vocabulary()
                                    .fact(name.substring(0, dot))
                                    .map(FactDefinition::type)
                                    .filter(FactType.ListOf.class::isInstance)
                                    .isPresent()
                    ? Optional.of(name.substring(0, dot))
                    : Optional.empty();
        }

        private static Expression happened(FactDefinition fact, String day) {
            return call(
                    Function.HAPPENED,
                    new Expression.Stated(fact.name()),
                    day.equals(fact.name()) ? new Expression.Stated(day) : new Expression.Fact(day),
                    new Expression.Fact(Names.AS_OF),
                    new Expression.Literal(new Value.Elements(
                            fact.happensFor().stream().map(Value::of).toList())));
        }

        private static Expression call(Function function, Expression... arguments) {
            return new Expression.Call(function, List.of(arguments));
        }

        /** Each parameter with the name of the day that decides what is in force. */
        private Expression normalised(Expression expression) {
            if (expression instanceof Expression.ParameterOn parameter) {
                return new Expression.ParameterOn(
                        parameter.name(), Optional.of(dayOf(parameter.name(), parameter.referenceDay())));
            }
            if (expression instanceof Expression.Call call) {
                return new Expression.Call(
                        call.function(),
                        call.arguments().stream().map(this::normalised).toList());
            }
            if (expression instanceof Expression.Exists exists) {
                return new Expression.Exists(
                        exists.list(),
                        exists.matches().stream()
                                .map(match -> new Expression.Match(
                                        match.field(), match.operator(), normalised(match.value())))
                                .toList());
            }
            return expression;
        }

        private String dayOf(String parameterName, Optional<String> named) {
            Parameter parameter = parameter(parameterName);
            Optional<String> day = named.isPresent()
                    ? named.filter(parameter.referenceDays()::contains)
                    : parameter.referenceDays().stream().findFirst();
            return referenceDay(day);
        }

        private Parameter parameter(String name) {
            Parameter parameter = rulebook.parameters().get(name);
            if (parameter == null) {
                throw new IllegalArgumentException("the rulebook has no parameter %s".formatted(name));
            }
            return parameter;
        }

        private PlannedTable planned(Table table) {
            var segments = new ArrayList<Segment>();
            String ruleDay = referenceDay(table.referenceDay());
            Optional<UnaryTest> inDates = within(table.from(), table.until());
            if (table.decidesRule() || concludesEither(table)) {
                inDates.ifPresent(test -> outside(table, ruleDay, segments));
            }
            for (Table.Row row : table.rows()) {
                var conditions = new ArrayList<Condition>();
                inDates.ifPresent(test -> conditions.add(new Condition(ruleDay, test)));
                if (table.aggregation() != Table.Aggregation.DAYS) {
                    within(row.from(), row.until())
                            .ifPresent(test -> conditions.add(new Condition(
                                    referenceDay(row.referenceDay().or(table::referenceDay)), test)));
                }
                expand(row.id(), row.conditions(), 0, conditions, segments);
            }
            var columns = new LinkedHashSet<String>();
            segments.forEach(segment -> segment.conditions().forEach(condition -> columns.add(condition.fact())));
            return new PlannedTable(table, List.copyOf(segments), List.copyOf(columns));
        }

        /** Outside its dates such a table says nothing: the fact is what callers state. */
        private boolean concludesEither(Table table) {
            return rulebook.vocabulary()
                    .fact(table.id())
                    .filter(fact -> fact.kind() == FactDefinition.Kind.EITHER)
                    .isPresent();
        }

        private static Optional<UnaryTest> within(LocalDate from, LocalDate until) {
            boolean begins = from.isAfter(Table.ALWAYS);
            boolean ends = until.isBefore(Table.FOREVER);
            return begins || ends
                    ? Optional.of(new UnaryTest.Interval(
                            begins ? Value.of(from) : null, true, ends ? Value.of(until) : null, false))
                    : Optional.empty();
        }

        private static void outside(Table table, String day, List<Segment> segments) {
            if (table.from().isAfter(Table.ALWAYS)) {
                segments.add(new Segment(
                        outsideRow(table),
                        List.of(new Condition(day, UnaryTest.Operator.LESS.test(Value.of(table.from()))))));
            }
            if (table.until().isBefore(Table.FOREVER)) {
                segments.add(new Segment(
                        outsideRow(table),
                        List.of(new Condition(day, UnaryTest.Operator.AT_LEAST.test(Value.of(table.until()))))));
            }
        }

        /** One segment for each period in which the parameters of a row are constant. */
        private void expand(
                String row, List<Condition> conditions, int next, List<Condition> done, List<Segment> segments) {
            if (next == conditions.size()) {
                segments.add(new Segment(row, List.copyOf(done)));
                return;
            }
            Condition condition = conditions.get(next);
            if (condition.test() instanceof UnaryTest.Any) {
                expand(row, conditions, next + 1, done, segments);
            } else if (condition.test() instanceof UnaryTest.Against against) {
                Parameter parameter = parameter(against.parameter());
                String day = dayOf(parameter.name(), Optional.empty());
                for (Parameter.Dated dated : parameter.values()) {
                    var constant = new ArrayList<>(done);
                    within(dated.from(), dated.until()).ifPresent(test -> constant.add(new Condition(day, test)));
                    constant.add(new Condition(condition.fact(), against.with(dated.value())));
                    expand(row, conditions, next + 1, constant, segments);
                }
            } else {
                var more = new ArrayList<>(done);
                more.add(condition);
                expand(row, conditions, next + 1, more, segments);
            }
        }
    }

    /** The row that decides a rule outside its dates. */
    public static String outsideRow(Table table) {
        return table.id() + "/outside";
    }

    /** The row that decides a rule where more has to be known. */
    public static String unknownRow(Table table) {
        return table.id() + "/unknown";
    }

    /** The row that decides a rule over a list that has no elements. */
    public static String emptyRow(Table table) {
        return table.id() + "/empty";
    }

    /** The status that a row decides, also for the rows that stand in no body. */
    public static Status statusOf(Table table, String rowId) {
        return rowId.equals(outsideRow(table))
                ? Status.NOT_APPLICABLE
                : table.row(rowId).flatMap(Table.Row::status).orElse(Status.INSUFFICIENT_FACTS);
    }
}
