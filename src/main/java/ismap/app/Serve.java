package ismap.app;

import io.micronaut.http.server.exceptions.ServerStartupException;
import ismap.api.ApiSettings;
import ismap.api.HttpServer;
import ismap.api.Readiness;
import ismap.decision.Bilingual;
import ismap.decision.Problem;
import ismap.drools.DroolsCompiler;
import ismap.evaluation.Archive;
import ismap.evaluation.Audit;
import ismap.evaluation.Evaluations;
import ismap.evaluation.ImpactReport;
import ismap.evaluation.InForce;
import ismap.evaluation.Records;
import ismap.evaluation.Revisions;
import ismap.evaluation.Revisions.Unusable;
import ismap.evaluation.Traces;
import ismap.ledger.CheckpointWriter;
import ismap.ledger.RecordSearch;
import ismap.ledger.Signer;
import ismap.ledger.StorageUnavailable;
import ismap.postgres.Database;
import ismap.postgres.DatabaseSettings;
import ismap.postgres.StorageRefused;
import ismap.publication.Bundles;
import ismap.publication.ChangesCheck;
import ismap.publication.Check;
import ismap.publication.CheckRulebook;
import ismap.publication.ImpactCheck;
import ismap.publication.MutantsCheck;
import ismap.publication.RevisionComparisons;
import ismap.publication.RevisionHistory;
import ismap.publication.RulebookFolder;
import ismap.publication.StartingRevision;
import ismap.publication.StartingRevision.Outcome;
import ismap.revision.RevisionStore;
import ismap.rulebook.FactReader;
import ismap.rulebook.RulebookFiles;
import ismap.saving.SavedAnswers;
import ismap.xlsx.AcknowledgementSheet;
import java.io.PrintStream;
import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Starts the service, or says why it does not start. */
final class Serve {

    /** The service runs; its threads keep the process. */
    static final int STARTED = 0;

    static final int REFUSED = 1;
    static final int USAGE = 2;

    private static final Logger LOG = LoggerFactory.getLogger(Serve.class);

    private final Map<String, String> environment;
    private final Clock clock;
    private final PrintStream out;
    private final PrintStream err;

    Serve(Map<String, String> environment, Clock clock, PrintStream out, PrintStream err) {
        this.environment = environment;
        this.clock = clock;
        this.out = out;
        this.err = err;
    }

    /** @return {@link #STARTED}, or the code to exit with */
    int run(List<String> args) {
        if (!List.of(List.of(), List.of("--production")).contains(args)) {
            err.println("使い方 / Usage: serve [--production]");
            return USAGE;
        }
        Settings.Read read = Settings.from(environment, args.contains("--production"));
        if (!read.refused().isEmpty()) {
            read.refused().forEach(sentence -> err.print(StartReport.of(sentence, List.of())));
            return REFUSED;
        }
        return folder(read.settings());
    }

    private int folder(Settings settings) {
        Optional<RulebookFolder> folder = settings.rulebookDir().map(RulebookFolder::read);
        List<Problem> problems = folder.map(RulebookFolder::problems).orElse(List.of());
        if (problems.stream().anyMatch(Problem::isError)) {
            return refused(
                    new Bilingual(
                            "規則集のフォルダーを読み込めないため、起動しません。",
                            "The folder of the rulebook cannot be read; the service does not start."),
                    problems);
        }
        // A database takes a second or two to open, and so does a rulebook to read; what is read ahead is usually in
        // force.
        RulebookFiles candidate = folder.map(RulebookFolder::files).orElseGet(ShippedRulebook::read);
        ReadOnce reader = new ReadOnce();
        Thread ahead = new Thread(() -> reader.apply(candidate), "read-ahead");
        ahead.setDaemon(true);
        ahead.start();
        return database(settings, folder.map(RulebookFolder::files), reader);
    }

    private int database(Settings settings, Optional<RulebookFiles> folder, ReadOnce reader) {
        Database database;
        try {
            database = Database.open(DatabaseSettings.from(environment));
        } catch (StorageRefused refused) {
            return refused(
                    new Bilingual(
                            "データベースを利用できないため、起動しません。",
                            "The database cannot be used; the service does not start.\n  %s\n  → %s"
                                    .formatted(refused.getMessage(), refused.advice())),
                    List.of());
        }
        boolean serving = false;
        try {
            serving = rulebook(settings, folder, reader, database);
        } catch (StorageUnavailable gone) {
            refused(
                    new Bilingual("起動中にデータベースとの接続が失われました。", "The database was lost while the service started."),
                    List.of());
        } finally {
            if (!serving) {
                database.close();
            }
        }
        return serving ? STARTED : REFUSED;
    }

