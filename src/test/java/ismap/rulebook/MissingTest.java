package ismap.rulebook;

import static org.assertj.core.api.Assertions.assertThat;

import ismap.Shipped;
import ismap.decision.Decision;
import ismap.decision.Periods;
import ismap.decision.Status;
import ismap.decision.Value;
import ismap.regression.Scenario;
import ismap.rulebook.RandomCases.Drawn;
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
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * {@code missing} is what the contract defines: a fact is listed iff two completions of all the unknown facts differ in it alone and in
 * the outcome. Checked by trying completions, without a look at how the service finds it.
 *
 * <p>Codes and yes/no are tried in full, days densely around everything that is known or assumed. Where more combinations are possible than
 * can be tried, they are drawn; then a fact that is listed has to be shown by a pair, and none that is not listed may be. What a finding
 * says while something is unknown is taken to hold for every completion; complete requests are drawn to see that it does.
 */
class MissingTest {

    private static final int LARGEST_GRID = 12_000;
    private static final int LINES = 60;
    private static final int MORE_LINES = 4_000;
    /** Until then the text of supplementary provision 2 decides while no end of it is set; from this day on nothing does (contract). */
    private static final LocalDate NO_TEXT_DECIDES = LocalDate.of(2022, 11, 1);

    private static final String SUPPLEMENTARY_PROVISION_2 = Parameter.asFact("supplementaryProvision2End");
    private static final String FAILS = "(the rules fail)";

    /** It reads one list, of hundreds of controls; a case takes long, and cases differ in little but the day. */
    private static final String HEAVY = "statement-completeness";

    /** So many times what others take is what a case of these takes, with many open facts or lists that are joined. */
    private static final Map<String, Integer> COSTS =
            Map.of(HEAVY, 25, "service-acceptance", 4, "conflict-of-interest", 4);

    private static final SourceMap NOWHERE = new SourceMap(Map.of());

    static List<String> decisions() {
        return Shipped.decisions();
    }

    @Tag("core")
    @ParameterizedTest
    @MethodSource("decisions")
    void missingIsWhatTryingAllCompletionsFinds(String decision) {
        check(decision, decision.equals(HEAVY) ? 8 : 40, 1);
    }

    @Tag("slow")
    @ParameterizedTest
    @MethodSource("decisions")
    void onManyMoreCasesMissingIsWhatTryingAllCompletionsFinds(String decision) {
        check(decision, 1_000 / COSTS.getOrDefault(decision, 1), 2);
    }

    private static void check(String decision, int number, long seed) {
        Plan plan = Shipped.plan(decision);
        RandomCases cases = new RandomCases(plan, Shipped.scenarios(decision), seed);
        var disagreements = new ArrayList<String>();
        int listed = 0;
        int settled = 0;
        for (int i = 0; i < number && disagreements.size() < 10; i++) {
            PartialCase partial = partialCase(plan, cases);
            BruteForce brute = new BruteForce(plan, partial, new Random(seed * 1_000_003 + i));
            String wrong = brute.disagreement();
            if (!wrong.isEmpty()) {
                disagreements.add("case %d: %s\n  as of %s, unknown %s\n  %s"
                        .formatted(i, wrong, partial.asOf(), partial.unknown(), partial.facts()));
            }
            listed += brute.found.isEmpty() ? 0 : 1;
            settled += brute.found.isEmpty() ? 1 : 0;
        }
        assertThat(disagreements).isEmpty();
        assertThat(listed).as("cases in which something is missing").isGreaterThan(number / 20);
        if (!decision.equals(HEAVY)) {
            assertThat(settled).as("cases in which nothing is missing").isGreaterThan(number / 20);
        }
    }

    private record PartialCase(Facts facts, LocalDate asOf, List<String> unknown) {}

