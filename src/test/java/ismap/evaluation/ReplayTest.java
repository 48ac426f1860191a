package ismap.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import ismap.Shipped;
import ismap.drools.DrlDerivationReader;
import ismap.drools.DroolsCompiler;
import ismap.evaluation.Replay.Difference;
import ismap.evaluation.Replay.Different;
import ismap.evaluation.Replay.Json;
import ismap.evaluation.Replay.Same;
import ismap.evaluation.Replay.Unreplayable;
import ismap.ledger.InMemoryLedger;
import ismap.ledger.RecordFilter;
import ismap.ledger.RecordSearch;
import ismap.publication.RulebookFolder;
import ismap.regression.Scenario;
import ismap.revision.InMemoryRevisionStore;
import ismap.revision.NewRevision;
import ismap.rulebook.Digests;
import ismap.rulebook.LoadedRulebook;
import ismap.rulebook.Parameter;
import ismap.rulebook.Rulebook;
import ismap.rulebook.RulebookFiles;
import ismap.xlsx.RulebookWriter;
import ismap.xlsx.WorkbookRulebookReader;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The shipped rulebook, decided and decided again from the files that are stored. */
@Tag("core")
class ReplayTest {

    private static final Instant NOW = Instant.parse("2026-11-22T03:00:00Z");
    private static final String MONTHS = "serviceValidityMonths";
    private static final Map<String, Object> VALID_FOR_SIXTEEN = Map.of(
            "asOf",
            "2026-02-15",
            "facts",
            Map.of(
                    "registrationDecision", "APPROVED",
                    "registrationDecidedOn", "2025-01-01",
                    "assessmentPeriodEnd", "2024-09-30"));

    private static final InMemoryRevisionStore STORE = new InMemoryRevisionStore(() -> NOW);
    private static final InMemoryLedger LEDGER = new InMemoryLedger(STORE, () -> NOW);
    private static final Revisions REVISIONS = new Revisions(STORE, ReplayTest::read, new DroolsCompiler());
    private static final Alarm ALARM = (decision, revision, what) -> {
        throw new AssertionError(decision + ": " + what);
    };
    private static final Replays REPLAYS = new Replays(REVISIONS, ALARM);

    @BeforeAll
    static void publish() {
        publish("shipped", RulebookFolder.read(Shipped.FOLDER).files());
    }

    @AfterAll
    static void close() {
        REVISIONS.close();
    }

    @Test
    void everyShippedScenarioReplaysTheSame() {
        var ledger = new InMemoryLedger(STORE, () -> NOW);
        int recorded = 0;
        try (var opened = REVISIONS.open("shipped")) {
            Evaluations evaluations = evaluations(((Revisions.Usable) opened).rulebook(), ledger);
            for (String decision : Shipped.decisions()) {
                for (Scenario scenario : Shipped.scenarios(decision)) {
                    decide(
                            evaluations,
                            decision,
                            Map.of("asOf", scenario.asOf().toString(), "facts", scenario.facts()));
                    recorded++;
                }
            }
        }
        var records = ledger.receipts(RecordFilter.NONE, RecordSearch.START, recorded + 1);
        assertThat(records).hasSize(recorded).hasSizeGreaterThan(900);
        assertThat(records.stream().map(Recorded::of).map(REPLAYS::replay))
                .allSatisfy(replay -> assertThat(replay).isInstanceOf(Same.class));
    }

    @Test
    void anAnswerThatWasAlteredIsDifferentAndSaysWhere() {
        Recorded record = recorded("shipped");
        String answer = new String(record.answer(), StandardCharsets.UTF_8);
        String altered = answer.replaceFirst("\"expiresOn\":\"2026-01-31\"", "\"expiresOn\":\"2099-01-31\"")
                .replaceFirst("\"outcome\":\"[A-Z_]+\"", "\"outcome\":\"X\"");
        assertThat(altered).isNotEqualTo(answer);

        Replay replay = REPLAYS.replay(withAnswer(record, altered));

        assertThat(replay).isInstanceOf(Different.class);
        assertThat(((Different) replay).differences())
                .contains(new Difference(
                        "/values/expiresOn", Optional.of(new Json("2099-01-31")), Optional.of(new Json("2026-01-31"))))
                .extracting(Difference::pointer)
                .contains("/outcome");
        assertThat(replay.form()).containsEntry("result", "DIFFERENT").containsKeys("id", "sequence", "differences");
    }

    @Test
    void aPartThatWasTakenOutOfAnAnswerIsADifference() {
        Recorded record = recorded("shipped");
        String answer = new String(record.answer(), StandardCharsets.UTF_8);

        Replay replay = REPLAYS.replay(withAnswer(record, answer.replaceFirst("\"missing\":\\[[^]]*],", "")));

        assertThat(((Different) replay).differences())
                .extracting(
                        Difference::pointer, difference -> difference.recorded().isEmpty())
                .containsExactly(org.assertj.core.groups.Tuple.tuple("/missing", true));
    }

