package ismap.api;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import ismap.Shipped;
import ismap.json.JsonReader;
import ismap.json.JsonWriter;
import ismap.json.Parsed;
import ismap.publication.RulebookFolder;
import ismap.rulebook.Digests;
import ismap.rulebook.RulebookFiles;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Records over HTTP: found again, taken away, decided again, and handed out with what they rest on. */
@Tag("http")
class ArchiveHttpTest {

    private static final String RECORDS = "/api/v1/records";
    private static final String FACTS =
            "{\"registrationDecision\":\"APPROVED\",\"registrationDecidedOn\":\"2025-01-01\",\"assessmentPeriodEnd\":\"2024-09-30\"}";

    private static ShippedServer server;

    @BeforeAll
    static void start() {
        server = new ShippedServer();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void recordsAreFoundNewestFirstPageByPage() {
        String service = "S-" + UUID.randomUUID();
        var ids = new ArrayList<String>();
        for (int i = 0; i < 5; i++) {
            ids.add(0, decide(service));
        }
        var found = new ArrayList<String>();
        String next = RECORDS + "?reference=" + service + "&limit=2&applicableFrom=2020-01-01";
        int pages = 0;
        while (next != null) {
            JsonNode page = json("GET", next);
            page.path("records").forEach(record -> found.add(record.path("id").asText()));
            next = page.path("next").asText(null);
            pages++;
        }
        assertThat(found).isEqualTo(ids);
        assertThat(pages).isEqualTo(3);
    }

    @Test
    void aPublishedRevisionIsHandedToAnybodyAsABundleThatIsAskedForAgainForNothing() throws Exception {
        String path = "/api/v1/revisions/" + ShippedServer.REVISION + "/bundle";
        var bundle = server.download(path);
        assertThat(bundle.statusCode()).isEqualTo(200);
        assertThat(unzipped(bundle.body()))
                .containsKeys("bundle.json", "signature.json", "keys.json", "files/parameters.xlsx");
        String tag = bundle.headers().firstValue("ETag").orElseThrow();

        assertThat(server.ask(path, "If-None-Match", "W/\"x\", " + tag).statusCode())
                .isEqualTo(304);
        assertThat(server.ask(path, "If-None-Match", "\"x\"").statusCode()).isEqualTo(200);
        assertThat(server.ask("/api/v1/revisions/none/bundle").statusCode()).isEqualTo(404);
    }

    @Test
    void aSummaryHasWhatAReceiptHasButNotWhatWasAsked() {
        String service = "S-" + UUID.randomUUID();
        String id = decide(service);

        JsonNode summary =
                json("GET", RECORDS + "?reference=" + service).path("records").path(0);
        JsonNode receipt = json("GET", RECORDS + "/" + id);
        var names = new ArrayList<String>();
        summary.fieldNames().forEachRemaining(names::add);
        assertThat(names)
                .containsExactly(
                        "id",
                        "sequence",
                        "recordedAt",
                        "recordedBy",
                        "decision",
                        "outcome",
                        "applicableDay",
                        "asOf",
                        "revision",
                        "reference",
                        "supersedes",
                        "supersededBy");
        names.forEach(name -> assertThat(summary.path(name)).as(name).isEqualTo(receipt.path(name)));
    }

    @Test
    void aRuleAndAClauseFindWhatRestsOnThem() {
        String service = "S-" + UUID.randomUUID();
        String id = decide(service);
        JsonNode finding =
                json("GET", RECORDS + "/" + id).path("answer").path("findings").path(0);
        String clause = finding.path("citation").path("document").asText() + "+"
                + finding.path("citation").path("clause").asText();

        for (String filter : List.of("rule=" + finding.path("rule").asText(), "clause=" + clause)) {
            assertThat(json("GET", RECORDS + "?reference=" + service + "&" + filter)
                            .path("records")
                            .findValuesAsText("id"))
                    .as(filter)
                    .containsExactly(id);
        }
        assertThat(json("GET", RECORDS + "?reference=" + service + "&rule=NO-SUCH-RULE")
                        .path("records"))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/export"})
    void everyBadParameterIsNamedAtOnce(String path) {
        var response =
                server.read("GET", RECORDS + path + "?applicableFrom=2026-02-30&recordedFrom=x&clause=3.5&colour=red");

        assertThat(response.statusCode()).isEqualTo(422);
        var pointers = new ArrayList<String>();
        ShippedServer.read(response.body())
                .path("errors")
                .forEach(error -> pointers.add(error.path("pointer").asText()));
        assertThat(pointers)
                .containsExactlyInAnyOrder(
                        "/query/applicableFrom", "/query/recordedFrom", "/query/clause", "/query/colour");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/export",
                "/00000000-0000-0000-0000-000000000000",
                "/00000000-0000-0000-0000-000000000000/dossier"
            })
    void withoutATokenNothingIsShown(String path) {
        assertThat(server.ask(RECORDS + path).statusCode()).isEqualTo(401);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/00000000-0000-0000-0000-000000000000/dossier", "/1-1-1-1-1/dossier", "/x/dossier"})
    void whatIsNotOnRecordIsNotFound(String path) {
        assertThat(server.read("GET", RECORDS + path).statusCode()).isEqualTo(404);
    }

    @Test
    void anExportHasTheReceiptsOldestFirst() {
        String service = "S-" + UUID.randomUUID();
        var ids = new ArrayList<String>();
        for (int i = 0; i < 3; i++) {
            ids.add(decide(service));
        }
        var response = server.read("GET", RECORDS + "/export?format=ndjson&reference=" + service);

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().firstValue("Content-Type")).contains("application/x-ndjson");
        assertThat(response.body().lines())
                .containsExactlyElementsOf(ids.stream()
                        .map(id -> server.read("GET", RECORDS + "/" + id).body())
                        .toList());
    }

    @Test
    void aTableOfRecordsOpensInASpreadsheetAndCalculatesNothing() {
        String service = "=HYPERLINK(\"" + UUID.randomUUID() + "\",1)";
        String id = decide(service);
        byte[] csv = server.download(
                        RECORDS + "/export?format=csv&reference=" + java.net.URLEncoder.encode(service, UTF_8))
                .body();

        assertThat(csv).startsWith(0xEF, 0xBB, 0xBF);
        assertThat(new String(csv, UTF_8).lines().toList())
                .hasSize(2)
                .last()
                .asString()
                .contains("," + id + ",", ",\"'=HYPERLINK(\"\"");
    }

    @Test
    void aReplaySaysThatTheAnswerIsTheSame() {
        String id = decide("S-1");

        JsonNode replay = json("POST", RECORDS + "/" + id + "/replay");
        assertThat(replay.path("result").asText()).isEqualTo("SAME");
        assertThat(replay.path("id").asText()).isEqualTo(id);
        assertThat(replay.path("sequence").asLong()).isPositive();
        assertThat(server.read("POST", RECORDS + "/" + UUID.randomUUID() + "/replay")
                        .statusCode())
                .isEqualTo(404);
    }

    @Test
    void aDossierOpensAndVerifiesWithoutTheService() throws Exception {
        String id = decide("S-<1>");
        var response = server.download(RECORDS + "/" + id + "/dossier");
        assertThat(response.statusCode()).isEqualTo(200);
        Map<String, byte[]> dossier = unzipped(response.body());

        JsonNode receipt = ShippedServer.read(text(dossier, "receipt.json"));
        JsonNode seal = ShippedServer.read(text(dossier, "chain/seal.json"));
        assertThat(text(dossier, "receipt.json"))
                .isEqualTo(server.read("GET", RECORDS + "/" + id).body());
        assertThat(sha256(file(dossier, "chain/seal.json")))
                .isEqualTo(receipt.path("hash").asText());
        for (String part : List.of("request", "answer")) {
            assertThat(sha256(file(dossier, "chain/salt.bin"), file(dossier, "chain/" + part + ".json")))
                    .isEqualTo(seal.path(part + "Digest").asText());
            assertThat(((Parsed.Document) JsonReader.read(file(dossier, "receipt.json"))).value())
                    .isInstanceOfSatisfying(
                            Map.class,
                            map -> assertThat(JsonWriter.canonical(map.get(part)))
                                    .isEqualTo(file(dossier, "chain/" + part + ".json")));
        }
        var files = new TreeMap<String, byte[]>();
        dossier.forEach((path, content) -> {
            if (path.startsWith("revision/")) {
                files.put(path.substring("revision/".length()), content);
            }
        });
        assertThat(files.keySet())
                .isEqualTo(
                        RulebookFolder.read(Shipped.FOLDER).files().contents().keySet());
        assertThat(Digests.ofFiles(new RulebookFiles(files)))
                .isEqualTo(seal.path("revision").path("filesDigest").asText());
        assertThat(ShippedServer.read(text(dossier, "replay.json"))
                        .path("result")
                        .asText())
                .isEqualTo("SAME");
        assertThat(text(dossier, "clauses.txt")).contains("basic-regulations");
        assertThat(text(dossier, "receipt.html"))
                .contains("lang=\"ja\"", id, "S-&lt;1&gt;", "<style>")
                .doesNotContain("<link", "<script", "src=");
        assertThat(text(dossier, "HOW-TO-VERIFY.ja.md"))
                .contains(id, receipt.path("hash").asText());
        assertThat(text(dossier, "HOW-TO-VERIFY.en.md")).contains(id);
    }

    @Test
    void aDossierHasTheSameBytesEveryTime() {
        String path = RECORDS + "/" + decide("S-1") + "/dossier";

        assertThat(server.download(path).body()).isEqualTo(server.download(path).body());
    }

    @Test
    void aReceiptIsAPageForWhoeverSendsTheToken() {
        String id = decide("S-<1>");

        var page = server.read("GET", "/records/" + id + "?lang=en");
        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.headers().firstValue("Content-Type").orElse("")).startsWith("text/html");
        assertThat(page.body())
                .contains(id, "S-&lt;1&gt;", "2026-01-31", "lang=\"en\"")
                .doesNotContain("S-<1>");
        assertThat(server.read("GET", "/records/" + UUID.randomUUID()).statusCode())
                .isEqualTo(404);

        var withoutToken = server.ask("/records/" + id);
        assertThat(withoutToken.statusCode()).isEqualTo(401);
        assertThat(withoutToken.body()).contains("Authorization: Bearer").doesNotContain("2026-01-31");
    }

