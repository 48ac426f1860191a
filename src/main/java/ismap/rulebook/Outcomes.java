package ismap.rulebook;

import ismap.decision.Status;
import ismap.rulebook.DecisionDefinition.Call;
import ismap.rulebook.DecisionDefinition.Outcome;
import ismap.rulebook.Reasoning.Decided;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
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
        return call instanceof Call.Otherwise
                || rulesOf(decision, call).stream().anyMatch(rule -> calls(call, decidedOf.apply(rule)));
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

    /** The outcomes that may be called for where each rule may decide one of several things. */
    static Set<String> possible(DecisionDefinition decision, Function<String, Set<Decided>> possibleOf) {
        var possible = new LinkedHashSet<String>();
        for (Outcome outcome : decision.outcomes()) {
            boolean some = false;
            for (Call call : outcome.calls()) {
                for (String rule : rulesOf(decision, call)) {
                    Set<Decided> decided = possibleOf.apply(rule);
                    long calling =
                            decided.stream().filter(each -> calls(call, each)).count();
                    some |= calling > 0;
                    if (calling == decided.size()) {
                        possible.add(outcome.code());
                        return possible;
                    }
                }
                if (call instanceof Call.Otherwise) {
                    possible.add(outcome.code());
                    return possible;
                }
            }
            if (some) {
                possible.add(outcome.code());
            }
        }
        return possible;
    }

    /** Whether some outcome asks which row decided the rule, and not only with which status. */
    static boolean tellsRowsApart(DecisionDefinition decision, String rule) {
        return decision.outcomes().stream()
                .flatMap(outcome -> outcome.calls().stream())
                .anyMatch(
                        call -> call instanceof Call.ByRow byRow && byRow.rule().equals(rule));
    }

    /** What a decided rule calls for. Two things that it may decide and that call for the same are one to every outcome. */
    static Set<Call> callsOf(DecisionDefinition decision, String rule, Decided decided) {
        var calls = new LinkedHashSet<Call>();
        for (Outcome outcome : decision.outcomes()) {
            for (Call call : outcome.calls()) {
                if (rulesOf(decision, call).contains(rule) && calls(call, decided)) {
                    calls.add(call);
                }
            }
        }
        return calls;
    }

    private static List<String> rulesOf(DecisionDefinition decision, Call call) {
        if (call instanceof Call.ByStatus byStatus) {
            return List.of(byStatus.rule());
        }
        if (call instanceof Call.ByRow byRow) {
            return List.of(byRow.rule());
        }
        return call instanceof Call.ByAny
                ? decision.rules().stream().map(Table::id).toList()
                : List.of();
    }

    private static boolean calls(Call call, Decided decided) {
        if (call instanceof Call.ByStatus byStatus) {
            return byStatus.statuses().contains(decided.status());
        }
        if (call instanceof Call.ByRow byRow) {
            return decided.row().equals(byRow.row());
        }
        return call instanceof Call.ByAny byAny
                && decided.status() != Status.WARNING
                && byAny.statuses().contains(decided.status());
    }
}
