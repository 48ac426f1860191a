package ismap.analysis;

import ismap.analysis.Region.Column;
import ismap.analysis.Region.Example;
import ismap.analysis.Region.Side;
import ismap.analysis.Region.What;
import ismap.decision.Value;
import ismap.rulebook.Condition;
import ismap.rulebook.DecisionDefinition;
import ismap.rulebook.FactType;
import ismap.rulebook.Facts;
import ismap.rulebook.Names;
import ismap.rulebook.Plan;
import ismap.rulebook.Plan.Definition;
import ismap.rulebook.Plan.Segment;
import ismap.rulebook.Reasoning;
import ismap.rulebook.Reasoning.Decided;
import ismap.rulebook.Table;
import ismap.rulebook.UnaryTests;
import ismap.rulebook.Variations;
import java.time.LocalDate;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Looks for requests that two plans of one decision answer otherwise. Begins with given requests and with some that reach what was changed,
 * then gives one fact after the other each value that either plan tells apart from its neighbours, and goes on from what it finds.
 *
 * <p>What it finds has been decided by both. What it does not find may be there all the same: it is a search and no proof.
 */
final class AnswerSearch {

    /** Of a fact with more candidates than this, so many are tried, evenly. */
    private static final int MOST_VALUES = 40;

    /** So many neighbours of one request are asked before it is the turn of those of the next. */
    private static final int AT_ONCE = 8;

    /** So many segments of what was changed are looked for a request that reaches them. */
    private static final int MOST_SEGMENTS = 60;

    private final Plan before;
    private final Plan after;
    private final List<String> changed;
    private final Variations variationsBefore;
    private final Variations variationsAfter;
    private final Map<Kind, Found> found = new LinkedHashMap<>();
    private final Set<Seed> seen = new HashSet<>();
    private final Deque<Seed> queue = new ArrayDeque<>();
    private final boolean oneIsEnough;
    private int budget;
    private int looked;

    /** A way in which two answers differ. */
    private record Kind(What what, String name, Side before, Side after) {}

    private static final class Found {
        private final Seed first;
        private @Nullable Seed otherOutcome;
        private int cases;

        private Found(Seed first) {
            this.first = first;
        }

        Seed best() {
            return otherOutcome == null ? first : otherOutcome;
        }
    }

    /**
     * @param changed names of parts of the meaning that differ
     * @param budget so many requests may be asked of both
     * @param oneIsEnough whether to stop at the first difference
     */
    AnswerSearch(Plan before, Plan after, List<String> changed, int budget, boolean oneIsEnough) {
        this.before = before;
        this.after = after;
        this.changed = changed;
        this.variationsBefore = new Variations(before);
        this.variationsAfter = new Variations(after);
        this.budget = budget;
        this.oneIsEnough = oneIsEnough;
    }

    int looked() {
        return looked;
    }

    /** Whether it stopped because the budget was used up, and not because it had tried all that it knows to try. */
    boolean isSpent() {
        return budget <= 0;
    }

    boolean anyDifference() {
        return !found.isEmpty();
    }

    AnswerSearch run(List<Seed> seeds) {
        for (Seed seed : seeds) {
            ask(seed);
        }
        if (!isDone()) {
            // Closest to what was changed, and so looked around first.
            List<Seed> others = List.copyOf(queue);
            queue.clear();
            reaching().forEach(this::ask);
            queue.addAll(others);
        }
        List<String> facts = affected();
        // Turn by turn, so that a budget which does not reach is spent on something of everything.
        var around = new ArrayList<Neighbours>();
        while (!isDone() && (!queue.isEmpty() || !around.isEmpty())) {
            while (!queue.isEmpty()) {
                around.add(new Neighbours(queue.poll(), new ArrayDeque<>(facts)));
            }
            for (Neighbours each : around) {
                for (int i = 0; i < AT_ONCE && !isDone(); i++) {
                    each.next().ifPresent(request -> ask(request, false));
                }
            }
            around.removeIf(Neighbours::isDone);
        }
        return this;
    }

    private boolean isDone() {
        return isSpent() || (oneIsEnough && anyDifference());
    }

    private void ask(Seed request) {
        ask(request, true);
    }

    /** @param isBeginning whether to look around it even where it is answered alike */
    private void ask(Seed request, boolean isBeginning) {
        if (isDone() || !seen.add(request)) {
            return;
        }
        budget--;
        Optional<Asked> was = Asked.of(before, request);
        Optional<Asked> is = was.isEmpty() ? Optional.empty() : Asked.of(after, request);
        if (was.isEmpty() || is.isEmpty()) {
            return;
        }
        looked++;
        boolean isNew = isBeginning;
        for (Kind kind : kinds(was.get(), is.get())) {
            Found one = found.get(kind);
            if (one == null) {
                one = new Found(request);
                found.put(kind, one);
                isNew = true;
            }
            one.cases++;
            if (one.otherOutcome == null
                    && !was.get().calledFor().equals(is.get().calledFor())) {
                one.otherOutcome = request;
            }
        }
        if (isNew) {
            queue.add(request);
        }
    }

