package ismap.rulebook;

import ismap.decision.Value;
import ismap.rulebook.Case.Possible;
import ismap.rulebook.Reasoning.Decided;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Which unknown facts could still change the outcome. The contract: a fact is missing iff two completions of all the unknown facts
 * differ in it alone and in the outcome.
 *
 * <p>A completion is built only as far as it has to be: the interpreter says what each rule may still decide, and so which outcomes are
 * possible. Where there are several, an unknown fact that an undecided rule looked at is given each value that could make a difference.
 * Rests on the promise of tables that a row which matches something unknown concludes as every completion does.
 */
final class Completions {

    /**
     * @param settled the outcome of every completion, where they all have the same
     */
    record Missing(SortedSet<String> facts, Optional<String> settled) {}

    /** So much work may be spent on one question; what is not settled by then counts as missing, never as known. */
    private static final int BUDGET = 25_000;

    /** From so many open facts on it pays to look for examples first. */
    private static final int MANY = 12;

    /** So much work may be spent on one completion that has a given outcome. */
    private static final int EXAMPLE_BUDGET = 1_000;

    private static final int LARGEST_POWER_SET = 4;
    private static final int FEW = 4;
    private static final String NEW_TEXT = "§";

    private final Plan plan;
    private final LocalDate asOf;
    private final Tried tried;
    private final Map<String, Map<Set<DecisionDefinition.Call>, Decided>> representatives = new HashMap<>();
    private int budget = BUDGET;
    private int work;

    /**
     * What values of facts are tried.
     *
     * @param fields names of the fields of elements that may matter; of any other one value does
     * @param more numbers and texts that are tried too, where any may stand
     */
    record Tried(DayComparisons days, Set<String> fields, Set<Value> more) {}

    Completions(Plan plan, LocalDate asOf, Tried tried) {
        this.plan = plan;
        this.asOf = asOf;
        this.tried = tried;
    }

    static Missing missing(Plan plan, Facts facts, LocalDate asOf) {
        return of(plan, asOf).missing(facts);
    }

    /** All values that could make a difference are tried. */
    static Completions of(Plan plan, LocalDate asOf) {
        return new Completions(plan, asOf, new Tried(plan.dayComparisons(), plan.fieldsRead(), Set.of()));
    }

    /** Values of a fact that between them show every way in which it can matter, beside what is known in {@code facts}. */
    static List<Value> candidates(Plan plan, String fact, Facts facts, LocalDate asOf, Tried tried) {
        return new Completions(plan, asOf, tried).candidates(fact, facts);
    }

    /**
     * What is certain of a case while some facts are unknown.
     *
     * @param possible what each rule may decide, as far as the order of precedence asks for it
     */
    record View(Map<String, Possible> possible, Set<String> outcomes) {

        boolean isSettled() {
            return outcomes.size() == 1;
        }

        /** The rules that depend on {@code fact}, with what they may decide. */
        Map<String, Set<Decided>> readersOf(String fact) {
            var readers = new LinkedHashMap<String, Set<Decided>>();
            possible.forEach((rule, each) -> {
                if (each.dependsOn().contains(fact)) {
                    readers.put(rule, each.decided());
                }
            });
            return readers;
        }

        /** The unknown facts on which the rules depend. */
        Set<String> dependsOn(Set<String> rules) {
            var facts = new LinkedHashSet<String>();
            rules.forEach(rule -> facts.addAll(
                    java.util.Objects.requireNonNull(possible.get(rule)).dependsOn()));
            return facts;
        }

        Set<String> dependsOn() {
            return dependsOn(possible.keySet());
        }

        Map<String, Set<Decided>> decidedBy(Set<String> rules) {
            var decided = new LinkedHashMap<String, Set<Decided>>();
            rules.forEach(rule ->
                    decided.put(rule, possible.getOrDefault(rule, NOT_ASKED).decided()));
            return decided;
        }
    }

