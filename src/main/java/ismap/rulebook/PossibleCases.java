package ismap.rulebook;

import ismap.decision.Value;
import ismap.decision.Value.Elements;
import ismap.rulebook.Plan.Definition;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Looks for a request that brings columns of a table to wanted values. Columns that are derived from the same facts depend on each other,
 * and so not everything that can be written into a row can happen.
 *
 * <p>Supposes one fact after the other, as {@link Completions} does, and gives up a supposition as soon as some column is known to be
 * something else whatever follows.
 */
final class PossibleCases {

    /** What came of it; NOT_SETTLED where the budget was used up before. */
    enum Answer {
        POSSIBLE,
        IMPOSSIBLE,
        NOT_SETTLED
    }

    /**
     * What a column should be.
     *
     * @param examples one of each kind
     */
    record Wanted(String column, Predicate<Value> values, List<Value> examples) {
        /** Whether it should be none and nothing else. */
        boolean none() {
            return examples.stream().allMatch(Value::isNone);
        }

        UnaryTest.Verdict on(Value value) {
            return value.isOpen()
                    ? UnaryTest.Verdict.OPEN
                    : values.test(value) ? UnaryTest.Verdict.YES : UnaryTest.Verdict.NO;
        }
    }

    private static final LocalDate SOME_DAY = LocalDate.of(2024, 4, 1);

    private final Plan plan;
    private final PossibleValues possible;
    private final Definition.ByTable table;
    private final Optional<String> list;
    private int budget;

    /** @param budget how many cases may be looked at, in all searches together */
    PossibleCases(Plan plan, PossibleValues possible, Definition.ByTable table, int budget) {
        this.plan = plan;
        this.possible = possible;
        this.table = table;
        this.list = table.list().or(() -> table.table().table().forEach());
        this.budget = budget;
    }

    /** Texts that have the forms which derivations ask for. */
    private static Set<Value> wellFormed(List<Definition> definitions) {
        var texts = new LinkedHashSet<Value>();
        for (Definition definition : definitions) {
            if (definition instanceof Definition.ByExpression byExpression) {
                byExpression.expression().walk(part -> {
                    if (part instanceof Expression.Call call && call.function() == Function.HAS_FORM) {
                        call.arguments().stream()
                                .filter(Expression.Literal.class::isInstance)
                                .forEach(form -> texts.add(Value.of(((Expression.Literal) form)
                                        .value()
                                        .toString()
                                        .replace("#", "999"))));
                    }
                });
            }
        }
        return texts;
    }

    boolean isSpent() {
        return budget <= 0;
    }

    /** What to state, and the day to ask about. */
    record Found(Map<String, Value> stated, LocalDate asOf) {}

    /** A request that brings the columns to what is wanted; empty where none was found within {@code most} cases. */
    Optional<Found> find(List<Wanted> wanted, int most) {
        var stated = new LinkedHashMap<String, Value>();
        LocalDate asOf = SOME_DAY;
        for (List<Wanted> together : dependent(wanted)) {
            var search = new Search(together, Math.min(most, budget));
            search.answer();
            budget -= search.looked;
            if (search.found.isEmpty()) {
                return Optional.empty();
            }
            stated.putAll(search.found.get().stated());
            asOf = search.readsAsOf ? search.found.get().asOf() : asOf;
        }
        return Optional.of(new Found(stated, asOf));
    }

    /** @param most how many cases may be looked at in this search */
    Answer search(List<Wanted> wanted, int most) {
        var answers = EnumSet.of(Answer.POSSIBLE);
        for (List<Wanted> together : dependent(wanted)) {
            var search = new Search(together, Math.min(most, budget));
            answers.add(search.answer());
            budget -= search.looked;
            if (answers.contains(Answer.IMPOSSIBLE)) {
                return Answer.IMPOSSIBLE;
            }
        }
        return answers.contains(Answer.NOT_SETTLED) ? Answer.NOT_SETTLED : Answer.POSSIBLE;
    }

    /** Groups of columns that depend on nothing in common; whether one can be as wanted has nothing to do with the others. */
    private List<List<Wanted>> dependent(List<Wanted> wanted) {
        var groups = new LinkedHashMap<Set<String>, List<Wanted>>();
        for (Wanted each : wanted) {
            var sources = new LinkedHashSet<>(sources(each.column()));
            var together = new ArrayList<>(List.of(each));
            List.copyOf(groups.keySet()).stream()
                    .filter(other -> !Collections.disjoint(other, sources))
                    .forEach(other -> {
                        sources.addAll(other);
                        together.addAll(Objects.requireNonNull(groups.remove(other)));
                    });
            groups.put(sources, together);
        }
        return List.copyOf(groups.values());
    }

