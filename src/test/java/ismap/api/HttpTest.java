package ismap.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SpecVersion;
import ismap.access.InMemoryTokens;
import ismap.decision.ProblemText;
import ismap.evaluation.Archives;
import ismap.evaluation.Audit;
import ismap.evaluation.Evaluations;
import ismap.evaluation.Records;
import ismap.evaluation.SmallRulebook;
import ismap.evaluation.Traces;
import ismap.ledger.InMemoryCheckpoints;
import ismap.ledger.InMemoryLedger;
import ismap.ledger.Ledger;
import ismap.ledger.NewRecord;
import ismap.ledger.Receipt;
import ismap.ledger.StorageUnavailable;
import ismap.publication.Bundling;
import ismap.publication.Revisings;
import ismap.revision.InMemoryRevisionStore;
import ismap.revision.NewRevision;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.Socket;
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
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The real server over real sockets; only the database is kept in memory. */
@Tag("http")
class HttpTest {

    private static final Instant NOW = Instant.parse("2026-04-01T15:30:00Z");
    private static final String TOKEN = "a-token-for-tests";
    private static final String SELF_CHECK = "/api/v1/self-check/small";
    private static final String DECIDE = "/api/v1/decisions/small";
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final AtomicBoolean DATABASE = new AtomicBoolean(true);
    private static final HttpClient CLIENT =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private static HttpServer server = server(ApiSettings.local(0).withAdminToken(TOKEN));

    @BeforeAll
    static void databaseIsThere() {
        DATABASE.set(true);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void aSelfCheckIsAnsweredWithReasonsAndClauses() throws Exception {
        var response = post(
                SELF_CHECK,
                "{\"asOf\":\"2022-10-01\",\"facts\":{\"scheme\":\"ISMAP_LIU\",\"filedAt\":\"2022-09-01\"}}");
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().firstValue("Content-Type")).contains("application/json");
        JsonNode answer = JSON.readTree(response.body());
        assertThat(names(answer))
                .containsExactly(
                        "decision",
                        "outcome",
                        "asOf",
                        "applicableDay",
                        "knownAt",
                        "revision",
                        "values",
                        "findings",
                        "missing",
                        "notExamined");
        assertThat(answer.path("applicableDay").asText()).isEqualTo("2022-09-01");
        JsonNode finding = answer.path("findings").path(0);
        assertThat(names(finding))
                .containsExactly("rule", "status", "row", "citation", "message", "because", "source", "assumption");
        assertThat(finding.path("citation").toString())
                .isEqualTo("{\"document\":\"basic-regulations\",\"clause\":\"3.5\",\"edition\":\"2021-12-20\"}");
        assertThat(finding.path("source").toString())
                .isEqualTo("{\"workbook\":\"small.xlsx\",\"sheet\":\"R-1\",\"cell\":\"A1\"}");
        assertThat(finding.path("because").toString()).isEqualTo("{\"scheme\":\"ISMAP_LIU\"}");
        assertThat(answer.path("findings").path(1).path("because").toString()).isEqualTo("{\"approved\":null}");
        assertThat(answer.path("notExamined").path(0).path("decidedBy").asText())
                .isEqualTo("COMMITTEE");
    }

    @Test
    void equalQuestionsAreAnsweredByEqualBytes() throws Exception {
        String question = "{\"asOf\":\"2022-10-01\",\"facts\":{\"points\":1,\"scheme\":\"ISMAP\"}}";
        assertThat(post(SELF_CHECK, question).body())
                .isEqualTo(post(SELF_CHECK, question).body());
    }

