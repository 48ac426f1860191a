package ismap.selfcheck;

import static org.assertj.core.api.Assertions.assertThat;

import ismap.Shipped;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The pages as HTTP sends them, without a browser. */
@Tag("core")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SelfCheckPagesTest {

    private static final String LIU = "/self-check/liu-qualification";
    private static final String ACCEPTANCE = "/self-check/service-acceptance";
    private static final String VALIDITY = "/self-check/service-validity";

    static final Map<String, String> QUALIFYING = Map.of(
            "scheme", "ISMAP_LIU",
            "applicationFiledAt", "令和6年10月1日",
            "serviceModel", "SAAS",
            "confidentialityClasses", "2",
            "businessOnTargetList", "true",
            "impactLevel", "LOW",
            "impactAssessedBy", "PROCURING_MINISTRY",
            "preApplicationFiled", "true",
            "internalAuditReportAttached", "true");

    private SelfCheckServer server;

    @BeforeAll
    void start() {
        server = new SelfCheckServer();
    }

    @AfterAll
    void stop() {
        server.close();
    }

    private static HttpResponse<String> answerAll(Visitor visitor, Map<String, String> answers) {
        HttpResponse<String> page = visitor.get(LIU + "/next");
        var asked = new ArrayList<String>();
        while (!Visitor.asked(page).isEmpty()) {
            String fact = Visitor.asked(page);
            assertThat(asked).as("asked twice").doesNotContain(fact);
            asked.add(fact);
            page = answers.containsKey(fact)
                    ? visitor.post(LIU + "/questions/" + fact, "value", answers.get(fact), "action", "continue")
                    : visitor.post(LIU + "/questions/" + fact, "action", "otherwise");
        }
        return page;
    }

    private Visitor whoQualifies() {
        var visitor = new Visitor(server);
        answerAll(visitor, QUALIFYING);
        return visitor;
    }

    private static String outcome(HttpResponse<String> page) {
        return Visitor.found(page, "class=\"outcome-text\"[^>]*>(.*?)<").get(0);
    }

    @Test
    void whoAnswersWhatIsAskedComesToTheResultWithItsClauses() {
        var visitor = new Visitor(server);
        assertThat(visitor.get("/self-check").body()).contains(LIU, "/self-check/service-validity");

        HttpResponse<String> answers = answerAll(visitor, QUALIFYING);

        assertThat(answers.uri().getPath()).isEqualTo(LIU + "/answers");
        HttpResponse<String> result = visitor.get(LIU + "/result");
        assertThat(outcome(result)).contains("範囲内");
        assertThat(result.body()).contains("ISMAP運営委員会の決定、処分又は指導ではありません", "ISMAP-LIUクラウドサービス登録規則 第3章", "令和6年10月1日");
        assertThat(result.body().indexOf("ここでは確かめていないこと"))
                .isBetween(result.body().indexOf("outcome-panel"), result.body().indexOf("理由と根拠条項"));
    }

    @Test
    void whoKnowsNothingHearsWhatIsOpenAndWhoCouldSettleIt() {
        var visitor = new Visitor(server);
        answerAll(visitor, Map.of());
        assertThat(visitor.get(LIU + "/result").body()).contains("確かめられる者：", "調達省庁等");
    }

    @Test
    void noAddressHoldsAnAnswerAndTheCookieCannotBeRead() {
        var visitor = new Visitor(server);
        HttpResponse<String> after =
                visitor.post(LIU + "/questions/scheme", "value", "ISMAP_LIU", "action", "continue");

        assertThat(after.uri().toString()).doesNotContain("ISMAP_LIU");
        String cookie = after.previousResponse()
                .orElseThrow()
                .headers()
                .firstValue("Set-Cookie")
                .orElseThrow();
        assertThat(cookie).contains("HttpOnly", "SameSite=Lax", "Path=" + LIU).doesNotContain("ISMAP_LIU", "scheme");
        assertThat(after.headers().firstValue("Cache-Control")).contains("no-store");
    }

    @Test
    void whatWasTypedIsStillThereAfterAMistakeAndTheTitleSaysSo() {
        HttpResponse<String> again =
                new Visitor(server).post(LIU + "/questions/applicationFiledAt", "value", "きのう", "action", "continue");

        assertThat(again.body()).contains("<title>エラー: ", "value=\"きのう\"", "error-summary", "autofocus");
    }

    @ParameterizedTest
    @CsvSource({"2024-10-01", "2024/10/1", "令和6年10月1日", "R6.10.1", "２０２４年１０月１日"})
    void aDayMayBeWrittenAsPeopleWriteIt(String typed) {
        var visitor = new Visitor(server);
        visitor.post(LIU + "/questions/applicationFiledAt", "value", typed, "action", "continue");
        assertThat(visitor.get(LIU + "/questions/applicationFiledAt").body())
                .contains("2024-10-01：2024年10月1日（令和6年10月1日）");
    }

    @Test
    void aListIsEnteredGroupByGroupWithoutAScript() {
        var visitor = new Visitor(server);
        String question = ACCEPTANCE + "/questions/baseServices";
        HttpResponse<String> two = visitor.post(question, "groups", "1", "g0.name", "基盤A", "action", "add");
        assertThat(two.body()).contains("name=\"g1.name\"", "value=\"基盤A\"").doesNotContain("エラー");

        HttpResponse<String> wrong =
                visitor.post(question, "groups", "2", "g0.name", "基盤A", "g1.name", "基盤B", "action", "continue");
        assertThat(wrong.body()).contains("1件目：", "2件目：", "基盤B");

        visitor.post(
                question,
                "groups",
                "2",
                "g0.name",
                "基盤A",
                "g0.withinStatement",
                "true",
                "g0.status",
                "EFFECTIVE",
                "g1.name",
                "基盤B",
                "g1.withinStatement",
                "false",
                "g1.status",
                "LAPSED",
                "action",
                "continue");
        assertThat(visitor.get(ACCEPTANCE + "/answers").body()).contains("基盤A", "基盤B");

        HttpResponse<String> one =
                visitor.post(question, "groups", "2", "g0.name", "基盤A", "g1.name", "基盤B", "action", "remove-0");
        assertThat(one.body()).contains("value=\"基盤B\"").doesNotContain("value=\"基盤A\"", "g1.name");
    }

    @Test
    void whatTheRulesThemselvesRefuseIsSaidAtItsField() {
        HttpResponse<String> page = new Visitor(server)
                .post(
                        VALIDITY + "/questions/suspensions",
                        "groups",
                        "1",
                        "g0.from",
                        "2024-05-01",
                        "g0.to",
                        "2024-04-01",
                        "action",
                        "continue");

        assertThat(page.body()).contains("id=\"g0-to-error\"", "終了日 2024-04-01 が開始日 2024-05-01 より前です");
    }

    @Test
    void anotherSiteCannotAnswer() {
        var visitor = new Visitor(server);
        HttpResponse<String> refused = visitor.postFrom(
                "https://example.com", LIU + "/questions/scheme", "value", "ISMAP", "action", "continue");

        assertThat(refused.statusCode()).isEqualTo(403);
        assertThat(visitor.get(LIU + "/answers").body()).contains("まだ何も答えていません");
    }

    @Test
    void anAnswerThatComesWithoutItsCookieIsPutToWhatThePageCarried() {
        HttpResponse<String> page = new Visitor(server)
                .post(
                        LIU + "/questions/serviceModel",
                        "carried",
                        "{\"facts\":{\"scheme\":\"ISMAP_LIU\"}}",
                        "value",
                        "SAAS",
                        "action",
                        "continue");
        assertThat(page.body())
                .contains("&#34;scheme&#34;:&#34;ISMAP_LIU&#34;", "&#34;serviceModel&#34;:&#34;SAAS&#34;");
    }

    @Test
    void answersGoOutAsJsonThatTheApiTakesAndComeInAgain() {
        Visitor first = whoQualifies();
        String json = first.post(LIU + "/answers.json", "download", "true").body();

        HttpResponse<String> api = first.send(first.request("/api/v1/self-check/liu-qualification")
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(json)));
        assertThat(api.statusCode()).isEqualTo(200);
        assertThat(api.body()).contains("\"outcome\":\"QUALIFIES\"");

        var second = new Visitor(server);
        String boundary = "----------x";
        HttpResponse<String> answers = second.send(second.request(LIU + "/answers.json")
                .header("Content-Type", "multipart/form-data; boundary=" + boundary)
                .POST(BodyPublishers.ofString("--" + boundary
                        + "\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.json\"\r\nContent-Type: application/json\r\n\r\n"
                        + json + "\r\n--" + boundary + "--\r\n")));
        assertThat(answers.uri().getPath()).isEqualTo(LIU + "/answers");
        assertThat(outcome(second.get(LIU + "/result"))).isEqualTo(outcome(first.get(LIU + "/result")));

        assertThat(second.post(LIU + "/answers.json", "json", "no json").body()).contains("error-summary");
    }

    @Test
    void answersWithADayThatIsNoneAreTakenAndTheDayIsAskedFor() {
        var visitor = new Visitor(server);
        HttpResponse<String> answers = visitor.post(
                LIU + "/answers.json", "json", "{\"asOf\": \"2024-13-01\", \"facts\": {\"serviceModel\": \"SAAS\"}}");

        assertThat(answers.statusCode()).isEqualTo(200);
        assertThat(answers.uri().getPath()).isEqualTo(LIU + "/answers");
        assertThat(answers.body()).contains("error-summary", "value=\"2024-13-01\"", "SaaS");
        assertThat(visitor.get(LIU + "/result").statusCode()).isEqualTo(200);
    }

    /** Every fact of a check holds it, and a half-typed answer that no form of ours would send. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "true",
                "\"\"",
                "\"' onload=x <b>\"",
                "\"2024-02-30\"",
                "-0.5",
                "1e999999999",
                "{}",
                "{\"value\": [1]}",
                "[]",
                "[null, true]",
                "[[[1]]]",
                "[{\"name\": {\"a\": 1}, \"g0.x\": 2}, {}]"
            })
    void whateverABroughtAlongAnswerHoldsAPageSaysWhatToDo(String value) {
        for (String home : List.of(LIU, ACCEPTANCE)) {
            String decision = home.substring(home.lastIndexOf('/') + 1);
            List<String> facts = Shipped.plan(decision).asked();
            String all = facts.stream()
                    .map(fact -> "\"%s\": %s".formatted(fact, value))
                    .collect(Collectors.joining(", "));
            String draft =
                    "{\"about\": \"%s\", \"typed\": {\"gx.y\": [\"1\"], \"g1.name\": [%s], \"value\": []}, \"groups\": \"7\", \"sent\": true}"
                            .formatted(facts.get(0), value);
            var visitor = new Visitor(server);
            HttpResponse<String> taken = visitor.post(
                    home + "/answers.json", "json", "{\"facts\": {%s}, \"draft\": %s}".formatted(all, draft));
            assertThat(taken.statusCode()).as(decision + taken.body()).isLessThan(500);
            for (int i = 0; i < facts.size(); i += 1 + facts.size() / 4) {
                String fact = facts.get(i);
                String question = home + "/questions/" + fact;
                assertThat(visitor.get(question).statusCode()).as(question).isLessThan(500);
                assertThat(visitor.post(question, "groups", "3", "action", "remove-1")
                                .statusCode())
                        .as(question)
                        .isLessThan(500);
            }
            for (String page : List.of("", "/next", "/answers", "/result")) {
                assertThat(visitor.get(home + page).statusCode())
                        .as(home + page)
                        .isLessThan(500);
            }
        }
    }

    @Test
    void theResultIsAFileForASpreadsheetThatCalculatesNothing() {
        var visitor = new Visitor(server);
        visitor.post(
                ACCEPTANCE + "/questions/baseServices",
                "groups",
                "1",
                "g0.name",
                "=1+1",
                "g0.withinStatement",
                "true",
                "g0.status",
                "LAPSED",
                "action",
                "continue");
        HttpResponse<String> csv = visitor.post(ACCEPTANCE + "/result.csv");

        assertThat(csv.statusCode()).as(csv.uri() + csv.body()).isEqualTo(200);
        assertThat(csv.headers().firstValue("Content-Disposition").orElseThrow())
                .contains("attachment");
        assertThat(csv.body()).startsWith("\uFEFF").contains("運営委員会の決定、処分又は指導ではありません");
        assertThat(csv.body().lines()).noneMatch(line -> line.matches("(.*,)?\"?=.*"));
    }

    @Test
    void whatIsSavedIsFoundByItsCodeUntilItIsDeleted() {
        Visitor first = whoQualifies();
        HttpResponse<String> saving = first.post(LIU + "/save");
        assertThat(saving.body()).contains("code-text");
        String code = Visitor.found(saving, "code-text\"><code>(.*?)</code>").get(0);
        assertThat(code).matches("[0-9A-Z]{4}(-[0-9A-Z]{4}){3}");

        var second = new Visitor(server);
        String copied = code.toLowerCase(Locale.ROOT).replace("-", " ");
        assertThat(second.post(LIU + "/resume", "code", copied, "action", "resume")
                        .uri()
                        .getPath())
                .isEqualTo(LIU + "/answers");
        assertThat(outcome(second.get(LIU + "/result"))).contains("範囲内");

        assertThat(second.post(LIU + "/resume", "code", code, "action", "forget")
                        .body())
                .contains("消しました");
        assertThat(new Visitor(server)
                        .post(LIU + "/resume", "code", code, "action", "resume")
                        .body())
                .contains("見つかりません");
    }

    @Test
    void theSameCaseUnderAnotherDayStandsBesideIt() {
        Visitor visitor = whoQualifies();
        visitor.post(LIU + "/questions/applicationFiledAt", "action", "otherwise", "return", "answers");
        HttpResponse<String> both = visitor.post(LIU + "/compare", "otherDay", "令和4年4月1日", "otherRevision", "");

        assertThat(both.body()).contains("二つの結果", "2022年4月1日（令和4年4月1日）");
        assertThat(visitor.post(LIU + "/compare", "otherDay", "いつか", "otherRevision", "")
                        .body())
                .contains("error-summary", "value=\"いつか\"");
        assertThat(visitor.post(LIU + "/compare", "otherDay", "", "otherRevision", "no-such")
                        .body())
                .contains("error-summary");
    }

    @Test
    void aDayThatIsNoneToCompareWithLeavesTheChosenRevision() {
        HttpResponse<String> page =
                whoQualifies().post(LIU + "/compare", "otherDay", "2024-13-01", "otherRevision", "shipped-0");

        assertThat(page.body())
                .contains("value=\"2024-13-01\"", "error-summary")
                .contains("&#34;otherRevision&#34;:&#34;shipped-0&#34;");
    }

    /** More than three figures of them: what is on nobody's page is not thrown away. */
    @Test
    void aLongListKeepsItsElementsWhileOneIsTakenAway() {
        var fields = new ArrayList<String>(List.of("groups", "1001", "action", "remove-0"));
        fields.addAll(List.of("g0.name", "first", "g1000.name", "the last"));
        HttpResponse<String> page =
                new Visitor(server).post(ACCEPTANCE + "/questions/baseServices", fields.toArray(String[]::new));

        assertThat(page.body()).contains("the last", "name=\"g999.name\"").doesNotContain("g1000.name");
    }

    @Test
    void whatIsNotOnTheMenuAndWhatIsNoQuestionIsNotFound() {
        var visitor = new Visitor(server);
        for (String path : List.of(
                "/self-check/conflict-of-interest",
                "/self-check/nothing",
                LIU + "/questions/nothing",
                "/self-check/assets/nothing")) {
            HttpResponse<String> page = visitor.get(path);
            assertThat(page.statusCode()).as(path).isEqualTo(404);
            assertThat(page.body()).contains("<title>見つかりません");
        }
    }

    @Test
    void everyPageSaysThatItIsUnofficialUntilSomebodyOperatesIt() {
        assertThat(new Visitor(server).get(LIU).body()).contains("Unofficial: not operated by the Government of Japan");
    }
}