    private boolean rulebook(Settings settings, Optional<RulebookFiles> folder, ReadOnce reader, Database database) {
        var keys = new SigningKeys(new SigningKeyFile(settings.signingKey()), database.checkpoints(), clock);
        try {
            keys.begin();
        } catch (SigningKeyFile.Unusable unusable) {
            refused(unusable.what(), List.of());
            return false;
        }
        Outcome outcome = new StartingRevision(database.revisions(), database.revisionLog(), reader, clock)
                .choose(folder, ShippedRulebook::read);
        if (outcome instanceof Outcome.Refused refused) {
            refused(refused.what(), refused.problems());
            return false;
        }
        Outcome.Ready ready = (Outcome.Ready) outcome;
        long warnings = ready.loaded().problems().size();
        LOG.info(
                "revision {} {} ({}, {} warnings), {}",
                ready.revision().id(),
                ready.published() ? "published" : "in force",
                ready.revision().digest(),
                warnings,
                database);
        return http(settings, ready, database, keys);
    }

    private boolean http(Settings all, Outcome.Ready ready, Database database, SigningKeys keys) {
        ApiSettings settings = all.api();
        var alarm = new LoggedAlarm();
        RevisionStore store = database.revisions();
        var history = new RevisionHistory(database.revisionLog(), store, all.approvals());
        var revisions = new Revisions(store, Rulebooks::checked, new DroolsCompiler());
        var tracing = new Tracing();
        var inForce = new InForce(revisions, store, history, alarm, active -> tracing.followed(), System::nanoTime);
        var revising = RevisionDesk.of(
                history,
                database.revisionLog(),
                store,
                new InstanceActivation(inForce),
                more(database.search()),
                clock);
        Traces traces = tracing.of(inForce, store);
        Optional<Unusable> unusable = inForce.begin(ready.revision(), ready.loaded());
        if (unusable.isPresent()) {
            refused(unusable.get().message(), unusable.get().problems());
            return false;
        }
        var evaluations = new Evaluations(inForce, database.ledger(), clock, UUID::randomUUID, alarm);
        HttpServer server;
        try {
            server = HttpServer.start(
                    settings,
                    evaluations,
                    traces,
                    new Records(database.ledger()),
                    new Audit(database.chain(), database.checkpoints(), Serve::walking),
                    new Archive(
                            database.ledger(),
                            database.search(),
                            database.redactions(),
                            database.revisions(),
                            revisions,
                            alarm),
                    new Bundles(database.revisions(), database.checkpoints(), () -> signer(keys), clock),
                    revising,
                    database.tokens(),
                    new Readiness(
                            () -> inForce.hears() && database.isReachable(), inForce::isCurrent, inForce::reasons),
                    clock,
                    new RevisionComparisons(new CheckRulebook(Rulebooks::read, Rulebooks::scenarios), store, history),
                    all.selfCheck(),
                    new SavedAnswers(database.savedChecks(), Chance::bytes));
        } catch (ServerStartupException inUse) {
            inForce.close();
            revisions.close();
            refused(
                    new Bilingual(
                            "%s を開けません。他のプログラムが使っていないか確かめ、%s を変えてください。".formatted(settings, Settings.PORT),
                            "%s cannot be opened. See whether another program uses it, or change %s."
                                    .formatted(settings, Settings.PORT)),
                    List.of());
            return false;
        }
        RevisionWatch watch = RevisionWatch.start(database.revisionNews(), inForce);
        Checkpointing checkpointing = Checkpointing.start(
                new CheckpointWriter(database.chain(), database.checkpoints()),
                keys,
                all.checkpointDir().map(folder -> new CheckpointFolder(folder, database.checkpoints())),
                clock);
        Runtime.getRuntime()
                .addShutdownHook(new Thread(
                        () -> {
                            server.close();
                            revising.checking().close();
                            watch.close();
                            tracing.close();
                            checkpointing.close();
                            inForce.close();
                            revisions.close();
                            database.close();
                        },
                        "shutdown"));
        String shown = settings.host().equals("0.0.0.0") ? "127.0.0.1" : settings.host();
        String address = "http://%s:%d".formatted(shown.contains(":") ? "[" + shown + "]" : shown, server.port());
        out.println("ISMAP Decision Service: %s (docs: %s/docs)".formatted(address, address));
        return true;
    }

    /** What is looked at of a draft beside the rulebook itself and its scenarios. */
    private List<Check> more(RecordSearch records) {
        Supplier<LocalDate> today = () -> LocalDate.ofInstant(clock.instant(), FactReader.TOKYO);
        return List.of(
                new ChangesCheck(AcknowledgementSheet::read, today),
                new ImpactCheck(records, ImpactReport.RECORDS, AcknowledgementSheet::read, today),
                new MutantsCheck(MutantsCheck.SAMPLE, OptionalInt.empty(), AcknowledgementSheet::read, today));
    }

    /** Empty also where its file cannot be used for now; the checkpoints say so in the log. */
    private static Optional<Signer> signer(SigningKeys keys) {
        try {
            return keys.signer();
        } catch (SigningKeyFile.Unusable unusable) {
            return Optional.empty();
        }
    }

    /** One walk along the chain, on a thread that deciding never waits for. */
    private static void walking(Runnable walk) {
        Thread thread = new Thread(walk, "verification");
        thread.setDaemon(true);
        thread.setPriority(Thread.MIN_PRIORITY);
        thread.start();
    }

    private int refused(Bilingual what, List<Problem> problems) {
        err.print(StartReport.of(what, problems));
        return REFUSED;
    }
}