    /** The facts on which a column depends, {@code asOf}, and the facts that say how those are read. */
    private Set<String> sources(String column) {
        var sources = new LinkedHashSet<>(plan.support(column));
        if (isOfElement(column)) {
            sources.addAll(plan.support(list.orElseThrow()));
        }
        List.copyOf(sources).forEach(fact -> {
            plan.decision().readings().stream()
                    .filter(reading -> reading.fact().equals(fact))
                    .forEach(reading -> reading.conditions().forEach(condition -> sources.add(condition.fact())));
            absence(fact).forEach(condition -> sources.add(condition.fact()));
        });
        if (plan.reached(List.of(column)).contains(Names.AS_OF)) {
            sources.add(Names.AS_OF);
        }
        return sources;
    }

    private List<Condition> absence(String fact) {
        return plan.rulebook()
                .vocabulary()
                .fact(fact)
                .map(definition -> definition.absence().unknownWhere())
                .orElse(List.of());
    }

    private boolean isOfElement(String column) {
        return list.isPresent() && column.startsWith(list.get() + ".");
    }

    private final class Search {
        private final List<Wanted> wanted;
        private final boolean readsAsOf;
        private final Completions.Tried tried;
        private final int most;
        private int looked;
        private boolean oneElementEach;
        private Optional<Found> found = Optional.empty();

        Search(List<Wanted> wanted, int most) {
            this.wanted = wanted;
            Set<String> reached =
                    plan.reached(wanted.stream().map(Wanted::column).toList());
            var definitions = new ArrayList<Definition>(reached.stream()
                    .flatMap(name -> plan.definition(name).stream())
                    .toList());
            this.readsAsOf = reached.contains(Names.AS_OF);
            Set<String> fields = Plan.fieldsOf(definitions);
            wanted.forEach(
                    each -> fields.add(each.column().substring(each.column().indexOf('.') + 1)));
            definitions.add(table); // the days that its own tests compare with
            Set<Value> more = wellFormed(definitions);
            wanted.forEach(each -> more.addAll(each.examples()));
            this.tried = new Completions.Tried(new DayComparisons(plan, definitions), fields, more);
            this.most = most;
        }

        Answer answer() {
            for (LocalDate day : days()) {
                if (leads(Map.of(), Set.of(), day)) {
                    return Answer.POSSIBLE;
                }
            }
            return looked > most || oneElementEach ? Answer.NOT_SETTLED : Answer.IMPOSSIBLE;
        }

        /** Days on which to ask, the latest first: what happened has happened by then. */
        private List<LocalDate> days() {
            if (!readsAsOf) {
                return List.of(SOME_DAY);
            }
            var days = new ArrayList<>(tried.days().candidates(Names.AS_OF, new Facts(Map.of()), SOME_DAY));
            Collections.reverse(days);
            return days;
        }

        /**
         * @param decided facts that are stated, or left out for good
         */
        private boolean leads(Map<String, Value> supposed, Set<String> decided, LocalDate day) {
            if (++looked > most) {
                return false;
            }
            Facts facts = read(supposed, decided);
            var look = new Look(Case.supposing(plan, facts, day), supposed, decided);
            UnaryTest.Verdict verdict = look.verdict();
            if (verdict != UnaryTest.Verdict.OPEN) {
                if (verdict == UnaryTest.Verdict.YES) {
                    found = Optional.of(new Found(supposed, day));
                }
                return verdict == UnaryTest.Verdict.YES;
            }
            Optional<String> next = look.next();
            if (next.isEmpty()) {
                return false;
            }
            String fact = next.get();
            oneElementEach |= isCollected(fact);
            var more = new LinkedHashSet<>(decided);
            more.add(fact);
            List<Value> values =
                    look.hasToBeLeftOut(fact) ? List.of() : Completions.candidates(plan, fact, facts, day, tried);
            boolean leftOutFirst = look.leftOut.contains(fact);
            if (leftOutFirst && leads(supposed, more, day)) {
                return true;
            }
            for (Value value : values) {
                var with = new LinkedHashMap<>(supposed);
                with.put(fact, value);
                if (leads(with, more, day)) {
                    return true;
                }
            }
            return !leftOutFirst && possible.canBeLeftOut(fact) && leads(supposed, more, day);
        }

        /** Whether a column is of all elements of a list together. Of such lists no more than one element is tried (ADR 5). */
        private boolean isCollected(String fact) {
            boolean hasFields = plan.rulebook()
                    .vocabulary()
                    .fact(fact)
                    .filter(definition -> definition.type() instanceof FactType.ListOf of
                            && of.element() instanceof FactType.RecordOf)
                    .isPresent();
            return hasFields
                    && wanted.stream()
                            .anyMatch(each -> !isOfElement(each.column())
                                    && plan.support(each.column()).contains(fact));
        }

        /** As the service would read it; what is not decided yet, or depends on what is not, is unknown. */
        private Facts read(Map<String, Value> stated, Set<String> decided) {
            var values = new HashMap<String, Value>();
            for (String fact : decided) {
                if (decided.containsAll(lookedAt(fact, stated))) {
                    values.put(fact, FactReader.reading(plan, fact, stated));
                }
            }
            return new Facts(values);
        }

