package ismap;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import ismap.access.InMemoryTokens;
import ismap.api.ApiSettings;
import ismap.api.HttpServer;
import ismap.api.Readiness;
import ismap.decision.Problem;
import ismap.drools.DrlDerivationReader;
import ismap.drools.DroolsCompiler;
import ismap.evaluation.ActiveRulebook;
import ismap.evaluation.Archives;
import ismap.evaluation.Audit;
import ismap.evaluation.Evaluations;
import ismap.evaluation.Records;
import ismap.evaluation.Traces;
import ismap.ledger.InMemoryCheckpoints;
import ismap.ledger.InMemoryLedger;
import ismap.publication.Bundling;
import ismap.publication.Revisings;
import ismap.publication.RulebookFolder;
import ismap.revision.InMemoryRevisionStore;
import ismap.rulebook.LoadedRulebook;
import ismap.rulebook.RulebookFiles;
import ismap.xlsx.WorkbookRulebookReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** {@link ScoringTable} in a copy of the shipped workbooks. By files alone: what is asked here was read from them. */
@Tag("slow")
class ScoringTableTest {

    private static final Instant NOW = Instant.parse("2026-04-01T00:00:00Z");
    private static final LocalDate FROM = LocalDate.of(2020, 6, 3);

    private static Optional<HttpServer> server = Optional.empty();

    @BeforeAll
    static void serveACopyWithTheScoringTable() {
        LoadedRulebook loaded = new WorkbookRulebookReader(new DrlDerivationReader()).read(copyWithScoringTable());
        assertThat(loaded.problems().stream().filter(Problem::isError)).isEmpty();
        ActiveRulebook active = ActiveRulebook.compile(
                "copy", "sha256:copy", NOW, loaded.rulebook().orElseThrow(), loaded.sources(), new DroolsCompiler());
        var revisions = new InMemoryRevisionStore(() -> NOW);
        var ledger = new InMemoryLedger(revisions, () -> NOW);
        server = Optional.of(HttpServer.start(
                ApiSettings.local(0),
                new Evaluations(
                        () -> Optional.of(active),
                        ledger,
                        Clock.fixed(NOW, ZoneOffset.UTC),
                        UUID::randomUUID,
                        (decision, revision, difference) -> {
                            throw new AssertionError("the engines disagree: " + difference);
                        }),
                new Traces(() -> Optional.of(active), any -> Map.of()),
                new Records(ledger),
                new Audit(ledger, new InMemoryCheckpoints(), Runnable::run),
                Archives.unreadable(ledger, revisions),
                Bundling.of(revisions),
                Revisings.none(),
                new InMemoryTokens(Instant::now),
                new Readiness(() -> true, () -> true),
                Clock.systemUTC()));
    }

    @AfterAll
    static void stop() {
        server.ifPresent(HttpServer::close);
    }

    @Test
    void pointsAreAddedAndComparedWithTheThreshold() throws Exception {
        JsonNode low = ask(
                "{\"leakHarm\":\"MIDDLE\",\"errorHarm\":\"MIDDLE\",\"outageHarm\":\"SMALL\",\"reachOfHarm\":\"SMALL\"}");
        assertThat(low.path("values").path("impactPoints").asInt()).isEqualTo(6);
        assertThat(low.path("outcome").asText()).isEqualTo("LOW_IMPACT");

        JsonNode high = ask(
                "{\"leakHarm\":\"LARGE\",\"errorHarm\":\"MIDDLE\",\"outageHarm\":\"SMALL\",\"reachOfHarm\":\"SMALL\"}");
        assertThat(high.path("values").path("impactPoints").asInt()).isEqualTo(9);
        assertThat(high.path("values").path("impactLevel").asText()).isEqualTo("NOT_LOW");
        assertThat(high.path("outcome").asText()).isEqualTo("HIGHER_IMPACT");
        assertThat(high.path("findings").path(0).path("source").path("workbook").asText())
                .isEqualTo("impact-assessment.xlsx");
    }

    @Test
    void whatCannotBringTheSumBelowTheThresholdIsNotMissing() throws Exception {
        JsonNode settled = ask("{\"leakHarm\":\"LARGE\",\"errorHarm\":\"LARGE\"}");
        assertThat(settled.path("outcome").asText()).isEqualTo("HIGHER_IMPACT");
        assertThat(settled.path("missing")).isEmpty();

        JsonNode open = ask("{\"leakHarm\":\"MIDDLE\",\"errorHarm\":\"SMALL\",\"reachOfHarm\":\"SMALL\"}");
        assertThat(open.path("outcome").asText()).isEqualTo("INSUFFICIENT_FACTS");
        assertThat(open.path("missing").toString()).isEqualTo("[\"outageHarm\"]");
    }

    @Test
    void whatAPersonStatesWinsAndTheDifferenceIsNamed() throws Exception {
        JsonNode answer = ask(
                "{\"impactLevel\":\"LOW\",\"leakHarm\":\"LARGE\",\"errorHarm\":\"LARGE\",\"outageHarm\":\"LARGE\",\"reachOfHarm\":\"LARGE\"}");
        assertThat(answer.path("outcome").asText()).isEqualTo("LOW_IMPACT");
        assertThat(answer.path("findings").findValuesAsText("rule")).contains("DERIVED-impactLevel");
    }

    private static JsonNode ask(String facts) throws Exception {
        var response = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create("http://127.0.0.1:%d/api/v1/self-check/impact-assessment"
                                        .formatted(server.orElseThrow().port())))
                                .header("Content-Type", "application/json")
                                .POST(HttpRequest.BodyPublishers.ofString(
                                        "{\"asOf\":\"2026-04-01\",\"facts\":" + facts + "}"))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        return new ObjectMapper().readTree(response.body());
    }

    // ---- the files

    private static RulebookFiles copyWithScoringTable() {
        RulebookFiles shippedFiles = RulebookFolder.read(Shipped.FOLDER).files();
        LoadedRulebook shipped = new WorkbookRulebookReader(new DrlDerivationReader()).read(shippedFiles);
        var files = new TreeMap<>(shippedFiles.contents());
        files.putAll(
                ScoringTable.written(ScoringTable.addedTo(shipped.rulebook().orElseThrow(), FROM), shipped.sources()));
        return new RulebookFiles(files);
    }
}
