package ismap.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A redaction over HTTP: proposed by one, carried out by another, and what the record is afterwards. */
@Tag("http")
class RedactionHttpTest {

    private static final String WHY = "{\"reason\":\"氏名の誤記載\",\"legalBasis\":\"個人情報保護法 第98条\"}";

    private static ShippedServer server;
    private static String auditor = "";
    private static String intake = "";

    @BeforeAll
    static void start() {
        server = new ShippedServer();
        auditor = token("auditor-2", "auditor");
        intake = token("intake-1", "intake");
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void anAuditorProposesAndAnotherCarriesOut() {
        String record = decide();
        HttpResponse<String> proposed = server.send(ShippedServer.TOKEN, "POST", record + "/redactions", WHY);
        assertThat(proposed.statusCode()).as(proposed.body()).isEqualTo(201);
        String proposal = proposed.headers().firstValue("Location").orElseThrow();
        assertThat(proposal).startsWith(record + "/redactions/");
        JsonNode before = read(proposal);
        assertThat(before).isEqualTo(ShippedServer.read(proposed.body()));
        assertThat(before.path("proposedBy").asText()).isEqualTo("admin");
        assertThat(before.path("carriedOut").isNull()).isTrue();
        assertThat(read(record).has("redacted")).isFalse();

        problem(server.send(ShippedServer.TOKEN, "POST", proposal + "/execution", ""), 409, "own-proposal");
        HttpResponse<String> done = server.send(auditor, "POST", proposal + "/execution", "");
        assertThat(done.statusCode()).as(done.body()).isEqualTo(200);
        JsonNode entry = ShippedServer.read(done.body());
        assertThat(entry.path("seal").path("kind").asText()).isEqualTo("REDACTION");
        assertThat(read(proposal).path("carriedOut")).isEqualTo(entry);
        assertThat(read(record + "/redactions").path("redactions").path(0)).isEqualTo(read(proposal));
        assertThat(read(record).path("redacted")).isEqualTo(entry);

        problem(server.send(auditor, "POST", proposal + "/execution", ""), 409, "already-redacted");
        problem(server.send(auditor, "POST", record + "/redactions", WHY), 409, "already-redacted");
    }

    @Test
    void whatDoesNotExistIsNotFoundAndWhoMayNotIsRefused() {
        String record = decide();
        String nothing = "/api/v1/records/" + UUID.randomUUID();
        problem(server.send(auditor, "POST", nothing + "/redactions", WHY), 404, "unknown-record");
        problem(server.send(auditor, "GET", nothing + "/redactions", ""), 404, "unknown-record");
        problem(server.send(auditor, "GET", record + "/redactions/" + UUID.randomUUID(), ""), 404, "unknown-proposal");
        for (String id : Set.of("x", UUID.randomUUID().toString())) {
            problem(
                    server.send(auditor, "POST", record + "/redactions/" + id + "/execution", ""),
                    404,
                    "unknown-proposal");
        }
        problem(server.send(intake, "POST", record + "/redactions", WHY), 403, "forbidden");
        problem(server.send("nobody's", "GET", record + "/redactions", ""), 401, "unauthorized");
    }

    @Test
    void allThatIsWrongWithAProposalIsSaidAtOnce() {
        String record = decide();
        JsonNode problem = problem(
                server.send(auditor, "POST", record + "/redactions", "{\"reason\":\" \",\"why\":1}"),
                422,
                "invalid-request");
        assertThat(problem.path("errors").findValuesAsText("pointer"))
                .containsExactlyInAnyOrder("/why", "/reason", "/legalBasis");
        problem(server.send(auditor, "POST", record + "/redactions", "{"), 400, "unreadable-json");
        assertThat(read(record + "/redactions").path("redactions")).isEmpty();
    }

    @Test
    void aRedactedRecordIsShownHonestly() throws IOException {
        String record = decide();
        String id = record.substring(record.lastIndexOf('/') + 1);
        redact(record);

        JsonNode receipt = read(record);
        assertThat(receipt.path("outcome").asText()).isNotEmpty();
        assertThat(receipt.path("reference")).isEmpty();
        assertThat(receipt.has("request") || receipt.has("answer") || receipt.has("salt"))
                .isFalse();
        JsonNode replay = ShippedServer.read(
                server.send(auditor, "POST", record + "/replay", "").body());
        assertThat(replay.path("result").asText()).isEqualTo("UNREPLAYABLE");
        assertThat(replay.path("reason").path("code").asText()).isEqualTo("RECORD_REDACTED");
        assertThat(read("/api/v1/records?outcome=" + receipt.path("outcome").asText())
                        .path("records")
                        .findValuesAsText("id"))
                .contains(id);
        assertThat(server.send(auditor, "GET", "/api/v1/records/export?format=csv", "")
                        .body())
                .contains(id);
        assertThat(read("/api/v1/records/verification").path("intact").asBoolean())
                .isTrue();

        HttpResponse<String> page = server.send(auditor, "GET", "/records/" + id + "?lang=en", "");
        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.body())
                .contains("was redacted", "auditor-2", "氏名の誤記載", id)
                .doesNotContain("Facts as they were given");

        Map<String, String> dossier =
                unzipped(server.download(record + "/dossier").body());
        assertThat(dossier.keySet()).contains("chain/seal.json", "chain/redaction.json", "HOW-TO-VERIFY.en.md");
        assertThat(dossier.keySet()).noneMatch(name -> name.matches("chain/(salt|request|answer).*"));
        assertThat(dossier.get("receipt.json"))
                .isEqualTo(server.read("GET", record).body());
        assertThat(dossier.get("receipt.html")).contains("抹消");
    }