    // ---- asking

    private static String decide(String service) {
        String reference = new String(JsonWriter.write(Map.of("service", service)), UTF_8);
        var response = server.decide(
                "service-validity",
                "{\"asOf\":\"2025-06-01\",\"facts\":%s,\"reference\":%s}".formatted(FACTS, reference));
        assertThat(response.statusCode()).as(response.body()).isEqualTo(201);
        return ShippedServer.read(response.body()).path("id").asText();
    }

    private static JsonNode json(String method, String path) {
        var response = server.read(method, path);
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        return ShippedServer.read(response.body());
    }

    private static Map<String, byte[]> unzipped(byte[] zip) throws IOException {
        var files = new TreeMap<String, byte[]>();
        try (var stream = new ZipInputStream(new ByteArrayInputStream(zip))) {
            for (var entry = stream.getNextEntry(); entry != null; entry = stream.getNextEntry()) {
                files.put(entry.getName(), stream.readAllBytes());
            }
        }
        return files;
    }

    private static byte[] file(Map<String, byte[]> files, String path) {
        return java.util.Objects.requireNonNull(files.get(path), path);
    }

    private static String text(Map<String, byte[]> files, String path) {
        return new String(file(files, path), UTF_8);
    }

    private static String sha256(byte[]... parts) throws Exception {
        var digest = MessageDigest.getInstance("SHA-256");
        for (byte[] part : parts) {
            digest.update(part);
        }
        return HexFormat.of().formatHex(digest.digest());
    }
}
