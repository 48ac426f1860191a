package ismap.selfcheck;

import ismap.decision.Bilingual;
import ismap.decision.Citation;
import ismap.decision.Problem;
import ismap.evaluation.ActiveRulebook;
import ismap.evaluation.Evaluation;
import ismap.evaluation.Evaluations;
import ismap.evaluation.NextQuestions;
import ismap.pages.QuestionPage.Why;
import ismap.pages.ResultView;
import ismap.pages.Said;
import ismap.pages.View;
import ismap.rulebook.FactDefinition;
import ismap.rulebook.Plan;
import ismap.rulebook.Table;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What to ask next and what to advise, by the same use cases as the API. */
final class Interview {

    /** Whoever sits before these pages. */
    static final String READER = "PROVIDER";

    private static final int MOST_REASONS = 4;

    private final Evaluations evaluations;
    private final NextQuestions questions;

    Interview(Evaluations evaluations) {
        this.evaluations = evaluations;
        this.questions = new NextQuestions(evaluations);
    }

    Evaluation check(String decision, Entered entered) {
        return evaluations.selfCheck(decision, entered.request());
    }

    Evaluation check(String decision, Entered entered, Optional<String> day, Optional<String> revision) {
        return evaluations.selfCheck(decision, entered.request(day, revision));
    }

    /** First what the reader knows, then what others do. */
    Looked next(String decision, Entered entered) {
        Looked mine = next(decision, entered, Optional.of(READER));
        boolean othersKnowMore = mine instanceof Looked.Good good
                && good.asked().next().isEmpty()
                && !good.asked().settled()
                && !good.asked().forOthers().isEmpty();
        return othersKnowMore ? next(decision, entered, Optional.empty()) : mine;
    }

    private Looked next(String decision, Entered entered, Optional<String> asker) {
        var request = new LinkedHashMap<String, @Nullable Object>(entered.request());
        request.put("unknown", entered.unknown());
        asker.ifPresent(who -> request.put("for", who));
        NextQuestions.Result result = questions.next(decision, request);
        return result instanceof NextQuestions.Result.Asked asked
                ? new Looked.Good(asked)
                : new Looked.Bad(Check.problems(((NextQuestions.Result.Refused) result).why()));
    }

    /** What came of it. */
    sealed interface Looked {
        record Good(NextQuestions.Result.Asked asked) implements Looked {
            /** How many questions may still come; what others know is asked after what the reader does. */
            int atMost() {
                return asked.remainingAtMost() + asked.forOthers().size();
            }

            Optional<String> fact() {
                return asked.next().map(question -> question.fact().name());
            }
        }

        /** Some answers do not fit. */
        record Bad(List<Problem> problems) implements Looked {}
    }

    static boolean isReaders(FactDefinition fact) {
        return fact.knownBy().equals(READER) || fact.changeableBy().equals(READER);
    }

    static FactDefinition definition(ActiveRulebook by, String fact) {
        return by.rulebook().vocabulary().fact(fact).orElseThrow();
    }

    /** The rules that wait for a fact, or that read it where none waits. */
    static List<Why> why(Check check, Looked looked, String fact) {
        Plan plan = check.plan();
        List<Table> waiting = looked instanceof Looked.Good good
                ? good.asked().next().stream()
                        .filter(question -> question.fact().name().equals(fact))
                        .flatMap(question -> question.why().stream())
                        .toList()
                : List.of();
        List<Table> rules = waiting.isEmpty()
                ? plan.decision().rules().stream()
                        .filter(rule -> plan.support(rule.id()).contains(fact))
                        .toList()
                : waiting;
        var said = new Said(check.by().rulebook());
        return rules.stream()
                .limit(MOST_REASONS)
                .map(rule -> new Why(
                        rule.id(),
                        rule.title(),
                        citation(rule).map(said::citation).orElse(Bilingual.EMPTY),
                        page(plan, rule.id())))
                .toList();
    }

    private static Optional<Citation> citation(Table rule) {
        return rule.citation()
                .or(() ->
                        rule.rows().stream().flatMap(row -> row.citation().stream()).findFirst());
    }

    static String page(Plan plan, String rule) {
        return "/rulebook/" + View.segment(plan.decision().name()) + "/" + View.segment(rule);
    }

    /** Ways to other outcomes. */
    List<ResultView.Advice> advice(Evaluation.Answered answered, Entered entered) {
        return List.of();
    }
}
