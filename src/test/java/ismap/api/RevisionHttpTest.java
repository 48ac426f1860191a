package ismap.api;

import static ismap.api.RevisionServer.call;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import ismap.decision.Status;
import ismap.publication.SmallWorkbooks;
import java.net.http.HttpResponse;
import java.util.Objects;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The life of a revision over HTTP: who may do what in which state, and what is refused and why. */
@Tag("core")
class RevisionHttpTest {

    private static final String APPROVAL = "{\"resolution\": \"第3回運営委員会で承認\"}";

    private static final RevisionServer SERVER = new RevisionServer(1);

    @AfterAll
    static void stop() {
        SERVER.close();
    }

    @Test
    void aDraftIsCheckedSubmittedApprovedByAnotherPublishedAndWithdrawn() {
        String before = inForce();
        JsonNode created = SERVER.send(201, call("editor", "POST", "", "{\"note\": \"Cは対象外\"}"));
        String id = created.path("id").asText();
        assertThat(created.path("state").asText()).isEqualTo("DRAFT");
        assertThat(created.path("base").asText()).isEqualTo(before);
        assertThat(created.path("author").asText()).isEqualTo("editor");

        JsonNode stored = SERVER.send(200, call("editor", "PUT", "/" + id + "/files/tiny.xlsx", tiny(Status.NOT_APPLICABLE)));
        assertThat(stored.path("problems")).isEmpty();
        JsonNode checks = check(id);
        assertThat(checks.path("clean").asBoolean()).as(checks.toString()).isTrue();
        assertThat(checks.path("problems").path("errors").asInt()).isZero();
        assertThat(checks.path("proofs").path("details").path("proved").asInt()).isEqualTo(1);
        assertThat(checks.path("scenarios").path("details").path("scenarios").asInt()).isEqualTo(1);

        assertThat(SERVER.send(200, call("editor", "POST", "/" + id + "/submission")).path("state").asText())
                .isEqualTo("SUBMITTED");
        JsonNode approved = SERVER.send(200, call("approver", "POST", "/" + id + "/approval", APPROVAL));
        assertThat(approved.path("state").asText()).isEqualTo("APPROVED");
        assertThat(approved.path("approvals").path(0).path("evidenceDigest")).isEqualTo(checks.path("evidenceDigest"));
        assertThat(SERVER.activations().told()).contains("prepare " + id);

        JsonNode published = SERVER.send(200, call("approver", "POST", "/" + id + "/publication"));
        assertThat(published.path("state").asText()).isEqualTo("PUBLISHED");
        assertThat(published.path("inForce").asBoolean()).isTrue();
        assertThat(published.path("digest")).isEqualTo(approved.path("digest"));
        assertThat(inForce()).isEqualTo(id);

        JsonNode withdrawn =
                SERVER.send(200, call("approver", "POST", "/" + id + "/withdrawal", "{\"reason\": \"誤り\"}"));
        assertThat(withdrawn.path("withdraws").asText()).isEqualTo(id);
        assertThat(withdrawn.path("digest").asText())
                .isEqualTo(SERVER.send(200, call("", "GET", "/" + before)).path("digest").asText());
        assertThat(inForce()).isEqualTo(withdrawn.path("id").asText());
        assertThat(SERVER.send(200, call("", "GET", "/" + id)).path("withdrawnBy").asText())
                .isEqualTo(withdrawn.path("id").asText());
    }

    private static byte[] tiny(Status ofC) {
        return Objects.requireNonNull(SmallWorkbooks.files(ofC).contents().get(SmallWorkbooks.TABLE));
    }

    private static String draft(String editor) {
        return SERVER.send(201, call(editor, "POST", "", "{}")).path("id").asText();
    }

    private static JsonNode check(String id) {
        HttpResponse<byte[]> accepted = SERVER.send(call("editor", "POST", "/" + id + "/checks"));
        assertThat(accepted.statusCode()).isEqualTo(202);
        assertThat(accepted.headers().firstValue("Location")).contains("/api/v1/revisions/" + id + "/checks");
        for (int i = 0; i < 1200; i++) {
            JsonNode checks = SERVER.send(200, call("editor", "GET", "/" + id + "/checks"));
            if (!checks.path("state").asText().equals("running")) {
                return checks;
            }
            pause();
        }
        throw new AssertionError("the checks do not end");
    }

    private static void pause() {
        try {
            Thread.sleep(50);
        } catch (InterruptedException stopped) {
            throw new AssertionError(stopped);
        }
    }

    private static String inForce() {
        return StreamSupport.stream(
                        SERVER.send(200, call("", "GET", "")).path("revisions").spliterator(), false)
                .filter(revision -> revision.path("inForce").asBoolean())
                .findFirst()
                .orElseThrow()
                .path("id")
                .asText();
    }
}
