package ismap.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import ismap.OtherMonths;
import ismap.TinyRulebook;
import ismap.access.InMemoryTokens;
import ismap.decision.Status;
import ismap.evaluation.ActiveRulebook;
import ismap.evaluation.Archives;
import ismap.evaluation.Audit;
import ismap.evaluation.Evaluations;
import ismap.evaluation.Records;
import ismap.evaluation.Traces;
import ismap.ledger.InMemoryCheckpoints;
import ismap.ledger.InMemoryLedger;
import ismap.publication.Bundling;
import ismap.publication.CheckRulebook;
import ismap.publication.Revisings;
import ismap.publication.RevisionComparisons;
import ismap.revision.Candidates;
import ismap.revision.InMemoryRevisionStore;
import ismap.revision.NewRevision;
import ismap.rulebook.LoadedRulebook;
import ismap.rulebook.Rulebook;
import ismap.rulebook.RulebookFiles;
import ismap.rulebook.SourceMap;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Two revisions of a small rulebook, of which the second satisfies what the first does not, and a draft. */
final class DiffHttpTest {

    private static final Instant NOW = Instant.parse("2026-11-30T03:00:00Z");
    private static final String TOKEN = "a-token-for-tests";
    private static final Rulebook FIRST = TinyRulebook.rulebook();
    private static final Rulebook SECOND = TinyRulebook.rulebook(
            Map.of(),
            Optional.empty(),
            TinyRulebook.row("T-1/1", Status.SATISFIED, TinyRulebook.test("kind", "A")),
            TinyRulebook.row("T-1/2", Status.SATISFIED, TinyRulebook.test("kind", "B")),
            TinyRulebook.row("T-1/3", Status.WARNING, TinyRulebook.test("kind", "C")));

    private static final HttpClient CLIENT =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private static HttpServer server;

