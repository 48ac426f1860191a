package ismap.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The questions behind a page for a self-check, as callers of the HTTP interface see them. */
@Tag("http")
class SelfCheckHttpTest {

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
    void theNextQuestionComesWithItsWordsAndWithTheRulesThatWaitForIt() {
        JsonNode answer = ShippedServer.read(
                server.selfCheck("liu-qualification/next", "{\"facts\": {\"applicationFiledAt\": \"2024-01-01\"}}")
                        .body());

        assertThat(answer.path("settled").asBoolean()).isFalse();
        assertThat(answer.path("outcome").asText()).isEqualTo("INSUFFICIENT_FACTS");
        assertThat(answer.path("applicableDay").asText()).isEqualTo("2024-01-01");
        JsonNode next = answer.path("next");
        assertThat(next.path("question").path("ja").asText()).isNotBlank();
        assertThat(next.path("label").path("en").asText()).isNotBlank();
        assertThat(next.path("type").asText()).isNotBlank();
        assertThat(next.path("why").path(0).path("rule").asText()).startsWith("LIU-");
        assertThat(next.path("why").path(0).path("citation").path("document").asText())
                .isNotBlank();
        assertThat(answer.path("remainingAtMost").asInt()).isPositive();
    }

    @Test
    void whoeverIsAskedIsAskedOnlyWhatTheyKnow() {
        JsonNode answer = ShippedServer.read(server.selfCheck("liu-qualification/next", "{\"for\": \"PROCURING_BODY\"}")
                .body());

        assertThat(answer.path("next").path("knownBy").asText()).isEqualTo("PROCURING_BODY");
        assertThat(answer.path("forOthers").findValuesAsText("knownBy"))
                .isNotEmpty()
                .doesNotContain("PROCURING_BODY");
    }

    @Test
    void whatIsWrongWithARequestComesBackAtOnce() {
        HttpResponse<String> refused = server.selfCheck(
                "liu-qualification/next",
                "{\"for\": \"NOBODY\", \"unknown\": [\"noSuchFact\"], \"facts\": {\"impactLevel\": 1}, \"x\": 1}");

        assertThat(refused.statusCode()).isEqualTo(422);
        assertThat(ShippedServer.read(refused.body()).path("errors").findValuesAsText("pointer"))
                .containsExactlyInAnyOrder("/x", "/facts/impactLevel", "/for", "/unknown/0");
    }

    @Test
    void anAdviceNamesTheFactToChangeAndTheClauseItSatisfies() {
        JsonNode answer = ShippedServer.read(server.selfCheck(
                        "liu-qualification/advice",
                        "{\"asOf\": \"2024-01-01\", \"facts\": {\"scheme\": \"ISMAP_LIU\", \"applicationFiledAt\": \"2024-01-01\","
                                + " \"serviceModel\": \"SAAS\", \"confidentialityClasses\": [2], \"businessOnTargetList\": true,"
                                + " \"impactLevel\": \"LOW\", \"impactAssessedBy\": \"PROCURING_MINISTRY\","
                                + " \"preApplicationFiled\": false, \"internalAuditReportAttached\": true}}")
                .body());

        assertThat(answer.path("outcome").asText()).isEqualTo("NOT_ACCEPTED");
        assertThat(answer.path("for").asText()).isEqualTo("PROVIDER");
        assertThat(answer.path("better").path(0).asText()).isEqualTo("QUALIFIES");
        assertThat(answer.path("complete").asBoolean()).isTrue();
        JsonNode change = answer.path("changes").path(0);
        assertThat(change.path("outcome").asText()).isEqualTo("QUALIFIES");
        assertThat(change.path("facts").path(0).path("fact").asText()).isEqualTo("preApplicationFiled");
        assertThat(change.path("facts").path(0).path("from").asBoolean(true)).isFalse();
        assertThat(change.path("facts").path(0).path("to").asBoolean(false)).isTrue();
        JsonNode turned = change.path("satisfies").path(0);
        assertThat(turned.path("rule").asText()).isEqualTo("LIU-3-1");
        assertThat(turned.path("was").asText()).isEqualTo("NOT_ACCEPTED");
        assertThat(turned.path("becomes").asText()).isEqualTo("SATISFIED");
        assertThat(turned.path("citation").path("clause").asText()).isNotBlank();
    }

    @Test
    void whatMeetsARuleComesBeforeWhatGetsAroundItAndSaysWhich() {
        JsonNode changes = ShippedServer.read(server.selfCheck(
                                "liu-qualification/advice",
                                "{\"asOf\": \"2024-11-01\", \"facts\": {\"scheme\": \"ISMAP_LIU\", \"applicationFiledAt\": \"2024-10-01\","
                                        + " \"serviceModel\": \"SAAS\", \"confidentialityClasses\": [2], \"businessOnTargetList\": true,"
                                        + " \"impactLevel\": \"LOW\", \"impactAssessedBy\": \"PROCURING_MINISTRY\","
                                        + " \"preApplicationFiled\": true, \"internalAuditReportAttached\": false}}")
                        .body())
                .path("changes");

        assertThat(changes.findValuesAsText("fact")).containsExactly("internalAuditReportAttached", "scheme");
        JsonNode met = changes.path(0);
        assertThat(met.path("satisfies").findValuesAsText("becomes")).containsExactly("SATISFIED");
        assertThat(met.path("lifts")).isEmpty();
        JsonNode around = changes.path(1);
        assertThat(around.path("satisfies")).isEmpty();
        assertThat(around.path("lifts").findValuesAsText("rule")).containsExactly("LIU-A2-1");
        assertThat(around.path("lifts").findValuesAsText("becomes")).containsExactly("NOT_APPLICABLE");
    }

    @Test
    void anAdviceLeavesNothingOpen() {
        HttpResponse<String> refused = server.selfCheck("liu-qualification/advice", "{\"unknown\": []}");

        assertThat(refused.statusCode()).isEqualTo(422);
        assertThat(ShippedServer.read(refused.body()).path("errors").findValuesAsText("pointer"))
                .containsExactly("/unknown");
    }

    @Test
    void bothCallsAreDescribed() {
        JsonNode paths = server.get("/openapi.json").path("paths");

        for (String call : new String[] {"next", "advice"}) {
            JsonNode post =
                    paths.path("/api/v1/self-check/liu-qualification/" + call).path("post");
            assertThat(post.path("operationId").asText()).isNotBlank();
            JsonNode body = post.path("requestBody").path("content").path("application/json");
            assertThat(body.path("schema").path("properties").has("for")).isTrue();
        }
    }

    @Test
    void anUnknownDecisionIsNotFound() {
        assertThat(server.selfCheck("no-such-decision/next", "{}").statusCode()).isEqualTo(404);
    }
}
