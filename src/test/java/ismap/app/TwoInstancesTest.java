package ismap.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import ismap.Shipped;
import ismap.api.ApiSettings;
import ismap.api.HttpServer;
import ismap.api.Readiness;
import ismap.drools.DroolsCompiler;
import ismap.evaluation.Alarm;
import ismap.evaluation.Archive;
import ismap.evaluation.Audit;
import ismap.evaluation.Evaluations;
import ismap.evaluation.InForce;
import ismap.evaluation.Records;
import ismap.evaluation.Revisions;
import ismap.evaluation.Traces;
import ismap.postgres.Announced;
import ismap.postgres.Database;
import ismap.postgres.PostgresExtension;
import ismap.publication.Bundling;
import ismap.publication.Revisings;
import ismap.publication.RulebookFolder;
import ismap.revision.InMemoryCandidates;
import ismap.revision.NewRevision;
import ismap.revision.StoredRevision;
import ismap.rulebook.Digests;
import ismap.rulebook.RuleCompiler.CompiledRules;
import ismap.rulebook.RulebookFiles;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/** Two instances on one PostgreSQL, each with connections of its own, while the 16 months of 3.5 become 18. */
@Tag("alone")
@Tag("database")
@ExtendWith(PostgresExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS) // a compilation takes seconds
class TwoInstancesTest {

    private static final String TOKEN = "a-token-for-tests";
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String FACTS =
            "\"asOf\":\"2025-06-01\",\"facts\":{\"registrationDecision\":\"APPROVED\",\"registrationDecidedOn\":\"2025-01-01\",\"assessmentPeriodEnd\":\"2024-09-30\"}";

    private static final HttpClient CLIENT =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private final Database database;
    private final InMemoryCandidates candidates = new InMemoryCandidates();
    private final List<Instance> instances = new ArrayList<>();
    private final RulebookFiles sixteen = RulebookFolder.read(Shipped.FOLDER).files();
    private final RulebookFiles eighteen = Shipped.withMonths(18);
    private StoredRevision first;

    TwoInstancesTest(Database database) {
        this.database = database;
        this.first = database.revisions().publish(revision(sixteen));
        for (int i = 0; i < 2; i++) {
            instances.add(new Instance(first));
        }
    }

    @BeforeEach
    void sixteenMonthsAreInForce() throws InterruptedException {
        first = database.revisions().publish(revision(sixteen));
        waitFor(10, () -> areBothAt(first));
        instances.forEach(instance -> instance.alarms.clear());
    }

    private boolean areBothAt(StoredRevision revision) {
        return instances.stream()
                .allMatch(instance ->
                        instance.inForce.inForce().orElseThrow().revisionId().equals(revision.id()));
    }

    @AfterAll
    void stop() {
        instances.forEach(Instance::close);
    }

    private record Answer(String revision, String expiresOn, int status) {}

    @Test
    void aPublicationUnderLoadIsInForceOnBothWithinTwoSecondsAndNoRequestFails() throws Exception {
        NewRevision approved = revision(eighteen);
        candidates.approve(approved);
        Announced.approved(database, approved.id());
        waitFor(60, () -> instances.stream().allMatch(instance -> instance.compiled() == 2));

        Queue<Answer> answers = new ConcurrentLinkedQueue<>();
        var over = new AtomicBoolean();
        var load = new ArrayList<Thread>();
        for (Instance instance : instances) {
            for (int i = 0; i < 2; i++) {
                load.add(new Thread(() -> {
                    while (!over.get()) {
                        answers.add(answer(instance.decide("{" + FACTS + "}")));
                    }
                }));
            }
        }
        load.forEach(Thread::start);
        waitFor(20, () -> answers.size() > 40);
        StoredRevision second = database.revisions().publish(approved);
        long published = System.nanoTime();
        waitFor(
                10,
                () -> instances.stream()
                        .allMatch(instance -> answer(instance.selfCheck("{" + FACTS + "}"))
                                .revision()
                                .equals(second.id())));
        long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - published);
        int atThatTime = answers.size();
        waitFor(20, () -> answers.size() > atThatTime + 40);
        over.set(true);
        for (Thread each : load) {
            each.join();
        }

        assertThat(millis).as("milliseconds until it is in force on both").isLessThan(2000);
        assertThat(answers)
                .allMatch(answer -> answer.equals(new Answer(first.id(), "2026-01-31", 201))
                        || answer.equals(new Answer(second.id(), "2026-03-31", 201)));
        assertThat(answers).extracting(Answer::revision).contains(first.id(), second.id());
        assertThat(instances).allMatch(instance -> instance.compiled() == 2);

