package ismap.api;

import ismap.access.InMemoryTokens;
import ismap.evaluation.ActiveRulebook;
import ismap.evaluation.Archives;
import ismap.evaluation.Audit;
import ismap.evaluation.Evaluations;
import ismap.evaluation.Records;
import ismap.evaluation.SmallRulebook;
import ismap.evaluation.Traces;
import ismap.ledger.InMemoryCheckpoints;
import ismap.ledger.InMemoryLedger;
import ismap.ledger.Ledger;
import ismap.ledger.LedgerFull;
import ismap.ledger.NewRecord;
import ismap.ledger.Receipt;
import ismap.ledger.RevisionDigests;
import ismap.ledger.Seal;
import ismap.ledger.StorageUnavailable;
import ismap.publication.Bundling;
import ismap.publication.Revisings;
import ismap.revision.InMemoryRevisionStore;
import ismap.revision.NewRevision;
import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;

/** The real server with the small rulebook, a ledger that does as it is told, and a clock that is set by hand. */
final class BatchServer implements AutoCloseable {

    static final String TOKEN = "a-token-for-tests";

    private static final Instant NOW = Instant.parse("2026-04-01T15:30:00Z");

    private final HttpServer server;
    private volatile Instant now = NOW;
    private volatile Optional<ActiveRulebook> inForce = Optional.of(SmallRulebook.active());

    BatchServer(Ledger ledger) {
        Clock clock = new Clock() {
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
        var revisions = new InMemoryRevisionStore(Instant::now);
        var nothing = new InMemoryLedger(revisions, Instant::now);
        server = HttpServer.start(
                ApiSettings.local(0).withAdminToken(TOKEN),
                new Evaluations(() -> inForce, ledger, clock, UUID::randomUUID, (decision, revision, what) -> {}),
                new Traces(() -> inForce, any -> Map.of()),
                new Records(ledger),
                new Audit(nothing, new InMemoryCheckpoints(), Runnable::run),
                Archives.unreadable(nothing, revisions),
                Bundling.of(revisions),
                Revisings.none(),
                new InMemoryTokens(Instant::now),
                new Readiness(() -> true, () -> true),
                Clock.systemUTC());
    }

    int port() {
        return server.port();
    }

    URI uri(String path) {
        return URI.create("http://127.0.0.1:%d%s".formatted(server.port(), path));
    }

    /** How many run. */
    int batches() {
        return server.batches();
    }

    void withdraw() {
        inForce = Optional.empty();
    }

    void publish(String revision) {
        ActiveRulebook small = SmallRulebook.active();
        inForce = Optional.of(new ActiveRulebook(
                revision,
                small.digest(),
                small.publishedAt(),
                small.rulebook(),
                small.sources(),
                small.plans(),
                small.rules()));
    }

    void setDay(LocalDate day) {
        now = day.atStartOfDay(ZoneOffset.UTC).toInstant();
    }

    @Override
    public void close() {
        server.close();
    }

    /** Records in memory, or not at all; late, or never, for keys it was told of. */
    static final class ScriptedLedger implements Ledger {
        private final InMemoryLedger kept;
        private final List<NewRecord> recorded = Collections.synchronizedList(new ArrayList<>());
        private final Map<String, CompletableFuture<Void>> held = new HashMap<>();
        private final Set<String> away = new HashSet<>();
        private final Set<String> failing = new HashSet<>();
        private final Set<String> broken = new HashSet<>();
        private final AtomicInteger full = new AtomicInteger();
        private final AtomicInteger submitted = new AtomicInteger();
        private volatile boolean forgetful;

        ScriptedLedger() {
            var revisions = new InMemoryRevisionStore(() -> NOW);
            for (String revision : List.of(SmallRulebook.REVISION, "small-2")) {
                revisions.publish(new NewRevision(revision, "", "", "", new TreeMap<>()));
            }
            kept = new InMemoryLedger(revisions, () -> NOW);
        }

        /** Keeps nothing from now on, so that memory is the server's alone. */
        ScriptedLedger forgetful() {
            forgetful = true;
            return this;
        }

        /** @return makes the record of that key durable */
        Runnable hold(String key) {
            var until = new CompletableFuture<Void>();
            held.put(key, until);
            return () -> until.complete(null);
        }

        void awayFor(String key) {
            away.add(key);
        }

        void failFor(String key) {
            failing.add(key);
        }

        void breakFor(String key) {
            broken.add(key);
        }

        void fullFor(int times) {
            full.set(times);
        }

        int submitted() {
            return submitted.get();
        }

        List<NewRecord> recorded() {
            return recorded;
        }

        void awaitSubmitted(int number) throws InterruptedException {
            while (submitted.get() < number) {
                Thread.sleep(5);
            }
        }

        @Override
        public CompletableFuture<Receipt> submit(NewRecord record) {
            if (full.getAndUpdate(times -> Math.max(0, times - 1)) > 0) {
                throw new LedgerFull(1024);
            }
            submitted.incrementAndGet();
            String key = String.valueOf(record.key());
            if (away.contains(key)) {
                throw new StorageUnavailable("away", new IllegalStateException());
            }
            if (broken.contains(key)) {
                return CompletableFuture.failedFuture(new IllegalArgumentException("broken"));
            }
            if (failing.contains(key)) {
                return CompletableFuture.failedFuture(new StorageUnavailable("lost", new IllegalStateException()));
            }
            if (forgetful) {
                return CompletableFuture.completedFuture(receipt(record));
            }
            recorded.add(record);
            CompletableFuture<Receipt> receipt = kept.submit(record);
            return held.containsKey(key) ? held.get(key).thenCompose(now -> receipt) : receipt;
        }

        private static Receipt receipt(NewRecord record) {
            byte[] salt = new byte[Seal.SALT];
            var digests = new RevisionDigests(record.revisionId(), "", "");
            return new Receipt(record, Seal.of(0, Seal.NOTHING, NOW, record, digests, salt), salt, Optional.empty());
        }

        @Override
        public Optional<Receipt> find(UUID id) {
            return kept.find(id);
        }

        @Override
        public Optional<Receipt> find(String principal, String key) {
            return kept.find(principal, key);
        }
    }
}
