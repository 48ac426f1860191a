package ismap.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import ismap.api.BatchServer.ScriptedLedger;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a batch answers, line by line. The real server; records are kept in memory. */
@Tag("http")
@Timeout(30)
class BatchTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final HttpClient CLIENT =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private final ScriptedLedger ledger = new ScriptedLedger();
    private final BatchServer server = new BatchServer(ledger);

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void everyLineIsAnsweredInOrderAndWrongOnesStopNoOther() throws Exception {
        var answers = batch("""
                {"key":"a","asOf":"2022-10-01","reference":{"service":"S-1"},"facts":{"scheme":"ISMAP"}}
                {"key":"b","facts":{"scheme":"X","points":1.5}}
                {"key":"c"
                {"key":"d","facts":{}}
                []
                {"key":"e","unknown":1}
                {"key":"f"}
                """);
        assertThat(answers).extracting(line -> line.path("line").asInt()).containsExactly(1, 2, 3, 4, 5, 6, 7);
        assertThat(answers)
                .extracting(line -> line.path("key").asText())
                .containsExactly("a", "b", "null", "d", "null", "e", "f");
        assertThat(statuses(answers)).containsExactly(201, 422, 400, 201, 422, 422, 201);
        assertThat(names(answers.get(0))).containsExactly("line", "key", "status", "body");
        assertThat(answers.get(0).path("body").path("asOf").asText()).isEqualTo("2022-10-01");
        assertThat(answers.get(1).path("body").path("type").asText()).isEqualTo("/problems/invalid-request");
        assertThat(answers.get(1).path("body").path("errors")).hasSize(2);
        assertThat(answers.get(2).path("body").path("type").asText()).isEqualTo("/problems/unreadable-json");
        assertThat(answers.get(5)
                        .path("body")
                        .path("errors")
                        .path(0)
                        .path("pointer")
                        .asText())
                .isEqualTo("/unknown");
    }

    @Test
    void aProblemOfALineIsWhatTheSingleCallSays() throws Exception {
        String request = "{\"asOf\":\"2022-02-30\",\"facts\":{\"nope\":1}}";
        var single = CLIENT.send(
                request("/api/v1/decisions/small")
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(request))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        assertThat(batch("{\"key\":\"a\"," + request.substring(1)).get(0).path("body"))
                .isEqualTo(JSON.readTree(single.body()));
    }

    @Test
    void aBatchSentAgainIsAnsweredByTheSameBodies() throws Exception {
        String lines = "{\"key\":\"a\",\"facts\":{\"points\":1}}\n{\"key\":\"b\",\"facts\":{\"points\":2}}\n";
        var first = batch(lines);
        var again = batch(lines + "{\"key\":\"c\"}\n");
        assertThat(statuses(first)).containsExactly(201, 201);
        assertThat(statuses(again)).containsExactly(200, 200, 201);
        assertThat(again.get(0).path("body")).isEqualTo(first.get(0).path("body"));
        assertThat(again.get(1).path("body")).isEqualTo(first.get(1).path("body"));
    }

    @Test
    void aKeyOfTheBatchIsAKeyOfTheSingleCall() throws Exception {
        batch("{\"key\":\"a\",\"facts\":{\"points\":1}}\n");
        var single = CLIENT.send(
                request("/api/v1/decisions/small")
                        .header("Content-Type", "application/json")
                        .header("Idempotency-Key", "a")
                        .POST(HttpRequest.BodyPublishers.ofString("{\"facts\":{\"points\":1}}"))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        assertThat(single.statusCode()).isEqualTo(200);
        assertThat(single.headers().firstValue("Idempotent-Replayed")).contains("true");
    }

    @Test
    void aKeyThatIsReusedMissingOrMalformedIs422OnItsLine() throws Exception {
        var answers = batch("""
                {"key":"a","facts":{"points":1}}
                {"key":"a","facts":{"points":2}}
                {"facts":{}}
                {"key":null}
                {"key":"with blank"}
                {"key":7}
                {"key":"a","facts":{"points":1}}
                """);
        assertThat(statuses(answers)).containsExactly(201, 422, 422, 422, 422, 422, 200);
        assertThat(answers.subList(1, 6).stream()
                        .map(BatchTest::error)
                        .map(error -> error.path("code").asText()
                                + error.path("pointer").asText()))
                .containsExactly(
                        "KEY_REUSED", "KEY_REQUIRED/key", "KEY_REQUIRED/key", "KEY_MALFORMED/key", "KEY_MALFORMED/key");
        assertThat(answers.get(4).path("key").asText()).isEqualTo("with blank");
    }

    @Test
    void blankLinesCountAndAreNotAnswered() throws Exception {
        var answers = batch("\n{\"key\":\"a\"}\r\n \t\r\n\r\n{\"key\":\"b\"}\n\n{\"key\":\"c\"}");
        assertThat(answers).extracting(line -> line.path("line").asInt()).containsExactly(2, 5, 7);
        assertThat(statuses(answers)).containsExactly(201, 201, 201);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\n", "\r\n\r\n"})
    void nothingIsAnsweredByNothing(String lines) throws Exception {
        assertThat(batch(lines)).isEmpty();
    }

    @Test
    void aLineOverTheLimitIs413AndTheNextOneIsRead() throws Exception {
        String longest = "{\"key\":\"a\"}" + " ".repeat(HttpServer.LARGEST_BODY - 11);
        var answers =
                batch(longest + "\n" + longest + " \n{\"key\":\"b\"}\n" + " ".repeat(3 * HttpServer.LARGEST_BODY));
        assertThat(statuses(answers)).containsExactly(201, 413, 201, 413);
        assertThat(answers.get(1).path("body").path("type").asText()).isEqualTo("/problems/too-large");
        assertThat(answers).extracting(line -> line.path("line").asInt()).containsExactly(1, 2, 3, 4);
    }

    @Test
    void linesAndLettersMayBeCutAnywhere() throws Exception {
        try (var caller = new BatchCaller(server.port())) {
            byte[] bytes = "{\"key\":\"a\",\"facts\":{\"title\":\"日本の𠮷\"}}\n{\"key\":\"b\"}\n"
                    .getBytes(StandardCharsets.UTF_8);
            for (byte each : bytes) {
                caller.send(new byte[] {each});
            }
            caller.end();
            assertThat(caller.readLine()).contains("\"status\":201");
            assertThat(caller.readLine()).contains("\"key\":\"b\"");
            assertThat(caller.readLine()).isNull();
        }
        assertThat(new String(ledger.recorded().get(0).request(), StandardCharsets.UTF_8))
                .isEqualTo("{\"facts\":{\"title\":\"日本の𠮷\"}}");
    }

    @Test
    void whatIsNotABatchIsRefusedAsAWhole() throws Exception {
        assertThat(post("/api/v1/decisions/large/batch", "application/x-ndjson", "{}", true)
                        .statusCode())
                .isEqualTo(404);
        assertThat(post("/api/v1/decisions/small/batch", "application/x-ndjson", "{}", false)
                        .statusCode())
                .isEqualTo(401);
        for (String type : List.of("application/json", "text/plain", "nonsense")) {
            var refused = post("/api/v1/decisions/small/batch", type, "{}", true);
            assertThat(refused.statusCode()).isEqualTo(415);
            assertThat(refused.headers().firstValue("Content-Type")).contains("application/problem+json");
        }
        server.withdraw();
        assertThat(post("/api/v1/decisions/small/batch", "application/x-ndjson", "{}", true)
                        .statusCode())
                .isEqualTo(503);
    }

    @ParameterizedTest
    @ValueSource(strings = {"application/x-ndjson; charset=utf-8", "application/ndjson", "APPLICATION/JSONL", ""})
    void linesByAnyOfTheirNamesAreRead(String type) throws Exception {
        var response = post("/api/v1/decisions/small/batch", type, "{\"key\":\"a\"}", true);
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().firstValue("Content-Type")).contains("application/x-ndjson");
        assertThat(response.headers().firstValue("Ismap-Revision")).contains("small-1");
        assertThat(response.headers().firstValue("Ismap-As-Of")).contains("2026-04-02");
    }

    @Test
    void aBatchKeepsToTheRevisionAndTheDayOfItsBeginning() throws Exception {
        try (var caller = new BatchCaller(server.port())) {
            caller.send("{\"key\":\"a\"}\n");
            String first = caller.readLine();
            server.publish("small-2");
            server.setDay(LocalDate.parse("2026-05-01"));
            caller.send("{\"key\":\"b\"}\n{\"key\":\"c\",\"asOf\":\"2022-10-01\"}\n");
            caller.end();
            for (String answer : List.of(first, caller.readLine())) {
                JsonNode body = JSON.readTree(answer).path("body");
                assertThat(body.path("revision").path("id").asText()).isEqualTo("small-1");
                assertThat(body.path("asOf").asText()).isEqualTo("2026-04-02");
            }
            assertThat(caller.readLine()).contains("\"asOf\":\"2022-10-01\"");
        }
    }

    @Test
    void anAnswerIsSentOnlyAfterItsRecordIsDurableAndInOrder() throws Exception {
        var first = ledger.hold("a");
        var second = ledger.hold("b");
        try (var caller = new BatchCaller(server.port())) {
            caller.send("{\"key\":\"a\"}\n{\"key\":\"b\"}\n{\"key\":\"c\"}\n");
            ledger.awaitSubmitted(3);
            second.run();
            assertThat(caller.isSilentFor(200)).isTrue();
            first.run();
            for (String key : List.of("a", "b", "c")) {
                assertThat(caller.readLine()).contains("\"key\":\"" + key + "\",\"status\":201");
            }
        }
    }

    @Test
    void aFullQueueIsWaitedFor() throws Exception {
        ledger.fullFor(5);
        assertThat(statuses(batch("{\"key\":\"a\"}\n{\"key\":\"b\"}"))).containsExactly(201, 201);
    }

    @Test
    void withoutTheDatabaseALineIs503AndTheOthersGoOn() throws Exception {
        ledger.awayFor("b");
        ledger.failFor("d");
        var answers = batch("{\"key\":\"a\"}\n{\"key\":\"b\"}\n{\"key\":\"c\"}\n{\"key\":\"d\"}\n{\"key\":\"e\"}");
        assertThat(statuses(answers)).containsExactly(201, 503, 201, 503, 201);
        assertThat(answers.get(1).path("body").path("type").asText()).isEqualTo("/problems/database-unavailable");
    }

    @Test
    void aFaultOfOursStaysOnItsLine() throws Exception {
        ledger.breakFor("a");
        var answers = batch("{\"key\":\"a\"}\n{\"key\":\"b\"}");
        assertThat(statuses(answers)).containsExactly(500, 201);
        assertThat(answers.get(0).toString()).doesNotContain("broken", "Exception");
    }

    @ParameterizedTest
    @ValueSource(strings = {"gzip", "deflate", "snappy"})
    void aCompressedBatchIsRefused(String encoding) throws Exception {
        var response = CLIENT.send(
                request("/api/v1/decisions/small/batch?x=1")
                        .header("Content-Encoding", encoding)
                        .POST(HttpRequest.BodyPublishers.ofString("x"))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        assertThat(response.statusCode()).isEqualTo(415);
        assertThat(response.headers().firstValue("Accept-Encoding")).contains("identity");
        assertThat(response.body()).contains("uncompressed");
    }

    private static JsonNode error(JsonNode line) {
        return line.path("body").path("errors").path(0);
    }

    private static List<Integer> statuses(List<JsonNode> answers) {
        return answers.stream().map(line -> line.path("status").asInt()).toList();
    }

    private static List<String> names(JsonNode object) {
        var names = new ArrayList<String>();
        object.fieldNames().forEachRemaining(names::add);
        return names;
    }

    private List<JsonNode> batch(String lines) throws Exception {
        var response = post("/api/v1/decisions/small/batch", "application/x-ndjson", lines, true);
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        var answers = new ArrayList<JsonNode>();
        for (String line : response.body().lines().toList()) {
            answers.add(JSON.readTree(line));
        }
        return answers;
    }

    private HttpResponse<String> post(String path, String type, String body, boolean authorized) throws Exception {
        var request = authorized ? request(path) : HttpRequest.newBuilder(server.uri(path));
        if (!type.isEmpty()) {
            request.header("Content-Type", type);
        }
        return CLIENT.send(
                request.POST(HttpRequest.BodyPublishers.ofString(body)).build(), HttpResponse.BodyHandlers.ofString());
    }

    private HttpRequest.Builder request(String path) {
        URI uri = server.uri(path);
        return HttpRequest.newBuilder(uri).header("Authorization", "Bearer " + BatchServer.TOKEN);
    }
}
