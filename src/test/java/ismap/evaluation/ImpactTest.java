package ismap.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import ismap.OtherMonths;
import ismap.Shipped;
import ismap.decision.Decision;
import ismap.json.JsonWriter;
import ismap.regression.Scenario;
import ismap.rulebook.Answers;
import ismap.rulebook.FactReader;
import ismap.rulebook.Interpreter;
import ismap.rulebook.Plan;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("core")
class ImpactTest {

    private static final Impact SHIPPED = new Impact(Shipped.checked().plans());
    private static final Impact OTHER = new Impact(OtherMonths.plans(OtherMonths.rulebook()));

    /** What the shipped rulebook answers to the first scenarios, as it would be on record. */
    private static List<Recorded> records() {
        Plan plan = Shipped.plan(OtherMonths.DECISION);
        var records = new ArrayList<Recorded>();
        for (Scenario scenario : Shipped.scenarios(OtherMonths.DECISION).subList(0, 25)) {
            FactReader.Result read = FactReader.read(plan, scenario.facts());
            Decision decision = Answers.answer(
                    plan,
                    Shipped.checked().sources(),
                    read.facts(),
                    scenario.asOf(),
                    Interpreter.reason(plan, read.facts(), scenario.asOf()));
            var request = new LinkedHashMap<String, @Nullable Object>();
            request.put("asOf", scenario.asOf().toString());
            request.put("facts", scenario.facts());
            records.add(new Recorded(
                    new UUID(0, records.size()),
                    records.size() + 1L,
                    "shipped",
                    OtherMonths.DECISION,
                    scenario.asOf(),
                    JsonWriter.canonical(request),
                    JsonWriter.canonical(
                            AnswerForm.of(Optional.empty(), decision, Instant.EPOCH, Map.of("id", "shipped")))));
        }
        return records;
    }

    private static ImpactReport report(Impact impact, Optional<Impact> base) {
        var report = new ImpactReport(impact, base);
        records().forEach(report::add);
        return report;
    }

    @Test
    void theRulebookOfThenAnswersAsItDid() {
        assertThat(records())
                .allSatisfy(record -> assertThat(SHIPPED.on(record)).isInstanceOf(Impact.Same.class));
        assertThat(report(SHIPPED, Optional.empty()).different()).isZero();
    }

    @Test
    void anotherRulebookIsToldByRecordOutcomeClauseAndRow() {
        Map<String, @Nullable Object> form = report(OTHER, Optional.empty()).form();

        assertThat(form).containsEntry("examined", 25).containsEntry("undecidable", 0);
        int different = (Integer) java.util.Objects.requireNonNull(form.get("different"));
        assertThat(different).isBetween(3, 25);
        assertThat((List<?>) form.get("records")).hasSize(different);
        assertThat(String.valueOf(form.get("byOutcome"))).contains("service-validity: LAPSED → EFFECTIVE=");
        assertThat(String.valueOf(form.get("byClause"))).contains("basic-regulations 3.5=");
        assertThat(String.valueOf(form.get("byRow")))
                .contains("BR-3.5-1: BR-3.5-1/2 NOT_SATISFIED → BR-3.5-1/1 SATISFIED=");
        assertThat(report(OTHER, Optional.empty()).form()).isEqualTo(form);
    }

    @Test
    void whatTheBaseAlreadyAnswersSoIsNoEffectOfTheDraft() {
        ImpactReport report = report(OTHER, Optional.of(OTHER));

        assertThat(report.different()).isZero();
        assertThat(report.form().get("already"))
                .isEqualTo(report(OTHER, Optional.empty()).different());
    }

    @Test
    void aRecordThatCannotBeDecidedIsCountedApart() {
        Recorded first = records().get(0);
        Recorded gone =
                new Recorded(first.id(), 1, "r", "no-such-decision", first.asOf(), first.request(), first.answer());
        Recorded refused = new Recorded(
                first.id(),
                2,
                "r",
                OtherMonths.DECISION,
                first.asOf(),
                "{\"facts\":{\"noSuchFact\":1}}".getBytes(java.nio.charset.StandardCharsets.UTF_8),
                first.answer());
        var report = new ImpactReport(SHIPPED, Optional.empty());
        report.add(gone);
        report.add(refused);

        assertThat(report.undecidable()).isEqualTo(2);
        assertThat(String.valueOf(report.form().get("undecidableBy")))
                .isEqualTo("{DECISION_GONE=1, REQUEST_REFUSED=1}");
    }
}