    @Test
    void anOldRecordReplaysUnderItsOwnRevisionWhenEighteenMonthsAreInForce() {
        Recorded sixteen = recorded("shipped");
        publish("eighteen", withMonths(18));
        Recorded eighteen = recorded("eighteen");

        assertThat(STORE.inForce().orElseThrow().id()).isEqualTo("eighteen");
        assertThat(sixteen.answer()).asString(StandardCharsets.UTF_8).contains("\"expiresOn\":\"2026-01-31\"");
        assertThat(eighteen.answer()).asString(StandardCharsets.UTF_8).contains("\"expiresOn\":\"2026-03-31\"");
        assertThat(REPLAYS.replay(sixteen)).isInstanceOf(Same.class);
        assertThat(REPLAYS.replay(eighteen)).isInstanceOf(Same.class);
        assertThat(REPLAYS.replay(under("eighteen", sixteen))).isInstanceOf(Different.class);
    }

    @Test
    void aRevisionWhoseFileChangedCannotReplay() {
        RulebookFiles files = RulebookFolder.read(Shipped.FOLDER).files();
        var changed = new TreeMap<>(files.contents());
        changed.compute("parameters.xlsx", (path, bytes) -> {
            byte[] other = java.util.Objects.requireNonNull(bytes).clone();
            other[other.length - 1] ^= 1;
            return other;
        });
        STORE.publish(new NewRevision("altered", "sha256:0", Digests.ofFiles(files), "", changed));

        Replay replay = REPLAYS.replay(under("altered", recorded("shipped")));

        assertThat(((Unreplayable) replay).code()).isEqualTo("REVISION_ALTERED");
        assertThat(replay.form()).containsEntry("result", "UNREPLAYABLE").containsKey("reason");
    }

    @Test
    void aRequestThatItsRevisionDoesNotTakeCannotReplay() {
        Recorded record = recorded("shipped");
        byte[] request = "{\"facts\":{\"registrationDecidedOn\":\"soon\"}}".getBytes(StandardCharsets.UTF_8);

        Replay replay = REPLAYS.replay(new Recorded(
                record.id(),
                record.sequence(),
                record.revision(),
                record.decision(),
                record.asOf(),
                request,
                record.answer()));

        assertThat(((Unreplayable) replay).code()).isEqualTo("REQUEST_REFUSED");
    }

    @Test
    void anAnswerThatIsNoJsonCannotReplay() {
        assertThat(((Unreplayable) REPLAYS.replay(withAnswer(recorded("shipped"), "{"))).code())
                .isEqualTo("RECORD_UNREADABLE");
    }

    // ---- records and revisions

    private static Recorded recorded(String revision) {
        try (var opened = REVISIONS.open(revision)) {
            Evaluations evaluations = evaluations(((Revisions.Usable) opened).rulebook(), LEDGER);
            return Recorded.of(LEDGER.find(decide(evaluations, "service-validity", VALID_FOR_SIXTEEN))
                    .orElseThrow());
        }
    }

    private static Evaluations evaluations(ActiveRulebook active, InMemoryLedger ledger) {
        return new Evaluations(
                () -> Optional.of(active), ledger, Clock.fixed(NOW, ZoneOffset.UTC), UUID::randomUUID, ALARM);
    }

    private static UUID decide(Evaluations evaluations, String decision, Map<String, Object> request) {
        Evaluation evaluation = evaluations.decide(decision, request, "desk", Optional.empty());
        assertThat(evaluation).as("%s %s", decision, request).isInstanceOf(Evaluation.Answered.class);
        return ((Evaluation.Answered) evaluation).id().orElseThrow();
    }

    private static Recorded withAnswer(Recorded record, String answer) {
        return new Recorded(
                record.id(),
                record.sequence(),
                record.revision(),
                record.decision(),
                record.asOf(),
                record.request(),
                answer.getBytes(StandardCharsets.UTF_8));
    }

    private static Recorded under(String revision, Recorded record) {
        return new Recorded(
                record.id(),
                record.sequence(),
                revision,
                record.decision(),
                record.asOf(),
                record.request(),
                record.answer());
    }

    private static void publish(String id, RulebookFiles files) {
        Rulebook rulebook = read(files).rulebook().orElseThrow();
        STORE.publish(new NewRevision(
                id, Digests.ofRulebook(rulebook), Digests.ofFiles(files), "", new TreeMap<>(files.contents())));
    }

    private static LoadedRulebook read(RulebookFiles files) {
        return new WorkbookRulebookReader(new DrlDerivationReader()).read(files);
    }

    private static RulebookFiles withMonths(long months) {
        Rulebook rulebook = Shipped.checked().rulebook().orElseThrow();
        Parameter sixteen =
                java.util.Objects.requireNonNull(rulebook.parameters().get(MONTHS));
        var parameters = new TreeMap<>(rulebook.parameters());
        parameters.put(
                MONTHS,
                new Parameter(
                        MONTHS,
                        sixteen.referenceDays(),
                        sixteen.label(),
                        sixteen.values().stream()
                                .map(dated -> new Parameter.Dated(
                                        ismap.decision.Value.of(months),
                                        dated.unit(),
                                        dated.from(),
                                        dated.until(),
                                        dated.citation(),
                                        dated.note()))
                                .toList()));
        var files = new TreeMap<>(new RulebookWriter()
                .write(
                        new Rulebook(
                                rulebook.formatVersion(),
                                rulebook.vocabulary(),
                                rulebook.clauses(),
                                parameters,
                                rulebook.derivations(),
                                rulebook.concluded(),
                                rulebook.decisions()),
                        Shipped.checked().sources()));
        RulebookFolder.read(Shipped.FOLDER).files().contents().forEach((path, bytes) -> {
            if (path.endsWith(".drl")) {
                files.put(path, bytes);
            }
        });
        return new RulebookFiles(files);
    }
}