    @BeforeAll
    static void start() {
        var revisions = new InMemoryRevisionStore(() -> NOW);
        revisions.publish(revision("r-1", "1"));
        var ledger = new InMemoryLedger(revisions, () -> NOW);
        var active = new ActiveRulebook(
                "r-1",
                "sha256:" + "0".repeat(64),
                NOW,
                FIRST,
                new SourceMap(Map.of()),
                OtherMonths.plans(FIRST),
                TinyRulebook.compiler().compile(OtherMonths.plans(FIRST)));
        Candidates drafts = new Candidates() {
            @Override
            public Optional<NewRevision> find(String id) {
                return id.equals("draft") ? Optional.of(revision("draft", "2")) : Optional.empty();
            }

            @Override
            public List<String> approved() {
                return List.of();
            }
        };
        server = HttpServer.start(
                ApiSettings.local(0).withAdminToken(TOKEN),
                new Evaluations(
                        () -> Optional.of(active),
                        ledger,
                        Clock.fixed(NOW, ZoneOffset.UTC),
                        UUID::randomUUID,
                        (decision, revision, what) -> {}),
                new Traces(() -> Optional.of(active), any -> Map.of()),
                new Records(ledger),
                new Audit(ledger, new InMemoryCheckpoints(), Runnable::run),
                Archives.of(ledger, revisions, DiffHttpTest::read, TinyRulebook.compiler()),
                Bundling.of(revisions),
                Revisings.none(),
                new InMemoryTokens(Instant::now),
                new Readiness(() -> true, () -> true),
                Clock.systemUTC(),
                new RevisionComparisons(new CheckRulebook(DiffHttpTest::read, files -> Map.of()), revisions, drafts));
        for (String kind : List.of("A", "B", "C")) {
            assertThat(send(request("/api/v1/decisions/tiny", true)
                                    .POST(HttpRequest.BodyPublishers.ofString(
                                            "{\"facts\":{\"kind\":\"%s\"}}".formatted(kind))))
                            .statusCode())
                    .isEqualTo(201);
        }
        revisions.publish(revision("r-2", "2"));
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static NewRevision revision(String id, String content) {
        return new NewRevision(
                id,
                "sha256:" + content,
                "sha256:" + content,
                "",
                new TreeMap<>(Map.of("vocabulary.xlsx", content.getBytes(StandardCharsets.UTF_8))));
    }

    private static LoadedRulebook read(RulebookFiles files) {
        byte[] content = java.util.Objects.requireNonNull(files.contents().get("vocabulary.xlsx"));
        return new LoadedRulebook(Optional.of(content[0] == '1' ? FIRST : SECOND), new SourceMap(Map.of()), List.of());
    }

    private static HttpRequest.Builder request(String path, boolean withToken) {
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:%d%s".formatted(server.port(), path)))
                .header("Content-Type", "application/json");
        return withToken ? request.header("Authorization", "Bearer " + TOKEN) : request;
    }

    private static HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException | InterruptedException lost) {
            throw new AssertionError(lost);
        }
    }

    @Test
    void anybodySeesWhatAPublishedRevisionChangesAgainstAnother() {
        HttpResponse<String> response = send(request("/api/v1/revisions/r-1/diff/r-2", false));

        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        JsonNode diff = ShippedServer.read(response.body());
        assertThat(diff.path("identical").asBoolean()).isFalse();
        JsonNode change = diff.path("changes").path(0);
        assertThat(change.path("kind").asText() + " " + change.path("id").asText())
                .isEqualTo("ROW T-1/2");
        assertThat(change.path("cells").path(0).path("after").asText()).isEqualTo("SATISFIED");
        JsonNode region = diff.path("decisions").path(0).path("regions").path(0);
        assertThat(region.path("example").path("facts").toString()).isEqualTo("{\"kind\":\"B\"}");
        assertThat(region.path("example").path("outcomeBefore").asText()).isEqualTo("NO");
        assertThat(region.path("example").path("outcomeAfter").asText()).isEqualTo("YES");
    }

    @Test
    void aRevisionIsIdenticalWithItself() {
        assertThat(ShippedServer.read(send(request("/api/v1/revisions/r-1/diff/r-1", false))
                                .body())
                        .path("identical")
                        .asBoolean())
                .isTrue();
    }

    @Test
    void whoAsksForMarkdownReadsIt() {
        HttpResponse<String> response =
                send(request("/api/v1/revisions/r-1/diff/r-2", false).header("Accept", "text/markdown"));

        assertThat(response.headers().firstValue("Content-Type")).contains("text/markdown; charset=utf-8");
        assertThat(response.body()).contains("T-1/2", "NO → YES");
    }

    @Test
    void aDraftIsThereForStaffAlone() {
        assertThat(send(request("/api/v1/revisions/r-1/diff/draft", false)).statusCode())
                .isEqualTo(404);
        assertThat(send(request("/api/v1/revisions/r-1/diff/draft", true)).statusCode())
                .isEqualTo(200);
        assertThat(send(request("/api/v1/revisions/r-1/diff/nowhere", true)).statusCode())
                .isEqualTo(404);
    }

    @Test
    void whatWasDecidedUnderARevisionIsShownBesideWhatTheOneInForceWouldDecide() {
        assertThat(send(request("/api/v1/revisions/r-1/records", false)).statusCode())
                .isEqualTo(401);
        JsonNode first = ShippedServer.read(
                send(request("/api/v1/revisions/r-1/records?limit=2", true)).body());

        assertThat(first.path("successor").asText()).isEqualTo("r-2");
        assertThat(first.path("records")).hasSize(2);
        assertThat(first.path("records").path(0).path("wouldBe").path("result").asText())
                .isEqualTo("SAME");
        JsonNode other = first.path("records").path(1);
        assertThat(other.path("outcome").asText()).isEqualTo("NO");
        assertThat(other.path("wouldBe").path("result").asText()).isEqualTo("DIFFERENT");
        assertThat(other.path("wouldBe").path("outcome").asText()).isEqualTo("YES");
        JsonNode second = ShippedServer.read(
                send(request(first.path("next").asText(), true)).body());
        assertThat(second.path("records")).hasSize(1);
        assertThat(second.path("next").isNull()).isTrue();
    }

    @Test
    void underTheRevisionInForceThereIsNothingToCompareWith() {
        JsonNode page = ShippedServer.read(
                send(request("/api/v1/revisions/r-2/records", true)).body());

        assertThat(page.path("successor").isNull()).isTrue();
        assertThat(page.path("records")).isEmpty();
    }
}