    private static final Possible NOT_ASKED = new Possible(Set.of(), Set.of());

    View view(Facts facts) {
        work += 1 + facts.elements() / 4;
        Case one = Case.supposing(plan, facts, asOf);
        var possible = new LinkedHashMap<String, Possible>();
        Set<String> outcomes = Outcomes.possible(
                plan.decision(),
                rule -> possible.computeIfAbsent(rule, each -> toldApart(each, one.possible(each)))
                        .decided());
        return new View(possible, outcomes);
    }

    /** What a rule may decide and no outcome tells apart is one and the same; where that is all it may decide, it depends on nothing. */
    private Possible toldApart(String rule, Possible possible) {
        var decided = new LinkedHashSet<Decided>();
        for (Decided each : possible.decided()) {
            decided.add(representatives
                    .computeIfAbsent(rule, any -> new HashMap<>())
                    .computeIfAbsent(Outcomes.callsOf(plan.decision(), rule, each), calls -> each));
        }
        return new Possible(decided, decided.size() == 1 ? Set.of() : possible.dependsOn());
    }

    private Missing missing(Facts facts) {
        View view = view(facts);
        if (view.isSettled()) {
            return new Missing(
                    Collections.emptySortedSet(),
                    Optional.of(view.outcomes().iterator().next()));
        }
        var missing = new TreeSet<String>(view.dependsOn().size() > MANY ? shownToMatter(view, facts) : Set.of());
        for (String fact : view.dependsOn()) {
            work = 0;
            if (!missing.contains(fact) && couldChange(fact, facts)) {
                missing.add(fact);
            }
        }
        return new Missing(
                Collections.unmodifiableSortedSet(missing), missing.isEmpty() ? settled(facts) : Optional.empty());
    }

    /**
     * Facts of which it is quickly shown that they matter: one completion for each possible outcome is found step by step, and in it one
     * fact at a time is given other values.
     */
    private Set<String> shownToMatter(View view, Facts facts) {
        var matter = new LinkedHashSet<String>();
        for (String outcome : view.outcomes()) {
            Optional<Facts> example = towards(outcome, facts, work + EXAMPLE_BUDGET);
            if (example.isEmpty()) {
                continue;
            }
            for (String fact : example.get().values().keySet()) {
                if (!matter.contains(fact) && facts.get(fact) == Value.UNKNOWN) {
                    boolean differs = candidates(fact, facts).stream()
                            .map(value -> view(example.get().with(fact, value)))
                            .anyMatch(other ->
                                    other.isSettled() && !other.outcomes().contains(outcome));
                    if (differs) {
                        matter.add(fact);
                    }
                }
            }
        }
        return matter;
    }

    /** As {@link #towards(String, Facts, int)}, with so much work. */
    Optional<Facts> example(String outcome, Facts facts, int workAtMost) {
        work = 0;
        return towards(outcome, facts, workAtMost);
    }

    /** Facts supposed until {@code outcome} is settled, each with a value that still allows it; empty where none is found soon. */
    private Optional<Facts> towards(String outcome, Facts facts, int workAtMost) {
        View view = view(facts);
        if (view.isSettled()) {
            return view.outcomes().contains(outcome) ? Optional.of(facts) : Optional.empty();
        }
        Optional<String> next = view.dependsOn().stream().min(Comparator.comparing(each -> breadth(plan, each)));
        if (next.isEmpty() || !view.outcomes().contains(outcome)) {
            return Optional.empty();
        }
        for (Value value : candidates(next.get(), facts)) {
            if (work > workAtMost) {
                return Optional.empty();
            }
            Optional<Facts> found = towards(outcome, facts.with(next.get(), value), workAtMost);
            if (found.isPresent()) {
                return found;
            }
        }
        return Optional.empty();
    }

