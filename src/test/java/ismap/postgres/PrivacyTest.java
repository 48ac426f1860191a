package ismap.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.read.ListAppender;
import ismap.Shipped;
import ismap.api.ApiSettings;
import ismap.api.HttpServer;
import ismap.api.Readiness;
import ismap.drools.DroolsCompiler;
import ismap.evaluation.ActiveRulebook;
import ismap.evaluation.Alarm;
import ismap.evaluation.Archive;
import ismap.evaluation.Audit;
import ismap.evaluation.Evaluations;
import ismap.evaluation.Records;
import ismap.evaluation.Revisions;
import ismap.evaluation.Traces;
import ismap.publication.Bundling;
import ismap.publication.Revisings;
import ismap.publication.RulebookFolder;
import ismap.revision.NewRevision;
import ismap.rulebook.Digests;
import ismap.rulebook.RulebookFiles;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.slf4j.LoggerFactory;

/** What people enter, followed by its unmistakable words through the whole service: its logs, its addresses, its database. */
@Tag("database")
@ExtendWith(PostgresExtension.class)
final class PrivacyTest {

    private static final String TOKEN = "a-token-of-the-privacy-test";
    private static final Alarm NOBODY = (decision, revision, what) -> {
        throw new AssertionError(decision + ": " + what);
    };

    /** In all that is entered. */
    private final String mark = "mark" + UUID.randomUUID().toString().replace("-", "");

    private final HttpClient client = HttpClient.newHttpClient();
    private final ListAppender<ILoggingEvent> log = new ListAppender<>();
    private final Database database;
    private int port;

    PrivacyTest(Database database) {
        this.database = database;
    }

    @Test
    void whatWasEnteredIsInNoLogAndAfterARedactionNowhere() throws Exception {
        Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        Logger own = (Logger) LoggerFactory.getLogger("ismap");
        Level before = root.getLevel();
        log.start();
        root.addAppender(log);
        root.setLevel(Level.INFO);
        own.setLevel(Level.TRACE);
        try (HttpServer server = server()) {
            port = server.port();
            LoggerFactory.getLogger("ismap.test").info("the log is read");
            whatIsWrongIsNotLogged();
            assertThat(places()).as("a self-check, or what was refused").isEmpty();

            String first = decide(mark + "-key-1", "");
            String second = decide(
                    mark + "-key-2", ",\"supersedes\":\"%s\",\"reason\":\"%s-reason\"".formatted(id(first), mark));
            assertThat(first + second).doesNotContain(mark);
            everythingIsLookedAt(first);
            assertThat(places())
                    .as("the search finds what is there")
                    .containsExactlyInAnyOrder(
                            "decision_record.request",
                            "decision_record.answer",
                            "decision_record.application",
                            "decision_record.service",
                            "decision_record.applicant",
                            "decision_record.assessor",
                            "decision_record.supersede_reason",
                            "idempotency_key.key");

            redact(first);
            redact(second);
            assertThat(places()).isEmpty();
            for (String record : List.of(first, second)) {
                assertThat(everythingIsLookedAt(record)).doesNotContain(mark);
            }
            assertThat(get("/api/v1/records?limit=5")).doesNotContain(mark);
            // Behind a redaction the caller is told again what it has just sent, and nothing else.
            send("POST", "/api/v1/decisions/conflict-of-interest", question(""), mark + "-key-1");
            assertThat(places()).isEmpty();
        } finally {
            root.detachAppender(log);
            root.setLevel(before);
            own.setLevel(null);
        }
        assertThat(logged()).contains("the log is read").doesNotContain(mark);
    }

    private void whatIsWrongIsNotLogged() throws Exception {
        post("/api/v1/self-check/conflict-of-interest", question(""), 200);
        post("/api/v1/decisions/conflict-of-interest", question("").replace("\"roles\"", "\"" + mark + "\""), 422);
        post("/api/v1/decisions/conflict-of-interest", question("").replace("PROVIDER", mark), 422);
        post("/api/v1/decisions/conflict-of-interest", question("").replace("}}", "}" + mark), 400);
        post("/api/v1/decisions/" + mark, question(""), 404);
        post("/api/v1/decisions/conflict-of-interest", "\"" + mark.repeat(40_000) + "\"", 413);
    }

    /** All that is handed out about a record, one after the other. */
    private String everythingIsLookedAt(String record) throws Exception {
        return get(record)
                + get("/records/" + id(record))
                + get(record + "/dossier")
                + send("POST", record + "/replay", "", null).body()
                + get("/api/v1/records/export?format=csv")
                + get("/api/v1/records/export?format=ndjson")
                + get("/api/v1/records?reference=" + mark + "-service").replace(mark + "-service", "");
    }

    private String question(String more) {
        return """
                {"asOf":"2026-06-01","facts":{"roles":["PROVIDER"],
                  "consulting":[{"client":"%1$s-client","from":"2025-06-01"}],
                  "applicants":[{"name":"%1$s-client","appliedOn":"2026-05-01"},{"name":"%1$s-name","appliedOn":"2026-05-02"}]},
                 "attestations":{"applicants":{"by":"%1$s-by","on":"2026-05-03","document":"%1$s-document"}},
                 "reference":{"application":"%1$s-application","service":"%1$s-service","applicant":"%1$s-applicant",
                  "assessor":"%1$s-assessor"}%2$s}
                """.formatted(mark, more);
    }