    @Test
    void aDecisionIsRecordedAndItsReceiptHoldsTheAnswerAsItWasSent() throws Exception {
        var response = send(request(DECIDE)
                .header("Authorization", "Bearer " + TOKEN)
                .POST(body("{\"facts\":{\"scheme\":\"ISMAP\"},\"reference\":{\"service\":\"S-1\"}}")));
        assertThat(response.statusCode()).isEqualTo(201);
        String id = JSON.readTree(response.body()).path("id").asText();
        assertThat(response.headers().firstValue("Location")).contains("/api/v1/records/" + id);
        var receipt = send(request("/api/v1/records/" + id).header("Authorization", "bearer " + TOKEN));
        assertThat(receipt.statusCode()).isEqualTo(200);
        assertThat(receipt.body()).contains("\"answer\":" + response.body()).contains("\"recordedBy\":\"admin\"");
        assertThat(JSON.readTree(receipt.body()).path("reference").toString()).isEqualTo("{\"service\":\"S-1\"}");
    }

    @Test
    void aRequestSentAgainUnderItsKeyIsAnsweredAsBefore() throws Exception {
        String key = UUID.randomUUID().toString();
        var first = keyed(key, "{\"asOf\":\"2022-10-01\",\"facts\":{\"points\":1,\"scheme\":\"ISMAP\"}}");
        assertThat(first.statusCode()).isEqualTo(201);
        assertThat(first.headers().firstValue("Idempotent-Replayed")).isEmpty();

        var again = keyed(key, "{ \"facts\": {\"scheme\":\"ISMAP\", \"points\":1.0}, \"asOf\":\"2022-10-01\" }");
        assertThat(again.statusCode()).isEqualTo(200);
        assertThat(again.body()).isEqualTo(first.body());
        assertThat(again.headers().firstValue("Location"))
                .isEqualTo(first.headers().firstValue("Location"));
        assertThat(again.headers().firstValue("Idempotent-Replayed")).contains("true");

        for (String other : List.of(
                "{\"asOf\":\"2022-10-02\",\"facts\":{\"points\":1,\"scheme\":\"ISMAP\"}}",
                "{\"facts\":{\"nope\":1}}")) {
            var reused = keyed(key, other);
            problem(reused, 422, "invalid-request");
            assertThat(JSON.readTree(reused.body()).findValuesAsText("code")).contains("KEY_REUSED");
        }
        problem(keyed("two words", "{}"), 422, "invalid-request");
        problem(keyed("x".repeat(256), "{}"), 422, "invalid-request");
    }

    @Test
    void aRequestThatWasRefusedHasNotUsedItsKey() throws Exception {
        String key = UUID.randomUUID().toString();
        problem(keyed(key, "{\"facts\":{\"nope\":1}}"), 422, "invalid-request");

        assertThat(keyed(key, "{\"facts\":{}}").statusCode()).isEqualTo(201);
    }

    @Test
    void anAdminGivesOthersTokensAndTheyMayDoWhatTheirRolesSay() throws Exception {
        String desk = token("desk-1", "intake");
        String other = token("desk-2", "intake");
        String auditor = token("auditor-1", "auditor");

        var decided = as(desk, DECIDE, "{\"facts\":{}}");
        assertThat(decided.statusCode()).isEqualTo(201);
        problem(as(auditor, DECIDE, "{\"facts\":{}}"), 403, "forbidden");
        problem(as(desk, "/api/v1/tokens", "{}"), 403, "forbidden");
        problem(as("", "/api/v1/tokens", "{}"), 401, "unauthorized");

        String record = decided.headers().firstValue("Location").orElseThrow();
        assertThat(read(desk, record).statusCode()).isEqualTo(200);
        assertThat(read(auditor, record).body()).contains("\"recordedBy\":\"desk-1\"");
        problem(read(other, record), 404, "unknown-record");

        assertThat(read(TOKEN, "/api/v1/tokens").body()).contains("desk-1").doesNotContain(desk);
        problem(as(TOKEN, "/api/v1/tokens", "{\"name\":\"desk-1\",\"roles\":[\"intake\"]}"), 409, "name-in-use");
        assertThat(delete(TOKEN, "/api/v1/tokens/desk-1").statusCode()).isEqualTo(204);
        problem(delete(TOKEN, "/api/v1/tokens/desk-1"), 404, "unknown-token");
        problem(as(desk, DECIDE, "{\"facts\":{}}"), 401, "unauthorized");
    }