        Instance any = instances.get(1);
        String then = "{\"knownAt\":\"%s\",%s}".formatted(second.publishedAt().minusNanos(1000), FACTS);
        HttpResponse<String> former = any.decide(then);
        assertThat(answer(former)).isEqualTo(new Answer(first.id(), "2026-01-31", 201));
        assertThat(read(former).path("inForce").asBoolean(true)).isFalse();
        assertThat(answer(any.decide("{\"revision\":\"%s\",%s}".formatted(first.id(), FACTS)))
                        .expiresOn())
                .isEqualTo("2026-01-31");
    }

    @Test
    void aPublicationOfWhichNobodyWasToldIsSeen() throws Exception {
        Announced.cut(database);
        StoredRevision again = database.revisions().publish(revision(sixteen));
        long published = System.nanoTime();
        waitFor(10, () -> areBothAt(again));
        assertThat(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - published)).isLessThan(2000);
        assertThat(instances)
                .as("the same content is not compiled again")
                .allMatch(instance -> instance.compiled() <= 2);
    }

    @Test
    void whatDoesNotMatchItsDigestIsRefusedAndTheOneBeforeServesOn() throws Exception {
        NewRevision broken = revision(eighteen);
        database.revisions().publish(new NewRevision(broken.id(), broken.digest(), "sha256:0", "", broken.files()));
        Instance instance = instances.get(0);
        waitFor(10, () -> instance.readiness().statusCode() == 503);

        assertThat(instance.readiness().body()).contains(broken.id(), "\"rulebook\":\"DOWN\"", "serves on");
        assertThat(answer(instance.decide("{" + FACTS + "}"))).isEqualTo(new Answer(first.id(), "2026-01-31", 201));
        assertThat(instance.alarms).singleElement().asString().contains(broken.id());

        database.revisions().publish(revision(sixteen));
        waitFor(10, () -> instance.readiness().statusCode() == 200);
    }

    // ---- instances

    private final class Instance implements AutoCloseable {
        private final List<String> alarms = new CopyOnWriteArrayList<>();
        private final AtomicInteger compiled = new AtomicInteger();
        private final Revisions revisions;
        private final InForce inForce;
        private final RevisionWatch watch;
        private final HttpServer server;

        Instance(StoredRevision first) {
            Alarm alarm = new Alarm() {
                @Override
                public void evaluationFailed(String decision, String revision, String difference) {
                    alarms.add(decision + ": " + difference);
                }

                @Override
                public void revisionRefused(String revision, String reason) {
                    alarms.add(revision + ": " + reason);
                }
            };
            var drools = new DroolsCompiler();
            revisions = new Revisions(database.revisions(), Rulebooks::checked, plans -> {
                CompiledRules rules = drools.compile(plans);
                compiled.incrementAndGet();
                return rules;
            });
            inForce = new InForce(revisions, database.revisions(), candidates, alarm, active -> {}, System::nanoTime);
            assertThat(inForce.begin(first, Shipped.loaded())).isEmpty();
            server = HttpServer.start(
                    ApiSettings.local(0).withAdminToken(TOKEN).withSelfChecksPerSecond(1_000_000),
                    new Evaluations(inForce, database.ledger(), Clock.systemUTC(), UUID::randomUUID, alarm),
                    new Traces(inForce::inForce, any -> Map.of()),
                    new Records(database.ledger()),
                    new Audit(database.chain(), database.checkpoints(), Runnable::run),
                    new Archive(
                            database.ledger(),
                            database.search(),
                            database.redactions(),
                            database.revisions(),
                            revisions,
                            alarm),
                    Bundling.of(database.revisions()),
                    Revisings.none(),
                    database.tokens(),
                    new Readiness(inForce::hears, inForce::isCurrent, inForce::reasons),
                    Clock.systemUTC());
            watch = RevisionWatch.start(database.revisionNews(), inForce);
        }

        int compiled() {
            return compiled.get();
        }

        HttpResponse<String> decide(String json) {
            return send(request("/api/v1/decisions/service-validity", json).header("Authorization", "Bearer " + TOKEN));
        }

        HttpResponse<String> selfCheck(String json) {
            return send(request("/api/v1/self-check/service-validity", json));
        }

        HttpResponse<String> readiness() {
            return send(HttpRequest.newBuilder(uri("/health/readiness")));
        }

        private HttpRequest.Builder request(String path, String json) {
            return HttpRequest.newBuilder(uri(path))
                    .header("Content-Type", "application/json")
                    .POST(HttpRequest.BodyPublishers.ofString(json));
        }

        private URI uri(String path) {
            return URI.create("http://127.0.0.1:%d%s".formatted(server.port(), path));
        }

        private HttpResponse<String> send(HttpRequest.Builder request) {
            try {
                return CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofString());
            } catch (IOException | InterruptedException lost) {
                throw new AssertionError(lost);
            }
        }

        @Override
        public void close() {
            server.close();
            watch.close();
            inForce.close();
            revisions.close();
        }
    }

    private static NewRevision revision(RulebookFiles files) {
        return new NewRevision(
                "two-" + UUID.randomUUID(), "sha256:0a", Digests.ofFiles(files), "", new TreeMap<>(files.contents()));
    }

    private static Answer answer(HttpResponse<String> response) {
        JsonNode answer = read(response);
        return new Answer(
                answer.path("revision").path("id").asText(),
                answer.path("values").path("expiresOn").asText(),
                response.statusCode());
    }

    private static JsonNode read(HttpResponse<String> response) {
        try {
            return JSON.readTree(response.body());
        } catch (IOException notJson) {
            throw new AssertionError(response.body(), notJson);
        }
    }

    private static void waitFor(int seconds, BooleanSupplier until) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
        while (!until.getAsBoolean()) {
            assertThat(System.nanoTime()).as("waited for %d seconds", seconds).isLessThan(end);
            Thread.sleep(20);
        }
    }
}
