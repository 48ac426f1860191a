package ismap.regression;

import ismap.decision.Decision;
import ismap.decision.Finding;
import ismap.decision.Status;
import ismap.decision.Value;
import ismap.rulebook.Answers;
import ismap.rulebook.EvaluationFailure;
import ismap.rulebook.FactReader;
import ismap.rulebook.Facts;
import ismap.rulebook.Interpreter;
import ismap.rulebook.Plan;
import ismap.rulebook.Reasoning;
import ismap.rulebook.RuleCompiler.CompiledRules;
import ismap.rulebook.SourceMap;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/** Runs scenarios of one decision with both engines and compares the answer with what each of them expects. */
public final class ScenarioRunner {

    private final Plan plan;
    private final SourceMap sources;
    private final CompiledRules rules;
    private final Reach reach;

    public ScenarioRunner(Plan plan, SourceMap sources, CompiledRules rules) {
        this.plan = plan;
        this.sources = sources;
        this.rules = rules;
        this.reach = new Reach(plan);
    }

    public ScenarioResult run(Scenario scenario) {
        Facts facts = FactReader.read(plan, scenario.facts()).facts();
        try {
            Reasoning reasoning = Interpreter.reason(plan, facts, scenario.asOf());
            Reasoning compiled = rules.reason(scenario.decision(), facts, scenario.asOf());
            Reach.Reached reached = reach.of(facts, scenario.asOf(), reasoning);
            if (!reasoning.equals(compiled)) {
                String difference = reasoning.difference(compiled);
                return new ScenarioResult(
                        scenario,
                        Optional.empty(),
                        List.of(new Mismatch(Mismatch.Kind.ENGINES_DISAGREE, "", "", difference, scenario.place("id"))),
                        reached);
            }
            Decision decision = Answers.answer(plan, sources, facts, scenario.asOf(), reasoning);
            return new ScenarioResult(scenario, Optional.of(decision), mismatches(scenario, decision), reached);
        } catch (EvaluationFailure failure) {
            return new ScenarioResult(
                    scenario,
                    Optional.empty(),
                    List.of(new Mismatch(
                            Mismatch.Kind.RULES_FAIL,
                            "",
                            "",
                            String.valueOf(failure.getMessage()),
                            scenario.place("id"))),
                    Reach.Reached.NOTHING);
        }
    }

    /** The expectations that an answer does not meet. */
    public static List<Mismatch> mismatches(Scenario scenario, Decision decision) {
        var mismatches = new ArrayList<Mismatch>();
        scenario.outcome()
                .filter(expected -> !expected.equals(decision.outcome()))
                .ifPresent(expected -> mismatches.add(new Mismatch(
                        Mismatch.Kind.OUTCOME, "", expected, decision.outcome(), scenario.place("outcome"))));
        scenario.findings().forEach((name, expected) -> {
            Optional<Status> actual = status(decision, name);
            if (!actual.equals(Optional.of(expected))) {
                mismatches.add(new Mismatch(
                        Mismatch.Kind.FINDING,
                        name,
                        expected.name(),
                        actual.map(Enum::name).orElse("(absent)"),
                        scenario.place("findings")));
            }
        });
        scenario.values().forEach((name, expected) -> {
            Value actual = Value.orNone(decision.values().get(name));
            boolean holds = expected.isNone() ? !actual.isKnown() : actual.equals(expected);
            if (!holds) {
                mismatches.add(new Mismatch(
                        Mismatch.Kind.VALUE, name, shown(expected), shown(actual), scenario.place("values")));
            }
        });
        scenario.missing()
                .filter(expected -> !expected.equals(new TreeSet<>(decision.missing())))
                .ifPresent(expected -> mismatches.add(new Mismatch(
                        Mismatch.Kind.MISSING,
                        "",
                        expected.toString(),
                        decision.missing().toString(),
                        scenario.place("missing"))));
        return mismatches;
    }

    /** Of the whole rule, or with {@code [item]} behind it, of that element. */
    private static Optional<Status> status(Decision decision, String name) {
        return decision.findings().stream()
                .filter(finding -> name.equals(
                        finding.item() == null ? finding.rule() : finding.rule() + "[" + finding.item() + "]"))
                .map(Finding::status)
                .findFirst();
    }

    private static String shown(Value value) {
        return value.isNone() ? "なし (none)" : value == Value.UNKNOWN ? "不明 (unknown)" : value.toString();
    }
}