    /** The outcome of one completion; asked where all have the same. */
    Optional<String> settled(Facts facts) {
        View view = view(facts);
        if (view.isSettled()) {
            return Optional.of(view.outcomes().iterator().next());
        }
        return view.dependsOn().stream()
                .findFirst()
                .flatMap(
                        fact -> settled(facts.with(fact, candidates(fact, facts).get(0))));
    }

    /** Whether a fact is missing, as the contract says it; empty where that takes more work than may be spent on it. */
    Optional<Boolean> matters(String fact, Facts facts, int workAtMost) {
        work = 0;
        budget = Math.min(workAtMost, BUDGET);
        boolean could = couldChange(fact, facts);
        boolean spent = work > budget;
        budget = BUDGET;
        return spent && workAtMost < BUDGET ? Optional.empty() : Optional.of(could);
    }

    int work() {
        return work;
    }

    /**
     * Whether two completions differ in {@code fact} alone and in the outcome. Everything else on which the rules that read it depend is
     * supposed first; what then makes no difference to any of them is not looked into.
     */
    private boolean couldChange(String fact, Facts facts) {
        if (work > budget) {
            return true;
        }
        View view = view(facts);
        Set<String> readers = view.readersOf(fact).keySet();
        if (view.isSettled() || readers.isEmpty() || comeTooLate(readers, List.of(view))) {
            return false;
        }
        Optional<String> other = others(fact, facts, view, readers).stream()
                .filter(each -> !each.equals(fact))
                .min(Comparator.comparing(each -> breadth(plan, each)));
        if (other.isPresent()) {
            return apart(other.get(), facts).stream()
                    .anyMatch(value -> couldChange(fact, facts.with(other.get(), value)));
        }
        var differing = new LinkedHashMap<Map<String, Set<Decided>>, Facts>();
        var settled = new LinkedHashSet<String>();
        for (Value value : candidates(fact, facts)) {
            Facts supposed = facts.with(fact, value);
            View seen = view(supposed);
            if (seen.isSettled() && settled.addAll(seen.outcomes()) && settled.size() > 1) {
                return true;
            }
            differing.putIfAbsent(seen.decidedBy(readers), supposed);
        }
        List<Facts> each = List.copyOf(differing.values());
        for (int i = 0; i < each.size(); i++) {
            for (int j = i + 1; j < each.size(); j++) {
                if (differ(each.get(i), each.get(j), readers)) {
                    return true;
                }
            }
        }
        return false;
    }

    /** On what else the rules depend that read {@code fact}. Once it is stated, what it may follow from otherwise does not matter. */
    private Set<String> others(String fact, Facts facts, View view, Set<String> readers) {
        if (!plan.definesEither(fact)) {
            return view.dependsOn(readers);
        }
        var others = new LinkedHashSet<String>();
        for (Value value : candidates(fact, facts)) {
            Map<String, Possible> possible = view(facts.with(fact, value)).possible();
            readers.forEach(
                    rule -> others.addAll(possible.getOrDefault(rule, NOT_ASKED).dependsOn()));
        }
        return others;
    }

    /**
     * The candidates of a fact, without those of which all that is derived at once was derived of another before: of roles, say, the days
     * on which they are covered. Beyond that nothing sees the fact itself.
     */
    private List<Value> apart(String fact, Facts facts) {
        List<Value> all = candidates(fact, facts);
        List<Plan.Definition> readers = plan.definitions().values().stream()
                .filter(definition -> Plan.dependencies(definition).stream()
                        .anyMatch(name -> name.equals(fact) || name.startsWith(fact + ".")))
                .toList();
        if (all.size() <= FEW
                || readers.stream().anyMatch(reader -> reader.list().isPresent() || decidesRule(reader))) {
            return all;
        }
        var apart = new LinkedHashMap<List<Value>, Value>();
        for (Value value : all) {
            work++;
            Case one = Case.supposing(plan, facts.with(fact, value), asOf);
            List<Value> derived =
                    readers.stream().map(reader -> one.value(reader.name())).toList();
            if (derived.stream().anyMatch(Value::isOpen)) {
                return all;
            }
            apart.putIfAbsent(derived, value);
        }
        return List.copyOf(apart.values());
    }

