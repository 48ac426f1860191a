package ismap.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import ismap.decision.Finding;
import ismap.decision.Place;
import ismap.decision.Problem;
import ismap.decision.Status;
import ismap.decision.Value;
import ismap.evaluation.Evaluation.Answered;
import ismap.evaluation.Evaluation.EvaluationFailed;
import ismap.evaluation.Evaluation.Invalid;
import ismap.evaluation.Evaluation.Unavailable;
import ismap.evaluation.Evaluation.UnknownDecision;
import ismap.evaluation.SmallRulebook.InterpretingCompiler;
import ismap.json.JsonReader;
import ismap.json.Parsed;
import ismap.ledger.InMemoryLedger;
import ismap.ledger.Ledger;
import ismap.ledger.NewRecord;
import ismap.ledger.Receipt;
import ismap.ledger.StorageUnavailable;
import ismap.revision.InMemoryRevisionStore;
import ismap.revision.NewRevision;
import ismap.rulebook.EvaluationFailure;
import ismap.rulebook.Reasoning;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Tag("core")
class EvaluationsTest {

    /** Half past midnight on 2 April in Tokyo, still 1 April everywhere west of it. */
    private static final Instant NOW = Instant.parse("2026-04-01T15:30:00.123456Z");

    private static final UUID ID = UUID.fromString("00000000-0000-4000-8000-000000000001");

    private final List<String> alarms = new ArrayList<>();
    private final Ledger ledger = ledger();

    @Test
    void aSelfCheckAnswersAndRecordsNothing() {
        Evaluation evaluation = service().selfCheck("small", json("{'facts':{'scheme':'ISMAP_LIU'}}"));
        assertThat(evaluation).isInstanceOfSatisfying(Answered.class, answered -> {
            assertThat(answered.id()).isEmpty();
            assertThat(answered.decision().outcome()).isEqualTo("NO");
            assertThat(new String(answered.body(), StandardCharsets.UTF_8))
                    .startsWith("{\"decision\":\"small\",\"outcome\":\"NO\"");
        });
        assertThat(ledger.find(ID)).isEmpty();
    }

    @Test
    void aDecisionIsOnRecordWithWhatWasAskedAndTheBytesThatWereAnswered() {
        Evaluation evaluation = service()
                .decide(
                        "small",
                        json(
                                "{'reference':{'service':'S-1'},'facts':{'scheme':'ISMAP','filedAt':'2022-07-31T15:00:00Z'}}"),
                        "admin",
                        Optional.empty());
        Answered answered = (Answered) evaluation;
        assertThat(answered.id()).contains(ID);
        NewRecord record = ledger.find(ID).orElseThrow().record();
        assertThat(record.answer()).isEqualTo(answered.body());
        assertThat(new String(record.request(), StandardCharsets.UTF_8))
                .isEqualTo(
                        "{\"facts\":{\"filedAt\":\"2022-07-31T15:00:00Z\",\"scheme\":\"ISMAP\"},\"reference\":{\"service\":\"S-1\"}}");
        assertThat(record.recordedBy()).isEqualTo("admin", Optional.empty());
        assertThat(record.service()).isEqualTo("S-1");
        assertThat(record.applicableDay()).hasToString("2022-08-01");
        assertThat(record.outcome()).isEqualTo("INSUFFICIENT_FACTS");
    }

    @Test
    void todayIsTheDayInTokyo() {
        assertThat(SmallRulebook.decisionOf(service().selfCheck("small", json("{}")))
                        .asOf())
                .hasToString("2026-04-02");
    }

    @Test
    void equalQuestionsHaveByteEqualAnswersButForTheInstant() {
        Object question = json(
                "{'asOf':'2022-10-01','facts':{'scheme':'ISMAP','approved':true,'points':2,'parts':['DESIGN'],'windows':[{'name':'a','from':'2022-01-01'}]}}");
        byte[] once = ((Answered) service().selfCheck("small", question)).body();
        byte[] again = ((Answered) service(NOW.plusSeconds(60)).selfCheck("small", question)).body();
        assertThat(text(again).replaceFirst("\"knownAt\":\"[^\"]*\"", ""))
                .isEqualTo(text(once).replaceFirst("\"knownAt\":\"[^\"]*\"", ""));
    }

    @Test
    void valuesAreWrittenByTheirTypeAndWhatIsOpenAsNull() {
        String body = text(
                ((Answered) service().selfCheck("small", json("{'facts':{'points':2,'parts':['DESIGN']}}"))).body());
        assertThat(body).contains("\"values\":{\"expiresOn\":null,\"onePointMore\":3,\"shownParts\":[\"DESIGN\"]}");
    }

