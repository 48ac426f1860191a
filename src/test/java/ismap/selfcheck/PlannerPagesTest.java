package ismap.selfcheck;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.StreamSupport;
import net.fortuna.ical4j.data.CalendarBuilder;
import net.fortuna.ical4j.model.Component;
import net.fortuna.ical4j.model.component.VEvent;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** The planner over HTTP: its page without a script, its file for calendars, and the same over the API. Today is 2024-11-22. */
@Tag("http")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PlannerPagesTest {

    private static final String PLANNER = "/self-check/planner";

    private SelfCheckServer server;
    private Visitor visitor;

    @BeforeAll
    void start() {
        server = new SelfCheckServer();
        visitor = new Visitor(server);
    }

    @AfterAll
    void stop() {
        server.close();
    }

    @Test
    void theFormAsksForDaysAndIsReachedFromTheSelfCheck() {
        assertThat(visitor.get("/self-check").body()).contains("href=\"/self-check/planner\"");
        HttpResponse<String> page = visitor.get(PLANNER);
        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.body())
                .contains("name=\"a.assessmentPeriodStart\"", "name=\"b.assessmentPeriodStart\"")
                .contains("前回の監査対象期間の末日", "計画B（任意）", "入力された内容についての自己確認です")
                .doesNotContain("<table");
        assertThat(visitor.get(PLANNER + "?lang=en").body()).contains("<html lang=\"en\">", "Plan B (optional)");
    }

    @Test
    void aPlanShowsDaysInBothCalendarsWithRuleClauseAndReason() {
        HttpResponse<String> page = visitor.post(PLANNER, "a.assessmentPeriodStart", "令和6年4月1日", "action", "plan");
        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.body())
                .contains("2024-06-30（令和6年6月30日）から2025-03-31（令和7年3月31日）まで", "2026-07-31（令和8年7月31日）")
                .contains("ISMAP管理基準 2.2.5", "href=\"/rulebook/assessment-scope/CC-2.2.5-1\"")
                .contains("監査対象期間が1年を超えています", "必ず", "目安")
                .contains("value=\"calendar-a\"");
    }

    @Test
    void thePictureHasABarForEveryLineOfTheTable() {
        HttpResponse<String> page = visitor.post(PLANNER, "a.assessmentPeriodStart", "2024-04-01", "action", "plan");
        int lines = Visitor.found(page, "<tr><th scope=\"row\">(.*?)</th>").size();
        assertThat(Visitor.found(page, "<rect class=\"bar (.*?)\"")).hasSize(lines);
        assertThat(Visitor.found(page, "<text class=\"line-text\"[^>]*>(.*?)<"))
                .hasSize(lines)
                .contains("［必ず］監査対象期間の末日");
        assertThat(page.body()).contains("日程の図：計画A", ">今日</text>");
    }

    @Test
    void thePageSpeaksEnglishToo() {
        String page = visitor.post(PLANNER + "?lang=en", "a.assessmentPeriodStart", "2024-04-01", "action", "plan")
                .body();
        assertThat(page)
                .contains("<html lang=\"en\">", "from 30 June 2024 to 31 March 2025", "But on 1 April 2025:")
                .contains("action=\"/self-check/planner?lang=en\"", "formaction=\"/self-check/planner?lang=ja\"")
                .contains("This is a self-check of what was entered.");
    }

    @Test
    void twoPlansStandSideBySide() {
        String page = visitor.post(
                        PLANNER,
                        "a.name",
                        "早い案",
                        "a.assessmentPeriodStart",
                        "2024-04-01",
                        "b.assessmentPeriodStart",
                        "2024-10-01",
                        "action",
                        "plan")
                .body();
        assertThat(page)
                .contains("二つの計画を見比べる", "計画A：早い案", "計画B")
                .contains("2025-03-31（令和7年3月31日）", "2025-09-30（令和7年9月30日）");
    }

    @Test
    void whatIsPastAndWhatStandsAgainstAnEnteredDayIsSaid() {
        String page = visitor.post(
                        PLANNER,
                        "a.assessmentPeriodStart",
                        "2023-01-01",
                        "a.assessmentPeriodEnd",
                        "2024-02-01",
                        "action",
                        "plan")
                .body();
        assertThat(page).contains("（過ぎています）", "監査対象期間が1年を超えています。末日を2023-12-31以前としてください。");
    }

    @Test
    void allMistakesOfBothPlansComeAtOnceBesideTheirFields() {
        HttpResponse<String> page = visitor.post(
                PLANNER,
                "a.assessmentPeriodStart",
                "2024-02-30",
                "a.assessmentPeriodEnd",
                "あした",
                "b.assessmentPeriodStart",
                "2024-04-01",
                "b.assessmentPeriodEnd",
                "2024-03-31",
                "action",
                "plan");
        assertThat(page.statusCode()).isEqualTo(422);
        assertThat(page.body())
                .contains("<title>エラー: ")
                .contains("href=\"#a-assessmentPeriodStart\"", "href=\"#a-assessmentPeriodEnd\"")
                .contains("href=\"#b-assessmentPeriodEnd\"", "末日（2024-03-31）が初日（2024-04-01）より前です。")
                .contains("value=\"2024-02-30\"", "value=\"あした\"");
        assertThat(visitor.post(PLANNER, "action", "plan").body())
                .contains("計画のもととなる日が一つもありません。", "href=\"#a-previousAssessmentPeriodEnd\"");
    }

    @Test
    void theCalendarFileHoldsEveryLineOnItsDay() throws Exception {
        HttpResponse<String> file = visitor.post(
                PLANNER, "a.name", "サービスX", "a.assessmentPeriodStart", "2023-04-01", "action", "calendar-a");
        assertThat(file.headers().firstValue("Content-Type")).contains("text/calendar; charset=utf-8");
        assertThat(file.headers().firstValue("Content-Disposition"))
                .contains("attachment; filename=\"ismap-plan-a.ics\"");
        List<VEvent> events = events(file);
        assertThat(events).hasSize(16);
        assertThat(events)
                .anySatisfy(event -> {
                    assertThat(event.getSummary().getValue()).isEqualTo("ISMAP 必ず: 次回：更新の申請");
                    assertThat(event.<LocalDate>getStartDate().orElseThrow().getDate())
                            .isEqualTo(LocalDate.of(2025, 7, 31));
                    assertThat(event.getAlarms()).hasSize(2);
                    assertThat(event.getDescription().getValue()).contains("BR-3.5-3", "基本規程");
                })
                .anySatisfy(event -> {
                    assertThat(event.getSummary().getValue()).isEqualTo("ISMAP 目安: 実施結果報告書の日付");
                    assertThat(event.getAlarms()).as("of a day that is past").isEmpty();
                });
    }

    @Test
    void aLaterFileMovesTheDaysOfANamedPlan() throws Exception {
        assertThat(uids("a.name", "X", "a.assessmentPeriodStart", "2024-04-01"))
                .doesNotHaveDuplicates()
                .isEqualTo(uids("a.name", "X", "a.assessmentPeriodStart", "2024-04-02"));
        assertThat(uids("a.assessmentPeriodStart", "2024-04-01"))
                .isEqualTo(uids("a.assessmentPeriodStart", "2024-04-01"))
                .doesNotContainAnyElementsOf(uids("a.assessmentPeriodStart", "2024-04-02"));
    }

    @Test
    void whatWasTypedIsEscaped() {
        assertThat(visitor.post(PLANNER, "a.name", "<script>", "a.assessmentPeriodStart", "<b>", "action", "plan")
                        .body())
                .doesNotContain("<script>", "<b>");
    }

    @Test
    void theApiPlansTheSame() throws Exception {
        HttpResponse<String> answer = api(
                "{\"reference\": {\"service\": \"x\"}, \"facts\": {\"scheme\": \"ISMAP\", \"assessmentPeriodStart\": \"2024-04-01\"}}");
        assertThat(answer.statusCode()).isEqualTo(200);
        JsonNode plan = new ObjectMapper().readTree(answer.body());
        assertThat(plan.get("asOf").asText()).isEqualTo("2024-11-22");
        JsonNode filing = StreamSupport.stream(plan.get("lines").spliterator(), false)
                .filter(line -> line.get("id").asText().equals("2-RENEWAL_FILING-MUST"))
                .findFirst()
                .orElseThrow();
        assertThat(filing.get("to").asText()).isEqualTo("2026-07-31");
        assertThat(filing.get("kind").asText()).isEqualTo("MUST");
        assertThat(filing.get("past").asBoolean()).isFalse();
        assertThat(filing.get("why").findValuesAsText("rule")).contains("BR-3.5-3");
        assertThat(filing.get("why").get(0).get("citation").get("clause").asText())
                .isNotBlank();
    }

    @Test
    void theApiSaysAllThatIsWrong() throws Exception {
        HttpResponse<String> answer =
                api("{\"facts\": {\"applicationKind\": \"RENEWAL\", \"nothing\": 1}, \"knownAt\": 1}");
        assertThat(answer.statusCode()).isEqualTo(422);
        assertThat(new ObjectMapper().readTree(answer.body()).get("errors").findValuesAsText("pointer"))
                .containsExactlyInAnyOrder(
                        "/facts/previousAssessmentPeriodEnd", "/facts/nothing", "/knownAt", "/knownAt");
        assertThat(api("{").statusCode()).isEqualTo(400);
        assertThat(visitor.get("/openapi.json").body()).contains("\"/api/v1/self-check/plan\"");
    }

    private HttpResponse<String> api(String json) {
        return visitor.send(visitor.request("/api/v1/self-check/plan")
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(json)));
    }

    private List<String> uids(String... fields) throws Exception {
        String[] all = java.util.Arrays.copyOf(fields, fields.length + 2);
        all[fields.length] = "action";
        all[fields.length + 1] = "calendar-a";
        return events(visitor.post(PLANNER, all)).stream()
                .map(event -> event.getRequiredProperty("UID").getValue())
                .toList();
    }

    private static List<VEvent> events(HttpResponse<String> file) throws Exception {
        return new CalendarBuilder()
                .build(new ByteArrayInputStream(file.body().getBytes(StandardCharsets.UTF_8)))
                .getComponents(Component.VEVENT);
    }
}