    /** A case in which everything is known but one to four facts. */
    private static PartialCase partialCase(Plan plan, RandomCases cases) {
        while (true) {
            Drawn drawn = cases.next();
            var raw = new LinkedHashMap<>(drawn.raw());
            var wanted = new ArrayList<>(plan.inputs());
            Collections.shuffle(wanted, cases.random());
            Set<String> open = new LinkedHashSet<>(
                    wanted.subList(0, Math.min(wanted.size(), 1 + cases.random().nextInt(6))));
            open.forEach(raw::remove);
            Facts facts = FactReader.read(plan, raw).facts();
            for (int tries = 0; tries < 50 && !open.containsAll(unknown(plan, facts)); tries++) {
                for (String name : unknown(plan, facts)) {
                    if (!open.contains(name)) {
                        raw.put(name, cases.raw(name, raw, drawn.asOf()));
                    }
                }
                facts = FactReader.read(plan, raw).facts();
            }
            List<String> unknown = unknown(plan, facts);
            if (!unknown.isEmpty()
                    && unknown.size() <= 4
                    && open.containsAll(unknown)
                    && FactReader.read(plan, raw).problems().isEmpty()) {
                var all = new ArrayList<>(unknown);
                all.addAll(unset(plan, drawn.asOf()));
                return new PartialCase(facts, drawn.asOf(), all);
            }
        }
    }

    private static List<String> unknown(Plan plan, Facts facts) {
        return plan.inputs().stream()
                .filter(name -> facts.get(name) == Value.UNKNOWN)
                .toList();
    }

    /** The parameters that nobody has set, as facts that may be supposed. */
    private static List<String> unset(Plan plan, LocalDate asOf) {
        return plan.rulebook().parameters().values().stream()
                .filter(parameter -> parameter.on(asOf) == Value.UNKNOWN)
                .map(parameter -> Parameter.asFact(parameter.name()))
                .filter(parameter -> plan.decision().rules().stream()
                        .anyMatch(rule -> plan.support(rule.id()).contains(parameter)))
                .filter(parameter -> !asOf.isBefore(NO_TEXT_DECIDES) || !parameter.equals(SUPPLEMENTARY_PROVISION_2))
                .toList();
    }

    private static final class BruteForce {
        private final Plan plan;
        private final PartialCase partial;
        private final Random random;
        private final List<Integer> months;
        private final List<String> order;
        private final Set<LocalDate> boundaries;
        private final Map<String, Set<Value>> stated;
        private final Node root = new Node();
        final Set<String> found = new TreeSet<>();
        private int evaluations;

        BruteForce(Plan plan, PartialCase partial, Random random) {
            this.plan = plan;
            this.partial = partial;
            this.random = random;
            this.boundaries = RandomCases.boundaries(plan);
            this.months = months(plan);
            this.stated = stated(plan);
            this.order = partial.unknown().stream()
                    .sorted(Comparator.comparing(
                            fact -> candidates(fact, partial.facts()).size()))
                    .toList();
        }

        /** Blank where the answer's {@code missing} and outcome are what the completions say. */
        String disagreement() {
            Decision decision = Answers.answer(
                    plan,
                    NOWHERE,
                    partial.facts(),
                    partial.asOf(),
                    Interpreter.reason(plan, partial.facts(), partial.asOf()));
            Set<String> outcomes = new TreeSet<>();
            grid(outcomes);
            for (String fact : partial.unknown()) {
                lines(fact, LINES, outcomes);
            }
            for (String fact : decision.missing()) {
                if (!found.contains(fact) && partial.unknown().contains(fact)) {
                    lines(fact, MORE_LINES, outcomes);
                }
            }
            if (outcomes.contains(FAILS)) {
                return "the rules fail on a completion";
            }
            if (!sampleAgrees()) {
                return "a completion has another outcome when it is answered as a complete request";
            }
            if (!found.equals(decision.missing())) {
                return "missing is %s, the completions show %s (%d evaluations)"
                        .formatted(decision.missing(), found, evaluations);
            }
            return outcomeAgrees(decision, outcomes)
                    ? ""
                    : "the outcome is %s, the completions have %s, missing %s"
                            .formatted(decision.outcome(), outcomes, decision.missing());
        }

