package ismap.selfcheck;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** The pages as HTTP sends them, without a browser. */
@Tag("core")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SelfCheckPagesTest {

    private static final String LIU = "/self-check/liu-qualification";

    private static final Map<String, String> QUALIFYING = Map.ofEntries(
            Map.entry("scheme", "ISMAP_LIU"),
            Map.entry("applicationFiledAt", "令和6年10月1日"),
            Map.entry("serviceModel", "SAAS"),
            Map.entry("confidentialityClasses", "2"),
            Map.entry("businessOnTargetList", "true"),
            Map.entry("impactLevel", "LOW"),
            Map.entry("impactAssessedBy", "PROCURING_MINISTRY"),
            Map.entry("preApplicationFiled", "true"),
            Map.entry("preApplicationResult", "CONFIRMED"),
            Map.entry("internalAuditReportAttached", "true"));

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
            assertThat(asked).doesNotContain(fact);
            asked.add(fact);
            System.out.println(asked + " " + Visitor.found(page, "<title>(.*?)</title>"));
            page = answers.containsKey(fact)
                    ? visitor.post(LIU + "/questions/" + fact, "value", answers.get(fact), "action", "continue")
                    : visitor.post(LIU + "/questions/" + fact, "action", "otherwise");
        }
        return page;
    }

    @Test
    void whoAnswersWhatIsAskedComesToTheResult() {
        var visitor = new Visitor(server);
        assertThat(visitor.get("/self-check").body()).contains(LIU);
        assertThat(visitor.get(LIU).statusCode()).isEqualTo(200);

        HttpResponse<String> answers = answerAll(visitor, QUALIFYING);

        assertThat(answers.uri().getPath()).isEqualTo(LIU + "/answers");
        HttpResponse<String> result = visitor.get(LIU + "/result");
        System.out.println(result.body());
        assertThat(result.statusCode()).isEqualTo(200);
    }
}
