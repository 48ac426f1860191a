package ismap.rulebook;

import ismap.decision.Value;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Which unknown facts could still change the outcome. The contract: a fact is missing iff two completions of all the unknown facts
 * differ in it alone and in the outcome.
 *
 * <p>A completion is built only as far as the interpreter looks: it is run with facts unknown, and where it looked at an unknown one,
 * that one is given each value that could make a difference. What it never looked at cannot matter. Complete facts cost one run.
 */
final class Completions {

    /**
     * @param settled the outcome of every completion, where they all have the same
     */
    record Missing(SortedSet<String> facts, Optional<String> settled) {}

    /** So many runs may be spent on one question; what is not settled by then counts as missing, never as known. */
    private static final int BUDGET = 40_000;

    private static final int LARGEST_POWER_SET = 4;
    private static final String NEW_TEXT = "§";

    private final Plan plan;
    private final LocalDate asOf;
    private int runs;

    private Completions(Plan plan, LocalDate asOf) {
        this.plan = plan;
        this.asOf = asOf;
    }

    static Missing missing(Plan plan, Facts facts, LocalDate asOf) {
        return new Completions(plan, asOf).missing(facts);
    }

    /** The outcome of one run and the unknown facts that it looked at. */
    private record Run(String outcome, Set<String> lookedAt) {
        boolean isComplete() {
            return lookedAt.isEmpty();
        }
    }

    private Run run(Facts facts) {
        runs++;
        Case one = new Case(plan, facts, asOf);
        try {
            return new Run(Outcomes.calledFor(plan.decision(), one::decide).code(), one.unknownLookedAt());
        } catch (EvaluationFailure failure) {
            return new Run("", one.unknownLookedAt());
        }
    }

    private Missing missing(Facts facts) {
        Run first = run(facts);
        if (first.isComplete()) {
            return new Missing(Collections.emptySortedSet(), Optional.of(first.outcome()));
        }
        var lookedAt = new LinkedHashSet<String>();
        var outcomes = new LinkedHashSet<String>();
        boolean whole = explore(facts, lookedAt, outcomes);
        if (whole && outcomes.size() == 1) {
            return new Missing(
                    Collections.emptySortedSet(),
                    Optional.of(outcomes.iterator().next()));
        }
        var missing = new TreeSet<String>();
        for (String fact : lookedAt) {
            runs = 0;
            if (couldChange(fact, facts)) {
                missing.add(fact);
            }
        }
        return new Missing(Collections.unmodifiableSortedSet(missing), Optional.empty());
    }

    /** Visits every completion as far as it is looked at; false where the budget did not suffice. */
    private boolean explore(Facts facts, Set<String> lookedAt, Set<String> outcomes) {
        Run run = run(facts);
        lookedAt.addAll(run.lookedAt());
        if (run.isComplete()) {
            outcomes.add(run.outcome());
            return true;
        }
        String next = run.lookedAt().iterator().next();
        for (Value value : candidates(next, facts)) {
            if (runs > BUDGET || !explore(facts.with(next, value), lookedAt, outcomes)) {
                return false;
            }
        }
        return true;
    }

    /** Whether two completions differ in {@code fact} alone and in the outcome. Values next to each other suffice to find such a pair. */
    private boolean couldChange(String fact, Facts facts) {
        Value previous = null;
        for (Value value : candidates(fact, facts)) {
            if (previous != null && differ(facts.with(fact, previous), facts.with(fact, value))) {
                return true;
            }
            previous = value;
        }
        return false;
    }

    private boolean differ(Facts one, Facts other) {
        Run a = run(one);
        Run b = run(other);
        if (a.isComplete() && b.isComplete()) {
            return !a.outcome().equals(b.outcome());
        }
        String next = (a.isComplete() ? b : a).lookedAt().iterator().next();
        var values = new LinkedHashSet<>(candidates(next, one));
        values.addAll(candidates(next, other));
        for (Value value : values) {
            if (runs > BUDGET || differ(one.with(next, value), other.with(next, value))) {
                return true;
            }
        }
        return false;
    }

    /** Values of a fact that between them show every way in which it can matter, beside what is known in {@code facts}. */
    private List<Value> candidates(String name, Facts facts) {
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
        return plan.dayComparisons().candidates(name, facts, asOf).stream()
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
        return numbers.stream().<Value>map(Value.Number::new).toList();
    }

    /** Every text that something known could be equal to, and one that nothing is equal to. */
    private List<Value> texts(Facts facts) {
        var texts = new LinkedHashSet<Value>(List.of(Value.of(NEW_TEXT)));
        facts.values().values().forEach(value -> collectTexts(value, texts));
        DayComparisons.constantsOf(plan.definitions()).stream()
                .filter(Value.Text.class::isInstance)
                .forEach(texts::add);
        return List.copyOf(texts);
    }

    private static void collectTexts(Value value, Set<Value> texts) {
        if (value instanceof Value.Elements list) {
            list.values().forEach(each -> collectTexts(each, texts));
        } else if (value instanceof Value.Element element) {
            element.fields().values().forEach(each -> collectTexts(each, texts));
        } else if (value instanceof Value.Text) {
            texts.add(value);
        }
    }

    /** Of plain elements the sets; of elements with fields none and one, for what several can do, one of them does. */
    private List<Value> lists(String name, FactType element, Facts facts) {
        var lists = new ArrayList<Value>(List.of(new Value.Elements(List.of())));
        if (element instanceof FactType.RecordOf fields) {
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
        return values;
    }

    private static boolean before(Value.Day to, @Nullable Value from) {
        return from instanceof Value.Day day && to.date().isBefore(day.date());
    }
}
