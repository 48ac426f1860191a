package ismap.rulebook;

import ismap.decision.Value;
import ismap.rulebook.Completions.View;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A case of which some facts are unknown, and what could still change its outcome: what stands behind {@code missing}, asked fact by fact
 * and with as much work as the caller allows.
 */
public final class OpenCase {

    /** So much work may be spent on one completion that has a given outcome. */
    private static final int EXAMPLE_BUDGET = 300;

    private static final int VALUES_OF_EXAMPLES = 16;

    private final Plan plan;
    private final LocalDate asOf;
    private final Facts facts;
    private final Completions completions;
    private final View view;
    private @Nullable List<Example> examples;

    private record Example(String outcome, Facts facts) {}

    private OpenCase(Plan plan, LocalDate asOf, Facts facts, Completions completions) {
        this.plan = plan;
        this.asOf = asOf;
        this.facts = facts;
        this.completions = completions;
        this.view = completions.view(facts);
    }

    public static OpenCase of(Plan plan, Facts facts, LocalDate asOf) {
        return new OpenCase(plan, asOf, facts, Completions.of(plan, asOf));
    }

    /** The same case where this is known too. */
    public OpenCase with(String fact, Value value) {
        return new OpenCase(plan, asOf, facts.with(fact, value), completions);
    }

    public Plan plan() {
        return plan;
    }

    /** Whether one outcome is certain without a further look. Where it is not, it may still be that nothing matters. */
    public boolean isSettled() {
        return view.outcomes().size() == 1;
    }

    /** The outcomes that are not excluded yet. */
    public Set<String> outcomes() {
        return Collections.unmodifiableSet(view.outcomes());
    }

    /**
     * The unknown facts on which undecided rules depend, in the order of the vocabulary, then parameters. Every missing one is among them;
     * not every one of them is missing.
     */
    public Set<String> dependsOn() {
        if (isSettled()) {
            return Set.of();
        }
        Set<String> all = view.dependsOn();
        var ordered = new LinkedHashSet<String>();
        plan.rulebook().vocabulary().facts().keySet().stream()
                .filter(all::contains)
                .forEach(ordered::add);
        ordered.addAll(all);
        return Collections.unmodifiableSet(ordered);
    }

    /** The undecided rules that depend on a fact, in the order of the decision. */
    public List<Table> readersOf(String fact) {
        Map<String, ?> readers = view.readersOf(fact);
        return plan.decision().rules().stream()
                .filter(rule -> readers.containsKey(rule.id()))
                .toList();
    }

    /** Values of a fact that between them show every way in which it can matter beside what is known. */
    public List<Value> candidates(String fact) {
        return completions.candidates(fact, facts);
    }

    /** As {@link #candidates(String)}, not more than so many: the first and the last, and some between them. */
    public List<Value> candidates(String fact, int atMost) {
        return spread(candidates(fact), atMost);
    }

    private static List<Value> spread(List<Value> values, int atMost) {
        if (values.size() <= atMost) {
            return values;
        }
        var some = new ArrayList<Value>();
        for (int i = 0; i < atMost; i++) {
            some.add(values.get(i * (values.size() - 1) / (atMost - 1)));
        }
        return some;
    }

    /** How many values a fact has, roughly. */
    public int breadth(String fact) {
        return Completions.breadth(plan, fact);
    }

    /**
     * Whether a fact is quickly shown to matter: in some completion another value of it alone leads to another outcome. False says
     * nothing.
     */
    public boolean isShownToMatter(String fact) {
        for (Example example : examples()) {
            if (example.facts().get(fact) == Value.UNKNOWN) {
                continue;
            }
            for (Value value : spread(completions.candidates(fact, facts), VALUES_OF_EXAMPLES)) {
                View other = completions.view(example.facts().with(fact, value));
                if (other.outcomes().size() == 1 && !other.outcomes().contains(example.outcome())) {
                    return true;
                }
            }
        }
        return false;
    }

    /** One completion for each outcome, as far as one is found soon. */
    private List<Example> examples() {
        List<Example> found = examples;
        if (found == null) {
            var all = new ArrayList<Example>();
            for (String outcome : view.outcomes()) {
                completions
                        .example(outcome, facts, EXAMPLE_BUDGET)
                        .ifPresent(completion -> all.add(new Example(outcome, completion)));
            }
            found = List.copyOf(all);
            examples = found;
        }
        return found;
    }

    /** Whether a fact is missing, as the contract says it; empty where that takes more work than this. */
    public Optional<Boolean> matters(String fact, int workAtMost) {
        return completions.matters(fact, facts, workAtMost);
    }

    /** How much work {@link #matters} took when it was last asked. */
    public int workOfLastProof() {
        return completions.work();
    }

    /**
     * The outcome of the answer, as it stands.
     *
     * @param reasoning what the engines found for these facts
     * @param settled whether nothing is missing
     */
    public String outcome(Reasoning reasoning, boolean settled) {
        return Answers.outcome(plan, reasoning, settled ? completions.settled(facts) : Optional.empty());
    }

    /** The rules whose findings call for one of the outcomes, in the order of the decision. */
    public static List<Table> calling(Plan plan, Reasoning reasoning, Set<String> outcomes) {
        DecisionDefinition decision = plan.decision();
        return decision.rules().stream()
                .filter(rule -> Optional.ofNullable(reasoning.decided().get(rule.id()))
                        .filter(decided -> Outcomes.callsOf(decision, rule.id(), decided).stream()
                                .anyMatch(call -> decision.outcomes().stream()
                                        .anyMatch(outcome -> outcomes.contains(outcome.code())
                                                && outcome.calls().contains(call))))
                        .isPresent())
                .toList();
    }
}