    // ---- how answers differ

    private static List<Kind> kinds(Asked was, Asked is) {
        var kinds = new ArrayList<Kind>();
        if (was.reasoning().isEmpty() || is.reasoning().isEmpty()) {
            if (was.reasoning().isPresent() || is.reasoning().isPresent()) {
                kinds.add(new Kind(What.FAILURE, "", new Side("", was.calledFor()), new Side("", is.calledFor())));
            }
            return kinds;
        }
        Map<String, Decided> old = was.reasoning().get().decided();
        Map<String, Decided> now = is.reasoning().get().decided();
        var rules = new TreeSet<>(old.keySet());
        rules.addAll(now.keySet());
        for (String rule : rules) {
            if (!java.util.Objects.equals(old.get(rule), now.get(rule))) {
                Kind kind = new Kind(
                        What.RULE, rule.replaceAll("\\[-?\\d+]$", "[]"), side(old.get(rule)), side(now.get(rule)));
                if (!kinds.contains(kind)) {
                    kinds.add(kind);
                }
            }
        }
        if (kinds.isEmpty() && !was.calledFor().equals(is.calledFor())) {
            kinds.add(new Kind(What.OUTCOME, "", new Side("", was.calledFor()), new Side("", is.calledFor())));
        }
        values(was, is, kinds);
        return kinds;
    }

    private static Side side(@Nullable Decided decided) {
        return decided == null
                ? new Side("", "(no finding)")
                : new Side(decided.row(), decided.status().name());
    }

    private static void values(Asked was, Asked is, List<Kind> kinds) {
        Map<String, String> old = shown(was.plan().decision());
        Map<String, String> now = shown(is.plan().decision());
        for (String name : Structure.inOrder(old.keySet(), now.keySet())) {
            Value before = old.containsKey(name) ? was.value(old.getOrDefault(name, name)) : Value.NONE;
            Value after = now.containsKey(name) ? is.value(now.getOrDefault(name, name)) : Value.NONE;
            if (!before.equals(after)) {
                kinds.add(new Kind(What.VALUE, name, new Side("", known(before)), new Side("", known(after))));
            }
        }
    }

    private static Map<String, String> shown(DecisionDefinition decision) {
        var shown = new LinkedHashMap<String, String>();
        decision.values().forEach(value -> shown.put(value.name(), value.fact()));
        return shown;
    }

    private static String known(Value value) {
        return value.isNone() ? "none" : value.isKnown() ? "given" : "unknown";
    }

    // ---- what to ask

    /** The facts on which what was changed depends; lists, which have the most values, last. */
    private List<String> affected() {
        var facts = new LinkedHashSet<String>();
        for (String part : changed) {
            if (part.startsWith(Meaning.FACT)) {
                facts.add(part.substring(Meaning.FACT.length()));
            } else if (before.definition(part).isPresent()
                    || after.definition(part).isPresent()) {
                facts.addAll(before.support(part));
                facts.addAll(after.support(part));
            } else {
                facts.addAll(before.asked());
                facts.addAll(after.asked());
            }
        }
        facts.add(Names.AS_OF);
        return facts.stream()
                .filter(fact -> !fact.startsWith("parameter:"))
                .sorted(Comparator.comparing(fact -> isList(before, fact) || isList(after, fact)))
                .toList();
    }

    private static boolean isList(Plan plan, String fact) {
        return plan.rulebook()
                .vocabulary()
                .fact(fact)
                .filter(definition -> definition.type() instanceof FactType.ListOf)
                .isPresent();
    }

    /** Requests that bring the changed tables, and those that read what was changed, to their segments. */
    private List<Seed> reaching() {
        var seeds = new ArrayList<Seed>();
        reaching(after, before, variationsAfter, seeds);
        reaching(before, after, variationsBefore, seeds);
        return seeds;
    }

    private void reaching(Plan plan, Plan other, Variations variations, List<Seed> seeds) {
        // What the outcomes call for may depend on any row.
        boolean wholeDecision = changed.stream()
                .anyMatch(part -> !part.startsWith(Meaning.FACT)
                        && before.definition(part).isEmpty()
                        && after.definition(part).isEmpty());
        int left = MOST_SEGMENTS;
        for (Definition definition : plan.definitions().values()) {
            if (definition instanceof Definition.ByTable table) {
                for (Segment segment : table.table().segments()) {
                    boolean wanted = wholeDecision
                            || reads(segment)
                            || (changed.contains(definition.name()) && isOther(table, segment, other));
                    if (wanted && left-- > 0) {
                        variations
                                .reaching(table, segment)
                                .map(AnswerSearch::seed)
                                .ifPresent(seeds::add);
                    }
                }
            }
        }
    }

