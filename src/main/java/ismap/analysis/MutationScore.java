package ismap.analysis;

import ismap.decision.Status;
import ismap.regression.Scenario;
import ismap.regression.ScenarioRunner;
import ismap.rulebook.Answers;
import ismap.rulebook.DecisionDefinition;
import ismap.rulebook.EvaluationFailure;
import ismap.rulebook.FactReader;
import ismap.rulebook.Facts;
import ismap.rulebook.Interpreter;
import ismap.rulebook.Plan;
import ismap.rulebook.Reasoning;
import ismap.rulebook.Rulebook;
import ismap.rulebook.SourceMap;
import ismap.rulebook.Table;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How many small mistakes in the tables the scenarios of a decision would notice. A mistake that nothing was found to tell from the table
 * as it is counts neither way: it may be none.
 */
public final class MutationScore {

    /** So many requests beside those of the scenarios may be asked to tell an unnoticed mistake from none. */
    private static final int REQUESTS = 600;

    private static final SourceMap NOWHERE = new SourceMap(Map.of());

    /** @param example a request that would notice it, which no scenario is; empty where none was found */
    public record Survivor(Mutant mutant, String decision, Optional<Region> example) {}

    /**
     * @param possible how many mistakes there are to make, of which {@code tried} were made
     * @param survivors those that no scenario notices, with a request that would
     * @param equivalent those that nothing was found to notice
     */
    public record Result(int possible, int tried, int killed, List<Survivor> survivors, List<Mutant> equivalent) {
        public Result {
            survivors = List.copyOf(survivors);
            equivalent = List.copyOf(equivalent);
        }

        /** Of the mistakes that can be noticed, how many are, in percent, rounded down; 100 where there are none. */
        public int percent() {
            int noticeable = killed + survivors.size();
            return noticeable == 0 ? 100 : killed * 100 / noticeable;
        }
    }

    /** Told after each mistake. */
    public interface Progress {
        void at(long done, long total);
    }

    private record Baseline(Scenario scenario, Facts facts, Reasoning reasoning) {}

    private final Rulebook rulebook;
    private final Map<String, Plan> plans;
    private final Map<String, List<Baseline>> baselines = new LinkedHashMap<>();

    /** @param scenarios by decision; those that do not hold as it is are left out, for they notice nothing */
    public MutationScore(Rulebook rulebook, Map<String, Plan> plans, Map<String, List<Scenario>> scenarios) {
        this.rulebook = rulebook;
        this.plans = Collections.unmodifiableMap(new LinkedHashMap<>(plans));
        plans.forEach((decision, plan) -> baselines.put(
                decision,
                scenarios.getOrDefault(decision, List.of()).stream()
                        .flatMap(scenario -> baseline(plan, scenario).stream())
                        .toList()));
    }

    private static Optional<Baseline> baseline(Plan plan, Scenario scenario) {
        Facts facts = FactReader.read(plan, scenario.facts()).facts();
        try {
            return Optional.of(new Baseline(scenario, facts, Interpreter.reason(plan, facts, scenario.asOf())));
        } catch (EvaluationFailure told) {
            return Optional.empty();
        }
    }

    /** @param most so many mistakes are made, spread over all tables and the same each time; all where there are not more */
    public Result run(int most, Progress progress) {
        List<Mutant> all = Mutants.of(rulebook);
        List<Mutant> sample = sample(all, most);
        int killed = 0;
        var survivors = new ArrayList<Survivor>();
        var equivalent = new ArrayList<Mutant>();
        int done = 0;
        for (Mutant mutant : sample) {
            Map<String, Plan> mutated = plansWith(mutant);
            if (mutated.entrySet().stream().anyMatch(plan -> isNoticed(mutant, plan.getKey(), plan.getValue()))) {
                killed++;
            } else {
                Optional<Survivor> survivor = survivor(mutant, mutated);
                survivor.ifPresent(survivors::add);
                if (survivor.isEmpty()) {
                    equivalent.add(mutant);
                }
            }
            progress.at(++done, sample.size());
        }
        return new Result(all.size(), sample.size(), killed, survivors, equivalent);
    }

    /** By a hash of what they are, so that one more row leaves the others as they were. */
    private static List<Mutant> sample(List<Mutant> all, int most) {
        if (all.size() <= most) {
            return all;
        }
        var order = new HashMap<Mutant, Integer>();
        all.forEach(mutant -> order.put(mutant, scattered(mutant.decision() + " " + mutant.id())));
        List<Mutant> chosen = all.stream()
                .sorted(Comparator.<Mutant>comparingInt(mutant -> order.getOrDefault(mutant, 0)))
                .limit(most)
                .toList();
        var kept = new java.util.HashSet<>(chosen);
        return all.stream().filter(kept::contains).toList();
    }