        /** What stands before INSUFFICIENT_FACTS holds as soon as it is called for; what stands after it, once nothing is missing. */
        private boolean outcomeAgrees(Decision decision, Set<String> outcomes) {
            List<String> order = plan.decision().outcomes().stream()
                    .map(DecisionDefinition.Outcome::code)
                    .toList();
            int insufficient = order.indexOf(DecisionDefinition.INSUFFICIENT_FACTS);
            int place = order.indexOf(decision.outcome());
            if (insufficient < 0 || place < insufficient) {
                // More facts may call for one that comes first; they never take this one back. Only the day from which
                // rules are in
                // force may turn out to be another than the one that stood in for it.
                return dayOfRulesIsOpen() || outcomes.stream().allMatch(outcome -> order.indexOf(outcome) <= place);
            }
            return place == insufficient
                    ? !found.isEmpty()
                    : found.isEmpty() && outcomes.equals(Set.of(decision.outcome()));
        }

        private boolean dayOfRulesIsOpen() {
            return partial.unknown().stream().anyMatch(daysOfRules(plan)::contains);
        }

        /** The facts that say which day decides what is in force. */
        private static Set<String> daysOfRules(Plan plan) {
            var days = new LinkedHashSet<String>();
            plan.decision().governingFact().ifPresent(days::add);
            plan.decision().rules().forEach(rule -> {
                rule.referenceDay().ifPresent(days::add);
                rule.rows().forEach(row -> row.referenceDay().ifPresent(days::add));
            });
            plan.rulebook().parameters().values().forEach(parameter -> days.addAll(parameter.referenceDays()));
            return days;
        }

        // ---- completions

        /** All combinations of candidate values, compared along each fact. */
        private void grid(Set<String> outcomes) {
            List<String> facts = partial.unknown();
            var values = new ArrayList<List<Value>>();
            facts.forEach(fact -> values.add(List.of()));
            List<Integer> bySize = new ArrayList<>();
            for (int i = 0; i < facts.size(); i++) {
                values.set(i, candidates(facts.get(i), partial.facts()));
                bySize.add(i);
            }
            // What small domains leave unused, large ones may use.
            bySize.sort(Comparator.comparing(i -> values.get(i).size()));
            double left = LARGEST_GRID;
            for (int done = 0; done < bySize.size(); done++) {
                int i = bySize.get(done);
                int each = Math.max(2, (int) Math.pow(left, 1.0 / (bySize.size() - done)));
                values.set(i, atMost(each, values.get(i)));
                left /= values.get(i).size();
            }
            int size = values.stream().mapToInt(List::size).reduce(1, (a, b) -> a * b);
            var all = new String[size];
            for (int cell = 0; cell < size; cell++) {
                all[cell] = outcome(completion(facts, values, cell));
                outcomes.add(all[cell]);
            }
            int stride = 1;
            for (int i = 0; i < facts.size(); i++) {
                int length = values.get(i).size();
                for (int cell = 0; cell < size && !found.contains(facts.get(i)); cell++) {
                    int first = cell - (cell / stride % length) * stride;
                    if (!all[cell].equals(all[first])) {
                        found.add(facts.get(i));
                    }
                }
                stride *= length;
            }
        }

        private static Map<String, Value> completion(List<String> facts, List<List<Value>> values, int cell) {
            var completion = new HashMap<String, Value>();
            int rest = cell;
            for (int i = 0; i < facts.size(); i++) {
                completion.put(
                        facts.get(i), values.get(i).get(rest % values.get(i).size()));
                rest /= values.get(i).size();
            }
            return completion;
        }

        /** From drawn completions, whose days lie near each other's, along one fact. */
        private void lines(String fact, int number, Set<String> outcomes) {
            for (int line = 0; line < number && !found.contains(fact); line++) {
                var order = new ArrayList<>(partial.unknown());
                Collections.shuffle(order, random);
                Facts facts = partial.facts();
                var completion = new HashMap<String, Value>();
                for (String other : order) {
                    if (!other.equals(fact)) {
                        List<Value> candidates = candidates(other, facts);
                        Value value = candidates.get(random.nextInt(candidates.size()));
                        completion.put(other, value);
                        facts = facts.with(other, value);
                    }
                }
                String first = "";
                for (Value value : atMost(40, candidates(fact, facts))) {
                    completion.put(fact, value);
                    String outcome = outcome(completion);
                    outcomes.add(outcome);
                    if (!first.isEmpty() && !first.equals(outcome)) {
                        found.add(fact);
                    }
                    first = outcome;
                }
            }
        }

