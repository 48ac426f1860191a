package ismap.analysis;

import ismap.decision.Value;
import ismap.rulebook.DecisionDefinition;
import ismap.rulebook.DecisionDefinition.Call;
import ismap.rulebook.DecisionDefinition.Outcome;
import ismap.rulebook.FactDefinition;
import ismap.rulebook.FactReader;
import ismap.rulebook.FactType;
import ismap.rulebook.Facts;
import ismap.rulebook.Interpreter;
import ismap.rulebook.OpenCase;
import ismap.rulebook.Plan;
import ismap.rulebook.Reasoning;
import ismap.rulebook.Reasoning.Decided;
import ismap.rulebook.Table;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What whoever asks could change for a better outcome: every smallest set of at most two facts, found by trying the values at which the
 * rules tell cases apart. Only what the vocabulary says that they can change is changed; a day that has come stays, and nothing is
 * moved to a day that has passed.
 */
public final class Advice {

    /**
     * A fact to change.
     *
     * @param to one value that leads there, as near to the present one as was found
     * @param atLeast for a day or a number, the first of the values around it that lead there too; null where there is no bound
     * @param atMost the last of them; null where there is no bound
     */
    public record Change(
            String fact,
            Value from,
            Value to,
            @Nullable Value atLeast,
            @Nullable Value atMost) {}

    /** A rule that stood against it and does not any more. */
    public record Turned(Table rule, Decided was, Decided becomes) {
        boolean isMet() {
            return Standing.isMet(becomes.status());
        }
    }

    /** @param facts with all changes made */
    public record Way(List<Change> changes, String outcome, List<Turned> turned, Facts facts) {
        public Way {
            changes = List.copyOf(changes);
            turned = List.copyOf(turned);
        }

        /** The rules that are met then. */
        public List<Turned> met() {
            return turned.stream().filter(Turned::isMet).toList();
        }

        /** Those that are not met, and stand in the way no more: mostly, they do not apply any more. */
        public List<Turned> lifted() {
            return turned.stream().filter(each -> !each.isMet()).toList();
        }
    }

    /**
     * @param better the outcomes that count as better than the present one, the best first
     * @param ways the shortest first, and of these, those that meet the rules before those that get around some
     * @param rests the facts that cannot be changed by whoever asks and on which the rules rest that stand against it, with these rules
     * @param complete whether everything was tried
     */
    public record Advised(List<String> better, List<Way> ways, Map<String, List<Table>> rests, boolean complete) {}

    /** So many cases are tried for one answer. */
    private static final int BUDGET = 1_500;

    /** So many values of a fact of others are looked at to see whether it matters at all. */
    private static final int VALUES = 14;

    private final Plan plan;
    private final Map<String, Value> stated;
    private final Facts facts;
    private final LocalDate asOf;
    private final String asker;
    private final String outcome;
    private final Reasoning now;
    private final List<String> better;
    private final Set<String> worse;
    private int tried;
    private boolean complete = true;

    private Advice(
            Plan plan, Map<String, Value> stated, LocalDate asOf, String asker, String outcome, Reasoning reasoning) {
        this.plan = plan;
        this.stated = stated;
        this.facts = FactReader.asRead(plan, stated);
        this.asOf = asOf;
        this.asker = asker;
        this.outcome = outcome;
        this.now = reasoning;
        this.better = Standing.betterThan(plan, outcome);
        this.worse = new LinkedHashSet<>();
        plan.decision().outcomes().stream()
                .map(Outcome::code)
                .filter(code -> !better.contains(code))
                .forEach(worse::add);
    }

    /**
     * @param stated what was stated, typed; of what was not stated nothing is changed but what is known not to be
     * @param asker of the vocabulary: who can change what
     * @param outcome the present one
     * @param reasoning what the engines found for the present facts
     */
    public static Advised of(
            Plan plan, Map<String, Value> stated, LocalDate asOf, String asker, String outcome, Reasoning reasoning) {
        return new Advice(plan, stated, asOf, asker, outcome, reasoning).advised();
    }