    @Test
    void theSameKeyIsNotDecidedASecondTime() {
        String key = UUID.randomUUID().toString();
        HttpResponse<String> first = server.decide(intake, key, question("S-1", ""));
        assertThat(first.statusCode()).isEqualTo(201);
        redact(first.headers().firstValue("Location").orElseThrow());

        JsonNode problem = problem(server.decide(intake, key, question("S-1", "")), 422, "invalid-request");
        assertThat(problem.path("errors").path(0).path("code").asText()).isEqualTo("RECORD_REDACTED");
        assertThat(problem.path("errors").path(0).path("message").path("en").asText())
                .contains(ShippedServer.read(first.body()).path("id").asText());
    }

    @Test
    void aRedactedRecordCanStillBeCorrected() {
        String record = decide();
        redact(record);
        String id = record.substring(record.lastIndexOf('/') + 1);
        HttpResponse<String> correction =
                server.decide(intake, UUID.randomUUID().toString(), question("S-1", id));

        assertThat(correction.statusCode()).as(correction.body()).isEqualTo(201);
        assertThat(read(record).path("supersededBy").asText())
                .isEqualTo(ShippedServer.read(correction.body()).path("id").asText());
    }

    // ---- asking

    private static String question(String service, String supersedes) {
        return """
                {"asOf":"2025-06-01","facts":{"registrationDecision":"APPROVED","registrationDecidedOn":"2025-01-01",
                 "assessmentPeriodEnd":"2024-09-30"},"reference":{"service":"%s"}%s}
                """.formatted(
                service,
                supersedes.isEmpty() ? "" : ",\"supersedes\":\"%s\",\"reason\":\"決定日の誤り\"".formatted(supersedes));
    }

    private static String decide() {
        HttpResponse<String> answer =
                server.decide(intake, UUID.randomUUID().toString(), question("S-" + UUID.randomUUID(), ""));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
        return answer.headers().firstValue("Location").orElseThrow();
    }

    private static void redact(String record) {
        String proposal = server.send(ShippedServer.TOKEN, "POST", record + "/redactions", WHY)
                .headers()
                .firstValue("Location")
                .orElseThrow();
        assertThat(server.send(auditor, "POST", proposal + "/execution", "").statusCode())
                .isEqualTo(200);
    }

    private static String token(String name, String role) {
        HttpResponse<String> issued = server.send(
                ShippedServer.TOKEN,
                "POST",
                "/api/v1/tokens",
                "{\"name\":\"%s\",\"roles\":[\"%s\"]}".formatted(name, role));
        return ShippedServer.read(issued.body()).path("token").asText();
    }

    private static JsonNode read(String path) {
        HttpResponse<String> response = server.send(auditor, "GET", path, "");
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        return ShippedServer.read(response.body());
    }

    private static JsonNode problem(HttpResponse<String> response, int status, String type) {
        assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
        JsonNode problem = ShippedServer.read(response.body());
        assertThat(problem.path("type").asText()).isEqualTo("/problems/" + type);
        return problem;
    }

    private static Map<String, String> unzipped(byte[] zip) throws IOException {
        var files = new TreeMap<String, String>();
        try (var stream = new ZipInputStream(new ByteArrayInputStream(zip))) {
            for (var entry = stream.getNextEntry(); entry != null; entry = stream.getNextEntry()) {
                files.put(entry.getName(), new String(stream.readAllBytes(), StandardCharsets.UTF_8));
            }
        }
        return files;
    }
}