        private <T> List<T> atMost(int number, List<T> all) {
            if (all.size() <= number) {
                return all;
            }
            var some = new ArrayList<>(all);
            Collections.shuffle(some, random);
            return some.subList(0, number);
        }

        // ---- outcomes, each computed once

        /** Part of the tree of outcomes: one outcome, or the next fact that the rules ask for. */
        private static final class Node {
            @Nullable
            String outcome;

            String asks = "";
            final Map<Value, Node> answers = new HashMap<>();
        }

        private String outcome(Map<String, Value> completion) {
            var path = new ArrayList<String>();
            Node node = root;
            while (true) {
                if (node.outcome == null && node.asks.isEmpty()) {
                    look(node, path, completion);
                }
                if (node.outcome != null) {
                    return node.outcome;
                }
                path.add(node.asks);
                Value answer = java.util.Objects.requireNonNull(completion.get(node.asks), node.asks);
                node = node.answers.computeIfAbsent(answer, value -> new Node());
            }
        }

        /** With what the path has answered: an outcome that is certain by now, or a fact to ask for. */
        private void look(Node node, List<String> path, Map<String, Value> completion) {
            Facts facts = partial.facts();
            for (String fact : path) {
                facts = facts.with(fact, java.util.Objects.requireNonNull(completion.get(fact)));
            }
            evaluations++;
            List<String> open =
                    order.stream().filter(fact -> !path.contains(fact)).toList();
            // Another day stands in for one of these as long as it is not known.
            Optional<String> day =
                    open.stream().filter(daysOfRules(plan)::contains).findFirst();
            if (day.isPresent()) {
                node.asks = day.get();
                return;
            }
            try {
                outcome(node, Interpreter.reason(plan, facts, partial.asOf()), open);
            } catch (EvaluationFailure failure) {
                if (open.isEmpty()) {
                    node.outcome = FAILS;
                } else {
                    node.asks = open.get(0);
                }
            }
        }

        /** The first outcome that a finding calls for, unless something unknown decides about one that comes before it. */
        private void outcome(Node node, Reasoning reasoning, List<String> open) {
            for (DecisionDefinition.Outcome outcome : plan.decision().outcomes()) {
                Set<String> asks = new LinkedHashSet<>();
                for (DecisionDefinition.Call call : outcome.calls()) {
                    for (String rule : rules(call)) {
                        Reasoning.Decided decided = java.util.Objects.requireNonNull(
                                reasoning.decided().get(rule));
                        if (calls(call, decided)) {
                            node.outcome = outcome.code();
                            return;
                        }
                        if (decided.status() == Status.INSUFFICIENT_FACTS) {
                            asks.addAll(open);
                            asks.removeIf(fact -> !plan.support(rule).contains(fact));
                        }
                    }
                    if (call instanceof DecisionDefinition.Call.Otherwise) {
                        node.outcome = outcome.code();
                        return;
                    }
                }
                if (!asks.isEmpty()) {
                    node.asks = asks.iterator().next();
                    return;
                }
            }
            throw new AssertionError("no outcome holds otherwise");
        }

        private List<String> rules(DecisionDefinition.Call call) {
            if (call instanceof DecisionDefinition.Call.ByStatus byStatus) {
                return List.of(byStatus.rule());
            }
            if (call instanceof DecisionDefinition.Call.ByRow byRow) {
                return List.of(byRow.rule());
            }
            return call instanceof DecisionDefinition.Call.ByAny
                    ? plan.decision().rules().stream().map(Table::id).toList()
                    : List.of();
        }