    @Test
    void allThatIsWrongWithAWishForATokenIsSaidAtOnce() throws Exception {
        var wrong = as(
                TOKEN,
                "/api/v1/tokens",
                "{\"name\":\"a b\",\"roles\":[\"intake\",\"king\",7],\"expiresAt\":\"2020-01-01T00:00:00Z\",\"more\":1}");
        problem(wrong, 422, "invalid-request");
        assertThat(JSON.readTree(wrong.body()).findValuesAsText("pointer"))
                .containsExactlyInAnyOrder("/more", "/name", "/roles/1", "/roles/2", "/expiresAt");
        for (String body : List.of("[]", "null", "{}", "{\"name\":\"admin\",\"roles\":[\"admin\"]}")) {
            problem(as(TOKEN, "/api/v1/tokens", body), 422, "invalid-request");
        }
        problem(as(TOKEN, "/api/v1/tokens", "{"), 400, "unreadable-json");
    }

    private static String token(String name, String role) throws Exception {
        var issued = as(TOKEN, "/api/v1/tokens", "{\"name\":\"%s\",\"roles\":[\"%s\"]}".formatted(name, role));
        assertThat(issued.statusCode()).isEqualTo(201);
        return JSON.readTree(issued.body()).path("token").asText();
    }

    private static HttpResponse<String> as(String token, String path, String json) throws Exception {
        return send(request(path).header("Authorization", "Bearer " + token).POST(body(json)));
    }

    private static HttpResponse<String> read(String token, String path) throws Exception {
        return send(request(path).header("Authorization", "Bearer " + token).GET());
    }

    private static HttpResponse<String> delete(String token, String path) throws Exception {
        return send(request(path).header("Authorization", "Bearer " + token).DELETE());
    }