    private Advised advised() {
        boolean open = outcome.equals(DecisionDefinition.INSUFFICIENT_FACTS);
        List<Way> ways = open || better.isEmpty() ? List.of() : ways();
        return new Advised(better, ways, better.isEmpty() ? Map.of() : rests(), complete);
    }

    // ---- the search

    private List<Way> ways() {
        var ways = new ArrayList<Way>();
        Set<String> relevant = relevant(now);
        List<String> changeable =
                plan.asked().stream().filter(this::isChangeable).toList();
        Map<String, Standing> alone = new LinkedHashMap<>();
        var tries = new ArrayList<Change>();
        for (String fact : changeable) {
            if (relevant.contains(fact)) {
                List<Change> each = changesOf(fact, facts);
                tries.addAll(each);
                for (Way way : runs(List.of(), fact, each)) {
                    ways.add(way);
                    alone.merge(fact, Standing.of(plan, way.outcome()), Advice::best);
                }
            }
        }
        var pairs = new LinkedHashMap<String, Way>();
        for (Change first : tries) {
            pairs(first, changeable, alone, pairs);
        }
        ways.addAll(pairs.values());
        ways.sort(Comparator.comparingInt((Way way) -> way.changes().size())
                .thenComparingInt(way -> way.lifted().size()));
        return ways;
    }

    private void pairs(Change first, List<String> changeable, Map<String, Standing> alone, Map<String, Way> pairs) {
        Map<String, Value> changed = with(stated, first);
        Facts read = FactReader.asRead(plan, changed);
        if (spent() || leadsTo(read).filter(better::contains).isPresent()) {
            return;
        }
        Set<String> relevant = relevant(Interpreter.reason(plan, read, asOf));
        for (String fact : changeable) {
            if (!fact.equals(first.fact()) && relevant.contains(fact)) {
                List<Change> seconds = changesOf(fact, read);
                for (Way way : runs(List.of(first), fact, seconds)) {
                    Standing standing = Standing.of(plan, way.outcome());
                    boolean sooner = Stream.of(first.fact(), fact)
                            .anyMatch(each ->
                                    alone.getOrDefault(each, Standing.OUTSIDE).compareTo(standing) >= 0);
                    if (!sooner) {
                        pairs.putIfAbsent(key(way), way);
                    }
                }
            }
        }
    }

    private static Standing best(Standing one, Standing other) {
        return one.compareTo(other) > 0 ? one : other;
    }

    /** Two ways are one where they change the same facts, to the same codes; which days they are is one choice. */
    private static String key(Way way) {
        var parts = new TreeSet<String>();
        way.changes().forEach(change -> parts.add(change.fact() + (isOrdered(change.to()) ? "" : "=" + change.to())));
        return parts + way.outcome();
    }

    /** Of the changes of one fact, beside others, those that lead to something better; neighbours among days and numbers as one. */
    private List<Way> runs(List<Change> before, String fact, List<Change> changes) {
        Map<String, Value> base = stated;
        for (Change change : before) {
            base = with(base, change);
        }
        var ways = new ArrayList<Way>();
        var run = new ArrayList<Change>();
        String lastOutcome = "";
        for (int i = 0; i <= changes.size(); i++) {
            String leads = "";
            if (i < changes.size()) {
                leads = leadsTo(FactReader.asRead(plan, with(base, changes.get(i))))
                        .filter(better::contains)
                        .orElse("");
            }
            boolean goesOn = !leads.isEmpty()
                    && leads.equals(lastOutcome)
                    && isOrdered(changes.get(i).to());
            if (!run.isEmpty() && !goesOn) {
                boolean last = i == changes.size();
                way(before, base, run, lastOutcome, last).ifPresent(ways::add);
                run.clear();
            }
            if (!leads.isEmpty()) {
                run.add(changes.get(i));
            }
            lastOutcome = leads;
        }
        return ways;
    }