        private static boolean calls(DecisionDefinition.Call call, Reasoning.Decided decided) {
            if (call instanceof DecisionDefinition.Call.ByRow byRow) {
                return decided.row().equals(byRow.row());
            }
            return call instanceof DecisionDefinition.Call.ByStatus byStatus
                    ? byStatus.statuses().contains(decided.status())
                    : decided.status() != Status.WARNING
                            && ((DecisionDefinition.Call.ByAny) call).statuses().contains(decided.status());
        }

        /** Some completions, answered in the way of every complete request. */
        private boolean sampleAgrees() {
            for (int i = 0; i < 10; i++) {
                var completion = new HashMap<String, Value>();
                Facts facts = partial.facts();
                for (String fact : partial.unknown()) {
                    List<Value> candidates = candidates(fact, facts);
                    Value value = candidates.get(random.nextInt(candidates.size()));
                    completion.put(fact, value);
                    facts = facts.with(fact, value);
                }
                String outcome = outcome(completion);
                if (!outcome.equals(FAILS)) {
                    Decision whole = Answers.answer(
                            plan, NOWHERE, facts, partial.asOf(), Interpreter.reason(plan, facts, partial.asOf()));
                    if (!whole.outcome().equals(outcome) || !whole.missing().isEmpty()) {
                        return false;
                    }
                }
            }
            return true;
        }

        // ---- candidate values

        private List<Value> candidates(String fact, Facts facts) {
            FactType type = plan.rulebook()
                    .vocabulary()
                    .fact(fact)
                    .map(FactDefinition::type)
                    .orElse(FactType.DAY);
            var candidates = new LinkedHashSet<>(stated.getOrDefault(fact, Set.of()));
            candidates.addAll(candidates(type, facts));
            candidates.removeIf(value -> readsAsUnknown(fact, value));
            return List.copyOf(candidates);
        }

        /** Of lists with fields, what scenarios state: such as a statement of all controls, which nobody would draw. */
        private static Map<String, Set<Value>> stated(Plan plan) {
            var stated = new HashMap<String, Set<Value>>();
            for (Scenario scenario : Shipped.scenarios(plan.decision().name())) {
                FactReader.read(plan, scenario.facts()).stated().forEach((fact, value) -> {
                    if (value instanceof Value.Elements list
                            && list.values().stream().anyMatch(Value.Element.class::isInstance)) {
                        stated.computeIfAbsent(fact, any -> new LinkedHashSet<>())
                                .add(value);
                    }
                });
            }
            return stated;
        }

        /** Such a code does not complete anything. */
        private boolean readsAsUnknown(String fact, Value value) {
            return plan.decision().readings().stream()
                    .anyMatch(reading -> reading.fact().equals(fact)
                            && !reading.none()
                            && reading.test().matches(value));
        }

        private List<Value> candidates(FactType type, Facts facts) {
            if (type instanceof FactType.Code code) {
                return code.codes().stream().map(Value::of).toList();
            }
            if (type instanceof FactType.Truth) {
                return List.of(Value.of(true), Value.of(false));
            }
            if (type instanceof FactType.Numeric numeric) {
                return numeric.domain().isEmpty()
                        ? java.util.stream.LongStream.range(0, 101)
                                .mapToObj(Value::of)
                                .toList()
                        : numeric.domain().stream()
                                .<Value>map(Value.Number::new)
                                .toList();
            }
            if (type instanceof FactType.Day) {
                return days(facts).stream().map(Value::of).toList();
            }
            if (type instanceof FactType.ListOf list) {
                return list.element() instanceof FactType.RecordOf fields
                        ? records(fields, facts)
                        : subsets(candidates(list.element(), facts));
            }
            var texts = new LinkedHashSet<Value>(List.of(Value.of("§"), Value.of("A")));
            facts.values().values().forEach(value -> collect(value, Value.Text.class, texts));
            return List.copyOf(texts);
        }

