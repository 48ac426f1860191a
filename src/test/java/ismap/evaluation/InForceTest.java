package ismap.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import ismap.decision.Bilingual;
import ismap.decision.Place;
import ismap.decision.Problem;
import ismap.evaluation.Evaluation.Answered;
import ismap.evaluation.Evaluation.Invalid;
import ismap.evaluation.Evaluation.Unavailable;
import ismap.evaluation.Revisions.Usable;
import ismap.json.JsonReader;
import ismap.json.Parsed;
import ismap.ledger.InMemoryLedger;
import ismap.revision.Head;
import ismap.revision.InMemoryCandidates;
import ismap.revision.InMemoryRevisionStore;
import ismap.revision.NewRevision;
import ismap.rulebook.Digests;
import ismap.rulebook.LoadedRulebook;
import ismap.rulebook.RulebookFiles;
import ismap.rulebook.SourceMap;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What an instance decides by, while revisions are published around it. Each is published an hour after the one before. */
@Tag("core")
class InForceTest {

    private static final Instant START = Instant.parse("2026-04-01T00:00:00Z");

    private Instant now = START;
    private long nanos;
    private final CountDownLatch slow = new CountDownLatch(1);
    private final List<String> alarms = new ArrayList<>();
    private final List<String> flips = new ArrayList<>();
    private final InMemoryRevisionStore store = new InMemoryRevisionStore(() -> now);
    private final InMemoryCandidates candidates = new InMemoryCandidates();
    private final CountingCompiler compiler = new CountingCompiler();
    private final Revisions revisions = new Revisions(store, this::read, compiler);
    private final InForce inForce =
            new InForce(revisions, store, candidates, alarm(), active -> flips.add(active.revisionId()), () -> nanos);
    private final InMemoryLedger ledger = new InMemoryLedger(store, () -> now);
    private final Evaluations evaluations = new Evaluations(inForce, ledger, clock(), UUID::randomUUID, alarm());

    InForceTest() {
        publish("r-1", "one");
        inForce.begin(
                store.inForce().orElseThrow(),
                read(new RulebookFiles(store.inForce().orElseThrow().files())));
    }

    // ---- following

    @Test
    void whatIsPublishedDecidesWhenItIsHeardOf() {
        publish("r-2", "two");
        assertThat(decides()).isEqualTo("r-1");

        inForce.heard(store.head());
        assertThat(decides()).isEqualTo("r-2");
        assertThat(flips).containsExactly("r-1", "r-2");
    }

    @Test
    void whereItIsPublishedItDecidesWhenThatReturns() {
        publish("r-2", "two");
        inForce.published();
        assertThat(decides()).isEqualTo("r-2");
    }

    @Test
    void whatIsHeardLateNeverLeadsBack() {
        Optional<Head> early = store.head();
        publish("r-2", "two");
        inForce.published();

        inForce.heard(early);
        assertThat(decides()).isEqualTo("r-2");
    }

    @Test
    void whoDecidesEndsWithTheRevisionTheyBeganWith() {
        Usable lease = inForce.lease().orElseThrow();
        for (int i = 2; i <= 3 + Revisions.KEPT; i++) {
            publishAndFollow("r-" + i, "content " + i);
        }
        assertThat(compiler.open())
                .as("that in force, those kept, and the one decided with")
                .isEqualTo(2 + Revisions.KEPT);
        assertThat(lease.rulebook().revisionId()).isEqualTo("r-1");

        lease.close();
        lease.close();
        assertThat(compiler.open()).isEqualTo(1 + Revisions.KEPT);
    }

    @Test
    void aBatchEndsWithTheRevisionItBeganWithAndSaysWhenThatIsNoLongerInForce() {
        Evaluations.Batch batch = evaluations.batch().orElseThrow();
        assertThat(body(submitted(batch, "{}"))).contains("\"id\":\"r-1\"").doesNotContain("inForce");
        publishAndFollow("r-2", "two");

        Evaluation later = submitted(batch, "{}");
        assertThat(body(later)).contains("\"id\":\"r-1\"", "\"inForce\":false");
        assertThat(((Answered) later).knownAt()).isEqualTo(START);
        assertThat(body(submitted(batch, "{'knownAt':'2026-04-01T00:30:00Z'}"))).contains("\"id\":\"r-1\"");
        assertThat(codes(submitted(batch, "{'revision':'r-2'}"))).containsExactly("REVISION_NOT_OF_BATCH");
        assertThat(codes(submitted(batch, "{'knownAt':'2026-04-01T01:00:00Z'}")))
                .containsExactly("REVISION_NOT_OF_BATCH");
        batch.close();
        batch.close();
    }