    private Optional<Way> way(
            List<Change> before, Map<String, Value> base, List<Change> run, String leads, boolean last) {
        Change chosen = nearest(run);
        if (isOrdered(chosen.to())) {
            chosen = new Change(
                    chosen.fact(),
                    chosen.from(),
                    chosen.to(),
                    run.get(0).to(),
                    last ? null : run.get(run.size() - 1).to());
        }
        Facts changed = FactReader.asRead(plan, with(base, chosen));
        Reasoning reasoning = Interpreter.reason(plan, changed, asOf);
        var changes = new ArrayList<>(before);
        changes.add(chosen);
        return isMinimal(changes) ? Optional.of(new Way(changes, leads, turned(reasoning), changed)) : Optional.empty();
    }

    /** No part of it suffices. */
    private boolean isMinimal(List<Change> changes) {
        return changes.size() < 2
                || changes.stream()
                        .noneMatch(change -> leadsTo(FactReader.asRead(plan, with(stated, change)))
                                .filter(better::contains)
                                .isPresent());
    }

    private List<Turned> turned(Reasoning reasoning) {
        var turned = new ArrayList<Turned>();
        for (Table rule : plan.decision().rules()) {
            Decided was = now.decided().get(rule.id());
            Decided becomes = reasoning.decided().get(rule.id());
            if (was != null
                    && becomes != null
                    && was.status() != becomes.status()
                    && (standsAgainst(rule, now) || isWanted(rule, reasoning))) {
                turned.add(new Turned(rule, was, becomes));
            }
        }
        return turned;
    }

    private boolean standsAgainst(Table rule, Reasoning reasoning) {
        return OpenCase.calling(plan, reasoning, worse).contains(rule);
    }

    private boolean isWanted(Table rule, Reasoning reasoning) {
        return OpenCase.calling(plan, reasoning, Set.copyOf(better)).contains(rule);
    }

    private static Change nearest(List<Change> run) {
        Change first = run.get(0);
        Change last = run.get(run.size() - 1);
        return first.from() instanceof Value.Day from
                        && last.to() instanceof Value.Day to
                        && to.date().isBefore(from.date())
                ? last
                : first;
    }

    /** The outcome of a case; empty where more would have to be known. */
    private Optional<String> leadsTo(Facts changed) {
        tried++;
        if (spent()) {
            return Optional.empty();
        }
        OpenCase open = OpenCase.of(plan, changed, asOf);
        if (open.outcomes().stream().noneMatch(better::contains)) {
            return Optional.empty();
        }
        return Optional.of(open.outcome(Interpreter.reason(plan, changed, asOf), open.isSettled()));
    }

    private boolean spent() {
        if (tried > BUDGET) {
            complete = false;
            return true;
        }
        return false;
    }

    // ---- what may be changed, and to what

    private FactDefinition definition(String fact) {
        return plan.rulebook().vocabulary().fact(fact).orElseThrow();
    }

    private Value from(String fact) {
        return stated.getOrDefault(fact, Value.NONE);
    }

    /** Theirs to change, nobody's finding, known, and not a day that has come. */
    private boolean isChangeable(String fact) {
        FactDefinition definition = definition(fact);
        boolean known = stated.containsKey(fact) || facts.get(fact).isNone();
        return definition.kind() == FactDefinition.Kind.INPUT
                && definition.changeableBy().equals(asker)
                && !definition.needsAttestation()
                && known
                && hasChoices(definition.type())
                && !(from(fact) instanceof Value.Day day && !day.date().isAfter(asOf));
    }

    /** A text has no values to choose from; elements with fields are too many, and the findings name the one at fault. */
    private static boolean hasChoices(FactType type) {
        return type instanceof FactType.ListOf list
                ? list.element() instanceof FactType.Code || list.element() instanceof FactType.Numeric
                : !(type instanceof FactType.Text);
    }

