package ismap.api;

import com.fasterxml.jackson.databind.JsonNode;
import ismap.access.InMemoryTokens;
import ismap.access.Principal;
import ismap.access.Role;
import ismap.drools.DroolsCompiler;
import ismap.evaluation.Archives;
import ismap.evaluation.Audit;
import ismap.evaluation.Evaluations;
import ismap.evaluation.Records;
import ismap.evaluation.Traces;
import ismap.ledger.InMemoryCheckpoints;
import ismap.ledger.InMemoryLedger;
import ismap.publication.Activations;
import ismap.publication.Bundling;
import ismap.publication.Checking;
import ismap.publication.Drafting;
import ismap.publication.EngineChecks;
import ismap.publication.FileMerge;
import ismap.publication.Publishing;
import ismap.publication.Rebasing;
import ismap.publication.Revising;
import ismap.publication.RevisionHistory;
import ismap.publication.SmallWorkbooks;
import ismap.revision.InMemoryRevisionLog;
import ismap.revision.InMemoryRevisionStore;
import ismap.revision.NewRevision;
import ismap.revision.UnreliableRevisionLog;
import ismap.rulebook.Digests;
import ismap.rulebook.RulebookFiles;
import ismap.xlsx.AnnotatedWorkbook;
import ismap.xlsx.Stamp;
import ismap.xlsx.WorkbookMerge;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;

/** The real server over real sockets, with workbooks of one small decision in force; only the database is kept in memory. */
public final class RevisionServer implements AutoCloseable {

    public static final String FIRST = "first";

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final Map<String, String> tokens = new HashMap<>();
    private final Activations activations = new Activations();
    private final UnreliableRevisionLog log;
    private final Revising revising;
    private final HttpServer server;

    /** @param approvals how many different people have to approve */
    public RevisionServer(int approvals) {
        var store = new InMemoryRevisionStore(Instant::now);
        this.log = new UnreliableRevisionLog(new InMemoryRevisionLog(store, Instant::now));
        RulebookFiles files = SmallWorkbooks.files();
        store.publish(new NewRevision(
                FIRST,
                Digests.ofRulebook(SmallWorkbooks.read(files).rulebook().orElseThrow()),
                Digests.ofFiles(files),
                "the first",
                new TreeMap<>(files.contents())));
        var history = new RevisionHistory(log, store, approvals);
        var number = new AtomicInteger();
        var drafting = new Drafting(
                history,
                log,
                store,
                SmallWorkbooks.check(),
                workbook -> Stamp.of(workbook).map(Stamp::path),
                () -> "r-" + number.incrementAndGet());
        this.revising = new Revising(
                history,
                drafting,
                new Rebasing(
                        history,
                        store,
                        drafting,
                        (path, base, inForce, draft) -> WorkbookMerge.of(path, base, inForce, draft)
                                .map(merged -> new FileMerge.Merged(merged.workbook(), merged.conflicts()))),
                new Checking(
                        history,
                        log,
                        store,
                        SmallWorkbooks.check(),
                        EngineChecks.of(new DroolsCompiler()),
                        Duration.ofMinutes(2),
                        (id, failure) -> {
                            throw new AssertionError(id, failure);
                        }),
                new Publishing(
                        history, log, store, SmallWorkbooks::read, activations, () -> "r-" + number.incrementAndGet()),
                AnnotatedWorkbook::of);
        var known = new InMemoryTokens(Instant::now);
        for (String name : new String[] {"editor", "editor2"}) {
            token(known, name, Role.EDITOR);
        }
        for (String name : new String[] {"approver", "approver2"}) {
            token(known, name, Role.APPROVER);
        }
        token(known, "both", Role.EDITOR, Role.APPROVER);
        token(known, "intake", Role.INTAKE);
        token(known, "auditor", Role.AUDITOR);
        var ledger = new InMemoryLedger(store, Instant::now);
        this.server = HttpServer.start(
                ApiSettings.local(0),
                new Evaluations(
                        Optional::empty, ledger, Clock.systemUTC(), UUID::randomUUID, (decision, by, what) -> {}),
                new Traces(Optional::empty, any -> Map.of()),
                new Records(ledger),
                new Audit(ledger, new InMemoryCheckpoints(), Runnable::run),
                Archives.unreadable(ledger, store),
                Bundling.of(store),
                revising,
                known,
                new Readiness(() -> true, () -> false),
                Clock.systemUTC());
    }

    private void token(InMemoryTokens known, String name, Role first, Role... more) {
        tokens.put(
                name,
                known.issue(
                                new Principal(name, EnumSet.of(first, more)),
                                Instant.now().plusSeconds(3600),
                                "test")
                        .orElseThrow());
    }

    public int port() {
        return server.port();
    }

    /** @param name as in {@link #call} */
    public String token(String name) {
        return java.util.Objects.requireNonNull(tokens.get(name));
    }

    Activations activations() {
        return activations;
    }

    /** The next publication is committed, and its answer lost. */
    void loseTheNextAnswer() {
        log.loseTheNextAnswer();
    }

    /** What somebody sends; "" is nobody. */
    record Call(String method, String path, String as, byte[] body, String ifMatch) {
        Call seen(String etag) {
            return new Call(method, path, as, body, etag);
        }
    }

    static Call call(String as, String method, String path, byte[] body) {
        return new Call(method, "/api/v1/revisions" + path, as, body, "");
    }

    static Call call(String as, String method, String path) {
        return call(as, method, path, new byte[0]);
    }

    static Call call(String as, String method, String path, String json) {
        return call(as, method, path, json.getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }

    HttpResponse<byte[]> send(Call call) {
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:%d%s".formatted(server.port(), call.path())))
                .method(call.method(), HttpRequest.BodyPublishers.ofByteArray(call.body()));
        if (!call.as().isEmpty()) {
            request.header("Authorization", "Bearer " + tokens.getOrDefault(call.as(), call.as()));
        }
        if (!call.ifMatch().isEmpty()) {
            request.header("If-Match", call.ifMatch());
        }
        try {
            return client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
        } catch (IOException | InterruptedException lost) {
            throw new AssertionError(lost);
        }
    }

    /** @throws AssertionError where it is answered otherwise */
    JsonNode send(int status, Call call) {
        HttpResponse<byte[]> response = send(call);
        String body = new String(response.body(), java.nio.charset.StandardCharsets.UTF_8);
        if (response.statusCode() != status) {
            throw new AssertionError("%s %s: %d %s".formatted(call.method(), call.path(), response.statusCode(), body));
        }
        return ShippedServer.read(body);
    }

    /** The code of the first problem of a refusal. */
    String refused(int status, Call call) {
        return send(status, call).path("errors").path(0).path("code").asText();
    }

    @Override
    public void close() {
        server.close();
        revising.checking().close();
    }
}