    @Test
    void aFactThatNeedsAttestationIsAWarningWithoutOne() {
        assertThat(warnings(service().selfCheck("small", json("{'facts':{'approved':true}}"))))
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.rule()).isEqualTo("ATTESTATION-approved");
                    assertThat(finding.citation().document()).isEqualTo("service-contract");
                    assertThat(finding.because()).containsEntry("approved", Value.of(true));
                    assertThat(finding.source()).isEqualTo(new Place.Cell("vocabulary.xlsx", "Facts", "A5"));
                });
        assertThat(
                        warnings(
                                service()
                                        .selfCheck(
                                                "small",
                                                json(
                                                        "{'facts':{'approved':true},'attestations':{'approved':{'by':'P-7','on':'2022-01-01','document':'D-1'}}}"))))
                .isEmpty();
        assertThat(warnings(service().selfCheck("small", json("{'facts':{'approved':null}}"))))
                .isEmpty();
    }

    @Test
    void theCallersValueWinsAndADerivedOneThatDiffersIsNamed() {
        Evaluation evaluation =
                service().selfCheck("small", json("{'facts':{'filedAt':'2022-01-01','expiresOn':'2022-01-31'}}"));
        assertThat(SmallRulebook.decisionOf(evaluation).values())
                .containsEntry("expiresOn", Value.of(java.time.LocalDate.of(2022, 1, 31)));
        assertThat(warnings(evaluation)).singleElement().satisfies(finding -> {
            assertThat(finding.rule()).isEqualTo("DERIVED-expiresOn");
            assertThat(finding.message().en()).contains("2022-01-31", "2022-01-11");
            assertThat(finding.citation().clause()).isEqualTo("3.5");
        });
        assertThat(warnings(service()
                        .selfCheck("small", json("{'facts':{'filedAt':'2022-01-01','expiresOn':'2022-01-11'}}"))))
                .isEmpty();
    }

    @Test
    void allMistakesComeBackAtOnceEachWithItsPointer() {
        Evaluation evaluation = service()
                .decide(
                        "small",
                        json(
                                "{'asOf':'2022-02-30','fact':{},'facts':{'scheme':'X','nope':1,'covered':true,'windows':[{'name':'a','from':'2022-02-01','to':'2022-01-01'}]},'reference':{'person':'x','service':7,'applicant':'%s'},'attestations':{'nobody':{'by':'a','on':'2022-01-01','document':'d'},'approved':{'by':'a','on':'soon'},'points':'yes'},'supersedes':'1-1-1-1-1','knownAt':'2026-04-01','revision':'other'}"
                                        .formatted("x".repeat(101))),
                        "admin",
                        Optional.empty());
        assertThat(pointers(evaluation))
                .containsExactlyInAnyOrder(
                        "/fact",
                        "/asOf",
                        "/facts/scheme",
                        "/facts/nope",
                        "/facts/covered",
                        "/facts/windows/0/to",
                        "/reference/person",
                        "/reference/service",
                        "/reference/applicant",
                        "/attestations/nobody",
                        "/attestations/approved/on",
                        "/attestations/approved/document",
                        "/attestations/points",
                        "/supersedes",
                        "/reason",
                        "/knownAt",
                        "/revision");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '§',
            value = {
                "[]§''",
                "null§''",
                "true§''",
                "{'facts':[]}§/facts",
                "{'asOf':20221001}§/asOf",
                "{'asOf':'0000-01-01'}§/asOf",
                "{'asOf':'2022-10-01T00:00:00Z'}§/asOf",
                "{'reason':'because'}§/reason",
                "{'a/b~c':1}§/a~1b~0c",
                "{'knownAt':'2026-03-31T23:59:59Z'}§/knownAt",
                "{'knownAt':'2026-04-01T15:31:00Z'}§/knownAt",
            })
    void oneMistakeHasItsPointer(String question, String pointer) {
        assertThat(pointers(service().selfCheck("small", json(question)))).containsExactly(pointer);
    }

    @Test
    void theRevisionInForceMayBeNamed() {
        Evaluation evaluation =
                service().selfCheck("small", json("{'revision':'small-1','knownAt':'2026-04-01T09:00:01+09:00'}"));
        assertThat(((Answered) evaluation).knownAt()).isEqualTo("2026-04-01T00:00:01Z");
    }

    @Test
    void aCorrectionNamesARecordThatExistsAndIsOfTheSameDecision() {
        service().decide("small", json("{}"), "admin", Optional.empty());
        String correction = "{'supersedes':'%s','reason':'wrong day'}";
        assertThat(pointers(service()
                        .decide("small", json(correction.formatted(UUID.randomUUID())), "admin", Optional.empty())))
                .containsExactly("/supersedes");
        Evaluations other = new Evaluations(
                () -> Optional.of(SmallRulebook.active()),
                ledger,
                Clock.fixed(NOW, ZoneOffset.UTC),
                UUID::randomUUID,
                (decision, revision, what) -> {});
        UUID second = ((Answered) other.decide("small", json(correction.formatted(ID)), "admin", Optional.empty()))
                .id()
                .orElseThrow();
        assertThat(ledger.find(second).orElseThrow().record().supersedes()).isEqualTo(ID);
    }

    @Test
    void enginesThatDisagreeAnswerNobodyAndTheAlarmHearsNoFacts() {
        var erring = SmallRulebook.active(new InterpretingCompiler() {
            @Override
            protected Reasoning changed(Reasoning reasoning) {
                var decided = new TreeMap<>(reasoning.decided());
                decided.put("R-1", new Reasoning.Decided(Status.SATISFIED, "R-1/1"));
                var derived = new TreeMap<>(reasoning.derived());
                derived.put("expiresOn", Value.of("2001-01-01"));
                return new Reasoning(derived, decided);
            }
        });
        Evaluation evaluation = service(erring)
                .decide(
                        "small",
                        json("{'facts':{'scheme':'ISMAP_LIU','filedAt':'2022-07-31'}}"),
                        "admin",
                        Optional.empty());
        assertThat(evaluation).isInstanceOf(EvaluationFailed.class);
        assertThat(ledger.find(ID)).isEmpty();
        assertThat(alarms)
                .singleElement()
                .asString()
                .contains("small small-1", "derived expiresOn", "rule R-1", "R-1/1", "R-1/2")
                .doesNotContain("2001-01-01", "2022", "ISMAP_LIU");
    }

    @Test
    void aRuleThatFailsAnswersNobody() {
        for (RuntimeException failure :
                List.of(new EvaluationFailure("no row for 2022-07-31"), new ArithmeticException("2022-07-31"))) {
            var failing = SmallRulebook.active(new InterpretingCompiler() {
                @Override
                protected Reasoning changed(Reasoning reasoning) {
                    throw failure;
                }
            });
            assertThat(service(failing).selfCheck("small", json("{}"))).isInstanceOf(EvaluationFailed.class);
        }
        assertThat(alarms).hasSize(2).allSatisfy(alarm -> assertThat(alarm).doesNotContain("2022"));
    }

    @Test
    void anUnknownDecisionNamesThoseThatThereAre() {
        assertThat(service().selfCheck("large", json("[]"))).isEqualTo(new UnknownDecision("large", List.of("small")));
    }

    @Test
    void withoutADatabaseNothingIsRecordedAndSelfChecksGoOn() {
        var gone = new Evaluations(
                () -> Optional.of(SmallRulebook.active()),
                new GoneLedger(),
                Clock.fixed(NOW, ZoneOffset.UTC),
                () -> ID,
                (decision, revision, what) -> {});
        assertThat(gone.decide("small", json("{}"), "admin", Optional.empty()))
                .isEqualTo(new Unavailable(Unavailable.What.DATABASE));
        assertThat(gone.selfCheck("small", json("{'supersedes':'" + ID + "','reason':'x'}")))
                .isInstanceOf(Answered.class);
    }

    @Test
    void withoutARulebookNothingIsAnswered() {
        var empty = new Evaluations(
                Optional::empty, ledger, Clock.fixed(NOW, ZoneOffset.UTC), () -> ID, (decision, revision, what) -> {});
        assertThat(empty.selfCheck("small", json("{}"))).isEqualTo(new Unavailable(Unavailable.What.RULEBOOK));
    }

    private static final class GoneLedger implements Ledger {
        @Override
        public CompletableFuture<Receipt> submit(NewRecord record) {
            throw new StorageUnavailable("gone", new IllegalStateException());
        }

        @Override
        public Optional<Receipt> find(UUID id) {
            throw new StorageUnavailable("gone", new IllegalStateException());
        }

        @Override
        public Optional<Receipt> find(String principal, String key) {
            throw new StorageUnavailable("gone", new IllegalStateException());
        }
    }

    private Evaluations service() {
        return service(NOW);
    }

    private Evaluations service(Instant now) {
        return service(SmallRulebook.active(), now);
    }

    private Evaluations service(ActiveRulebook active) {
        return service(active, NOW);
    }

    private Evaluations service(ActiveRulebook active, Instant now) {
        return new Evaluations(
                () -> Optional.of(active),
                ledger,
                Clock.fixed(now, ZoneOffset.UTC),
                () -> ID,
                (decision, revision, what) -> alarms.add(decision + " " + revision + " " + what));
    }

    private static Ledger ledger() {
        var revisions = new InMemoryRevisionStore(() -> NOW);
        revisions.publish(new NewRevision(SmallRulebook.REVISION, "", "", "", new TreeMap<>()));
        return new InMemoryLedger(revisions, () -> NOW);
    }

    private static List<Finding> warnings(Evaluation evaluation) {
        return SmallRulebook.decisionOf(evaluation).findings().stream()
                .filter(finding -> finding.status() == Status.WARNING)
                .toList();
    }

    private static List<String> pointers(Evaluation evaluation) {
        return ((Invalid) evaluation)
                .problems().stream()
                        .map(Problem::places)
                        .map(places -> places.get(0).toString())
                        .toList();
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private static @Nullable Object json(String text) {
        Parsed parsed = JsonReader.read(text.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
        return Objects.requireNonNull((Parsed.Document) parsed).value();
    }
}
