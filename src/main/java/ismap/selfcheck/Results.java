package ismap.selfcheck;

import ismap.decision.Bilingual;
import ismap.decision.Decision;
import ismap.decision.Finding;
import ismap.decision.Value;
import ismap.evaluation.ActiveRulebook;
import ismap.evaluation.Csv;
import ismap.evaluation.Evaluation.Answered;
import ismap.pages.AnswersPage;
import ismap.pages.Labels;
import ismap.pages.ResultPage;
import ismap.pages.ResultPage.Difference;
import ismap.pages.ResultView;
import ismap.pages.Said;
import ismap.pages.SelfCheckFrame;
import ismap.pages.Standing;
import ismap.pages.View;
import ismap.revision.PublishedRevision;
import ismap.rulebook.DecisionDefinition;
import ismap.rulebook.FactDefinition;
import ismap.rulebook.FactReader;
import ismap.rulebook.Plan;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Answers of the service in the words of the rulebook that gave them. */
final class Results {

    private final Answered answered;
    private final Entered entered;
    private final Plan plan;
    private final Said said;
    private final Optional<ResultView.Advice> advice;

    Results(Answered answered, Entered entered, Optional<ResultView.Advice> advice) {
        this.answered = answered;
        this.entered = entered;
        this.plan = answered.by().plan(answered.decision().decision()).orElseThrow();
        this.said = new Said(answered.by().rulebook());
        this.advice = advice;
    }

    static Standing standing(ActiveRulebook by) {
        return new Standing(by.revisionId(), by.digest(), by.publishedAt());
    }

    /** A revision as it is chosen: its day in Tokyo, what its author said of it, and its id. */
    static ResultPage.Choice choice(PublishedRevision revision) {
        Bilingual day = Said.day(LocalDate.ofInstant(revision.publishedAt(), FactReader.TOKYO));
        String rest = (revision.note().isBlank() ? "" : revision.note() + " ") + "(" + revision.id() + ")";
        return new ResultPage.Choice(
                revision.id(), new Bilingual(day.ja() + "公表 " + rest, "Published " + day.en() + ": " + rest));
    }

    /** With what the reader could change. */
    static ResultView view(Check check, Answered answered) {
        return new Results(answered, check.entered(), check.interview().advice(answered, check.entered())).view();
    }

    ResultView view() {
        Decision decision = answered.decision();
        DecisionDefinition definition = plan.decision();
        return new ResultView(
                definition.title(),
                definition.question(),
                decision.outcome(),
                outcome(definition, decision.outcome()),
                Said.day(decision.asOf()),
                Said.day(decision.applicableDay()),
                decision.notExamined().stream()
                        .map(entry -> new ResultView.Unexamined(
                                entry.rule(), entry.message(), Labels.decidedBy(entry.decidedBy())))
                        .toList(),
                decision.findings().stream()
                        .filter(finding -> !isAttestation(finding))
                        .map(this::rule)
                        .toList(),
                decision.findings().stream()
                        .filter(Results::isAttestation)
                        .flatMap(finding -> finding.because().keySet().stream())
                        .map(said::name)
                        .toList(),
                values(decision, definition),
                open(),
                advice,
                rows(),
                standing(answered.by()));
    }

    static Bilingual outcome(DecisionDefinition definition, String outcome) {
        return definition.outcomes().stream()
                .filter(each -> each.code().equals(outcome))
                .map(DecisionDefinition.Outcome::label)
                .filter(label -> !label.isBlank())
                .findFirst()
                .orElse(new Bilingual(outcome, outcome));
    }

    /** These pages do not ask who attested what; that nobody did is no news, but that it was not looked at is. */
    private static boolean isAttestation(Finding finding) {
        return finding.rule().startsWith("ATTESTATION-");
    }

    private ResultView.Rule rule(Finding finding) {
        var because = new ArrayList<ResultView.Entry>();
        finding.because().forEach((name, value) -> because.add(entry(name, said.name(name), value)));
        Bilingual title =
                plan.decision().rule(finding.rule()).map(rule -> rule.title()).orElse(new Bilingual("注意", "Note"));
        return new ResultView.Rule(
                finding.rule(),
                title,
                finding.item() == null ? "" : finding.item(),
                finding.status(),
                said.status(finding.status()),
                finding.message(),
                said.citation(finding.citation()),
                plan.decision().rule(finding.rule()).isPresent() ? Interview.page(plan, finding.rule()) : "",
                because,
                Optional.ofNullable(finding.assumption()));
    }

    private ResultView.Entry entry(String name, Bilingual label, Value value) {
        return new ResultView.Entry(name, label, said.value(name, value));
    }

    private List<ResultView.Entry> values(Decision decision, DecisionDefinition definition) {
        var values = new ArrayList<ResultView.Entry>();
        decision.values()
                .forEach((name, value) -> definition.values().stream()
                        .filter(shown -> shown.name().equals(name))
                        .findFirst()
                        .ifPresent(shown -> values.add(new ResultView.Entry(
                                name,
                                shown.label().isBlank() ? said.name(shown.fact()) : shown.label(),
                                said.value(shown.fact(), value)))));
        return values;
    }

    /** What could still change the outcome, and who would know. */
    List<AnswersPage.Open> open() {
        return answered.decision().missing().stream()
                .map(name -> answered.by()
                        .rulebook()
                        .vocabulary()
                        .fact(name)
                        .map(fact -> new AnswersPage.Open(
                                name,
                                fact.label(),
                                said.knownBy(fact.knownBy()),
                                Addresses.question(plan.decision().name(), name) + "?return=answers"))
                        .orElseGet(() -> new AnswersPage.Open(name, parameter(name), Bilingual.EMPTY, "")))
                .toList();
    }

