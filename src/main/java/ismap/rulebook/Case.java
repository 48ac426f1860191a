package ismap.rulebook;

import ismap.decision.DaySet;
import ismap.decision.Status;
import ismap.decision.Value;
import ismap.decision.Value.Elements;
import ismap.rulebook.Plan.Definition;
import ismap.rulebook.Plan.PlannedTable;
import ismap.rulebook.Plan.Segment;
import ismap.rulebook.Reasoning.Decided;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a plan means on one case: the reference interpreter, asked name by name. A name is computed when it is asked for, once.
 *
 * <p>Where unknown facts are to be supposed ({@link #supposing}), it also says what each rule may still decide, and for want of what.
 */
final class Case {

    private final Plan plan;
    private final Facts facts;
    private final LocalDate asOf;
    private final Map<String, Value> values = new HashMap<>();
    private final Map<String, Decided> decided = new HashMap<>();
    private final Map<String, Set<String>> dependsOn = new HashMap<>();
    private Set<String> unknown = new LinkedHashSet<>();

    private final boolean supposing;

    Case(Plan plan, Facts facts, LocalDate asOf) {
        this(plan, facts, asOf, false);
    }

    private Case(Plan plan, Facts facts, LocalDate asOf, boolean supposing) {
        this.plan = plan;
        this.facts = facts;
        this.asOf = asOf;
        this.supposing = supposing;
    }

    /** A case of which the unknown facts are yet to be supposed: nothing takes the place of one that is not known. */
    static Case supposing(Plan plan, Facts facts, LocalDate asOf) {
        return new Case(plan, facts, asOf, true);
    }

    Value value(String name) {
        return value(name, null);
    }

    /** A name of the element at {@code index} of a list that is known. */
    Value value(String name, String list, int index) {
        return value(
                name, new Scope(list, index, ((Elements) value(list)).values().get(index)));
    }

    /** What an expression outside of lists yields. */
    Value value(Expression expression) {
        return evaluate(expression, null);
    }

    /** The unknown facts for which a value that was asked for is open, where they are to be supposed. */
    Set<String> openFor(String key) {
        Value value = values.get(key);
        return value != null && value.isOpen() ? dependsOn.getOrDefault(key, Set.of()) : Set.of();
    }

    /** One element of a list, which names of the form {@code list.field} are about. */
    private record Scope(String list, int index, Value element) {
        boolean names(String name) {
            return name.startsWith(list + ".");
        }
    }

    private Value value(String name, @Nullable Scope scope) {
        return scope != null && scope.names(name) ? ofElement(name, scope) : ofCase(name);
    }

    private Value ofElement(String name, Scope scope) {
        return once(
                Reasoning.ofElement(name, scope.index()),
                () -> plan.definition(name)
                        .map(definition -> defined(definition, scope))
                        .orElseGet(() -> field(scope, name)));
    }

    private Value ofCase(String name) {
        return once(
                name,
                () -> plan.definition(name)
                        .map(definition -> defined(definition, null))
                        .orElseGet(() -> stated(name)));
    }

    /**
     * Computes a value when it is first asked for. What it took to find one that is known does not matter any more: functions and tables
     * never contradict themselves when more is known. An open one passes on which unknown facts it is open for.
     */
    private Value once(String key, Supplier<Value> computed) {
        Value known = values.get(key);
        if (known == null) {
            if (supposing) {
                Set<String> outer = unknown;
                unknown = new LinkedHashSet<>();
                known = computed.get();
                dependsOn.put(key, unknown);
                unknown = outer;
            } else {
                known = computed.get();
            }
            values.put(key, known);
        }
        if (supposing && known.isOpen()) {
            unknown.addAll(dependsOn.getOrDefault(key, Set.of()));
        }
        return known;
    }

    private static Value field(Scope scope, String name) {
        return scope.element() instanceof Value.Element element
                ? element.field(name.substring(scope.list().length() + 1))
                : scope.element();
    }

    private Value stated(String name) {
        if (name.equals(Names.AS_OF)) {
            return Value.of(asOf);
        }
        Value value = facts.get(name);
        if (value == Value.UNKNOWN) {
            unknown.add(name);
        }
        return value;
    }

    private Value defined(Definition definition, @Nullable Scope scope) {
        if (definition instanceof Definition.ByExpression byExpression) {
            return evaluate(byExpression.expression(), scope);
        }
        PlannedTable table = ((Definition.ByTable) definition).table();
        if (table.table().decidesRule()) {
            return decide(table).asValue();
        }
        if (supposing
                && outsideSegments(table).anyMatch(segment -> test(segment, scope, true) != UnaryTest.Verdict.NO)) {
            unknown.add(table.table().id()); // nothing but what is stated says it then
        }
        if (scope != null || table.table().forEach().isEmpty()) {
            return HitPolicies.conclude(table, List.of(rows(table, scope)));
        }
        return pooled(table, table.table().forEach().orElseThrow());
    }

    /** What a table concludes from all elements of a list together. */
    private Value pooled(PlannedTable table, String list) {
        Value value = value(list);
        if (!value.isOpen()) {
            List<Scope> scopes = value instanceof Elements elements ? scopes(list, elements) : List.of();
            return HitPolicies.conclude(
                    table, scopes.stream().map(scope -> rows(table, scope)).toList());
        }
        rows(table, unknownElement(list)); // for what it depends on
        return table.table().aggregation() == Table.Aggregation.DAYS
                ? new Value.Days(DaySet.EMPTY, DaySet.ALL)
                : Value.UNKNOWN;
    }

    /** An element of which nothing is known, not even whether there is one. */
    private static Scope unknownElement(String list) {
        return new Scope(list, Reasoning.UNKNOWN_ELEMENT, Value.UNKNOWN);
    }

    private static List<Scope> scopes(String list, Elements elements) {
        var scopes = new ArrayList<Scope>();
        for (int i = 0; i < elements.values().size(); i++) {
            scopes.add(new Scope(list, i, elements.values().get(i)));
        }
        return scopes;
    }

    Decided decide(String rule) {
        return decide(plan.rule(rule));
    }

    /**
     * What a rule may still decide once more is known.
     *
     * @param decided one entry where it is decided
     * @param dependsOn the unknown facts on which that depends; none where it is decided. {@code parameter:name} for a parameter without a value
     */
    record Possible(Set<Decided> decided, Set<String> dependsOn) {}

    Possible possible(String rule) {
        PlannedTable planned = plan.rule(rule);
        Decided now = decide(planned);
        if (!now.row().equals(Plan.unknownRow(planned.table()))) {
            return new Possible(Set.of(now), Set.of());
        }
        unknown = new LinkedHashSet<>();
        var possible = new LinkedHashSet<Decided>();
        Optional<String> list = planned.table().forEach();
        if (list.isEmpty()) {
            possible(planned, null, possible);
        } else {
            possibleOfList(planned, list.get(), possible);
        }
        return new Possible(possible, new LinkedHashSet<>(unknown));
    }

    private void possibleOfList(PlannedTable planned, String list, Set<Decided> possible) {
        List<Scope> scopes =
                value(list) instanceof Elements elements ? scopes(list, elements) : List.of(unknownElement(list));
        scopes.forEach(scope -> possible(planned, scope, possible));
        if (scopes.isEmpty() || value(list).isOpen()) {
            possible.add(noElements(planned.table()));
            planned.table().noElements().flatMap(Table.NoElements::rule).ifPresent(this::value);
            outsideSegments(planned)
                    .filter(segment -> test(segment, null, true) != UnaryTest.Verdict.NO)
                    .forEach(segment -> possible.add(new Decided(Status.NOT_APPLICABLE, segment.row())));
        }
    }

    private void possible(PlannedTable planned, @Nullable Scope scope, Set<Decided> possible) {
        var open = new ArrayList<OpenSegment>();
        Set<String> outer = unknown;
        unknown = new LinkedHashSet<>(); // what led to a NO was certain, and does not matter
        for (Segment segment : planned.segments()) {
            if (test(segment, scope, true) != UnaryTest.Verdict.NO) {
                Decided decided = new Decided(Plan.statusOf(planned.table(), segment.row()), segment.row());
                possible.add(decided);
                open.add(new OpenSegment(
                        decided,
                        segment.conditions().stream()
                                .filter(condition ->
                                        value(condition.fact(), scope).isOpen())
                                .collect(Collectors.toSet())));
            }
        }
        unknown = outer;
        boolean rowsMatter = planned.table().hitPolicy() == Table.HitPolicy.FIRST
                || Outcomes.tellsRowsApart(plan.decision(), planned.table().id());
        for (OpenSegment each : open) {
            if (rowsMatter || open.stream().noneMatch(each::saysNoMoreThan)) {
                each.conditions().forEach(condition -> value(condition.fact(), scope));
            }
        }
    }

    /** A segment that may match, and those of its conditions that are still open. */
    private record OpenSegment(Decided decided, Set<Condition> conditions) {

        /** Whether {@code other} matches wherever this one does, and decides the same. */
        boolean saysNoMoreThan(OpenSegment other) {
            return other.decided().status() == decided.status()
                    && other.conditions().size() < conditions.size()
                    && conditions.containsAll(other.conditions());
        }
    }

    private Decided decide(PlannedTable planned) {
        Table table = planned.table();
        Decided known = decided.get(table.id());
        if (known == null) {
            known = table.forEach().isEmpty()
                    ? HitPolicies.decide(planned, rows(planned, null))
                    : decideEach(planned, table.forEach().get());
            decided.put(table.id(), known);
        }
        return known;
    }

    private Decided decideEach(PlannedTable planned, String list) {
        Table table = planned.table();
        Optional<Decided> outside = outside(planned);
        if (outside.isPresent()) {
            return outside.get();
        }
        Value value = value(list);
        if (value instanceof Elements elements && !elements.values().isEmpty()) {
            var each = new ArrayList<Decided>();
            for (Scope scope : scopes(list, elements)) {
                Decided one = HitPolicies.decide(planned, rows(planned, scope));
                decided.put(Reasoning.ofElement(table.id(), scope.index()), one);
                each.add(one);
            }
            return HitPolicies.worst(each);
        }
        return value.isOpen() ? ofUnknownList(planned, list) : noElements(table);
    }

    /** What an element of which nothing is known and an empty list have in common holds whatever the list turns out to be. */
    private Decided ofUnknownList(PlannedTable planned, String list) {
        Decided any = HitPolicies.decide(planned, rows(planned, unknownElement(list)));
        return any.status() == noElements(planned.table()).status()
                ? any
                : new Decided(Status.INSUFFICIENT_FACTS, Plan.unknownRow(planned.table()));
    }

    /** Outside its dates a rule over a list says so once, whatever the list holds. */
    private Optional<Decided> outside(PlannedTable planned) {
        for (Segment segment : outsideSegments(planned).toList()) {
            switch (test(segment, null, true)) {
                case YES -> {
                    return Optional.of(new Decided(Status.NOT_APPLICABLE, segment.row()));
                }
                case OPEN -> {
                    return Optional.of(new Decided(Status.INSUFFICIENT_FACTS, Plan.unknownRow(planned.table())));
                }
                case NO -> {}
            }
        }
        return Optional.empty();
    }

    private static Stream<Segment> outsideSegments(PlannedTable planned) {
        String row = Plan.outsideRow(planned.table());
        return planned.segments().stream().filter(segment -> segment.row().equals(row));
    }

    private Decided noElements(Table table) {
        Table.NoElements said = table.noElements()
                .orElseThrow(() ->
                        new EvaluationFailure("%s does not say what holds of an empty list".formatted(table.id())));
        return new Decided(
                said.rule().map(rule -> decide(rule).status()).or(said::status).orElseThrow(), Plan.emptyRow(table));
    }

    private HitPolicies.Rows rows(PlannedTable planned, @Nullable Scope scope) {
        var matching = new LinkedHashSet<String>();
        var open = new LinkedHashSet<String>();
        for (Segment segment : planned.segments()) {
            UnaryTest.Verdict verdict = test(segment, scope, supposing || planned.readsOpenRows());
            if (verdict == UnaryTest.Verdict.YES) {
                matching.add(segment.row());
            } else if (verdict == UnaryTest.Verdict.OPEN) {
                open.add(segment.row());
            }
        }
        open.removeAll(matching);
        boolean columnOpen = matching.isEmpty()
                && planned.columns().stream()
                        .anyMatch(column -> value(column, scope).isOpen());
        return new HitPolicies.Rows(
                List.copyOf(matching), planned.readsOpenRows() ? List.copyOf(open) : List.of(), columnOpen);
    }

    /** NO as soon as one condition is; what follows an open condition is looked at only where open rows count. */
    private UnaryTest.Verdict test(Segment segment, @Nullable Scope scope, boolean readsOpenRows) {
        UnaryTest.Verdict verdict = UnaryTest.Verdict.YES;
        for (Condition condition : segment.conditions()) {
            switch (condition.test().on(value(condition.fact(), scope))) {
                case NO -> {
                    return UnaryTest.Verdict.NO;
                }
                case OPEN -> {
                    if (!readsOpenRows) {
                        return UnaryTest.Verdict.OPEN;
                    }
                    verdict = UnaryTest.Verdict.OPEN;
                }
                case YES -> {}
            }
        }
        return verdict;
    }

    private Value evaluate(Expression expression, @Nullable Scope scope) {
        if (expression instanceof Expression.Fact fact) {
            return value(fact.name(), scope);
        }
        if (expression instanceof Expression.Literal literal) {
            return literal.value();
        }
        if (expression instanceof Expression.Stated stated) {
            return stated(stated.name());
        }
        if (expression instanceof Expression.ParameterOn parameter) {
            return parameter(parameter, scope);
        }
        if (expression instanceof Expression.Exists exists) {
            return exists(exists, scope);
        }
        Expression.Call call = (Expression.Call) expression;
        if (call.function() == Function.SOME_OF || call.function() == Function.EVERY_OF) {
            return call.function().apply(List.of(fieldOfEach(call), Value.NONE));
        }
        var arguments = new ArrayList<Value>();
        for (Expression argument : call.arguments()) {
            Value value = evaluate(argument, scope);
            if (call.function() == Function.FIRST_KNOWN
                    && value.isKnown()
                    && arguments.stream().noneMatch(Value::isOpen)) {
                return value;
            }
            arguments.add(value);
        }
        if (supposing
                && call.function() == Function.FIRST_KNOWN
                && arguments.stream().anyMatch(Value::isOpen)) {
            return Value.UNKNOWN;
        }
        return call.function().apply(arguments);
    }

    private Value fieldOfEach(Expression.Call call) {
        String list = ((Expression.Fact) call.arguments().get(0)).name();
        String field = ((Expression.Literal) call.arguments().get(1)).value().toString();
        if (value(list) instanceof Elements elements) {
            return new Elements(scopes(list, elements).stream()
                    .map(scope -> value(list + "." + field, scope))
                    .toList());
        }
        value(list + "." + field, unknownElement(list)); // for what it depends on
        return value(list);
    }

    private Value parameter(Expression.ParameterOn parameter, @Nullable Scope scope) {
        Value day = value(parameter.referenceDay().orElse(Names.APPLICABLE_DAY), scope);
        if (!(day instanceof Value.Day known)) {
            return Value.UNKNOWN;
        }
        Value value = java.util.Objects.requireNonNull(
                        plan.rulebook().parameters().get(parameter.name()))
                .on(known.date());
        return value == Value.UNKNOWN ? stated(Parameter.asFact(parameter.name())) : value;
    }

    private Value exists(Expression.Exists exists, @Nullable Scope scope) {
        if (!(value(exists.list()) instanceof Elements elements)) {
            exists.matches().forEach(match -> evaluate(match.value(), scope)); // for what it depends on
            return value(exists.list()).isNone() ? Value.of(false) : Value.UNKNOWN;
        }
        boolean open = false;
        for (Value element : elements.values()) {
            UnaryTest.Verdict verdict = UnaryTest.Verdict.YES;
            for (Expression.Match match : exists.matches()) {
                UnaryTest.Verdict one =
                        compares(((Value.Element) element).field(match.field()), match, evaluate(match.value(), scope));
                verdict = one == UnaryTest.Verdict.NO || verdict == UnaryTest.Verdict.NO
                        ? UnaryTest.Verdict.NO
                        : one == UnaryTest.Verdict.OPEN ? one : verdict;
            }
            if (verdict == UnaryTest.Verdict.YES) {
                return Value.of(true);
            }
            open |= verdict == UnaryTest.Verdict.OPEN;
        }
        return open ? Value.UNKNOWN : Value.of(false);
    }

    private static UnaryTest.Verdict compares(Value field, Expression.Match match, Value value) {
        if (value.isNone()) {
            return UnaryTest.Verdict.NO;
        }
        return value.isKnown() ? match.operator().test(value).on(field) : UnaryTest.Verdict.OPEN;
    }

    /** Everything that the plan defines, for comparison with another engine. */
    Reasoning reasoning() {
        var derived = new java.util.TreeMap<String, Value>();
        for (Definition definition : plan.definitions().values()) {
            if (definition instanceof Definition.ByTable byTable
                    && byTable.table().table().decidesRule()) {
                decide(byTable.table());
            } else if (definition.list().isEmpty()) {
                derived.put(definition.name(), value(definition.name()));
            } else if (value(definition.list().get()) instanceof Elements elements) {
                for (Scope scope : scopes(definition.list().get(), elements)) {
                    derived.put(Reasoning.ofElement(definition.name(), scope.index()), value(definition.name(), scope));
                }
            }
        }
        return new Reasoning(derived, new java.util.TreeMap<>(decided));
    }
}