    private static boolean decidesRule(Plan.Definition definition) {
        return definition instanceof Plan.Definition.ByTable byTable
                && byTable.table().table().decidesRule();
    }

    /** How many values a fact has, roughly. What has few is supposed first: it may settle what the others cannot. */
    static int breadth(Plan plan, String name) {
        FactType type = plan.rulebook()
                .vocabulary()
                .fact(name)
                .map(FactDefinition::type)
                .orElse(FactType.DAY);
        if (type instanceof FactType.ListOf list) {
            return list.element() instanceof FactType.RecordOf ? 4 : 2;
        }
        return type instanceof FactType.Truth ? 0 : type instanceof FactType.Code ? 1 : 3;
    }

    /** Whether some completion of what is still unknown in both, the same in both, leads to different outcomes. */
    private boolean differ(Facts one, Facts other, Set<String> readers) {
        View a = view(one);
        View b = view(other);
        if (work > budget || Collections.disjoint(a.outcomes(), b.outcomes())) {
            return true;
        }
        if ((a.isSettled() && b.isSettled()) || comeTooLate(readers, List.of(a, b))) {
            return false;
        }
        Optional<String> next = a.dependsOn().stream()
                .findFirst()
                .or(() -> b.dependsOn().stream().findFirst());
        if (next.isEmpty()) {
            return false;
        }
        var values = new LinkedHashSet<>(candidates(next.get(), one));
        values.addAll(candidates(next.get(), other));
        return values.stream()
                .anyMatch(value -> differ(one.with(next.get(), value), other.with(next.get(), value), readers));
    }

    /**
     * Whether some outcome is certain in all views and what the rules may decide calls for none that stands before it: then the others
     * decide, and they are the same in all.
     */
    private boolean comeTooLate(Set<String> rules, List<View> views) {
        var certain = new LinkedHashSet<Integer>();
        views.forEach(view -> certain.add(
                orderOf(List.copyOf(view.outcomes()).get(view.outcomes().size() - 1))));
        if (certain.size() > 1) {
            return false;
        }
        int bound = certain.iterator().next();
        return views.stream()
                .allMatch(view -> rules.stream()
                        .allMatch(rule -> view.possible().getOrDefault(rule, NOT_ASKED).decided().stream()
                                .flatMap(each -> Outcomes.callsOf(plan.decision(), rule, each).stream())
                                .allMatch(call -> orderOf(call) >= bound)));
    }

    private int orderOf(String outcome) {
        List<DecisionDefinition.Outcome> outcomes = plan.decision().outcomes();
        for (int i = 0; i < outcomes.size(); i++) {
            if (outcomes.get(i).code().equals(outcome)) {
                return i;
            }
        }
        return outcomes.size();
    }

    private int orderOf(DecisionDefinition.Call call) {
        List<DecisionDefinition.Outcome> outcomes = plan.decision().outcomes();
        for (int i = 0; i < outcomes.size(); i++) {
            if (outcomes.get(i).calls().contains(call)) {
                return i;
            }
        }
        return outcomes.size();
    }

    List<Value> candidates(String name, Facts facts) {
        Optional<FactDefinition> fact = plan.rulebook().vocabulary().fact(name);
        if (fact.isEmpty()) {
            return days(name, facts);
        }
        List<Value> candidates = ofType(name, fact.get().type(), facts);
        return candidates.stream().filter(value -> !readsAsUnknown(name, value)).toList();
    }

    /** A code that counts as unknown in this decision completes nothing. */
    private boolean readsAsUnknown(String name, Value value) {
        return plan.decision().readings().stream()
                .anyMatch(reading -> reading.fact().equals(name)
                        && !reading.none()
                        && reading.test().matches(value));
    }