    @Test
    void aBatchThatNobodyCameForIsLetGoOf() throws Exception {
        var unused = evaluations.batch().map(batch -> batch.by().revisionId());
        assertThat(unused).contains("r-1");
        for (int i = 2; i <= 2 + Revisions.KEPT; i++) {
            publishAndFollow("r-" + i, "content " + i);
        }
        for (int i = 0; i < 100 && compiler.open() > 1 + Revisions.KEPT; i++) {
            System.gc();
            Thread.sleep(20);
        }
        assertThat(compiler.open()).isEqualTo(1 + Revisions.KEPT);
    }

    @Test
    void approvedAndPublishedIsCompiledOnce() {
        NewRevision approved = revision("r-2", "two");
        candidates.approve(approved);
        assertThat(inForce.prepare("r-2")).isEmpty();
        inForce.prepareApproved();
        assertThat(compiler.compiled()).isEqualTo(2);

        publish("r-2", "two");
        inForce.published();
        assertThat(decides()).isEqualTo("r-2");
        assertThat(compiler.compiled()).isEqualTo(2);
    }

    @Test
    void aWithdrawalIsDecidedByWhatIsKept() {
        publishAndFollow("r-2", "two");
        publishAndFollow("r-3", "one");

        assertThat(decides()).isEqualTo("r-3");
        assertThat(compiler.compiled()).isEqualTo(2);
    }

    @Test
    void whatIsNoLongerApprovedIsLetGoOf() {
        candidates.approve(revision("r-2", "two"));
        inForce.prepareApproved();
        candidates.voidApproval("r-2");
        inForce.prepareApproved();
        for (int i = 0; i < Revisions.KEPT; i++) {
            publishAndFollow("r-1" + i, "content " + i);
        }
        assertThat(compiler.open()).isEqualTo(1 + Revisions.KEPT);
    }

    @Test
    void whatCannotBeReadIsSaidBeforeItIsPublished() {
        candidates.approve(revision("r-2", "unreadable"));

        assertThat(inForce.prepare("r-2")).extracting(Problem::code).containsExactly("NUMBER_EXPECTED");
        assertThat(inForce.prepare("nowhere")).extracting(Problem::code).containsExactly("REVISION_UNKNOWN");
        inForce.prepareApproved();
        inForce.prepareApproved();
        assertThat(alarms).singleElement().asString().startsWith("r-2");
        assertThat(inForce.isCurrent()).as("it is not published").isTrue();
    }

    // ---- what cannot be decided by

    @Test
    void whereTheFilesAreNotThosePublishedTheOneBeforeServesOn() {
        later();
        store.publish(new NewRevision("r-2", "sha256:2", "sha256:other", "", files("two")));
        inForce.heard(store.head());

        assertThat(decides()).isEqualTo("r-1");
        assertThat(inForce.isCurrent()).isFalse();
        assertThat(inForce.reasons()).singleElement().asString().contains("r-2", "r-1 serves on");
        assertThat(alarms).singleElement().asString().startsWith("r-2");

        inForce.heard(store.head());
        assertThat(alarms).as("it is not tried all the time").hasSize(1);
        nanos += Duration.ofSeconds(31).toNanos();
        inForce.heard(store.head());
        assertThat(alarms).as("it is tried again").hasSize(2);

        publishAndFollow("r-3", "one");
        assertThat(decides()).isEqualTo("r-3");
        assertThat(inForce.isCurrent()).isTrue();
        assertThat(inForce.reasons()).isEmpty();
    }

    @Test
    void whereItCannotBeReadOrCompiledTheOneBeforeServesOn() {
        publishAndFollow("r-2", "unreadable");
        publishAndFollow("r-3", "broken");

        assertThat(decides()).isEqualTo("r-1");
        assertThat(inForce.isCurrent()).isFalse();
        assertThat(alarms).hasSize(2);
        assertThat(alarms.get(0)).contains("r-2", "Not a number");
        assertThat(alarms.get(1)).contains("r-3", "cannot be made ready");
    }

    @Test
    void anInstanceThatDoesNotHearFromTheDatabaseSaysSoAndDecidesOn() {
        inForce.heard(store.head());
        nanos += Duration.ofSeconds(2).toNanos();
        assertThat(inForce.hears()).isTrue();
        nanos += 1;
        assertThat(inForce.hears()).isFalse();
        assertThat(inForce.reasons()).singleElement().asString().contains("2 seconds");
        assertThat(decides()).isEqualTo("r-1");

        inForce.heard(store.head());
        assertThat(inForce.hears()).isTrue();
    }