        /** The other facts that say how a fact is read that was stated so, or left out. */
        private Set<String> lookedAt(String fact, Map<String, Value> stated) {
            Value value = stated.getOrDefault(fact, Value.UNKNOWN);
            var others = new LinkedHashSet<String>();
            plan.decision().readings().stream()
                    .filter(reading ->
                            reading.fact().equals(fact) && reading.test().matches(value))
                    .forEach(reading -> reading.conditions().forEach(condition -> others.add(condition.fact())));
            if (value == Value.UNKNOWN) {
                absence(fact).forEach(condition -> others.add(condition.fact()));
            }
            return others;
        }

        /** One case, with some facts supposed. */
        private final class Look implements PossibleValues.Known {
            private final Case one;
            private final Map<String, Value> stated;
            private final Set<String> decided;
            private final List<Set<String>> open = new ArrayList<>();
            private final Set<String> leftOut = new LinkedHashSet<>();
            private String given = "";

            Look(Case one, Map<String, Value> stated, Set<String> decided) {
                this.one = one;
                this.stated = stated;
                this.decided = decided;
            }

            UnaryTest.Verdict verdict() {
                try {
                    return wanted.stream().anyMatch(each -> isOfElement(each.column()))
                            ? ofElements(list.orElseThrow())
                            : verdict(-1);
                } catch (EvaluationFailure elsewhere) {
                    return UnaryTest.Verdict.NO; // the gap of another table, which is told there
                }
            }

            private UnaryTest.Verdict ofElements(String elements) {
                Value value = one.value(elements);
                if (value.isOpen()) {
                    open.add(plan.support(elements));
                    return UnaryTest.Verdict.OPEN;
                }
                UnaryTest.Verdict best = UnaryTest.Verdict.NO;
                for (int i = 0;
                        value instanceof Elements known && i < known.values().size();
                        i++) {
                    UnaryTest.Verdict verdict = verdict(i);
                    if (verdict == UnaryTest.Verdict.YES) {
                        return verdict;
                    }
                    best = verdict == UnaryTest.Verdict.OPEN ? verdict : best;
                }
                return best;
            }

            /** @param index of the element, where columns are of elements */
            private UnaryTest.Verdict verdict(int index) {
                UnaryTest.Verdict verdict = UnaryTest.Verdict.YES;
                for (Wanted each : wanted) {
                    boolean ofElement = isOfElement(each.column());
                    Value value =
                            ofElement ? one.value(each.column(), list.orElseThrow(), index) : one.value(each.column());
                    switch (each.on(value)) {
                        case NO -> {
                            return UnaryTest.Verdict.NO;
                        }
                        case OPEN -> {
                            if (!ofElement && !canStillBe(each)) {
                                return UnaryTest.Verdict.NO;
                            }
                            open.add(
                                    one.openFor(ofElement ? Reasoning.ofElement(each.column(), index) : each.column()));
                            verdict = UnaryTest.Verdict.OPEN;
                        }
                        case YES -> {}
                    }
                }
                return verdict;
            }

            /** Whether an open column may still turn out as wanted. */
            private boolean canStillBe(Wanted each) {
                boolean rule = plan.decision().rule(each.column()).isPresent();
                return rule
                        ? one.possible(each.column()).decided().stream()
                                .anyMatch(decided -> each.values().test(decided.asValue()))
                        : !each.none() || possible.canBeNone(each.column(), this);
            }

            @Override
            public Value value(Expression expression) {
                return one.value(expression);
            }

            @Override
            public boolean canBeLeftOut(String fact) {
                boolean can = !fact.equals(given)
                        && possible.canBeLeftOut(fact)
                        && !stated.containsKey(fact)
                        && (!decided.containsAll(lookedAt(fact, stated))
                                || FactReader.reading(plan, fact, stated).isNone());
                if (can) {
                    leftOut.add(fact); // by leaving it out a column may be none: worth to be supposed soon
                }
                return can;
            }

            /** Whether a column that should be none cannot be, whatever value the fact is given. */
            boolean hasToBeLeftOut(String fact) {
                given = fact;
                boolean has = wanted.stream()
                        .anyMatch(each ->
                                each.none() && !isOfElement(each.column()) && !possible.canBeNone(each.column(), this));
                given = "";
                return has;
            }

            /**
             * The fact to suppose next: of those for which some column is open, where they are the fewest, one with few values; or one that
             * says how such a fact is read.
             */
            Optional<String> next() {
                return Stream.concat(open.stream(), Stream.of(leftOut))
                        .map(this::undecided)
                        .filter(facts -> !facts.isEmpty())
                        .min(Comparator.comparing(Set::size))
                        .flatMap(facts ->
                                facts.stream().min(Comparator.comparing(fact -> Completions.breadth(plan, fact))));
            }

            private Set<String> undecided(Set<String> facts) {
                var undecided = new LinkedHashSet<String>();
                for (String fact : facts) {
                    undecided.addAll(decided.contains(fact) ? lookedAt(fact, stated) : Set.of(fact));
                }
                undecided.removeAll(decided);
                undecided.removeIf(
                        fact -> plan.rulebook().vocabulary().fact(fact).isEmpty());
                return undecided;
            }
        }
    }
}
