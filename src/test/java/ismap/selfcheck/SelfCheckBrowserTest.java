package ismap.selfcheck;

import static ismap.selfcheck.Chromium.look;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import ismap.pages.Language;
import ismap.pages.SelfCheckFrame;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.text.PDFTextStripper;
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
        page.waitForLoadState(); // what a click leads to may be there by half
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
                page.locator("input[value='-unknown-'], button[value='otherwise']")
                        .first()
                        .click();
                if (page.locator("input[value='-unknown-']").count() > 0) {
                    go(page);
                }
            } else {
                answer(page, value);
            }
            page.waitForURL(url -> !url.endsWith("/questions/" + asked) && !url.contains("/questions/" + asked + "?"));
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
        page.locator("#value-echo:has-text('2024-10-01')").waitFor();
        go(page);
        answerAll(page);
        look(page, "self-check-answers-" + language);
        go(page);
        look(page, "self-check-result-" + language);
        page.context().close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"ja", "en"})
    void everyResultIsAccessible(String language) {
        Page page = chromium.visitor(language, true);
        page.navigate(server.address() + LIU + "/next");
        answerAll(page);
        page.navigate(server.address() + LIU + "/questions/internalAuditReportAttached?return=answers");
        answer(page, "false");
        go(page); // to what it did not have to ask before
        answerAll(page);
        go(page);
        page.locator(".advice > li").first().waitFor();
        look(page, "self-check-advice-" + language);
        page.locator("#otherDay").fill("令和7年4月31日");
        compare(page);
        page.locator("#otherDay[aria-invalid='true']").waitFor();
        look(page, "self-check-compare-error-" + language);
        page.locator("#otherDay").fill("令和7年4月1日");
        compare(page);
        page.locator("table.compare").waitFor();
        look(page, "self-check-compare-" + language);
        page.navigate(server.address() + LIU + "/questions/confidentialityClasses?return=answers");
        page.locator("input[value='2']").uncheck();
        answer(page, "3");
        page.navigate(server.address() + LIU + "/result");
        page.locator("#advice ~ .not-examined li").first().waitFor();
        look(page, "self-check-no-advice-" + language);
        page.context().close();
    }

    private static void compare(Page page) {
        page.locator("form[action*='/compare'] button").first().click();
    }

    @ParameterizedTest
    @ValueSource(strings = {"ja", "en"})
    void whatIsOpenInEveryCheckOnTheMenuIsAccessible(String language) {
        Page page = chromium.visitor(language, true);
        page.navigate(server.address() + "/self-check");
        List<String> checks = page.locator(".menu a").all().stream()
                .map(link -> server.address() + link.getAttribute("href"))
                .toList();
        assertThat(checks).hasSizeGreaterThan(3);
        for (String check : checks) {
            String decision = check.replaceFirst("[?#].*", "");
            page.navigate(decision + "/result");
            if (!page.url().contains("/result")) {
                page.navigate(decision + "/answers");
                go(page);
            }
            page.locator("#open").waitFor();
            look(page, "self-check-open-" + decision.substring(decision.lastIndexOf('/') + 1) + "-" + language);
        }
        page.context().close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"ja", "en"})
    void whatIsKeptTakenUpAndDeletedIsAccessible(String language) {
        Page page = chromium.visitor(language, true);
        page.navigate(server.address() + LIU + "/questions/scheme");
        answer(page, "ISMAP_LIU");
        page.navigate(server.address() + LIU);
        look(page, "self-check-begun-" + language);
        page.locator("#code").fill("7M2K");
        page.locator("button[value='resume']").click();
        look(page, "self-check-code-error-" + language);
        page.locator("#json").fill("{");
        page.locator("form[enctype] button").click();
        look(page, "self-check-file-error-" + language);
        page.navigate(server.address() + LIU + "/answers");
        page.locator("#asOf").fill("2024-13-01");
        page.locator("form[action*='/day'] button").click();
        look(page, "self-check-day-error-" + language);
        page.locator("#asOf").fill("2024-12-01");
        page.locator("form[action*='/day'] button").click();
        page.navigate(server.address() + LIU + "/result");
        page.locator("form[action*='/save'] button").click();
        look(page, "self-check-saved-" + language);
        page.locator("button[value='forget']").click();
        look(page, "self-check-deleted-" + language);
        page.context().close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"ja", "en"})
    void aListAndTheOtherPagesAreAccessible(String language) {
        Page page = chromium.visitor(language, true);
        page.navigate(server.address() + ACCEPTANCE + "/questions/baseServices");
        page.locator("button[value='add']").click();
        page.locator("[name='g1.name']").waitFor();
        look(page, "self-check-list-" + language);
        go(page);
        look(page, "self-check-list-error-" + language);
        page.navigate(server.address() + "/self-check/accessibility");
        look(page, "self-check-accessibility-" + language);
        page.navigate(server.address() + "/self-check/nothing");
        look(page, "self-check-not-found-" + language);
        page.context().close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"ja", "en"})
    void thePlannerIsAccessible(String language) {
        Page page = chromium.visitor(language, true);
        page.navigate(server.address() + "/self-check/planner");
        look(page, "planner-" + language);
        page.locator("#a-assessmentPeriodStart").fill("2024-02-30");
        go(page);
        page.locator(".error-summary:focus").waitFor();
        look(page, "planner-error-" + language);
        page.locator("#a-assessmentPeriodStart").fill("R6.4.1");
        go(page);
        page.locator("#plan-a").waitFor();
        look(page, "planner-plan-" + language);
        page.locator("#b-assessmentPeriodStart").fill("2024年10月1日");
        go(page);
        page.locator("#plan-b").waitFor();
        look(page, "planner-two-" + language);
        page.context().close();
    }

    @ParameterizedTest
    @CsvSource({"ja,この場合に適用されない規則,2024-06-29", "en,Rules that do not apply here,29 June 2024"})
    void whatIsPrintedHasTheFixedParagraphOnEveryPageAndNothingFoldedAway(String language, String folded, String day)
            throws IOException {
        Page page = chromium.visitor(language, true);
        page.navigate(server.address() + LIU + "/next");
        answerAll(page);
        go(page);
        page.locator(".outcome-text").waitFor();
        List<String> result = printed(page);
        assertThat(String.join("", result))
                .contains(without(page.locator(".outcome-text").innerText()), without(folded))
                .contains(without(page.locator("details.more dd").last().textContent()))
                .doesNotContain("CSV", "JSON");
        page.navigate(server.address() + "/self-check/planner");
        page.locator("#a-assessmentPeriodStart").fill("2024-04-01");
        go(page);
        page.locator("#plan-a").waitFor();
        List<String> plan = printed(page);
        assertThat(String.join("", plan)).contains(without(day));
        String fixed = without(Language.tagged(language).orElseThrow().of(SelfCheckFrame.FIXED));
        assertThat(result).hasSizeGreaterThan(1).allMatch(text -> text.contains(fixed));
        assertThat(plan).hasSizeGreaterThan(1).allMatch(text -> text.contains(fixed));
        page.context().close();
    }

    /** The text of each page as it would be printed, without white space. */
    private static List<String> printed(Page page) throws IOException {
        var texts = new ArrayList<String>();
        try (PDDocument pdf = Loader.loadPDF(page.pdf())) {
            var stripper = new PDFTextStripper();
            for (int i = 1; i <= pdf.getNumberOfPages(); i++) {
                stripper.setStartPage(i);
                stripper.setEndPage(i);
                texts.add(without(stripper.getText(pdf)));
            }
        }
        return texts;
    }

    private static String without(String text) {
        return text.replaceAll("\\s", "");
    }

    @Test
    void aKeyboardAloneGoesAllTheWay() {
        Page page = chromium.visitor("ja", true);
        page.navigate(server.address() + LIU);
        tabTo(page, ".button.primary");
        page.keyboard().press("Enter");
        page.waitForURL(url -> url.contains("/questions/"));
        while (true) {
            String asked = fact(page);
            if (asked.isEmpty()) {
                break;
            }
            String value = QUALIFYING.get(asked);
            if (page.locator("#value").count() > 0) {
                tabTo(page, "#value");
                page.keyboard().type(value);
            } else if (page.locator("input[type=checkbox]").count() > 0) {
                tabTo(page, "input[value='" + value + "']");
                page.keyboard().press("Space");
            } else {
                tabTo(page, "input[type=radio]");
                page.keyboard().press("Space");
                while (!page.locator("input[value='" + value + "']").isChecked()) {
                    page.keyboard().press("ArrowDown");
                }
            }
            tabTo(page, "button[value='continue']");
            page.keyboard().press("Enter");
            page.waitForURL(url -> !url.contains("/questions/" + asked));
        }
        tabTo(page, ".button.primary");
        page.keyboard().press("Enter");
        page.waitForURL(url -> url.contains("/result"));
        assertThat(page.locator(".outcome-text").innerText()).contains("範囲内です");
        page.context().close();
    }

    /** Tab by tab; where the focus is, it has to be seen. */
    private static void tabTo(Page page, String selector) {
        for (int i = 0; i < 80; i++) {
            page.keyboard().press("Tab");
            Object there = page.evaluate("selector => document.activeElement.matches(selector)", selector);
            if (Boolean.TRUE.equals(there)) {
                assertThat(page.evaluate("() => getComputedStyle(document.activeElement).outlineStyle"))
                        .isEqualTo("solid");
                return;
            }
        }
        throw new AssertionError("no way to %s with the Tab key on %s".formatted(selector, page.url()));
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
