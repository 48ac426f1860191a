package ismap.rulebook;

import ismap.decision.Status;
import ismap.rulebook.DecisionDefinition.Call;
import ismap.rulebook.DecisionDefinition.Outcome;
import ismap.rulebook.Reasoning.Decided;
import java.util.function.Function;

/** Which outcome the findings call for: the first in the order of precedence. */
final class Outcomes {

    private Outcomes() {}

    /**
     * The first outcome that a known finding calls for, else the one that nothing has to call for. That facts are missing is not
     * looked at here.
     *
     * @param decidedOf says what a rule decided; asked only as far as the order of precedence needs it
     */
    static Outcome calledFor(DecisionDefinition decision, Function<String, Decided> decidedOf) {
        return decision.outcomes().stream()
                .filter(outcome -> outcome.calls().stream().anyMatch(call -> calls(decision, call, decidedOf)))
                .findFirst()
                .orElseThrow(() ->
                        new EvaluationFailure("%s has no outcome that holds otherwise".formatted(decision.name())));
    }

    private static boolean calls(DecisionDefinition decision, Call call, Function<String, Decided> decidedOf) {
        if (call instanceof Call.ByStatus byStatus) {
            return byStatus.statuses().contains(decidedOf.apply(byStatus.rule()).status());
        }
        if (call instanceof Call.ByRow byRow) {
            return decidedOf.apply(byRow.rule()).row().equals(byRow.row());
        }
        if (call instanceof Call.ByAny byAny) {
            return decision.rules().stream()
                    .map(rule -> decidedOf.apply(rule.id()).status())
                    .anyMatch(status ->
                            status != Status.WARNING && byAny.statuses().contains(status));
        }
        return call instanceof Call.Otherwise;
    }

    /** The place of INSUFFICIENT_FACTS in the order of precedence; beyond the last where the decision does not have it. */
    static int insufficient(DecisionDefinition decision) {
        for (int i = 0; i < decision.outcomes().size(); i++) {
            if (decision.outcomes().get(i).calls().contains(new Call.Missing())) {
                return i;
            }
        }
        return decision.outcomes().size();
    }
}