    // ---- choosing

    @Test
    void knownAtAsksTheRevisionThatWasPublishedThen() {
        publishAndFollow("r-2", "two");
        publishAndFollow("r-3", "three");
        now = now.plusSeconds(60);

        assertThat(body(selfCheck("{'knownAt':'2026-04-01T00:59:59.999999Z'}")))
                .contains("\"id\":\"r-1\"", "\"inForce\":false", "\"knownAt\":\"2026-04-01T00:59:59.999999Z\"");
        assertThat(body(selfCheck("{'knownAt':'2026-04-01T10:00:00+09:00'}"))).contains("\"id\":\"r-2\"");
        assertThat(body(selfCheck("{'knownAt':'2026-04-01T02:00:00Z'}")))
                .contains("\"id\":\"r-3\"")
                .doesNotContain("inForce");
        assertThat(body(selfCheck("{}"))).contains("\"id\":\"r-3\"");
    }

    @Test
    void aRevisionMayBeNamedAndKnownAtIsThenAnInstantAtWhichItWasInForce() {
        publishAndFollow("r-2", "two");
        now = now.plusSeconds(60);

        Answered former = (Answered) selfCheck("{'revision':'r-1'}");
        assertThat(body(former)).contains("\"id\":\"r-1\"", "\"inForce\":false");
        assertThat(store.inForceAt(former.knownAt())).contains("r-1");
        assertThat(body(selfCheck("{'revision':'r-1','knownAt':'2026-04-01T00:30:00Z'}")))
                .contains("\"id\":\"r-1\"");
    }

    @Test
    void aRecordOnAFormerRevisionSaysSoAndIsDecidedAgainTheSame() {
        publishAndFollow("r-2", "two");
        Answered recorded = (Answered) evaluations.decide(
                "small", json("{'revision':'r-1','facts':{'scheme':'ISMAP'}}"), "somebody", Optional.empty());

        assertThat(body(recorded)).contains("\"inForce\":false", "\"id\":\"r-1\"");
        Recorded record = Recorded.of(ledger.find(recorded.id().orElseThrow()).orElseThrow());
        assertThat(new Replays(revisions, alarm()).replay(record)).isInstanceOf(Replay.Same.class);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '§', quoteCharacter = '`', textBlock = """
            {'knownAt':'2026-03-31T23:59:59Z'}                  § KNOWN_AT_TOO_EARLY   § /knownAt
            {'knownAt':'2026-04-01T01:00:01Z'}                  § KNOWN_AT_IN_FUTURE   § /knownAt
            {'revision':'never'}                                § REVISION_UNKNOWN     § /revision
            {'revision':'d-1'}                                  § REVISION_UNKNOWN     § /revision
            {'revision':'r-1','knownAt':'2026-04-01T01:00:00Z'} § REVISIONS_CONTRADICT § /revision
            """)
    void whatCannotBeAskedIsAMistakeAtItsPlace(String request, String code, String pointer) {
        candidates.draft(revision("d-1", "draft"));
        publishAndFollow("r-2", "two");

        for (Evaluation refused :
                List.of(selfCheck(request), evaluations.decide("small", json(request), "somebody", Optional.empty()))) {
            Problem problem = ((Invalid) refused).problems().get(0);
            assertThat(problem.code()).isEqualTo(code);
            assertThat(problem.places()).containsExactly(new Place.Pointer(pointer));
        }
    }

    @Test
    void aDraftAnswersThoseAloneWhoMaySeeIt() {
        candidates.draft(revision("d-1", "draft"));
        candidates.draft(revision("d-2", "unreadable"));

        assertThat(body(selfCheck("{'revision':'d-1'}", () -> true))).contains("\"id\":\"d-1\"", "\"inForce\":false");
        assertThat(codes(selfCheck("{'revision':'d-1'}", () -> false)))
                .isEqualTo(codes(selfCheck("{'revision':'never'}", () -> false)));
        assertThat(codes(selfCheck("{'revision':'d-2'}", () -> true)))
                .containsExactly("DRAFT_HAS_MISTAKES", "NUMBER_EXPECTED");
    }