    private boolean reads(Segment segment) {
        return segment.conditions().stream()
                .map(Condition::fact)
                .anyMatch(fact -> changed.contains(fact) || changed.contains(Meaning.FACT + fact));
    }

    /** Whether the other plan has no such segment, or decides something else there. */
    private static boolean isOther(Definition.ByTable table, Segment segment, Plan other) {
        Optional<Plan.PlannedTable> same = other.definition(table.name())
                .filter(Definition.ByTable.class::isInstance)
                .map(found -> ((Definition.ByTable) found).table());
        return same.isEmpty()
                || !same.get().segments().contains(segment)
                || !said(table.table(), segment).equals(said(same.get(), segment));
    }

    private static String said(Plan.PlannedTable planned, Segment segment) {
        return planned.table()
                .row(segment.row())
                .map(row -> "%s %s %s".formatted(row.status(), row.conclusion(), row.attributes()))
                .orElse("");
    }

    private static Seed seed(Variations.Stated stated) {
        var facts = new LinkedHashMap<String, @Nullable Object>();
        stated.facts().forEach((name, value) -> facts.put(name, Asked.json(value)));
        return new Seed(facts, stated.asOf());
    }

    /** The requests that differ from one in a single fact, or in the day asked about. */
    private final class Neighbours {
        private final Seed request;
        private final Deque<String> facts;
        private final Deque<Seed> waiting = new ArrayDeque<>();

        Neighbours(Seed request, Deque<String> facts) {
            this.request = request;
            this.facts = facts;
        }

        boolean isDone() {
            return waiting.isEmpty() && facts.isEmpty();
        }

        Optional<Seed> next() {
            while (waiting.isEmpty() && !facts.isEmpty()) {
                vary(facts.poll());
            }
            return Optional.ofNullable(waiting.poll());
        }

        private void vary(String fact) {
            Facts was = Asked.of(before, request).orElseThrow().facts();
            Facts is = Asked.of(after, request).orElseThrow().facts();
            if (fact.equals(Names.AS_OF)) {
                var days = new TreeSet<LocalDate>(variationsBefore.days(was, request.asOf()));
                days.addAll(variationsAfter.days(is, request.asOf()));
                spread(List.copyOf(days)).forEach(day -> waiting.add(new Seed(request.facts(), day)));
                return;
            }
            var values = new LinkedHashSet<Value>();
            if (before.rulebook().vocabulary().fact(fact).isPresent()) {
                values.addAll(spread(variationsBefore.of(fact, was, request.asOf())));
            }
            if (after.rulebook().vocabulary().fact(fact).isPresent()) {
                values.addAll(spread(variationsAfter.of(fact, is, request.asOf())));
            }
            for (Value value : values) {
                var with = new LinkedHashMap<>(request.facts());
                with.put(fact, Asked.json(value));
                waiting.add(new Seed(with, request.asOf()));
            }
            if (request.facts().containsKey(fact)) {
                waiting.add(new Seed(without(request.facts(), fact), request.asOf()));
            }
        }
    }

    private static Map<String, @Nullable Object> without(Map<String, @Nullable Object> facts, String fact) {
        var rest = new LinkedHashMap<>(facts);
        rest.remove(fact);
        return rest;
    }

    private static <T> List<T> spread(List<T> all) {
        if (all.size() <= MOST_VALUES) {
            return all;
        }
        var some = new ArrayList<T>();
        for (int i = 0; i < MOST_VALUES; i++) {
            some.add(all.get((int) ((long) i * (all.size() - 1) / (MOST_VALUES - 1))));
        }
        return some;
    }

    // ---- what was found

    /** Findings in the order of the rules, those that change the outcome first; then values and outcomes. */
    List<Region> regions() {
        var regions = new ArrayList<Region>();
        found.forEach((kind, one) -> regions.add(region(kind, one)));
        List<String> rules = Structure.inOrder(rules(before), rules(after));
        regions.sort(Comparator.comparing(Region::what)
                .thenComparingInt(region -> rules.indexOf(region.name().replace("[]", "")))
                .thenComparing(region -> !region.changesOutcome())
                .thenComparing(Region::name)
                .thenComparing(region -> region.before().toString())
                .thenComparing(region -> region.after().toString()));
        return List.copyOf(regions);
    }