    private List<Value> ofType(String name, FactType type, Facts facts) {
        if (type instanceof FactType.Code code) {
            return code.codes().stream().map(Value::of).toList();
        }
        if (type instanceof FactType.Truth) {
            return List.of(Value.of(true), Value.of(false));
        }
        if (type instanceof FactType.Day) {
            return days(name, facts);
        }
        if (type instanceof FactType.Numeric numeric) {
            return numbers(numeric);
        }
        if (type instanceof FactType.ListOf list) {
            return lists(name, list.element(), facts);
        }
        return texts(facts);
    }

    private List<Value> days(String name, Facts facts) {
        return tried.days().candidates(name, facts, asOf).stream()
                .map(Value::of)
                .toList();
    }

    private List<Value> numbers(FactType.Numeric type) {
        if (!type.domain().isEmpty()) {
            return type.domain().stream().<Value>map(Value.Number::new).toList();
        }
        var numbers = new TreeSet<BigDecimal>(List.of(BigDecimal.ZERO));
        for (Value constant : DayComparisons.constantsOf(plan.definitions())) {
            if (constant instanceof Value.Number number) {
                numbers.addAll(List.of(
                        number.value().subtract(BigDecimal.ONE),
                        number.value(),
                        number.value().add(BigDecimal.ONE)));
            }
        }
        tried.more().stream()
                .filter(Value.Number.class::isInstance)
                .map(number -> ((Value.Number) number).value())
                .forEach(numbers::add);
        return numbers.stream()
                .filter(number -> !type.whole() || number.stripTrailingZeros().scale() <= 0)
                .<Value>map(Value.Number::new)
                .toList();
    }

    /** Every text that something known could be equal to, and one that nothing is equal to. */
    private List<Value> texts(Facts facts) {
        var texts = new LinkedHashSet<Value>(List.of(Value.of(NEW_TEXT)));
        tried.more().stream().filter(Value.Text.class::isInstance).forEach(texts::add);
        for (String name : plan.inputs()) {
            plan.rulebook()
                    .vocabulary()
                    .fact(name)
                    .ifPresent(fact -> collectTexts(fact.type(), facts.get(name), texts));
        }
        DayComparisons.constantsOf(plan.definitions()).stream()
                .filter(constant -> constant instanceof Value.Text && !isCode(constant.toString()))
                .forEach(texts::add);
        return List.copyOf(texts);
    }

    private static void collectTexts(FactType type, Value value, Set<Value> texts) {
        if (type instanceof FactType.ListOf list && value instanceof Value.Elements elements) {
            elements.values().forEach(each -> collectTexts(list.element(), each, texts));
        } else if (type instanceof FactType.RecordOf fields && value instanceof Value.Element element) {
            fields.fields().forEach((name, field) -> collectTexts(field.type(), element.field(name), texts));
        } else if (type instanceof FactType.Text && value instanceof Value.Text) {
            texts.add(value);
        }
    }

    /** Tests on codes and on statuses compare with constants too; they are no texts. */
    private boolean isCode(String constant) {
        return Stream.concat(
                        Stream.of(FactType.STATUS, FactType.ORDER),
                        plan.rulebook().vocabulary().facts().values().stream().map(FactDefinition::type))
                .map(type -> type instanceof FactType.ListOf list ? list.element() : type)
                .anyMatch(type ->
                        type instanceof FactType.Code code && code.codes().contains(constant));
    }