    /** In ascending order, where they are days or numbers. */
    private List<Change> changesOf(String fact, Facts beside) {
        var values = new LinkedHashSet<Value>();
        if (definition(fact).type() instanceof FactType.Day) {
            values.add(Value.of(asOf));
        }
        values.addAll(OpenCase.of(plan, beside, asOf).candidates(fact, Integer.MAX_VALUE));
        Value from = from(fact);
        return values.stream()
                .filter(value -> !value.equals(from))
                .filter(value -> !(value instanceof Value.Day day && day.date().isBefore(asOf)))
                .sorted(Advice::compare)
                .map(value -> new Change(fact, from, value, null, null))
                .toList();
    }

    private static int compare(Value one, Value other) {
        if (one instanceof Value.Day day && other instanceof Value.Day second) {
            return day.date().compareTo(second.date());
        }
        return one instanceof Value.Number number && other instanceof Value.Number second
                ? number.value().compareTo(second.value())
                : 0;
    }

    private static boolean isOrdered(Value value) {
        return value instanceof Value.Day || value instanceof Value.Number;
    }

    private static Map<String, Value> with(Map<String, Value> stated, Change change) {
        var changed = new LinkedHashMap<>(stated);
        changed.put(change.fact(), change.to());
        return changed;
    }

    // ---- what it rests on

    /** The facts of which some change may take away what stands against a better outcome, or call for one. */
    private Set<String> relevant(Reasoning reasoning) {
        var rules = new LinkedHashSet<String>();
        OpenCase.calling(plan, reasoning, worse).forEach(rule -> rules.add(rule.id()));
        for (Outcome each : plan.decision().outcomes()) {
            if (better.contains(each.code())) {
                each.calls().forEach(call -> named(call).forEach(rules::add));
            }
        }
        var relevant = new HashSet<String>();
        rules.forEach(rule -> relevant.addAll(plan.support(rule)));
        plan.decision().governingFact().ifPresent(relevant::add);
        for (String fact : List.copyOf(relevant)) {
            plan.rulebook()
                    .vocabulary()
                    .fact(fact)
                    .ifPresent(known -> known.absence().unknownWhere().forEach(where -> relevant.add(where.fact())));
            plan.decision().readings().stream()
                    .filter(reading -> reading.fact().equals(fact))
                    .forEach(reading -> reading.conditions().forEach(where -> relevant.add(where.fact())));
        }
        return relevant;
    }

    private Stream<String> named(Call call) {
        if (call instanceof Call.ByStatus byStatus) {
            return Stream.of(byStatus.rule());
        }
        if (call instanceof Call.ByRow byRow) {
            return Stream.of(byRow.rule());
        }
        return call instanceof Call.ByAny ? plan.decision().rules().stream().map(Table::id) : Stream.empty();
    }

    /**
     * The facts that are not for the asker to change and of which another value would turn a rule that stands against it; where facts are
     * missing, those.
     */
    private Map<String, List<Table>> rests() {
        var rests = new LinkedHashMap<String, List<Table>>();
        OpenCase open = OpenCase.of(plan, facts, asOf);
        List<Table> against = OpenCase.calling(plan, now, worse);
        for (String fact : plan.inputs()) {
            if (isChangeable(fact)) {
                continue;
            }
            List<Table> rules = open.dependsOn().contains(fact)
                    ? open.readersOf(fact)
                    : against.stream()
                            .filter(rule -> plan.support(rule.id()).contains(fact))
                            .filter(rule -> turnedBy(fact, rule))
                            .toList();
            if (!rules.isEmpty()) {
                rests.put(fact, rules);
            }
        }
        return rests;
    }

    private boolean turnedBy(String fact, Table rule) {
        return OpenCase.of(plan, facts, asOf).candidates(fact, VALUES).stream()
                .map(value -> Interpreter.reason(plan, facts.with(fact, value), asOf))
                .anyMatch(reasoning -> !standsAgainst(rule, reasoning));
    }
}