    /** One of them, and of those that a first rule tells apart one of another outcome, where there is one; empty where there are none. */
    Optional<Region> anyRegion() {
        List<String> rules = Structure.inOrder(rules(before), rules(after));
        return found.entrySet().stream()
                .min(Comparator.comparing(
                                (Map.Entry<Kind, Found> each) -> each.getKey().what())
                        .thenComparingInt(
                                each -> rules.indexOf(each.getKey().name().replace("[]", "")))
                        .thenComparing(each -> each.getValue().otherOutcome == null)
                        .thenComparing(each -> each.getKey().name())
                        .thenComparing(each -> each.getKey().before().toString())
                        .thenComparing(each -> each.getKey().after().toString()))
                .map(each -> region(each.getKey(), each.getValue()));
    }

    private static List<String> rules(Plan plan) {
        return plan.decision().rules().stream().map(Table::id).toList();
    }

    private Region region(Kind kind, Found one) {
        Seed least = least(kind, one.best());
        Asked was = Asked.of(before, least).orElseThrow();
        Asked is = Asked.of(after, least).orElseThrow();
        return new Region(
                kind.what(),
                kind.name(),
                kind.before(),
                kind.after(),
                kind.what() == What.RULE ? columns(kind, was, is) : List.of(),
                one.cases,
                new Example(least.facts(), least.asOf(), was.outcome(), is.outcome(), derived(was, is)));
    }

    /** As little as still differs so, and comes to the same two outcomes. */
    private Seed least(Kind kind, Seed request) {
        Seed least = request;
        String was = Asked.of(before, request).map(Asked::outcome).orElse("");
        String is = Asked.of(after, request).map(Asked::outcome).orElse("");
        for (String fact : List.copyOf(request.facts().keySet())) {
            Seed smaller = new Seed(without(least.facts(), fact), least.asOf());
            Optional<Asked> old = Asked.of(before, smaller);
            Optional<Asked> now = Asked.of(after, smaller);
            if (old.isPresent()
                    && now.isPresent()
                    && kinds(old.get(), now.get()).contains(kind)
                    && old.get().outcome().equals(was)
                    && now.get().outcome().equals(is)) {
                least = smaller;
            }
        }
        return least;
    }

    private List<Column> columns(Kind kind, Asked was, Asked is) {
        String rule = kind.name().replace("[]", "");
        Map<String, String> old = tests(was, rule, kind.before().row());
        Map<String, String> now = tests(is, rule, kind.after().row());
        return Structure.inOrder(old.keySet(), now.keySet()).stream()
                .map(name -> new Column(name, old.getOrDefault(name, ""), now.getOrDefault(name, "")))
                .toList();
    }

    /** What the row that decided tests, by column; where facts were missing, the columns that were open. */
    private static Map<String, String> tests(Asked asked, String rule, String row) {
        var tests = new LinkedHashMap<String, String>();
        if (asked.plan().definition(rule).isEmpty()) {
            return tests;
        }
        Plan.PlannedTable table = asked.plan().rule(rule);
        if (row.equals(Plan.unknownRow(table.table()))) {
            table.columns().stream()
                    .filter(column ->
                            !isOfElement(table, column) && asked.value(column).isOpen())
                    .forEach(column -> tests.put(column, "missing"));
            return tests;
        }
        List<Segment> all = table.segments().stream()
                .filter(segment -> segment.row().equals(row))
                .toList();
        List<Segment> matching = all.stream()
                .filter(segment -> segment.conditions().stream()
                        .allMatch(condition -> isOfElement(table, condition.fact())
                                || condition.test().matches(asked.value(condition.fact()))))
                .toList();
        for (Segment segment : matching.isEmpty() ? all : matching) {
            for (Condition condition : segment.conditions()) {
                String written = UnaryTests.write(condition.test());
                tests.merge(condition.fact(), written, (one, other) -> one.contains(other) ? one : one + " & " + other);
            }
        }
        return tests;
    }

    private static boolean isOfElement(Plan.PlannedTable table, String column) {
        return table.table()
                .forEach()
                .filter(list -> column.startsWith(list + "."))
                .isPresent();
    }

    private static List<Column> derived(Asked was, Asked is) {
        if (was.reasoning().isEmpty() || is.reasoning().isEmpty()) {
            return List.of();
        }
        Reasoning old = was.reasoning().get();
        Reasoning now = is.reasoning().get();
        return Structure.inOrder(old.derived().keySet(), now.derived().keySet()).stream()
                .filter(name -> !java.util.Objects.equals(
                        old.derived().get(name), now.derived().get(name)))
                .map(name -> new Column(name, written(old, name), written(now, name)))
                .toList();
    }

    private static String written(Reasoning reasoning, String name) {
        Value value = reasoning.derived().get(name);
        return value == null ? "" : Parts.written(value);
    }
}