    @Test
    void onlyFewWaitForRevisionsThatAreNotReadyAndTheOthersHearSoAtOnce() throws Exception {
        publish("r-2", "slow");
        publishAndFollow("r-3", "three");
        var waiting = new ArrayList<CompletableFuture<Evaluation>>();
        for (int i = 0; i < 20; i++) {
            waiting.add(CompletableFuture.supplyAsync(() -> selfCheck("{'revision':'r-2'}"), task -> {
                var thread = new Thread(task);
                thread.setDaemon(true);
                thread.start();
            }));
        }
        long turnedAway = 0;
        for (int i = 0; i < 500 && turnedAway < 17; i++) {
            turnedAway = waiting.stream().filter(CompletableFuture::isDone).count();
            Thread.sleep(10);
        }
        assertThat(turnedAway).isEqualTo(17);
        assertThat(body(selfCheck("{}")))
                .as("the one in force waits for nobody")
                .contains("\"id\":\"r-3\"");

        slow.countDown();
        List<Evaluation> answers = waiting.stream().map(CompletableFuture::join).toList();
        assertThat(answers.stream().filter(Answered.class::isInstance)).hasSize(3);
        assertThat(answers.stream().filter(new Unavailable(Unavailable.What.REVISION)::equals))
                .hasSize(17);
        assertThat(compiler.compiled()).isEqualTo(3);
    }

    // ---- the words of these tests

    private String decides() {
        return inForce.inForce().orElseThrow().revisionId();
    }

    private void publishAndFollow(String id, String content) {
        publish(id, content);
        inForce.heard(store.head());
    }

    private void publish(String id, String content) {
        if (store.head().isPresent()) {
            later();
        }
        store.publish(revision(id, content));
    }

    private void later() {
        now = now.plus(Duration.ofHours(1));
    }

    private static NewRevision revision(String id, String content) {
        var files = files(content);
        return new NewRevision(id, "sha256:" + id, Digests.ofFiles(new RulebookFiles(files)), "", files);
    }

    private static TreeMap<String, byte[]> files(String content) {
        return new TreeMap<>(Map.of("small.xlsx", content.getBytes(StandardCharsets.UTF_8)));
    }

    private LoadedRulebook read(RulebookFiles files) {
        var sources = new SourceMap(Map.of());
        String content = new String(Objects.requireNonNull(files.contents().get("small.xlsx")), StandardCharsets.UTF_8);
        if (content.equals("broken")) {
            throw new IllegalStateException("the engine does not compile it");
        }
        if (content.equals("slow")) {
            try {
                assertThat(slow.await(30, TimeUnit.SECONDS)).isTrue();
            } catch (InterruptedException stopped) {
                throw new AssertionError(stopped);
            }
        }
        return content.equals("unreadable")
                ? new LoadedRulebook(
                        Optional.empty(),
                        sources,
                        List.of(Problem.error(
                                "NUMBER_EXPECTED",
                                new Place.Cell("small.xlsx", "", ""),
                                new Bilingual("数ではありません。", "Not a number."),
                                Bilingual.EMPTY)))
                : new LoadedRulebook(Optional.of(SmallRulebook.rulebook()), sources, List.of());
    }

    private Evaluation selfCheck(String request) {
        return selfCheck(request, () -> false);
    }

    private Evaluation selfCheck(String request, BooleanSupplier seesDrafts) {
        return evaluations.selfCheck("small", json(request), seesDrafts);
    }

    private static Evaluation submitted(Evaluations.Batch batch, String line) {
        return batch.submit("small", json(line), "somebody", Optional.empty()).join();
    }

    private static String body(Evaluation evaluation) {
        assertThat(evaluation).isInstanceOf(Answered.class);
        return new String(((Answered) evaluation).body(), StandardCharsets.UTF_8);
    }

    private static List<String> codes(Evaluation evaluation) {
        return ((Invalid) evaluation).problems().stream().map(Problem::code).toList();
    }

    private static @Nullable Object json(String text) {
        return ((Parsed.Document) JsonReader.read(text.replace('\'', '"').getBytes(StandardCharsets.UTF_8))).value();
    }

    private Alarm alarm() {
        return new Alarm() {
            @Override
            public void evaluationFailed(String decision, String revision, String difference) {
                throw new AssertionError(decision + ": " + difference);
            }

            @Override
            public void revisionRefused(String revision, String reason) {
                alarms.add(revision + ": " + reason);
            }
        };
    }

    private Clock clock() {
        return new Clock() {
            @Override
            public ZoneId getZone() {
                return ZoneOffset.UTC;
            }

            @Override
            public Clock withZone(ZoneId zone) {
                return this;
            }

            @Override
            public Instant instant() {
                return now;
            }
        };
    }
}