    private Bilingual parameter(String name) {
        String bare = name.substring(name.indexOf(':') + 1);
        return Optional.ofNullable(answered.by().rulebook().parameters().get(bare))
                .map(parameter -> parameter.label())
                .filter(label -> !label.isBlank())
                .orElse(new Bilingual(bare, bare));
    }

    List<AnswersPage.Row> rows() {
        return rows(answered.by(), plan, entered);
    }

    static List<AnswersPage.Row> rows(ActiveRulebook by, Plan plan, Entered entered) {
        var said = new Said(by.rulebook());
        var rows = new ArrayList<AnswersPage.Row>();
        entered.facts()
                .forEach((name, raw) -> by.rulebook()
                        .vocabulary()
                        .fact(name)
                        .ifPresent(fact -> rows.add(new AnswersPage.Row(
                                name,
                                fact.label(),
                                question(fact),
                                said.entered(fact, raw),
                                Addresses.question(plan.decision().name(), name) + "?return=answers"))));
        return rows;
    }

    static Bilingual question(FactDefinition fact) {
        return fact.question().isBlank() ? fact.label() : fact.question();
    }

    /** What the decision reads, nobody gave, and reads as none then. */
    List<AnswersPage.Row> readAsNone() {
        return plan.asked().stream()
                .map(name -> Interview.definition(answered.by(), name))
                .filter(fact -> fact.kind() != FactDefinition.Kind.DERIVED)
                .filter(fact -> fact.absence().none() && !entered.facts().containsKey(fact.name()))
                .map(fact -> new AnswersPage.Row(
                        fact.name(),
                        fact.label(),
                        question(fact),
                        Said.NONE,
                        Addresses.question(plan.decision().name(), fact.name()) + "?return=answers"))
                .toList();
    }

    /** The rules that say something else there. */
    static List<Difference> differences(ResultView here, ResultView there) {
        Map<String, ResultView.Rule> others = whole(there);
        var differences = new ArrayList<Difference>();
        whole(here).forEach((id, rule) -> {
            ResultView.Rule other = others.remove(id);
            if (other == null || other.status() != rule.status()) {
                differences.add(new Difference(
                        id, rule.title(), rule.said(), other == null ? new Bilingual("—", "—") : other.said()));
            }
        });
        others.forEach((id, other) ->
                differences.add(new Difference(id, other.title(), new Bilingual("—", "—"), other.said())));
        return differences;
    }

    private static Map<String, ResultView.Rule> whole(ResultView view) {
        var rules = new LinkedHashMap<String, ResultView.Rule>();
        view.rules().stream().filter(rule -> rule.item().isEmpty()).forEach(rule -> rules.putIfAbsent(rule.id(), rule));
        return rules;
    }

    /** For a spreadsheet. */
    static byte[] csv(View v, ResultView result) {
        var csv = new StringBuilder(Csv.BYTE_ORDER_MARK);
        csv.append(Csv.line(
                List.of(v.say("項目", "Item"), v.say("内容", "Content"), v.say("説明", "Text"), v.say("根拠", "Clause"))));
        csv.append(
                Csv.line(List.of(v.say("確認", "Self-check"), v.say(result.title()), v.say(SelfCheckFrame.FIXED), "")));
        csv.append(Csv.line(List.of(v.say("結論", "Outcome"), v.say(result.outcome()), result.outcomeCode(), "")));
        csv.append(Csv.line(List.of(v.say("対象日", "As of"), v.say(result.asOf()), "", "")));
        csv.append(Csv.line(List.of(v.say("適用日", "Applicable day"), v.say(result.applicableDay()), "", "")));
        csv.append(Csv.line(List.of(
                v.say("改定版", "Revision"),
                result.standing().revision(),
                result.standing().digest(),
                "")));
        result.notExamined()
                .forEach(entry -> csv.append(Csv.line(List.of(
                        v.say("確かめていないこと", "Not examined"),
                        v.say(entry.decidedBy()),
                        v.say(entry.message()),
                        entry.rule()))));
        result.open()
                .forEach(entry -> csv.append(Csv.line(
                        List.of(v.say("まだわからないこと", "Still open"), v.say(entry.name()), v.say(entry.knownBy()), ""))));
        result.advice()
                .ifPresent(advice -> advice.ways()
                        .forEach(way -> csv.append(Csv.line(List.of(
                                v.say("結論を変えるには", "To change the outcome"),
                                v.say(way.outcome()),
                                String.join(
                                        v.say("、かつ ", " and "),
                                        way.changes().stream()
                                                .map(change ->
                                                        v.say(change.name()) + v.say("：", ": ") + v.say(change.to()))
                                                .toList()),
                                String.join(
                                        v.say("、", ", "),
                                        Stream.concat(way.met().stream(), way.lifted().stream())
                                                .map(v::say)
                                                .toList()))))));
        result.rules()
                .forEach(rule -> csv.append(Csv.line(List.of(
                        v.say("規則 ", "Rule ") + rule.id() + (rule.item().isEmpty() ? "" : " " + rule.item()),
                        v.say(rule.said()),
                        v.say(rule.title()) + v.say("：", ": ") + v.say(rule.message()),
                        v.say(rule.citation())))));
        result.values()
                .forEach(entry ->
                        csv.append(Csv.line(List.of(v.say(entry.label()), v.say(entry.value()), entry.name(), ""))));
        result.facts()
                .forEach(row -> csv.append(Csv.line(List.of(
                        v.say("入力 ", "Entered ") + row.fact(), v.say(row.value()), v.say(row.question()), ""))));
        return csv.toString().getBytes(StandardCharsets.UTF_8);
    }
}
