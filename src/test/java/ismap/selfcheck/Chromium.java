package ismap.selfcheck;

import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.deque.html.axecore.results.AxeResults;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.options.ReducedMotion;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The Chromium of this machine; that there is none is a failure. Screenshots are written by {@code -Dismap.screenshots=DIR} alone. */
final class Chromium implements AutoCloseable {

    private static final String SCREENSHOTS = System.getProperty("ismap.screenshots", "");
    private static final List<String> WCAG =
            List.of("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice");

    /** The height of the pictures in {@code docs/images}, the top of a page alone. */
    private static final int FOR_DOCUMENTS = 1500;

    private final Playwright playwright;
    private final Browser browser;

    Chromium() {
        Path program = Stream.of("/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome")
                .map(Path::of)
                .filter(Files::isExecutable)
                .findFirst()
                .orElseThrow(() -> new AssertionError("no Chromium: dev/setup says how to install it"));
        playwright = Playwright.create(new Playwright.CreateOptions()
                .setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1", "NODE_OPTIONS", "")));
        browser = playwright
                .chromium()
                .launch(new BrowserType.LaunchOptions()
                        .setExecutablePath(program)
                        .setArgs(List.of(
                                "--no-sandbox",
                                "--disable-gpu",
                                "--disable-background-networking",
                                "--disable-component-update",
                                "--disable-sync",
                                "--no-first-run")));
    }

    /** Somebody who has not been here before. */
    Page visitor(String language, boolean scripts) {
        BrowserContext context = browser.newContext(new Browser.NewContextOptions()
                .setLocale(language)
                .setJavaScriptEnabled(scripts)
                .setReducedMotion(ReducedMotion.REDUCE)
                .setViewportSize(1280, 900));
        context.setDefaultTimeout(30_000);
        return context.newPage();
    }

    /** Looks at a page as a reviewer would: rules of WCAG 2.2 AA, narrow, enlarged. */
    static void look(Page page, String name) {
        page.waitForLoadState();
        AxeResults results = new AxeBuilder(page).withTags(WCAG).analyze();
        assertThat(results.getViolations())
                .as(
                        "%s (%s): %s",
                        name,
                        page.url(),
                        results.getViolations().stream()
                                .map(rule -> rule.getId() + " " + rule.getHelp() + " "
                                        + rule.getNodes().stream()
                                                .map(node -> node.getHtml())
                                                .toList())
                                .toList())
                .isEmpty();
        assertThat(page.title()).as(name).isNotBlank();
        assertThat(page.locator("h1").count()).as("%s has one heading", name).isEqualTo(1);
        for (int width : new int[] {320, 640}) { // 640 is 1280 at 200 %
            page.setViewportSize(width, 900);
            assertThat(page.evaluate(
                            "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"))
                    .as("%s at %d px scrolls sideways", name, width)
                    .isEqualTo(0);
        }
        if (!SCREENSHOTS.isEmpty()) {
            page.setViewportSize(320, 900);
            shot(page, name + "-320");
        }
        page.setViewportSize(1280, 900);
        shot(page, name);
        if (!SCREENSHOTS.isEmpty()) {
            page.setViewportSize(1280, FOR_DOCUMENTS);
            page.screenshot(new Page.ScreenshotOptions().setPath(Path.of(SCREENSHOTS, name + "-top.png")));
            page.setViewportSize(1280, 900);
        }
    }

    static void shot(Page page, String name) {
        if (!SCREENSHOTS.isEmpty()) {
            page.screenshot(new Page.ScreenshotOptions()
                    .setPath(Path.of(SCREENSHOTS, name + ".png"))
                    .setFullPage(true));
        }
    }

    @Override
    public void close() {
        browser.close();
        playwright.close();
    }
}