    private static HttpResponse<String> keyed(String key, String json) throws Exception {
        return send(request(DECIDE)
                .header("Authorization", "Bearer " + TOKEN)
                .header("Idempotency-Key", key)
                .POST(body(json)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Bearer", "Bearer x", "Bearer a-token-for-testsx", "Basic YTpi", "a-token-for-tests"})
    void withoutTheTokenNothingIsRecordedOrShown(String authorization) throws Exception {
        for (HttpRequest.Builder request : List.of(
                request(DECIDE).POST(body("{}")),
                request("/api/v1/records/" + UUID.randomUUID()).GET())) {
            if (!authorization.isEmpty()) {
                request.header("Authorization", authorization);
            }
            var response = send(request);
            problem(response, 401, "unauthorized");
            assertThat(response.headers().firstValue("WWW-Authenticate")).isPresent();
        }
    }

    @Test
    void aServerWithoutATokenRecordsForNobody() throws Exception {
        try (HttpServer closed = server(ApiSettings.local(0))) {
            for (String token : List.of("", "null", TOKEN)) {
                var response = CLIENT.send(
                        HttpRequest.newBuilder(URI.create("http://127.0.0.1:%d%s".formatted(closed.port(), DECIDE)))
                                .header("Authorization", "Bearer " + token)
                                .POST(body("{}"))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
                assertThat(response.statusCode()).isEqualTo(401);
            }
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '§',
            value = {"{\"a\":1,\"a\":2}§DUPLICATE_KEY", "{§NOT_JSON", "''§EMPTY_BODY", "{}{}§TRAILING_TEXT"})
    void unreadableJsonIs400(String text, String code) throws Exception {
        JsonNode problem = problem(post(SELF_CHECK, text), 400, "unreadable-json");
        assertThat(problem.path("errors").path(0).path("code").asText()).isEqualTo(code);
    }

    @Test
    void deepNestingIs400() throws Exception {
        problem(post(SELF_CHECK, "[".repeat(100_000)), 400, "unreadable-json");
        problem(post(SELF_CHECK, "{\"facts\":".repeat(5_000) + "1" + "}".repeat(5_000)), 400, "unreadable-json");
    }

    @Test
    void wrongFactsAre422WithEveryPointerValueAndExpectation() throws Exception {
        JsonNode problem = problem(
                post(
                        SELF_CHECK,
                        "{\"asOf\":\"2022-02-30\",\"facts\":{\"scheme\":\"X\",\"points\":1.5,\"windows\":[{\"name\":\"a\"}],\"nope\":null}}"),
                422,
                "invalid-request");
        var pointers = new java.util.ArrayList<String>();
        for (JsonNode error : problem.path("errors")) {
            pointers.add(error.path("pointer").asText());
            assertThat(names(error)).containsExactly("code", "message", "pointer", "value", "expected", "advice");
            assertThat(names(error.path("message"))).containsExactly("ja", "en");
            assertThat(names(error.path("advice"))).containsExactly("ja", "en");
            assertThat(error.path("expected").asText()).isNotEmpty();
        }
        assertThat(pointers)
                .containsExactlyInAnyOrder(
                        "/asOf", "/facts/scheme", "/facts/points", "/facts/windows/0/from", "/facts/nope");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[]",
                "null",
                "1",
                "\"x\"",
                "{\"facts\":7}",
                "{\"facts\":{\"windows\":[[]]}}",
                "{\"facts\":{\"parts\":[null]}}"
            })
    void jsonOfAnotherShapeIs422(String text) throws Exception {
        problem(post(SELF_CHECK, text), 422, "invalid-request");
    }

    @Test
    void unknownPathsAndDecisionsAre404() throws Exception {
        problem(post("/api/v1/self-check/large", "{}"), 404, "unknown-decision");
        problem(get("/api/v1/decisions/large/schema"), 404, "unknown-decision");
        problem(get("/nowhere"), 404, "not-found");
        assertThat(get("/problems/nothing").statusCode()).isEqualTo(404);
        problem(get("/assets/application.yml"), 404, "not-found");
        for (String id : List.of("x", "1-1-1-1-1", UUID.randomUUID().toString())) {
            problem(
                    send(request("/api/v1/records/" + id).header("Authorization", "Bearer " + TOKEN)),
                    404,
                    "unknown-record");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"PUT", "DELETE", "PATCH", "GET"})
    void otherMethodsAre405(String method) throws Exception {
        var response = send(request(SELF_CHECK).method(method, HttpRequest.BodyPublishers.noBody()));
        problem(response, 405, "method-not-allowed");
        assertThat(response.headers().firstValue("Allow").orElse("")).contains("POST");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "text/plain",
                "application/x-www-form-urlencoded",
                "multipart/form-data; boundary=x",
                "application/xml",
                "nonsense",
                "/",
                "application/jsonx"
            })
    void otherContentTypesAre415(String type) throws Exception {
        var request = HttpRequest.newBuilder(uri(SELF_CHECK))
                .header("Content-Type", type)
                .POST(body("{}"));
        problem(send(request), 415, "unsupported-media-type");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "application/json",
                "APPLICATION/JSON; charset=utf-8",
                "application/vnd.x+json",
                "application/json;charset=shift_jis"
            })
    void jsonByAnyOfItsNamesIsRead(String type) throws Exception {
        var request = HttpRequest.newBuilder(uri(SELF_CHECK))
                .header("Content-Type", type)
                .POST(body("{\"facts\":{\"title\":\"日本\"}}"));
        assertThat(send(request).statusCode()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"text/html", "application/xml", "image/*;q=0.3", "nonsense"})
    void whateverIsAcceptedJsonIsSent(String accept) throws Exception {
        var response = send(request(SELF_CHECK).header("Accept", accept).POST(body("{}")));
        assertThat(response.statusCode()).isEqualTo(200);
        problem(send(request("/nowhere").header("Accept", accept)), 404, "not-found");
        problem(send(request(SELF_CHECK).header("Accept", accept).POST(body("{"))), 400, "unreadable-json");
    }

    @Test
    void aBodyOverTheLimitIs413AlsoInChunks() throws Exception {
        String fits = "{\"facts\":{}}" + " ".repeat(HttpServer.LARGEST_BODY - 12);
        assertThat(post(SELF_CHECK, fits).statusCode()).isEqualTo(200);
        byte[] large = (fits + " ").getBytes(StandardCharsets.UTF_8);
        problem(post(SELF_CHECK, fits + " "), 413, "too-large");
        problem(
                send(request(SELF_CHECK)
                        .POST(HttpRequest.BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(large)))),
                413,
                "too-large");
        problem(
                send(request(DECIDE)
                        .POST(HttpRequest.BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(large)))),
                413,
                "too-large");
    }

