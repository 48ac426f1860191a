package ismap.evaluation;

import ismap.decision.Decision;
import ismap.decision.Finding;
import ismap.rulebook.Answers;
import ismap.rulebook.EvaluationFailure;
import ismap.rulebook.FactReader;
import ismap.rulebook.Facts;
import ismap.rulebook.Interpreter;
import ismap.rulebook.Plan;
import ismap.rulebook.Reasoning;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** One case decided by the compiled rules and by the reference interpreter, from the same facts. */
final class BothEngines {

    private final Alarm alarm;

    BothEngines(Alarm alarm) {
        this.alarm = alarm;
    }

    /** Empty where they differ, or one of them fails; the alarm has been told then. */
    Optional<Decision> decide(
            ActiveRulebook active, Plan plan, FactReader.Result facts, Request request, LocalDate asOf) {
        return guarded(
                active,
                plan,
                () -> agreed(active, plan, facts.facts(), asOf).map(reasoning -> {
                    Decision answer = Answers.answer(plan, active.sources(), facts.facts(), asOf, reasoning);
                    return with(answer, Warnings.about(active, plan, facts.stated(), request, reasoning));
                }));
    }

    /** What the rules say, without an outcome. Empty as in {@link #decide}. */
    Optional<Answers.Said> say(ActiveRulebook active, Plan plan, Facts facts, LocalDate asOf) {
        return guarded(
                active,
                plan,
                () -> agreed(active, plan, facts, asOf)
                        .map(reasoning -> Answers.said(plan, active.sources(), facts, asOf, reasoning)));
    }

    /** What both found; empty where they differ, and the alarm has been told then. */
    Optional<Reasoning> agreed(ActiveRulebook active, Plan plan, Facts facts, LocalDate asOf) {
        String decision = plan.decision().name();
        Reasoning compiled = active.rules().reason(decision, facts, asOf);
        Reasoning reference = Interpreter.reason(plan, facts, asOf);
        if (!compiled.equals(reference)) {
            alarm.evaluationFailed(decision, active.revisionId(), Disagreement.between(compiled, reference));
            return Optional.empty();
        }
        return Optional.of(reference);
    }

    /** Empty also where the rules fail on the way; the alarm has been told then. */
    <T> Optional<T> guarded(ActiveRulebook active, Plan plan, Supplier<Optional<T>> question) {
        String decision = plan.decision().name();
        try {
            return question.get();
        } catch (EvaluationFailure failure) {
            alarm.evaluationFailed(decision, active.revisionId(), "the rules fail: " + Disagreement.where(failure));
            return Optional.empty();
        } catch (RuntimeException failure) {
            // A rule that fails in an unforeseen way is still a failure of the rules: an answer cannot be had, and
            // the alarm must be told. An engine wraps what its rules throw in exceptions of its own.
            alarm.evaluationFailed(decision, active.revisionId(), Disagreement.where(failure));
            return Optional.empty();
        }
    }

    private static Decision with(Decision answer, List<Finding> more) {
        var findings = new ArrayList<>(answer.findings());
        findings.addAll(more);
        return new Decision(
                answer.decision(),
                answer.outcome(),
                answer.asOf(),
                answer.applicableDay(),
                answer.values(),
                List.copyOf(findings),
                answer.missing(),
                answer.notExamined());
    }
}
