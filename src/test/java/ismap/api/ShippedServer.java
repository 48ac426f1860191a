package ismap.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import ismap.Shipped;
import ismap.access.InMemoryTokens;
import ismap.drools.DroolsCompiler;
import ismap.evaluation.ActiveRulebook;
import ismap.evaluation.Archives;
import ismap.evaluation.Audit;
import ismap.evaluation.Evaluations;
import ismap.evaluation.Records;
import ismap.evaluation.Traces;
import ismap.ledger.InMemoryCheckpoints;
import ismap.ledger.InMemoryLedger;
import ismap.ledger.Ledger;
import ismap.ledger.NewRecord;
import ismap.ledger.Receipt;
import ismap.publication.Bundling;
import ismap.publication.Revisings;
import ismap.publication.RulebookFolder;
import ismap.revision.InMemoryRevisionStore;
import ismap.revision.NewRevision;
import ismap.rulebook.Digests;
import ismap.rulebook.RulebookFiles;
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
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;

/** The real server over real sockets with the shipped rulebook; only the database is kept in memory. */
final class ShippedServer implements AutoCloseable {

    static final Instant NOW = Instant.parse("2026-11-22T03:00:00Z");
    static final ObjectMapper JSON = new ObjectMapper();

    static final String TOKEN = "a-token-for-tests";
    static final String REVISION = "shipped-1";

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final List<String> alarms = new CopyOnWriteArrayList<>();
    private final List<NewRecord> recorded = new CopyOnWriteArrayList<>();
    private final HttpServer server;

    ShippedServer() {
        var active = new ActiveRulebook(
                REVISION,
                "sha256:" + "0".repeat(64),
                NOW,
                Shipped.checked().rulebook().orElseThrow(),
                Shipped.checked().sources(),
                Shipped.checked().plans(),
                Shipped.compiled());
        var revisions = new InMemoryRevisionStore(() -> NOW);
        RulebookFiles files = RulebookFolder.read(Shipped.FOLDER).files();
        revisions.publish(new NewRevision(
                REVISION, active.digest(), Digests.ofFiles(files), "", new TreeMap<>(files.contents())));
        var inMemory = new InMemoryLedger(revisions, () -> NOW);
        Ledger ledger = new Counting(inMemory);
        this.server = HttpServer.start(
                ApiSettings.local(0).withAdminToken(TOKEN).withSelfChecksPerSecond(1_000_000),
                new Evaluations(
                        () -> Optional.of(active),
                        ledger,
                        Clock.fixed(NOW, ZoneOffset.UTC),
                        UUID::randomUUID,
                        (decision, revision, what) -> alarms.add(decision + ": " + what)),
                new Traces(() -> Optional.of(active), any -> Map.of()),
                new Records(ledger),
                new Audit(inMemory, new InMemoryCheckpoints(), Runnable::run),
                Archives.of(inMemory, revisions, any -> Shipped.loaded(), new DroolsCompiler()),
                Bundling.of(revisions),
                Revisings.none(),
                new InMemoryTokens(Instant::now),
                new Readiness(() -> true, () -> true),
                Clock.systemUTC());
    }

    /** What the alarm was told; nothing, unless the rules fail. */
    List<String> alarms() {
        return alarms;
    }

    List<NewRecord> recorded() {
        return recorded;
    }

    HttpResponse<String> selfCheck(String decision, String json) {
        return selfCheck(decision, json.getBytes(StandardCharsets.UTF_8));
    }

    HttpResponse<String> selfCheck(String decision, byte[] body) {
        return send(request("/api/v1/self-check/" + decision).POST(HttpRequest.BodyPublishers.ofByteArray(body)));
    }

    HttpResponse<String> decide(String decision, String json) {
        return send(request("/api/v1/decisions/" + decision)
                .header("Authorization", "Bearer " + TOKEN)
                .POST(HttpRequest.BodyPublishers.ofString(json)));
    }

    /** With the token. */
    HttpResponse<String> read(String method, String path) {
        return send(request(path)
                .header("Authorization", "Bearer " + TOKEN)
                .method(method, HttpRequest.BodyPublishers.noBody()));
    }

    HttpResponse<String> send(String token, String method, String path, String json) {
        return send(request(path)
                .header("Authorization", "Bearer " + token)
                .method(method, HttpRequest.BodyPublishers.ofString(json)));
    }

    /** A question to {@code service-validity}. */
    HttpResponse<String> decide(String token, String key, String json) {
        return send(request("/api/v1/decisions/service-validity")
                .header("Authorization", "Bearer " + token)
                .header("Idempotency-Key", key)
                .POST(HttpRequest.BodyPublishers.ofString(json)));
    }

    /** With the token. */
    HttpResponse<byte[]> download(String path) {
        try {
            return client.send(
                    request(path).header("Authorization", "Bearer " + TOKEN).build(),
                    HttpResponse.BodyHandlers.ofByteArray());
        } catch (IOException | InterruptedException lost) {
            throw new AssertionError(lost);
        }
    }

    /** Without it. */
    HttpResponse<String> ask(String path) {
        return send(request(path));
    }

    /** Without it. */
    HttpResponse<String> ask(String path, String header, String value) {
        return send(request(path).header(header, value));
    }

    JsonNode get(String path) {
        return read(send(request(path)).body());
    }

    static JsonNode read(String json) {
        try {
            return JSON.readTree(json);
        } catch (IOException notJson) {
            throw new AssertionError(json, notJson);
        }
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:%d%s".formatted(server.port(), path)))
                .header("Content-Type", "application/json");
    }

    private HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException | InterruptedException lost) {
            throw new AssertionError(lost);
        }
    }

    @Override
    public void close() {
        server.close();
    }

    private final class Counting implements Ledger {
        private final Ledger ledger;

        Counting(Ledger ledger) {
            this.ledger = ledger;
        }

        @Override
        public CompletableFuture<Receipt> submit(NewRecord record) {
            recorded.add(record);
            return ledger.submit(record);
        }

        @Override
        public Optional<Receipt> find(UUID id) {
            return ledger.find(id);
        }

        @Override
        public Optional<Receipt> find(String principal, String key) {
            return ledger.find(principal, key);
        }
    }
}
