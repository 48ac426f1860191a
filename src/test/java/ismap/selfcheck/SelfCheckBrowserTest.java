package ismap.selfcheck;

import static ismap.selfcheck.Chromium.look;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The self-check as people meet it: in a real browser, in both languages, with and without scripts, with a keyboard alone. */
@Tag("browser")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SelfCheckBrowserTest {

    private static final String LIU = "/self-check/liu-qualification";
    private static final String ACCEPTANCE = "/self-check/service-acceptance";

    private static final Map<String, String> QUALIFYING = Map.of(
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
    private Chromium chromium;

    @BeforeAll
    void start() {
        server = new SelfCheckServer();
        chromium = new Chromium();
    }

    @AfterAll
    void stop() {
        chromium.close();
        server.close();
    }

    private String fact(Page page) {
        String path = page.url().replaceFirst("[?#].*", "");
        return path.contains("/questions/") ? path.substring(path.lastIndexOf('/') + 1) : "";
    }

    private static void go(Page page) {
        page.locator(".primary:visible").first().click();
    }

    private void answer(Page page, String value) {
        Locator choice = page.locator("input[value='" + value + "']");
        if (choice.count() > 0) {
            choice.first().check();
        } else {
            page.locator("#value").fill(value);
        }
        go(page);
    }

    private void answerAll(Page page) {
        while (!fact(page).isEmpty()) {
            String asked = fact(page);
            String value = QUALIFYING.get(asked);
            if (value == null) {
                page.locator("input[value='-unknown-'], button[value='otherwise']").first().click();
                if (page.locator("input[value='-unknown-']").count() > 0) {
                    go(page);
                }
            } else {
                answer(page, value);
            }
            assertThat(fact(page)).as("after %s", asked).isNotEqualTo(asked);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"ja", "en"})
    void everyPageAndStateIsAccessibleNarrowAndEnlarged(String language) {
        Page page = chromium.visitor(language, true);
        page.navigate(server.address() + "/self-check");
        look(page, "self-check-start-" + language);
        page.locator(".menu a").first().click();
        look(page, "self-check-decision-" + language);
        go(page);
        look(page, "self-check-question-" + language);
        go(page);
        look(page, "self-check-error-" + language);
        assertThat(page.evaluate("() => document.activeElement.className")).isEqualTo("error-summary");
        assertThat(page.title()).startsWith(language.equals("ja") ? "エラー: " : "Error: ");
        answer(page, "ISMAP_LIU");
        look(page, "self-check-date-" + language);
        answer(page, "令和6年13月1日");
        look(page, "self-check-date-error-" + language);
        page.locator("#value").fill("R6.10.1");
        page.locator("#value-echo:has-text('令和6年10月1日')").waitFor();
        go(page);
        answerAll(page);
        look(page, "self-check-answers-" + language);
        go(page);
        look(page, "self-check-result-" + language);
        page.locator("#otherDay").fill("令和7年4月1日");
        page.locator("form[action$='/compare'] button, form[action*='/compare'] button").first().click();
        page.locator("table.compare").waitFor();
        look(page, "self-check-compare-" + language);
        page.locator("form[action*='/save'] button").click();
        look(page, "self-check-saved-" + language);
        page.navigate(server.address() + ACCEPTANCE + "/questions/baseServices");
        page.locator("button[value='add']").click();
        page.locator("[name='g1.name']").waitFor();
        look(page, "self-check-list-" + language);
        go(page);
        look(page, "self-check-list-error-" + language);
        page.navigate(server.address() + "/self-check/nothing");
        look(page, "self-check-not-found-" + language);
        page.context().close();
    }

    @ParameterizedTest
    @CsvSource({"ja,true", "en,true", "ja,false", "en,false"})
    void aProviderComesFromTheStartToTheResultAndChangesAnAnswer(String language, boolean scripts) {
        Page page = chromium.visitor(language, scripts);
        page.navigate(server.address() + "/self-check");
        page.locator(".menu a").first().click();
        go(page);
        answerAll(page);

        assertThat(page.url()).endsWith(LIU + "/answers");
        go(page);
        assertThat(page.locator(".outcome-text").innerText())
                .contains(language.equals("ja") ? "範囲内です" : "within the scope");
        page.locator(".summary-action a[href*='/serviceModel']").click();
        answer(page, "IAAS");
        assertThat(page.url()).endsWith(LIU + "/answers");
        go(page);
        assertThat(page.locator(".outcome-text").innerText()).doesNotContain("範囲内です", "within the scope");
        page.goBack();
        page.goBack();
        assertThat(page.locator("input[value='IAAS']").isChecked()).isTrue();
        page.context().close();
    }
}