    @Test
    void aCompressedBodyIsMeasuredAsItUnpacks() throws Exception {
        var packed = new java.io.ByteArrayOutputStream();
        try (var zip = new java.util.zip.GZIPOutputStream(packed)) {
            zip.write("{}".getBytes(StandardCharsets.UTF_8));
            for (int i = 0; i < 200; i++) {
                zip.write(" ".repeat(HttpServer.LARGEST_BODY).getBytes(StandardCharsets.UTF_8));
            }
        }
        problem(
                send(request(SELF_CHECK)
                        .header("Content-Encoding", "gzip")
                        .POST(HttpRequest.BodyPublishers.ofByteArray(packed.toByteArray()))),
                413,
                "too-large");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET /%zz HTTP/1.1\r\nHost: x\r\n\r\n",
                "POST /api/v1/self-check/%zz HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\n\r\n{}",
                "POST /api/v1/self-check/%00 HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\n\r\n{}",
                "POST /api/v1/self-check/%ff%fe HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\n\r\n{}",
                "POST /api/v1/self-check/a%2Fb HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\n\r\n{}",
                "GET /api/v1/decisions?x=%zz HTTP/1.1\r\nHost: x\r\n\r\n",
                "GET http://[ HTTP/1.1\r\nHost: x\r\n\r\n",
                "GET \\ HTTP/1.1\r\nHost: x\r\n\r\n",
                "GET /<> HTTP/1.1\r\nHost: x\r\n\r\n",
                "NONSENSE / HTTP/1.1\r\nHost: x\r\n\r\n",
                "garbage\r\n\r\n",
                "POST /api/v1/self-check/small HTTP/1.1\r\nHost: x\r\nContent-Length: -5\r\n\r\n{}",
                "POST /api/v1/self-check/small HTTP/1.1\r\nHost: x\r\nContent-Type: \u0001\r\nContent-Length: 2\r\n\r\n{}",
                "POST /api/v1/self-check/small HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n{}\r\n0\r\n\r\n",
                "POST /api/v1/self-check/small HTTP/1.1\r\nHost: x\r\nCookie: a=\u0001;;==\r\nContent-Length: 2\r\n\r\n{}",
                "POST /api/v1/self-check/small HTTP/1.1\r\nHost: x\r\nAccept: ;;,,/\r\nAccept-Language: %%\r\nContent-Length: 2\r\n\r\n{}",
                "POST /api/v1/self-check/small HTTP/1.1\r\nHost: x\r\nContent-Encoding: gzip\r\nContent-Length: 2\r\n\r\n{}",
            })
    void noBrokenRequestIsAnsweredBy500OrNamesAClass(String request) throws Exception {
        String answer = raw(request);
        assertThat(answer).doesNotStartWith("HTTP/1.1 5");
        assertThat(answer).doesNotContain("Exception", "io.micronaut", "io.netty", "ismap.", "java.");
    }

    @Test
    void evenAHeaderThatIsTooLongIsNo500() throws Exception {
        assertThat(raw("GET / HTTP/1.1\r\nHost: x\r\nX: " + "x".repeat(100_000) + "\r\n\r\n"))
                .doesNotStartWith("HTTP/1.1 5");
        assertThat(raw("GET /" + "x".repeat(100_000) + " HTTP/1.1\r\nHost: x\r\n\r\n"))
                .doesNotStartWith("HTTP/1.1 5");
    }

    @Test
    void tooManySelfChecksAre429WithTheSecondsToWait() throws Exception {
        try (HttpServer limited = server(ApiSettings.local(0).withSelfChecksPerSecond(1))) {
            URI uri = URI.create("http://127.0.0.1:%d%s".formatted(limited.port(), SELF_CHECK));
            HttpResponse<String> last = null;
            for (int i = 0; i < 13 && (last == null || last.statusCode() == 200); i++) {
                last = CLIENT.send(
                        HttpRequest.newBuilder(uri)
                                .header("Content-Type", "application/json")
                                .POST(body("{}"))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
            }
            problem(java.util.Objects.requireNonNull(last), 429, "too-many-requests");
            assertThat(last.headers().firstValueAsLong("Retry-After").orElse(0)).isBetween(1L, 10L);
        }
    }

    @Test
    void withoutTheDatabaseRecordingIs503AndSelfChecksGoOn() throws Exception {
        DATABASE.set(false);
        try {
            var response = send(
                    request(DECIDE).header("Authorization", "Bearer " + TOKEN).POST(body("{}")));
            problem(response, 503, "database-unavailable");
            assertThat(response.headers().firstValue("Retry-After")).isPresent();
            assertThat(post(SELF_CHECK, "{}").statusCode()).isEqualTo(200);
            assertThat(get("/health/readiness").statusCode()).isEqualTo(503);
            assertThat(get("/health/liveness").statusCode()).isEqualTo(200);
            problem(
                    send(request("/api/v1/records/" + UUID.randomUUID()).header("Authorization", "Bearer " + TOKEN)),
                    503,
                    "database-unavailable");
        } finally {
            DATABASE.set(true);
        }
        assertThat(get("/health/readiness").statusCode()).isEqualTo(200);
    }

    @Test
    void theCatalogueShowsQuestionsInBothLanguagesAndFacts() throws Exception {
        JsonNode small =
                JSON.readTree(get("/api/v1/decisions").body()).path("decisions").path(0);
        assertThat(small.path("question").path("ja").asText()).isEqualTo("適合しますか。");
        assertThat(small.path("question").path("en").asText()).isEqualTo("Does it qualify?");
        var facts = new java.util.ArrayList<String>();
        small.path("facts")
                .forEach(fact -> facts.add(
                        fact.path("name").asText() + ":" + fact.path("type").asText()));
        assertThat(facts)
                .containsExactly(
                        "scheme:enum",
                        "filedAt:moment",
                        "approved:boolean",
                        "points:integer",
                        "windows:list<Window>",
                        "parts:list<enum>",
                        "expiresOn:date");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '§',
            value = {
                "{}§true",
                "{\"scheme\":\"ISMAP\",\"filedAt\":\"2022-07-31T14:59:59Z\",\"approved\":null,\"points\":2}§true",
                "{\"windows\":[{\"name\":\"a\",\"from\":\"2022-01-01\",\"to\":null}],\"parts\":[],\"unused\":1}§true",
                "{\"scheme\":\"X\"}§false",
                "{\"filedAt\":\"2022-7-31\"}§false",
                "{\"points\":4}§false",
                "{\"points\":\"1\"}§false",
                "{\"windows\":[{\"name\":\"a\"}]}§false",
                "{\"windows\":[{\"name\":\"a\",\"from\":\"2022-01-01\",\"x\":1}]}§false",
                "{\"covered\":true}§false",
                "{\"nope\":1}§false",
            })
    void theSchemaSaysOfFactsWhatTheServiceSays(String facts, boolean valid) throws Exception {
        assertThat(schema().validate(JSON.readTree(facts)).isEmpty()).isEqualTo(valid);
        assertThat(post(SELF_CHECK, "{\"facts\":" + facts + "}").statusCode()).isEqualTo(valid ? 200 : 422);
    }

    @Test
    void theSchemaIsAValidOneOf202012() throws Exception {
        JsonSchema meta = JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
                .getSchema(SchemaLocation.of("https://json-schema.org/draft/2020-12/schema"));
        assertThat(meta.validate(
                        JSON.readTree(get("/api/v1/decisions/small/schema").body())))
                .isEmpty();
    }

    @Test
    void openApiHasAPathForEachDecisionWithAnExampleThatWorks() throws Exception {
        JsonNode document = JSON.readTree(get("/openapi.json").body());
        assertThat(document.path("openapi").asText()).isEqualTo("3.1.0");
        JsonNode example = document.path("paths")
                .path(SELF_CHECK)
                .path("post")
                .path("requestBody")
                .path("content")
                .path("application/json")
                .path("example");
        assertThat(example.path("facts").size()).isPositive();
        assertThat(post(SELF_CHECK, example.toString()).statusCode()).isEqualTo(200);
        assertThat(document.path("components").path("schemas").has("Facts-small"))
                .isTrue();
        for (String ref : document.findValuesAsText("$ref")) {
            assertThat(document.at(ref.substring(1)).isMissingNode()).as(ref).isFalse();
        }
    }

    @Test
    void theDocumentationNeedsNoOtherHostAndNoInlineScript() throws Exception {
        var page = get("/docs");
        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.body()).doesNotContain("https://", "<script>");
        for (String asset : List.of("swagger-ui.css", "swagger-ui-bundle.js", "docs.js", "pages.css")) {
            assertThat(page.body()).contains("/assets/" + asset);
            assertThat(get("/assets/" + asset).statusCode()).isEqualTo(200);
        }
        assertThat(page.headers().firstValue("Content-Security-Policy").orElse(""))
                .contains("script-src 'self';");
    }

    @Test
    void everyPageSaysWhoRunsIt() throws Exception {
        assertThat(get("/").body()).contains("試行環境", "Unofficial: not operated by the Government of Japan");
        try (HttpServer run = server(ApiSettings.local(0).withOperator("Example Agency", "x@example.org"))) {
            var page = CLIENT.send(
                    HttpRequest.newBuilder(URI.create("http://127.0.0.1:%d/".formatted(run.port())))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            assertThat(page.body()).contains("Example Agency", "x@example.org").doesNotContain("試行環境");
        }
    }

    @Test
    void everyKindOfProblemHasAPage() throws Exception {
        for (ProblemKind kind : ProblemKind.values()) {
            var page = get("/problems/" + kind.slug());
            assertThat(page.statusCode()).isEqualTo(200);
            assertThat(page.body())
                    .contains(ProblemText.of(kind.slug()).orElseThrow().title().ja());
        }
        assertThat(get("/problems").statusCode()).isEqualTo(200);
    }

    @Test
    void theChainOfRecordsIsVerifiedForWhoeverHasAToken() throws Exception {
        problem(get("/api/v1/records/verification"), 401, "unauthorized");
        JsonNode verification =
                JSON.readTree(send(request("/api/v1/records/verification").header("Authorization", "Bearer " + TOKEN))
                        .body());

        assertThat(names(verification)).containsExactly("records", "redactions", "intact", "head", "checkpoints");
        assertThat(verification.path("intact").asBoolean()).isTrue();
    }

    @Test
    void checkpointsKeysAndTheFormOfAReceiptAreForAnyone() throws Exception {
        assertThat(JSON.readTree(get("/api/v1/checkpoints").body())
                        .path("checkpoints")
                        .isArray())
                .isTrue();
        assertThat(JSON.readTree(get("/api/v1/keys").body()).path("keys").isArray())
                .isTrue();
        assertThat(get("/api/v1/checkpoints?after=x").statusCode()).isEqualTo(400);
        var schema = get("/api/v1/records/schema");
        assertThat(schema.headers().firstValue("Content-Type")).contains("application/schema+json");
        assertThat(JSON.readTree(schema.body()).path("$schema").asText()).contains("2020-12");
    }

    /** The records of a test: there or gone, as {@link #DATABASE} says. */
    private static final class SwitchedLedger implements Ledger {
        private final Ledger ledger;

        SwitchedLedger(Ledger ledger) {
            this.ledger = ledger;
        }

        @Override
        public CompletableFuture<Receipt> submit(NewRecord record) {
            check();
            return ledger.submit(record);
        }

        @Override
        public Optional<Receipt> find(UUID id) {
            check();
            return ledger.find(id);
        }

        @Override
        public Optional<Receipt> find(String principal, String key) {
            check();
            return ledger.find(principal, key);
        }

        private static void check() {
            if (!DATABASE.get()) {
                throw new StorageUnavailable("switched off", new IllegalStateException());
            }
        }
    }

    private static HttpServer server(ApiSettings settings) {
        var revisions = new InMemoryRevisionStore(() -> NOW);
        revisions.publish(new NewRevision(SmallRulebook.REVISION, "", "", "", new TreeMap<>()));
        InMemoryLedger chain = new InMemoryLedger(revisions, () -> NOW);
        Ledger ledger = new SwitchedLedger(chain);
        var active = SmallRulebook.active();
        return HttpServer.start(
                settings,
                new Evaluations(
                        () -> Optional.of(active),
                        ledger,
                        Clock.fixed(NOW, ZoneOffset.UTC),
                        UUID::randomUUID,
                        (decision, revision, what) -> {}),
                new Traces(() -> Optional.of(active), any -> Map.of()),
                new Records(ledger),
                new Audit(chain, new InMemoryCheckpoints(), Runnable::run),
                Archives.unreadable(chain, revisions),
                Bundling.of(revisions),
                Revisings.none(),
                new InMemoryTokens(Instant::now),
                new Readiness(DATABASE::get, () -> true),
                Clock.systemUTC());
    }

    private static JsonNode problem(HttpResponse<String> response, int status, String type) throws IOException {
        assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
        assertThat(response.headers().firstValue("Content-Type")).contains("application/problem+json");
        JsonNode problem = JSON.readTree(response.body());
        assertThat(names(problem)).containsExactly("type", "title", "status", "detail", "errors");
        assertThat(problem.path("type").asText()).isEqualTo("/problems/" + type);
        assertThat(problem.path("status").asInt()).isEqualTo(status);
        assertThat(response.body()).doesNotContain("Exception", "micronaut");
        return problem;
    }

    private static JsonSchema schema() throws Exception {
        return JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
                .getSchema(JSON.readTree(get("/api/v1/decisions/small/schema").body()));
    }

    private static List<String> names(JsonNode object) {
        var names = new java.util.ArrayList<String>();
        object.fieldNames().forEachRemaining(names::add);
        return names;
    }

    private static HttpResponse<String> get(String path) throws Exception {
        return send(HttpRequest.newBuilder(uri(path)));
    }

    private static HttpResponse<String> post(String path, String json) throws Exception {
        return send(request(path).POST(body(json)));
    }

    private static HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(uri(path)).header("Content-Type", "application/json");
    }

    private static HttpRequest.BodyPublisher body(String text) {
        return HttpRequest.BodyPublishers.ofString(text);
    }

    private static HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
        return CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private static URI uri(String path) {
        return URI.create("http://127.0.0.1:%d%s".formatted(server.port(), path));
    }

    private static String raw(String request) throws IOException {
        try (Socket socket = new Socket("127.0.0.1", server.port())) {
            socket.setSoTimeout(3000);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            socket.getOutputStream().flush();
            byte[] buffer = new byte[8192];
            int read = socket.getInputStream().read(buffer);
            return read < 0 ? "" : new String(buffer, 0, read, StandardCharsets.UTF_8);
        } catch (java.net.SocketException reset) {
            return "";
        }
    }
}