    /** The bits of a text's hash, well mixed. */
    private static int scattered(String text) {
        int hash = text.hashCode();
        hash = (hash ^ (hash >>> 16)) * 0x85ebca6b;
        hash = (hash ^ (hash >>> 13)) * 0xc2b2ae35;
        return hash ^ (hash >>> 16);
    }

    /** The decision that the table stands in; of a table that concludes a fact, each that asks for it. */
    private Map<String, Plan> plansWith(Mutant mutant) {
        var mutated = new LinkedHashMap<String, Plan>();
        if (mutant.decision().isEmpty()) {
            var concluded = new LinkedHashMap<>(rulebook.concluded());
            concluded.put(mutant.table(), mutant.mutated());
            Rulebook other = new Rulebook(
                    rulebook.formatVersion(),
                    rulebook.vocabulary(),
                    rulebook.clauses(),
                    rulebook.parameters(),
                    rulebook.derivations(),
                    concluded,
                    rulebook.decisions());
            plans.forEach((name, plan) -> {
                if (plan.definition(mutant.table()).isPresent()
                        || plan.definitions().values().stream()
                                .anyMatch(definition -> definition instanceof Plan.Definition.ByTable byTable
                                        && byTable.table().table().id().equals(mutant.table()))) {
                    mutated.put(name, Plan.of(other, plan.decision()));
                }
            });
            return mutated;
        }
        DecisionDefinition decision =
                java.util.Objects.requireNonNull(plans.get(mutant.decision())).decision();
        List<Table> rules = decision.rules().stream()
                .map(table -> table.id().equals(mutant.table()) ? mutant.mutated() : table)
                .toList();
        mutated.put(
                mutant.decision(),
                Plan.of(
                        rulebook,
                        new DecisionDefinition(
                                decision.name(),
                                decision.title(),
                                decision.question(),
                                decision.governingFact(),
                                rules,
                                decision.borrowed(),
                                decision.outcomes(),
                                decision.values(),
                                decision.readings(),
                                decision.notExamined(),
                                decision.note())));
        return mutated;
    }

    private boolean isNoticed(Mutant mutant, String decision, Plan plan) {
        List<Baseline> baseline = baselines.getOrDefault(decision, List.of());
        // First those that the row decides: most mistakes are noticed by one of them.
        return baseline.stream().filter(each -> isDecidedBy(each, mutant)).anyMatch(each -> notices(each, plan))
                || baseline.stream().filter(each -> !isDecidedBy(each, mutant)).anyMatch(each -> notices(each, plan));
    }

    private static boolean isDecidedBy(Baseline baseline, Mutant mutant) {
        Reasoning.Decided decided = baseline.reasoning().decided().get(mutant.table());
        return decided != null && decided.row().equals(mutant.row());
    }

    private static boolean notices(Baseline baseline, Plan plan) {
        Scenario scenario = baseline.scenario();
        try {
            Reasoning reasoning = Interpreter.reason(plan, baseline.facts(), scenario.asOf());
            if (reasoning.equals(baseline.reasoning())) {
                return false;
            }
            for (Map.Entry<String, Status> expected : scenario.findings().entrySet()) {
                Reasoning.Decided decided = reasoning.decided().get(expected.getKey());
                if (decided != null && decided.status() != expected.getValue()) {
                    return true;
                }
            }
            return !ScenarioRunner.mismatches(
                            scenario, Answers.answer(plan, NOWHERE, baseline.facts(), scenario.asOf(), reasoning))
                    .isEmpty();
        } catch (EvaluationFailure failure) {
            return true;
        }
    }

    private Optional<Survivor> survivor(Mutant mutant, Map<String, Plan> mutated) {
        for (Map.Entry<String, Plan> other : mutated.entrySet()) {
            Plan plan = java.util.Objects.requireNonNull(plans.get(other.getKey()));
            List<String> changed = Meaning.differing(Meaning.of(plan), Meaning.of(other.getValue()));
            if (changed.isEmpty()) {
                continue;
            }
            List<Seed> seeds = baselines.getOrDefault(other.getKey(), List.of()).stream()
                    .map(each ->
                            new Seed(each.scenario().facts(), each.scenario().asOf()))
                    .toList();
            AnswerSearch search =
                    new AnswerSearch(plan, other.getValue(), changed, seeds.size() + REQUESTS, true).run(seeds);
            if (search.anyDifference()) {
                return Optional.of(new Survivor(mutant, other.getKey(), search.anyRegion()));
            }
        }
        return Optional.empty();
    }
}
