package ismap.selfcheck;

import ismap.decision.Decision;
import ismap.decision.Status;
import ismap.evaluation.ActiveRulebook;
import ismap.evaluation.Evaluation;
import ismap.evaluation.Evaluations;
import ismap.pages.QuestionPage.Why;
import ismap.pages.ResultView;
import ismap.pages.Said;
import ismap.pages.View;
import ismap.rulebook.FactDefinition;
import ismap.rulebook.Plan;
import ismap.rulebook.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What to ask next and what to advise, by the same use cases as the API. */
final class Interview {

    /** Whoever sits before these pages. */
    static final String READER = "PROVIDER";

    private static final int MOST_REASONS = 4;

    private final Evaluations evaluations;

    Interview(Evaluations evaluations) {
        this.evaluations = evaluations;
    }

    /**
     * @param fact to ask now; empty where nothing is left that could change the outcome and was not asked
     * @param atMost how many questions may still come
     */
    record Next(Optional<String> fact, int atMost) {}

    Evaluation check(String decision, Entered entered) {
        return evaluations.selfCheck(decision, entered.request());
    }

    Evaluation check(String decision, Entered entered, Optional<String> day, Optional<String> revision) {
        return evaluations.selfCheck(decision, entered.request(day, revision));
    }

    /** Those that the reader knows come first. */
    Next next(Evaluation.Answered answered, Entered entered) {
        Plan plan = answered.by().plan(answered.decision().decision()).orElseThrow();
        List<String> open = plan.asked().stream()
                .filter(answered.decision().missing()::contains)
                .filter(fact -> !entered.facts().containsKey(fact))
                .toList();
        return new Next(
                Stream.concat(
                                open.stream().filter(fact -> isReaders(definition(answered.by(), fact))),
                                open.stream())
                        .findFirst(),
                open.size());
    }

    static boolean isReaders(FactDefinition fact) {
        return fact.knownBy().equals(READER) || fact.changeableBy().equals(READER);
    }

    static FactDefinition definition(ActiveRulebook by, String fact) {
        return by.rulebook().vocabulary().fact(fact).orElseThrow();
    }

    /** The rules that need a fact: those that are still open, else all. */
    List<Why> why(ActiveRulebook by, Plan plan, Optional<Decision> answer, String fact) {
        List<Table> needing = plan.decision().rules().stream()
                .filter(rule -> plan.support(rule.id()).contains(fact))
                .toList();
        List<Table> open = needing.stream()
                .filter(rule -> answer.stream()
                        .flatMap(given -> given.findings().stream())
                        .anyMatch(finding ->
                                finding.rule().equals(rule.id()) && finding.status() == Status.INSUFFICIENT_FACTS))
                .toList();
        var said = new Said(by.rulebook());
        var why = new ArrayList<Why>();
        (open.isEmpty() ? needing : open)
                .stream()
                        .limit(MOST_REASONS)
                        .forEach(rule -> why.add(new Why(
                                rule.id(),
                                rule.title(),
                                said.citation(rule.citation().orElseThrow()),
                                page(plan, rule.id()))));
        return why;
    }

    static String page(Plan plan, String rule) {
        return "/rulebook/" + View.segment(plan.decision().name()) + "/" + View.segment(rule);
    }

    /** Ways to other outcomes. */
    List<ResultView.Advice> advice(Evaluation.Answered answered, Entered entered) {
        return List.of();
    }
}