    /**
     * Of plain elements the sets; of elements with fields none and one, for what several can do, one of them does. Only where a list is
     * joined with another it takes one element for each of the other's.
     */
    private List<Value> lists(String name, FactType element, Facts facts) {
        var lists = new ArrayList<Value>(List.of(new Value.Elements(List.of())));
        if (element instanceof FactType.RecordOf fields) {
            lists.addAll(partners(name, fields, facts));
            for (Map<String, Value> one : elements(name, fields, facts)) {
                lists.add(new Value.Elements(List.of(new Value.Element(one))));
            }
            return lists;
        }
        List<Value> plain = ofType(name, element, facts);
        if (plain.size() <= LARGEST_POWER_SET) {
            for (int set = 1; set < 1 << plain.size(); set++) {
                lists.add(subset(plain, set));
            }
            return lists;
        }
        for (int i = 0; i < plain.size(); i++) {
            lists.add(new Value.Elements(List.of(plain.get(i))));
            for (int j = i + 1; j < plain.size(); j++) {
                lists.add(new Value.Elements(List.of(plain.get(i), plain.get(j))));
            }
        }
        lists.add(new Value.Elements(plain));
        return lists;
    }

    /** Lists with one element for each element of a list that {@code name} is joined with, all alike but for what joins them. */
    private List<Value> partners(String name, FactType.RecordOf type, Facts facts) {
        var lists = new ArrayList<Value>();
        for (Plan.Definition definition : plan.definitions().values()) {
            if (definition instanceof Plan.Definition.ByExpression byExpression) {
                byExpression.expression().walk(part -> {
                    if (part instanceof Expression.Call call
                            && call.function() == Function.JOINED
                            && call.arguments().get(1).equals(new Expression.Fact(name))
                            && call.arguments().get(0) instanceof Expression.Fact other
                            && call.arguments().get(2) instanceof Expression.Literal key
                            && Case.supposing(plan, facts, asOf).value(other.name())
                                    instanceof Value.Elements register) {
                        lists.addAll(partners(name, type, key.value().toString(), register, facts));
                    }
                });
            }
        }
        return lists;
    }

    private List<Value> partners(
            String name, FactType.RecordOf type, String key, Value.Elements register, Facts facts) {
        var others = new LinkedHashMap<>(type.fields());
        others.remove(key);
        return elements(name, new FactType.RecordOf(type.name(), others), facts).stream()
                .<Value>map(alike -> new Value.Elements(register.values().stream()
                        .<Value>map(entry -> {
                            var fields = new HashMap<>(alike);
                            fields.put(key, ((Value.Element) entry).field(key));
                            return new Value.Element(fields);
                        })
                        .toList()))
                .toList();
    }

    private static Value subset(List<Value> all, int bits) {
        var chosen = new ArrayList<Value>();
        for (int i = 0; i < all.size(); i++) {
            if ((bits & (1 << i)) != 0) {
                chosen.add(all.get(i));
            }
        }
        return new Value.Elements(chosen);
    }

    private List<Map<String, Value>> elements(String list, FactType.RecordOf type, Facts facts) {
        List<Map<String, Value>> elements = List.of(Map.of());
        for (Map.Entry<String, FactType.Field> field : type.fields().entrySet()) {
            var more = new ArrayList<Map<String, Value>>();
            for (Map<String, Value> element : elements) {
                for (Value value : fieldValues(list + "." + field.getKey(), field.getValue(), facts)) {
                    if (!(value instanceof Value.Day to
                            && field.getKey().equals("to")
                            && before(to, element.get("from")))) {
                        var extended = new HashMap<>(element);
                        extended.put(field.getKey(), value);
                        more.add(extended);
                    }
                }
            }
            elements = more;
        }
        return elements;
    }

    private List<Value> fieldValues(String name, FactType.Field field, Facts facts) {
        var values = new ArrayList<>(ofType(name, field.type(), facts));
        if (field.optional()) {
            values.add(Value.NONE);
        }
        if (!tried.fields().contains(name.substring(name.indexOf('.') + 1))) {
            return List.of(values.get(values.size() - 1));
        }
        return values;
    }

    private static boolean before(Value.Day to, @Nullable Value from) {
        return from instanceof Value.Day day && to.date().isBefore(day.date());
    }
}
