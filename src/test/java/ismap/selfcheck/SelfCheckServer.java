package ismap.selfcheck;

import ismap.Shipped;
import ismap.access.InMemoryTokens;
import ismap.api.ApiSettings;
import ismap.api.HttpServer;
import ismap.api.Readiness;
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
import ismap.revision.InMemoryRevisionStore;
import ismap.saving.InMemorySavedChecks;
import ismap.saving.SavedAnswers;
import ismap.saving.SavedChecks;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** The real server over real sockets, with a revision that a test may change; only the database is kept in memory. */
final class SelfCheckServer implements AutoCloseable {

    static final Instant NOW = Instant.parse("2024-11-22T03:00:00Z");

    private volatile ActiveRulebook inForce;
    private final SavedChecks saved = new InMemorySavedChecks();
    private final HttpServer server;

    SelfCheckServer() {
        this(shipped("shipped-1"));
    }

    SelfCheckServer(ActiveRulebook first) {
        this.inForce = first;
        var revisions = new InMemoryRevisionStore(() -> NOW);
        var ledger = new InMemoryLedger(revisions, () -> NOW);
        var random = new SecureRandom();
        ApiSettings settings = ApiSettings.local(0).withSelfChecksPerSecond(100_000);
        this.server = HttpServer.start(
                settings,
                new Evaluations(
                        () -> Optional.of(inForce),
                        ledger,
                        Clock.fixed(NOW, ZoneOffset.UTC),
                        UUID::randomUUID,
                        (decision, revision, what) -> {
                            throw new AssertionError(decision + ": " + what);
                        }),
                new Traces(() -> Optional.of(inForce), any -> Map.of()),
                new Records(ledger),
                new Audit(ledger, new InMemoryCheckpoints(), Runnable::run),
                Archives.of(ledger, revisions, any -> Shipped.loaded(), new DroolsCompiler()),
                Bundling.of(revisions),
                Revisings.none(),
                new InMemoryTokens(Instant::now),
                new Readiness(() -> true, () -> true),
                Clock.fixed(NOW, ZoneOffset.UTC),
                new SelfCheckSettings(settings.notice(), 100_000, Optional.empty()),
                new SavedAnswers(saved, number -> {
                    byte[] bytes = new byte[number];
                    random.nextBytes(bytes);
                    return bytes;
                }));
    }

    static ActiveRulebook shipped(String revision) {
        return new ActiveRulebook(
                revision,
                "sha256:" + "0".repeat(64),
                NOW,
                Shipped.checked().rulebook().orElseThrow(),
                Shipped.checked().sources(),
                Shipped.checked().plans(),
                Shipped.compiled());
    }

    void publish(ActiveRulebook revision) {
        inForce = revision;
    }

    SavedChecks saved() {
        return saved;
    }

    String address() {
        return "http://127.0.0.1:" + server.port();
    }

    @Override
    public void close() {
        server.close();
    }
}
