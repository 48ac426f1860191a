package ismap.selfcheck;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What a new revision does to the pages, without a line of code. */
@Tag("core")
class SelfCheckRevisionTest {

    private static final String LIU = "/self-check/liu-qualification";

    private final SelfCheckServer server = new SelfCheckServer();

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void aFactMoreInTheFilesIsAQuestionMoreInBothLanguages() {
        server.publish(Revised.withOneMoreFact());
        var visitor = new Visitor(server);
        visitor.post(LIU + "/questions/applicationFiledAt", "value", "2024-10-01", "action", "continue");
        HttpResponse<String> page =
                visitor.post(LIU + "/questions/serviceModel", "value", "SAAS", "action", "continue");
        for (int i = 0; i < 12 && !Visitor.asked(page).equals("tenantsSeparated"); i++) {
            page = visitor.post(LIU + "/questions/" + Visitor.asked(page), "value", "-unknown-", "action", "otherwise");
        }

        assertThat(page.body()).contains("利用者ごとにデータを分離していますか。", "規則 LIU-0-1");
        assertThat(visitor.get(LIU + "/questions/tenantsSeparated?lang=en").body())
                .contains("Are the data of each tenant kept apart?");
        visitor.post(LIU + "/questions/tenantsSeparated", "value", "false", "action", "continue");
        assertThat(visitor.get(LIU + "/result").body()).contains("利用者の分離");
    }

    @Test
    void anAnswerThatDoesNotFitANewRevisionIsAskedAgainWithTheReason() {
        var visitor = new Visitor(server);
        visitor.post(LIU + "/questions/serviceModel", "value", "SAAS", "action", "continue");
        server.publish(Revised.withoutSaas());

        HttpResponse<String> page = visitor.get(LIU + "/result");

        assertThat(Visitor.asked(page)).isEqualTo("serviceModel");
        assertThat(page.body()).contains("新しい改定版", "error-summary", "値「SAAS」は使えません。");
    }

    @Test
    void aPageThatFailsIsAPageThatSaysWhatToDo() {
        server.publish(Revised.thatNoPageCanShow());

        HttpResponse<String> page = new Visitor(server).get(LIU + "/questions/serviceModel");

        assertThat(page.statusCode()).isEqualTo(500);
        assertThat(page.body()).contains("判定できませんでした", "失われません").doesNotContain("Exception", "jte");
    }
}