        /** Around the day asked about, all that is known or assumed, all that the rules name, and what periods make of them. */
        private Set<LocalDate> days(Facts facts) {
            var known = new LinkedHashSet<Value>();
            facts.values().values().forEach(value -> collect(value, Value.Day.class, known));
            var base = new LinkedHashSet<LocalDate>(List.of(partial.asOf()));
            known.forEach(day -> base.add(((Value.Day) day).date()));
            base.addAll(boundaries);
            var days = new TreeSet<LocalDate>();
            for (LocalDate day : base) {
                for (int shift = -2; shift <= 2; shift++) {
                    days.add(day.plusDays(shift));
                }
                for (int length : months) {
                    for (int shift = -2; shift <= 2; shift++) {
                        days.add(Periods.end(day, length).plusDays(shift));
                        days.add(day.minusMonths(length).plusDays(shift));
                        days.add(Periods.end(day.minusMonths(length), length).plusDays(shift));
                    }
                }
            }
            for (int i = 0; i < 5; i++) {
                days.add(LocalDate.of(2017, 1, 1).plusDays(random.nextInt(4500)));
            }
            return days;
        }

        private static void collect(Value value, Class<? extends Value> kind, Set<Value> into) {
            if (kind.isInstance(value)) {
                into.add(value);
            } else if (value instanceof Value.Elements list) {
                list.values().forEach(each -> collect(each, kind, into));
            } else if (value instanceof Value.Element element) {
                element.fields().values().forEach(each -> collect(each, kind, into));
            }
        }

        private List<Value> subsets(List<Value> of) {
            var subsets = new ArrayList<Value>();
            for (int bits = 0; bits < 1 << of.size(); bits++) {
                var chosen = new ArrayList<Value>();
                for (int i = 0; i < of.size(); i++) {
                    if ((bits >> i & 1) == 1) {
                        chosen.add(of.get(i));
                    }
                }
                subsets.add(new Value.Elements(chosen));
            }
            return subsets;
        }

        /** None, and many of one or two elements. */
        private List<Value> records(FactType.RecordOf type, Facts facts) {
            var fields = new LinkedHashMap<String, List<Value>>();
            type.fields().forEach((name, field) -> fields.put(name, candidates(field.type(), facts)));
            var lists = new LinkedHashSet<Value>(List.of(new Value.Elements(List.of())));
            for (int i = 0; i < 150; i++) {
                var elements = new ArrayList<Value>();
                for (int j = i % 3 == 0 ? 2 : 1; j > 0; j--) {
                    elements.add(record(type, fields));
                }
                lists.add(new Value.Elements(elements));
            }
            return List.copyOf(lists);
        }

        private Value record(FactType.RecordOf type, Map<String, List<Value>> candidates) {
            var fields = new HashMap<String, Value>();
            candidates.forEach((name, values) -> {
                boolean optional = java.util.Objects.requireNonNull(
                                type.fields().get(name))
                        .optional();
                if (!optional || random.nextBoolean()) {
                    fields.put(name, values.get(random.nextInt(values.size())));
                }
            });
            if (fields.get("from") instanceof Value.Day from
                    && fields.get("to") instanceof Value.Day to
                    && to.date().isBefore(from.date())) {
                fields.put("from", to);
                fields.put("to", from);
            }
            return new Value.Element(fields);
        }

        /** The lengths of the periods that the plan counts. */
        private static List<Integer> months(Plan plan) {
            var months = new TreeSet<Integer>();
            for (Plan.Definition definition : plan.definitions().values()) {
                if (definition instanceof Plan.Definition.ByExpression byExpression) {
                    byExpression.expression().walk(part -> {
                        if (part instanceof Expression.Call call && call.function() == Function.PERIOD_END) {
                            numbers(plan, call.arguments().get(1), months);
                        }
                    });
                }
            }
            return List.copyOf(months);
        }

        private static void numbers(Plan plan, Expression expression, Set<Integer> numbers) {
            if (expression instanceof Expression.Literal literal && literal.value() instanceof Value.Number number) {
                numbers.add(number.value().intValueExact());
            } else if (expression instanceof Expression.ParameterOn on) {
                java.util.Objects.requireNonNull(plan.rulebook().parameters().get(on.name()))
                        .values()
                        .forEach(dated -> {
                            if (dated.value() instanceof Value.Number number) {
                                numbers.add(number.value().intValueExact());
                            }
                        });
            }
        }
    }
}
