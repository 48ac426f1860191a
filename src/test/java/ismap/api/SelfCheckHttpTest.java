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
    void anUnknownDecisionIsNotFound() {
        assertThat(server.selfCheck("no-such-decision/next", "{}").statusCode()).isEqualTo(404);
    }
}
