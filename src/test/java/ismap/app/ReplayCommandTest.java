package ismap.app;

import static org.assertj.core.api.Assertions.assertThat;

import ismap.Shipped;
import ismap.drools.DroolsCompiler;
import ismap.evaluation.ActiveRulebook;
import ismap.evaluation.Evaluations;
import ismap.evaluation.RecordExport;
import ismap.evaluation.RecordQuery;
import ismap.ledger.Ledger;
import ismap.ledger.RecordFilter;
import ismap.ledger.RecordSearch;
import ismap.postgres.Database;
import ismap.postgres.DatabaseSettings;
import ismap.publication.RulebookFolder;
import ismap.revision.NewRevision;
import ismap.revision.RevisionStore;
import ismap.rulebook.Digests;
import ismap.rulebook.RulebookFiles;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command {@code replay}, on an embedded database that no service runs on, and on an export. */
@Tag("database")
class ReplayCommandTest {

    private static final Map<String, Object> REQUEST = Map.of(
            "asOf",
            "2025-06-01",
            "facts",
            Map.of("registrationDecision", "APPROVED", "registrationDecidedOn", "2025-01-01"));

    @TempDir
    Path folder;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @Test
    void recordsOfADatabaseAndOfItsExportReplayTheSameAndAnAlteredOneDoesNot() throws Exception {
        var environment =
                Map.of(DatabaseSettings.DATA_DIR, folder.resolve("data").toString());
        Path export = folder.resolve("export.ndjson");
        try (Database database = Database.open(DatabaseSettings.from(environment))) {
            record(database.revisions(), database.ledger(), 3);
            export(database.search(), export);

            assertThat(replay(environment)).as("a service runs on it").isEqualTo(1);
            assertThat(said(err)).contains("in use by another service");
        }
        assertThat(replay(environment)).as(said(err)).isZero();
        assertThat(said(out)).contains("3 same");
        assertThat(replay(environment, "--from", "2", "--to", "2", "--format", "json"))
                .isZero();
        assertThat(said(out)).endsWith("{\"records\":1,\"same\":1,\"different\":0,\"unreplayable\":0}\n");

        String[] file = {"--file", export.toString(), "--rulebook", Shipped.FOLDER.toString()};
        assertThat(replay(Map.of(), file)).as(said(err)).isZero();
        Files.writeString(export, Files.readString(export).replace("\"expiresOn\":", "\"expiredOn\":"));
        assertThat(replay(Map.of(), file)).isEqualTo(1);
        assertThat(said(out)).contains("DIFFERENT #1", "/values/expiredOn", "0 same, 3 different");
    }

    @Test
    void whatIsNoReceiptOrNoSensibleQuestionIsUsage() throws Exception {
        Path noReceipts = Files.writeString(folder.resolve("x.ndjson"), "{}\n");
        assertThat(replay(Map.of(), "--file", noReceipts.toString(), "--rulebook", Shipped.FOLDER.toString()))
                .isEqualTo(2);
        assertThat(said(err)).contains("x.ndjson:1");
        assertThat(replay(Map.of(), "--file", noReceipts.toString())).isEqualTo(2);
        assertThat(replay(Map.of(), "--id", UUID.randomUUID().toString(), "--from", "2"))
                .isEqualTo(2);
    }

    private static void record(RevisionStore revisions, Ledger ledger, int records) {
        RulebookFiles files = RulebookFolder.read(Shipped.FOLDER).files();
        var rulebook = Shipped.checked().rulebook().orElseThrow();
        var stored = revisions.publish(new NewRevision(
                "shipped", Digests.ofRulebook(rulebook), Digests.ofFiles(files), "", new TreeMap<>(files.contents())));
        ActiveRulebook active = ActiveRulebook.compile(
                stored.id(),
                stored.digest(),
                stored.publishedAt(),
                rulebook,
                Shipped.checked().sources(),
                new DroolsCompiler());
        var evaluations = new Evaluations(
                () -> Optional.of(active), ledger, Clock.systemUTC(), UUID::randomUUID, (decision, revision, what) -> {
                    throw new AssertionError(what);
                });
        for (int i = 0; i < records; i++) {
            evaluations.decide("service-validity", REQUEST, "desk", Optional.empty());
        }
        active.rules().close();
    }

    private static void export(RecordSearch search, Path file) throws IOException {
        try (var export = RecordExport.open(search, RecordFilter.NONE, RecordQuery.Format.NDJSON)) {
            Files.write(file, export.readAllBytes());
        }
    }

    private int replay(Map<String, String> environment, String... args) {
        out.reset();
        err.reset();
        var all = new java.util.ArrayList<String>();
        all.add("replay");
        all.addAll(java.util.List.of(args));
        return CommandLine.run(
                all.toArray(new String[0]),
                environment,
                Clock.systemUTC(),
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8));
    }

    private static String said(ByteArrayOutputStream stream) {
        return stream.toString(StandardCharsets.UTF_8);
    }
}
