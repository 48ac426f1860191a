package ismap.api;

import static ismap.api.RevisionServer.call;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import ismap.decision.Status;
import ismap.publication.SmallWorkbooks;
import ismap.revision.Refusals;
import java.net.http.HttpResponse;
import java.util.List;
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

        JsonNode stored =
                SERVER.send(200, call("editor", "PUT", "/" + id + "/files/tiny.xlsx", tiny(Status.NOT_APPLICABLE)));
        assertThat(stored.path("problems")).isEmpty();
        JsonNode checks = check(id);
        assertThat(checks.path("clean").asBoolean()).as(checks.toString()).isTrue();
        assertThat(checks.path("problems").path("errors").asInt()).isZero();
        assertThat(checks.path("proofs").path("details").path("proved").asInt()).isEqualTo(1);
        assertThat(checks.path("scenarios").path("details").path("scenarios").asInt())
                .isEqualTo(1);

        assertThat(SERVER.send(200, call("editor", "POST", "/" + id + "/submission"))
                        .path("state")
                        .asText())
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
                .isEqualTo(SERVER.send(200, call("", "GET", "/" + before))
                        .path("digest")
                        .asText());
        assertThat(inForce()).isEqualTo(withdrawn.path("id").asText());
        assertThat(SERVER.send(200, call("", "GET", "/" + id))
                        .path("withdrawnBy")
                        .asText())
                .isEqualTo(withdrawn.path("id").asText());
    }

    @Test
    void aDraftKeepsAFileThatIsWrongAndSaysWhatIsWrongAtItsCell() {
        String id = draft("editor");
        byte[] broken =
                tinyWith(ismap.TinyRulebook.row("T-1/1", Status.SATISFIED, ismap.TinyRulebook.test("kind", "A")));
        JsonNode stored = SERVER.send(200, call("editor", "PUT", "/" + id + "/files/tiny.xlsx", broken));

        assertThat(stored.path("errors").asInt()).isPositive();
        JsonNode problem = stored.path("problems").path(0);
        assertThat(problem.path("code").asText()).isEqualTo("TABLE_GAP");
        assertThat(problem.path("at").path("workbook").asText()).isEqualTo("tiny.xlsx");
        assertThat(problem.path("advice").path("ja").asText()).isNotBlank();
        assertThat(SERVER.send(call("editor", "GET", "/" + id + "/files/tiny.xlsx"))
                        .body())
                .isEqualTo(broken);
        byte[] annotated = SERVER.send(call("editor", "GET", "/" + id + "/files/tiny.xlsx?annotated=true"))
                .body();
        assertThat(annotated).isNotEqualTo(broken).startsWith(new byte[] {'P', 'K'});

        assertThat(check(id).path("clean").asBoolean()).isFalse();
        assertThat(SERVER.refused(409, call("editor", "POST", "/" + id + "/submission")))
                .isEqualTo("CHECKS_NOT_CLEAN");
    }

    @Test
    void anythingIsKeptUnderAPathOfARulebookEvenWhatIsNoWorkbook() {
        String id = draft("editor");
        byte[] noise = "no workbook at all".getBytes(java.nio.charset.StandardCharsets.UTF_8);
        JsonNode stored = SERVER.send(200, call("editor", "PUT", "/" + id + "/files/vocabulary.xlsx", noise));
        assertThat(stored.path("errors").asInt()).isPositive();
        assertThat(SERVER.send(call("editor", "GET", "/" + id + "/files/vocabulary.xlsx"))
                        .body())
                .isEqualTo(noise);
        assertThat(check(id).path("proofs").path("skipped").asBoolean()).isTrue();
    }

    @Test
    void aScenarioThatDoesNotHoldBarsTheSubmission() {
        String id = draft("editor");
        SERVER.send(
                200,
                call(
                        "editor",
                        "PUT",
                        "/" + id + "/files/scenarios/tiny.xlsx",
                        SmallWorkbooks.scenarios(SmallWorkbooks.rulebook(Status.WARNING), "NOT_SATISFIED")));
        JsonNode checks = check(id);
        assertThat(checks.path("scenarios")
                        .path("problems")
                        .path(0)
                        .path("code")
                        .asText())
                .isEqualTo("SCENARIO_FAILS");
        assertThat(checks.path("scenarios").path("details").path("failed").asInt())
                .isEqualTo(1);
        assertThat(SERVER.refused(409, call("editor", "POST", "/" + id + "/submission")))
                .isEqualTo("CHECKS_NOT_CLEAN");
    }

    @Test
    void anEditVoidsChecksSubmissionAndApproval() {
        String id = approved();
        SERVER.send(200, call("editor", "PUT", "/" + id + "/files/tiny.xlsx?check=false", tiny(Status.DUTY_MET)));

        JsonNode draft = SERVER.send(200, call("editor", "GET", "/" + id));
        assertThat(draft.path("state").asText()).isEqualTo("DRAFT");
        assertThat(draft.path("approvals")).isEmpty();
        assertThat(draft.path("evidence").isNull()).isTrue();
        assertThat(SERVER.send(200, call("editor", "GET", "/" + id + "/checks"))
                        .path("state")
                        .asText())
                .isEqualTo("none");
        assertThat(SERVER.refused(409, call("editor", "POST", "/" + id + "/submission")))
                .isEqualTo("CHECKS_NOT_CURRENT");
        assertThat(SERVER.refused(409, call("approver", "POST", "/" + id + "/approval", APPROVAL)))
                .isEqualTo("REVISION_NOT_SUBMITTED");
        assertThat(SERVER.refused(409, call("approver", "POST", "/" + id + "/publication")))
                .isEqualTo("REVISION_NOT_APPROVED");
    }

    @Test
    void ofTwoPeopleWhoEditAtOnceTheSecondIsToldAndNothingIsLost() {
        String id = draft("editor");
        String etag = etag("editor", id);
        SERVER.send(
                200,
                call("editor", "PUT", "/" + id + "/files/tiny.xlsx?check=false", tiny(Status.DUTY_MET))
                        .seen(etag));
        HttpResponse<byte[]> second =
                SERVER.send(call("editor2", "PUT", "/" + id + "/files/tiny.xlsx?check=false", tiny(Status.PROHIBITED))
                        .seen(etag));

        assertThat(second.statusCode()).isEqualTo(412);
        assertThat(second.headers().firstValue("ETag")).contains(etag("editor", id));
        assertThat(SERVER.send(call("editor2", "GET", "/" + id + "/files/tiny.xlsx"))
                        .body())
                .isEqualTo(tiny(Status.DUTY_MET));
        SERVER.send(
                200,
                call("editor2", "PUT", "/" + id + "/files/tiny.xlsx?check=false", tiny(Status.PROHIBITED))
                        .seen(etag("editor2", id)));
        assertThat(SERVER.send(200, call("editor", "GET", "/" + id)).path("authors"))
                .extracting(JsonNode::asText)
                .containsExactly("editor", "editor2");
    }

    @Test
    void nobodyApprovesWhatTheyHadAHandIn() {
        String id = draft("editor");
        SERVER.send(200, call("both", "PUT", "/" + id + "/files/tiny.xlsx?check=false", tiny(Status.DUTY_MET)));
        check(id);
        SERVER.send(200, call("editor", "POST", "/" + id + "/submission"));

        assertThat(SERVER.refused(409, call("both", "POST", "/" + id + "/approval", APPROVAL)))
                .isEqualTo("REVISION_OWN");
        SERVER.send(200, call("approver", "POST", "/" + id + "/approval", APPROVAL));
        assertThat(SERVER.refused(409, call("approver", "POST", "/" + id + "/approval", APPROVAL)))
                .isEqualTo("REVISION_APPROVED_ALREADY");
    }

    @Test
    void whatChangedSinceItWasLookedAtIsNotApproved() {
        String id = submitted();
        JsonNode seen = SERVER.send(200, call("approver", "GET", "/" + id));
        String etag = etag("approver", id);
        SERVER.send(200, call("editor", "PUT", "/" + id + "/files/tiny.xlsx?check=false", tiny(Status.PROHIBITED)));
        check(id);
        SERVER.send(200, call("editor", "POST", "/" + id + "/submission"));

        assertThat(SERVER.send(call("approver", "POST", "/" + id + "/approval", APPROVAL)
                                .seen(etag))
                        .statusCode())
                .isEqualTo(412);
        String named = "{\"resolution\": \"可\", \"filesDigest\": \"%s\"}"
                .formatted(seen.path("filesDigest").asText());
        assertThat(SERVER.refused(409, call("approver", "POST", "/" + id + "/approval", named)))
                .isEqualTo("REVISION_CHANGED");
    }

    @Test
    void aDraftOnASupersededBaseIsNotPublishedAndNothingTwice() {
        String late = approved();
        String first = approved();
        SERVER.send(200, call("approver", "POST", "/" + first + "/publication"));

        assertThat(SERVER.refused(409, call("approver", "POST", "/" + first + "/publication")))
                .isEqualTo("REVISION_PUBLISHED");
        assertThat(SERVER.refused(409, call("approver", "POST", "/" + late + "/publication")))
                .isEqualTo("BASE_SUPERSEDED");
        assertThat(SERVER.refused(409, call("approver", "POST", "/" + late + "/withdrawal", "{\"reason\": \"x\"}")))
                .isEqualTo("WITHDRAWN_NOT_IN_FORCE");
        assertThat(SERVER.refused(409, call("editor", "PUT", "/" + first + "/files/tiny.xlsx", tiny(Status.WARNING))))
                .isEqualTo("REVISION_PUBLISHED");
        assertThat(inForce()).isEqualTo(first);
    }

    @Test
    void aDraftThatWasOvertakenIsMovedOnToWhatIsInForceAndCanBePublishedThen() {
        try (var server = new RevisionServer(1)) {
            String late = server.send(201, call("editor", "POST", "", "{}"))
                    .path("id")
                    .asText();
            server.send(200, call("editor", "PUT", "/" + late + "/files/tiny.xlsx?check=false", tiny(Status.DUTY_MET)));
            String first = server.send(201, call("editor", "POST", "", "{}"))
                    .path("id")
                    .asText();
            byte[] otherRow = tinyWith(
                    ismap.TinyRulebook.row("T-1/1", Status.SATISFIED, ismap.TinyRulebook.test("kind", "A")),
                    ismap.TinyRulebook.row("T-1/2", Status.PROHIBITED, ismap.TinyRulebook.test("kind", "B")),
                    ismap.TinyRulebook.row("T-1/3", Status.WARNING, ismap.TinyRulebook.test("kind", "C")));
            server.send(200, call("editor", "PUT", "/" + first + "/files/tiny.xlsx?check=false", otherRow));
            publish(server, first);

            JsonNode rebased = server.send(200, call("editor", "POST", "/" + late + "/rebase"));
            assertThat(rebased.path("base").asText()).isEqualTo(first);
            assertThat(rebased.path("merged")).extracting(JsonNode::asText).containsExactly("tiny.xlsx");
            assertThat(rebased.path("conflicts")).isEmpty();
            assertThat(server.send(call("editor", "GET", "/" + late + "/files/tiny.xlsx?version=2"))
                            .body())
                    .as("what was handed in is still there")
                    .isEqualTo(tiny(Status.DUTY_MET));
            assertThat(server.send(200, call("editor", "POST", "/" + late + "/rebase"))
                            .path("version"))
                    .as("once is enough")
                    .isEqualTo(rebased.path("version"));
            publish(server, late);
            assertThat(server.send(200, call("", "GET", "/" + late))
                            .path("inForce")
                            .asBoolean())
                    .isTrue();
            assertThat(server.refused(409, call("editor", "POST", "/" + late + "/rebase")))
                    .isEqualTo("REVISION_PUBLISHED");
        }
    }

    private static void publish(RevisionServer server, String id) {
        JsonNode checks = check(server, id);
        assertThat(checks.path("clean").asBoolean()).as(checks.toString()).isTrue();
        server.send(200, call("editor", "POST", "/" + id + "/submission"));
        server.send(200, call("approver", "POST", "/" + id + "/approval", APPROVAL));
        server.send(200, call("approver", "POST", "/" + id + "/publication"));
    }

    @Test
    void whereTheDatabaseIsLostInAPublicationAskingAgainShowsWhatHappened() {
        try (var server = new RevisionServer(1)) {
            String id = server.send(201, call("editor", "POST", "", "{}"))
                    .path("id")
                    .asText();
            check(server, id);
            server.send(200, call("editor", "POST", "/" + id + "/submission"));
            server.activations().find(List.of(Refusals.unreadable(id)));
            assertThat(server.send(200, call("approver", "POST", "/" + id + "/approval", APPROVAL))
                            .path("warnings")
                            .path(0)
                            .path("code")
                            .asText())
                    .as("approved all the same")
                    .isEqualTo("CONTENT_UNREADABLE");

            server.loseTheNextAnswer();
            HttpResponse<byte[]> lost = server.send(call("approver", "POST", "/" + id + "/publication"));
            assertThat(lost.statusCode()).isEqualTo(503);
            assertThat(lost.headers().firstValue("Retry-After")).isPresent();
            assertThat(server.send(200, call("", "GET", "/" + id)).path("state").asText())
                    .isEqualTo("PUBLISHED");
            assertThat(server.refused(409, call("approver", "POST", "/" + id + "/publication")))
                    .isEqualTo("REVISION_PUBLISHED");
        }
    }

    @Test
    void theFirstRevisionOfAllCannotBeWithdrawn() {
        try (var fresh = new RevisionServer(1)) {
            assertThat(fresh.refused(
                            409,
                            call(
                                    "approver",
                                    "POST",
                                    "/" + RevisionServer.FIRST + "/withdrawal",
                                    "{\"reason\": \"x\"}")))
                    .isEqualTo("REVISION_FIRST");
            assertThat(fresh.send(200, call("", "GET", "/" + RevisionServer.FIRST))
                            .path("state")
                            .asText())
                    .as("one that is older than events are")
                    .isEqualTo("PUBLISHED");
        }
    }

    @Test
    void onlyTheRolesOfTheContractMayDoWhatTheyMay() {
        String id = submitted();
        assertThat(SERVER.send(call("", "POST", "", "{}")).statusCode()).isEqualTo(401);
        assertThat(SERVER.send(call("nobody's token", "GET", "")).statusCode()).isEqualTo(401);
        for (String wrong : new String[] {"intake", "auditor", "approver"}) {
            assertThat(SERVER.send(call(wrong, "POST", "", "{}")).statusCode()).isEqualTo(403);
            assertThat(SERVER.send(call(wrong, "PUT", "/" + id + "/files/tiny.xlsx", tiny(Status.WARNING)))
                            .statusCode())
                    .isEqualTo(403);
            assertThat(SERVER.send(call(wrong, "DELETE", "/" + id + "/files/tiny.xlsx"))
                            .statusCode())
                    .isEqualTo(403);
            assertThat(SERVER.send(call(wrong, "POST", "/" + id + "/checks")).statusCode())
                    .isEqualTo(403);
            assertThat(SERVER.send(call(wrong, "POST", "/" + id + "/submission"))
                            .statusCode())
                    .isEqualTo(403);
        }
        for (String step : new String[] {"approval", "publication", "withdrawal"}) {
            assertThat(SERVER.send(call("editor", "POST", "/" + id + "/" + step, "{}"))
                            .statusCode())
                    .isEqualTo(403);
        }
    }

    @Test
    void toAnybodyButStaffADraftIsNotThereAndAPublishedRevisionHasNoNames() {
        String id = approved();
        SERVER.send(200, call("approver", "POST", "/" + id + "/publication"));
        String draft = draft("editor2");
        for (String anybody : new String[] {"", "intake"}) {
            assertThat(SERVER.send(call(anybody, "GET", "/" + draft)).statusCode())
                    .isEqualTo(404);
            assertThat(SERVER.send(call(anybody, "GET", "/" + draft + "/files")).statusCode())
                    .isEqualTo(404);
            String shown = SERVER.send(200, call(anybody, "GET", "/" + id)).toString();
            assertThat(shown).contains("第3回運営委員会で承認", "\"by\":\"approver\"").doesNotContain("\"authors\"");
            assertThat(SERVER.send(200, call(anybody, "GET", "")).toString())
                    .contains(id)
                    .doesNotContain(draft)
                    .doesNotContain("editor2");
        }
        assertThat(SERVER.send(200, call("auditor", "GET", "")).toString()).contains(draft, "editor2");
    }

    @Test
    void aRenamedWorkbookIsRecognisedAndAFileOfNoRulebookIsNot() {
        String id = draft("editor");
        byte[] vocabulary =
                Objects.requireNonNull(SmallWorkbooks.files().contents().get("vocabulary.xlsx"));
        for (String name :
                new String[] {"vocabulary%20(1).xlsx", "%E8%AA%9E%E5%BD%99.xlsx", "a/b/c.xlsx", "words.xlsx"}) {
            JsonNode stored = SERVER.send(200, call("editor", "PUT", "/" + id + "/files/" + name, vocabulary));
            assertThat(stored.path("path").asText()).as(name).isEqualTo("vocabulary.xlsx");
            assertThat(stored.path("problems").path(0).path("code").asText()).isEqualTo("WORKBOOK_RECOGNISED");
        }
        assertThat(SERVER.send(200, call("editor", "PUT", "/" + id + "/files/tiny-copy.xlsx", tiny(Status.WARNING)))
                        .path("path")
                        .asText())
                .as("with the name of the one it was copied from")
                .isEqualTo("tiny.xlsx");
        assertThat(SERVER.refused(422, call("editor", "PUT", "/" + id + "/files/clauses.xlsx", vocabulary)))
                .isEqualTo("WORKBOOK_OF_ANOTHER_PATH");
        for (String name :
                new String[] {"memo.docx", "rules/x.java", "..%2F..%2Fetc%2Fpasswd", "scenarios/a/b.xlsx", "x%00.xlsx"
                }) {
            assertThat(SERVER.refused(422, call("editor", "PUT", "/" + id + "/files/" + name, "some text")))
                    .as(name)
                    .isEqualTo("FILE_OF_NO_RULEBOOK");
        }
        assertThat(SERVER.send(200, call("editor", "GET", "/" + id + "/files")).path("files"))
                .hasSize(SmallWorkbooks.files().contents().size());
    }

    @Test
    void aFileIsTakenOutAndOnlyIfItIsThere() {
        String id = draft("editor");
        SERVER.send(200, call("editor", "DELETE", "/" + id + "/files/scenarios/tiny.xlsx"));
        assertThat(SERVER.send(call("editor", "DELETE", "/" + id + "/files/scenarios/tiny.xlsx"))
                        .statusCode())
                .isEqualTo(404);
        assertThat(SERVER.send(call("editor", "GET", "/" + id + "/files/scenarios/tiny.xlsx"))
                        .statusCode())
                .isEqualTo(404);
    }

    @Test
    void aFileLargerThanTenMebibytesIsTooLarge() {
        String id = draft("editor");
        assertThat(SERVER.refused(413, call("editor", "PUT", "/" + id + "/files/x.xlsx", new byte[(10 << 20) + 1])))
                .isEqualTo("FILE_TOO_LARGE");
        assertThat(SERVER.send(200, call("editor", "PUT", "/" + id + "/files/x.xlsx", new byte[2 << 20]))
                        .path("path")
                        .asText())
                .as("larger than other bodies may be")
                .isEqualTo("x.xlsx");
    }

    @Test
    void whatIsSentHasToBeReadableAndToSayWhatIsNeeded() {
        String id = submitted();
        assertThat(SERVER.send(call("editor", "POST", "", "{")).statusCode()).isEqualTo(400);
        assertThat(SERVER.refused(422, call("editor", "POST", "", "[]"))).isEqualTo("OBJECT_EXPECTED");
        assertThat(SERVER.refused(422, call("editor", "POST", "", "{\"bases\": \"x\"}")))
                .isEqualTo("UNKNOWN_FIELD");
        assertThat(SERVER.refused(422, call("editor", "POST", "", "{\"base\": \"nowhere\"}")))
                .isEqualTo("BASE_UNKNOWN");
        assertThat(SERVER.refused(422, call("editor", "POST", "", "{\"note\": 7}")))
                .isEqualTo("TEXT_UNUSABLE");
        assertThat(SERVER.refused(422, call("approver", "POST", "/" + id + "/approval", "{}")))
                .isEqualTo("TEXT_NEEDED");
        assertThat(SERVER.refused(422, call("approver", "POST", "/" + id + "/withdrawal", "")))
                .isEqualTo("TEXT_NEEDED");
        for (String unknown : new String[] {"nowhere", "a%00b", "%2e%2e", "x".repeat(200)}) {
            assertThat(SERVER.send(call("editor", "GET", "/" + unknown)).statusCode())
                    .as(unknown)
                    .isEqualTo(404);
            assertThat(SERVER.send(call("editor", "POST", "/" + unknown + "/submission"))
                            .statusCode())
                    .as(unknown)
                    .isEqualTo(404);
        }
        assertThat(SERVER.send(call("editor", "POST", "/" + id + "/checks").seen("no tag"))
                        .statusCode())
                .isIn(202, 412);
    }

    @Test
    void whereTwoHaveToApproveOneIsNotEnough() {
        try (var strict = new RevisionServer(2)) {
            String id = strict.send(201, call("editor", "POST", "", "{}"))
                    .path("id")
                    .asText();
            check(strict, id);
            strict.send(200, call("editor", "POST", "/" + id + "/submission"));
            JsonNode once = strict.send(200, call("approver", "POST", "/" + id + "/approval", APPROVAL));
            assertThat(once.path("state").asText()).isEqualTo("SUBMITTED");
            assertThat(strict.refused(409, call("approver", "POST", "/" + id + "/approval", APPROVAL)))
                    .isEqualTo("REVISION_APPROVED_ALREADY");
            assertThat(strict.refused(409, call("approver", "POST", "/" + id + "/publication")))
                    .isEqualTo("REVISION_NOT_APPROVED");
            strict.send(200, call("approver2", "POST", "/" + id + "/approval", APPROVAL));
            assertThat(strict.send(200, call("approver", "POST", "/" + id + "/publication"))
                            .path("state")
                            .asText())
                    .isEqualTo("PUBLISHED");
        }
    }

    private static String submitted() {
        String id = draft("editor");
        check(id);
        SERVER.send(200, call("editor", "POST", "/" + id + "/submission"));
        return id;
    }

    private static String approved() {
        String id = submitted();
        SERVER.send(200, call("approver", "POST", "/" + id + "/approval", APPROVAL));
        return id;
    }

    private static String etag(String as, String id) {
        return SERVER.send(call(as, "GET", "/" + id))
                .headers()
                .firstValue("ETag")
                .orElseThrow();
    }

    private static byte[] tinyWith(ismap.rulebook.Table.Row... rows) {
        return Objects.requireNonNull(new ismap.xlsx.RulebookWriter()
                .write(SmallWorkbooks.rulebook(rows), java.util.Set.of())
                .get(SmallWorkbooks.TABLE));
    }

    private static byte[] tiny(Status ofC) {
        return Objects.requireNonNull(SmallWorkbooks.files(ofC).contents().get(SmallWorkbooks.TABLE));
    }

    private static String draft(String editor) {
        return SERVER.send(201, call(editor, "POST", "", "{}")).path("id").asText();
    }

    private static JsonNode check(String id) {
        return check(SERVER, id);
    }

    private static JsonNode check(RevisionServer server, String id) {
        HttpResponse<byte[]> accepted = server.send(call("editor", "POST", "/" + id + "/checks"));
        assertThat(accepted.statusCode()).isEqualTo(202);
        assertThat(accepted.headers().firstValue("Location")).contains("/api/v1/revisions/" + id + "/checks");
        for (int i = 0; i < 1200; i++) {
            JsonNode checks = server.send(200, call("editor", "GET", "/" + id + "/checks"));
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