    private String decide(String key, String more) throws Exception {
        var answer = send("POST", "/api/v1/decisions/conflict-of-interest", question(more), key);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
        return answer.headers().firstValue("Location").orElseThrow();
    }

    private static String id(String record) {
        return record.substring(record.lastIndexOf('/') + 1);
    }

    private void redact(String record) throws Exception {
        var proposed = send("POST", record + "/redactions", "{\"reason\":\"誤記載\",\"legalBasis\":\"第98条\"}", null);
        assertThat(proposed.statusCode()).as(proposed.body()).isEqualTo(201);
        UUID proposal =
                UUID.fromString(id(proposed.headers().firstValue("Location").orElseThrow()));
        database.redactions().carryOut(UUID.fromString(id(record)), proposal, "auditor-of-the-privacy-test");
    }

    // ---- where it is

    /** The columns of the schema in which the mark stands, as text or as bytes. */
    private Set<String> places() throws SQLException {
        var places = new TreeSet<String>();
        try (var connection = TestPostgres.connect(
                        database.server().url(), database.server().migration());
                var columns = connection.prepareStatement("""
                        select table_name, column_name, udt_name from information_schema.columns
                        where table_schema = 'ismap' order by 1, 2""");
                var column = columns.executeQuery()) {
            while (column.next()) {
                String name = "\"%s\"".formatted(column.getString(2));
                String test = column.getString(3).equals("bytea")
                        ? "position(convert_to('%s', 'UTF8') in %s) > 0".formatted(mark, name)
                        : "position('%s' in %s::text) > 0".formatted(mark, name);
                try (var select = connection.createStatement();
                        var found = select.executeQuery("select exists (select from ismap.\"%s\" where %s)"
                                .formatted(column.getString(1), test))) {
                    found.next();
                    if (found.getBoolean(1)) {
                        places.add(column.getString(1) + "." + column.getString(2));
                    }
                }
            }
        }
        return places;
    }

    private String logged() {
        var lines = new ArrayList<String>();
        for (ILoggingEvent event : List.copyOf(log.list)) {
            lines.add(event.getLoggerName() + " " + event.getFormattedMessage() + " " + event.getMDCPropertyMap());
            if (event.getThrowableProxy() != null) {
                lines.add(ThrowableProxyUtil.asString(event.getThrowableProxy()));
            }
        }
        return String.join("\n", lines);
    }

    // ---- asking

    private String get(String path) throws Exception {
        var response = send("GET", path, "", null);
        assertThat(response.statusCode()).as(path).isEqualTo(200);
        return response.body();
    }

    private void post(String path, String json, int status) throws Exception {
        var response = send("POST", path, json, null);
        assertThat(response.statusCode()).as(path + " " + response.body()).isEqualTo(status);
    }

    /** Every byte is a letter of ISO 8859-1, also those of a ZIP. */
    private HttpResponse<String> send(
            String method, String path, String json, @org.jspecify.annotations.Nullable String key)
            throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:%d%s".formatted(port, path)))
                .header("Authorization", "Bearer " + TOKEN)
                .header("Content-Type", "application/json")
                .method(method, HttpRequest.BodyPublishers.ofString(json));
        if (key != null) {
            request.header("Idempotency-Key", key);
        }
        return client.send(
                request.build(), HttpResponse.BodyHandlers.ofString(java.nio.charset.StandardCharsets.ISO_8859_1));
    }

    private HttpServer server() {
        RulebookFiles files = RulebookFolder.read(Shipped.FOLDER).files();
        String digest = Digests.ofRulebook(Shipped.checked().rulebook().orElseThrow());
        var published = database.revisions()
                .publish(new NewRevision(
                        "privacy-" + mark.hashCode(),
                        digest,
                        Digests.ofFiles(files),
                        "",
                        new TreeMap<>(files.contents())));
        var active = new ActiveRulebook(
                published.id(),
                digest,
                published.publishedAt(),
                Shipped.checked().rulebook().orElseThrow(),
                Shipped.checked().sources(),
                Shipped.checked().plans(),
                Shipped.compiled());
        return HttpServer.start(
                ApiSettings.local(0).withAdminToken(TOKEN),
                new Evaluations(
                        () -> Optional.of(active), database.ledger(), Clock.systemUTC(), UUID::randomUUID, NOBODY),
                new Traces(() -> Optional.of(active), any -> Map.of()),
                new Records(database.ledger()),
                new Audit(database.chain(), database.checkpoints(), Runnable::run),
                new Archive(
                        database.ledger(),
                        database.search(),
                        database.redactions(),
                        database.revisions(),
                        new Revisions(database.revisions(), any -> Shipped.loaded(), new DroolsCompiler()),
                        NOBODY),
                Bundling.of(database.revisions()),
                Revisings.none(),
                database.tokens(),
                new Readiness(database::isReachable, () -> true),
                Clock.systemUTC());
    }
}
