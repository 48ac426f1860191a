package ismap.pages;

import ismap.decision.Bilingual;
import ismap.decision.Status;
import ismap.regression.Scenario;
import ismap.rulebook.ClauseRegister.Document;
import ismap.rulebook.DecisionDefinition.Call;
import ismap.rulebook.DecisionDefinition.Outcome;
import ismap.traceability.Trace;
import ismap.traceability.TracedDecision;
import ismap.traceability.Words;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** One decision: what it concludes from which rules, and its scenarios with the rows that match in them. */
public final class DecisionPage {

    private final Trace trace;
    private final TracedDecision decision;
    private final Standing standing;
    private final Words words;

    public DecisionPage(Trace trace, TracedDecision decision, Standing standing) {
        this.trace = trace;
        this.decision = decision;
        this.standing = standing;
        this.words = new Words(trace.rulebook());
    }

    public TracedDecision traced() {
        return decision;
    }

    public Standing standing() {
        return standing;
    }

    public Words words() {
        return words;
    }

    public Optional<Document> document(String id) {
        return Optional.ofNullable(trace.rulebook().clauses().documents().get(id));
    }

    public Bilingual titleOf(String other) {
        return trace.decision(other).map(found -> found.decision().title()).orElse(new Bilingual(other, other));
    }

    public Bilingual labelOf(String outcome) {
        return decision.decision().outcomes().stream()
                .filter(each -> each.code().equals(outcome))
                .map(Outcome::label)
                .findFirst()
                .orElse(new Bilingual(outcome, outcome));
    }

    public Bilingual expected(Scenario scenario) {
        return scenario.outcome().map(this::labelOf).orElse(Bilingual.EMPTY);
    }

    /** What calls for an outcome, one a line. */
    public List<Bilingual> calls(Outcome outcome) {
        return outcome.calls().stream().map(this::call).toList();
    }

    private Bilingual call(Call call) {
        if (call instanceof Call.ByStatus byStatus) {
            return new Bilingual(
                    byStatus.rule() + "が「" + statuses(byStatus.statuses(), Bilingual::ja, "」又は「") + "」",
                    byStatus.rule() + " is “" + statuses(byStatus.statuses(), Bilingual::en, "” or “") + "”");
        }
        if (call instanceof Call.ByRow byRow) {
            return new Bilingual(byRow.row() + "の行が決めたとき", "the row " + byRow.row() + " decides");
        }
        if (call instanceof Call.ByAny byAny) {
            return new Bilingual(
                    "いずれかの規則が「" + statuses(byAny.statuses(), Bilingual::ja, "」又は「") + "」",
                    "some rule is “" + statuses(byAny.statuses(), Bilingual::en, "” or “") + "”");
        }
        return call instanceof Call.Missing
                ? new Bilingual("結論を変え得る事実が示されていないとき", "a fact is missing that could change the outcome")
                : new Bilingual("いずれにも当たらないとき", "nothing else calls for another");
    }

    private String statuses(List<Status> statuses, Function<Bilingual, String> language, String between) {
        return String.join(
                between, statuses.stream().map(words::status).map(language).toList());
    }
}
