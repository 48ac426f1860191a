package ismap.regression;

import ismap.decision.Decision;
import ismap.decision.Finding;
import ismap.decision.Problem;
import ismap.decision.Status;
import ismap.decision.Value;
import ismap.rulebook.Answers;
import ismap.rulebook.EvaluationFailure;
import ismap.rulebook.FactReader;
import ismap.rulebook.Interpreter;
import ismap.rulebook.Plan;
import ismap.rulebook.SourceMap;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One thing that two rulebooks answer otherwise to the same scenario. */
public record ScenarioChange(Kind kind, String about, String before, String after) {

    public enum Kind {
        OUTCOME,
        FINDING,
        VALUE,
        /** One of the two refuses the request, or has no answer. */
        ANSWER
    }

    private static final SourceMap NOWHERE = new SourceMap(Map.of());
    private static final String ABSENT = "-";

    /** Outcome, statuses and values, decided by the reference interpreter; nothing where all are the same. */
    public static List<ScenarioChange> between(Plan before, Plan after, Scenario scenario) {
        Answer old = Answer.of(before, scenario);
        Answer now = Answer.of(after, scenario);
        var changes = new ArrayList<ScenarioChange>();
        if (old.decision().isEmpty() || now.decision().isEmpty()) {
            if (!old.reason().equals(now.reason())) {
                changes.add(new ScenarioChange(Kind.ANSWER, "", old.said(), now.said()));
            }
            return changes;
        }
        Decision was = old.decision().get();
        Decision is = now.decision().get();
        if (!was.outcome().equals(is.outcome())) {
            changes.add(new ScenarioChange(Kind.OUTCOME, "", was.outcome(), is.outcome()));
        }
        compare(Kind.FINDING, statuses(was), statuses(is), changes);
        compare(Kind.VALUE, values(was), values(is), changes);
        return changes;
    }

    private record Answer(Optional<Decision> decision, String reason) {
        static Answer of(Plan plan, Scenario scenario) {
            FactReader.Result read = FactReader.read(plan, scenario.facts());
            Optional<Problem> refused =
                    read.problems().stream().filter(Problem::isError).findFirst();
            if (refused.isPresent()) {
                return new Answer(
                        Optional.empty(),
                        refused.get().code() + " " + refused.get().places().get(0));
            }
            try {
                return new Answer(
                        Optional.of(Answers.answer(
                                plan,
                                NOWHERE,
                                read.facts(),
                                scenario.asOf(),
                                Interpreter.reason(plan, read.facts(), scenario.asOf()))),
                        "");
            } catch (EvaluationFailure failure) {
                return new Answer(Optional.empty(), String.valueOf(failure.getMessage()));
            }
        }

        String said() {
            return decision.map(Decision::outcome).orElse(reason);
        }
    }

    private static Map<String, String> statuses(Decision decision) {
        var statuses = new LinkedHashMap<String, String>();
        for (Finding finding : decision.findings()) {
            Status status = finding.status();
            statuses.putIfAbsent(
                    finding.item() == null ? finding.rule() : finding.rule() + "[" + finding.item() + "]",
                    status.name());
        }
        return statuses;
    }

    private static Map<String, String> values(Decision decision) {
        var values = new LinkedHashMap<String, String>();
        decision.values()
                .forEach((name, value) -> values.put(name, value == Value.UNKNOWN ? "unknown" : value.toString()));
        return values;
    }

    private static void compare(
            Kind kind, Map<String, String> before, Map<String, String> after, List<ScenarioChange> changes) {
        var names = new LinkedHashSet<>(before.keySet());
        names.addAll(after.keySet());
        for (String name : names) {
            String was = before.getOrDefault(name, ABSENT);
            String is = after.getOrDefault(name, ABSENT);
            if (!was.equals(is)) {
                changes.add(new ScenarioChange(kind, name, was, is));
            }
        }
    }

    @Override
    public String toString() {
        return (about.isEmpty() ? "" : about + ": ") + before + " → " + after;
    }
}
