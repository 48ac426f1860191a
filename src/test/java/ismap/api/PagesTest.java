package ismap.api;

import static org.assertj.core.api.Assertions.assertThat;

import ismap.Shipped;
import ismap.access.InMemoryTokens;
import ismap.decision.ProblemText;
import ismap.evaluation.ActiveRulebook;
import ismap.evaluation.Archives;
import ismap.evaluation.Audit;
import ismap.evaluation.Evaluations;
import ismap.evaluation.Records;
import ismap.evaluation.Traces;
import ismap.ledger.InMemoryCheckpoints;
import ismap.ledger.InMemoryLedger;
import ismap.publication.Bundling;
import ismap.publication.Revisings;
import ismap.revision.InMemoryRevisionStore;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The pages of the shipped rulebook, over a real server. */
@Tag("http")
class PagesTest {

    private static final Instant NOW = Instant.parse("2026-04-01T15:30:00Z");
    private static final HttpClient CLIENT =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private static final Pattern LINK = Pattern.compile("<a [^>]*href=\"([^\"]*)\"");
    private static final Pattern ID = Pattern.compile(" id=\"([^\"]*)\"");
    private static final HttpServer SERVER = server(Optional.of(new ActiveRulebook(
            "shipped-1",
            "sha256:" + "0".repeat(64),
            NOW,
            Shipped.checked().rulebook().orElseThrow(),
            Shipped.checked().sources(),
            Shipped.checked().plans(),
            Shipped.compiled())));

    private static HttpServer server(Optional<ActiveRulebook> active) {
        var revisions = new InMemoryRevisionStore(() -> NOW);
        var ledger = new InMemoryLedger(revisions, () -> NOW);
        return HttpServer.start(
                ApiSettings.local(0),
                new Evaluations(
                        () -> active,
                        ledger,
                        Clock.fixed(NOW, ZoneOffset.UTC),
                        UUID::randomUUID,
                        (decision, revision, difference) -> {}),
                new Traces(() -> active, any -> Shipped.checked().scenarios()),
                new Records(ledger),
                new Audit(ledger, new InMemoryCheckpoints(), Runnable::run),
                Archives.unreadable(ledger, revisions),
                Bundling.of(revisions),
                Revisings.none(),
                new InMemoryTokens(Instant::now),
                new Readiness(() -> true, active::isPresent),
                Clock.systemUTC());
    }

    @AfterAll
    static void stop() {
        SERVER.close();
    }

    @Test
    void everyPageThatAPageLeadsToIsThereAndSoIsThePartOfIt() throws Exception {
        Map<String, String> pages = everyPage("/?lang=en");
        assertThat(pages).hasSizeGreaterThan(Shipped.decisions().size() + 10);
        var ids = new HashMap<String, Set<String>>();
        pages.forEach((path, html) -> ids.put(path, Set.copyOf(ids(html))));
        pages.forEach((path, html) -> links(html).stream()
                .filter(link -> link.contains("#"))
                .forEach(link -> {
                    String page = link.startsWith("#") ? path : link.substring(0, link.indexOf('#'));
                    if (!ids.getOrDefault(page, Set.of()).contains(link.substring(link.indexOf('#') + 1))) {
                        throw new AssertionError("%s, linked from %s, is not there".formatted(link, path));
                    }
                }));
    }

    @ParameterizedTest
    @CsvSource({"/?lang=ja,ja", "/?lang=en,en"})
    void everyPageCanBeReadByEverybody(String start, String language) throws Exception {
        everyPage(start).forEach((path, html) -> {
            assertThat(html).as(path).startsWith("<!DOCTYPE html>\n<html lang=\"" + language + "\">");
            assertThat(html.split("<h1", -1)).as(path).hasSize(2);
            assertThat(html.split("<main", -1)).as(path).hasSize(2);
            assertThat(html)
                    .as(path)
                    .contains("<a class=\"skip\" href=\"#main\">", "<header", "<nav", "<footer", "hreflang=\"")
                    .contains("試行環境 / Unofficial: not operated by the Government of Japan")
                    .doesNotContain("style=", "onclick", "href=\"http", "src=\"http");
            if (!path.startsWith("/docs")) {
                assertThat(html).as(path).doesNotContain("<script", "<style");
            }
            assertThat(Pattern.compile("<th(?![a-z])(?! scope=)").matcher(html).find())
                    .as("%s: a header without scope", path)
                    .isFalse();
            assertThat(ids(html)).as(path).doesNotHaveDuplicates();
            assertThat(levels(html)).as("%s: levels of headings", path).allMatch(step -> step <= 1);
        });
    }

    /** By how much each heading is deeper than the one before it. */
    private static List<Integer> levels(String html) {
        var steps = new ArrayList<Integer>();
        Matcher heading = Pattern.compile("<h([1-6])").matcher(html);
        int before = 0;
        while (heading.find()) {
            int level = Integer.parseInt(heading.group(1));
            steps.add(level - before);
            before = level;
        }
        return steps;
    }

    @Test
    void theRulePageShowsTheTableWithItsClauseTextsAndScenarios() throws Exception {
        String html = get("/rulebook/service-validity/BR-3.5-4", "en").body();
        assertThat(html)
                .contains("更新の決定までの効力", "Continuing effect until the decision on the renewal")
                .contains("href=\"/rulebook#basic-regulations-3.5\"", "from 3 June 2020")
                .contains("href=\"/assumptions#A-6c\"")
                .contains(
                        "<tr id=\"BR-3.5-4/1\">",
                        "none or ",
                        "(PENDING)",
                        "Renewal was applied for by the expiry date (")
                .contains("service-validity.xlsx BR-3.5-4!")
                .contains("The day is before the Basic Regulations came into effect")
                .contains("href=\"/rulebook/service-validity#SV-033\"");
    }

    @Test
    void theScenarioLeadsBackToItsRows() throws Exception {
        assertThat(get("/rulebook/service-validity", "ja").body())
                .contains("<li id=\"SV-033\">", "href=\"/rulebook/service-validity/BR-3.5-4#BR-3.5-4/1\"");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "en-US,en;q=0.9|en",
                "ja,en;q=0.8|ja",
                "en;q=0.3, ja;q=0.7|ja",
                "fr, en;q=0.1|en",
                "fr|ja",
                "*|ja",
                "q=;;,,|ja",
                "ja;q=0, en;q=0.2|en",
            })
    void theBrowserChoosesTheLanguage(String accepted, String language) throws Exception {
        var page = get("/rulebook", accepted);
        assertThat(page.body()).contains("<html lang=\"" + language + "\">");
        assertThat(page.headers().firstValue("Content-Language")).contains(language);
        assertThat(page.headers().firstValue("Vary")).contains("Accept-Language");
    }

    @Test
    void aChosenLanguageWinsAndTheLinksKeepToIt() throws Exception {
        assertThat(get("/assumptions?lang=en", "ja").body())
                .contains("<html lang=\"en\">", "href=\"/rulebook?lang=en\"", "href=\"/assumptions?lang=ja\"");
        assertThat(get("/assumptions?lang=xx", "ja").body())
                .contains("<html lang=\"ja\">", "href=\"/rulebook\"", "href=\"/assumptions?lang=en\"");
    }

    @Test
    void everyCodeOfAProblemHasAPage() throws Exception {
        for (ProblemText text : ProblemText.all()) {
            var page = get("/problems/" + text.code(), "en");
            assertThat(page.statusCode()).as(text.code()).isEqualTo(200);
        }
        assertThat(get("/problems/NUMBER_EXPECTED", "ja").body()).contains("数ではありません", "conclusion: 5");
        assertThat(get("/problems/not-found", "en").body()).contains("HTTP 404");
    }

    @Test
    void everyKindOfAnswerHasItsText() {
        for (ProblemKind kind : ProblemKind.values()) {
            assertThat(ProblemText.of(kind.slug())).as(kind.slug()).isPresent();
        }
        assertThat(ProblemText.all().stream().map(ProblemText::code).filter(code -> code.matches("[a-z0-9-]+")))
                .allMatch(code -> ProblemKind.of(code).isPresent());
    }

    @Test
    void whatIsNotThereIsSaidOnAPage() throws Exception {
        for (String path : List.of(
                "/rulebook/nothing",
                "/rulebook/service-validity/BR-0",
                "/rulebook/nothing/BR-0",
                "/problems/NOTHING")) {
            var page = get(path, "en");
            assertThat(page.statusCode()).as(path).isEqualTo(404);
            assertThat(page.headers().firstValue("Content-Type")).contains("text/html; charset=utf-8");
            assertThat(page.body()).contains("There is nothing here");
        }
    }

    @Test
    void whatComesFromTheAddressIsEscaped() throws Exception {
        var page = get("/problems/%3Cscript%3E", "en");
        assertThat(page.statusCode()).isEqualTo(404);
        assertThat(page.body()).doesNotContain("<script>");
    }

    @Test
    void withoutAPublishedRevisionThePagesSaySo() throws Exception {
        try (HttpServer empty = server(Optional.empty())) {
            for (String path : List.of("/rulebook", "/rulebook/a", "/rulebook/a/b", "/assumptions")) {
                var page = get(empty, path, "en");
                assertThat(page.statusCode()).as(path).isEqualTo(503);
                assertThat(page.headers().firstValue("Retry-After")).isPresent();
                assertThat(page.body()).contains("No revision has been published");
            }
            assertThat(get(empty, "/", "en").statusCode()).isEqualTo(200);
        }
    }

    /** By path, from {@code start} on. */
    private static Map<String, String> everyPage(String start) throws Exception {
        var pages = new LinkedHashMap<String, String>();
        Deque<String> open = new ArrayDeque<>(List.of(start));
        String chosen = start.substring(start.indexOf('?'));
        while (!open.isEmpty()) {
            String path = open.removeFirst();
            if (pages.containsKey(path)) {
                continue;
            }
            var page = get(path, "ja");
            assertThat(page.statusCode()).as(path).isEqualTo(200);
            pages.put(path, page.body());
            for (String link : links(page.body())) {
                String target = link.contains("#") ? link.substring(0, link.indexOf('#')) : link;
                if (target.endsWith(chosen) && !target.startsWith("/self-check")) { // they have tests of their own
                    open.add(target);
                }
            }
        }
        return pages;
    }

    private static List<String> links(String html) {
        return found(LINK, html);
    }

    private static List<String> ids(String html) {
        return found(ID, html);
    }

    private static List<String> found(Pattern pattern, String html) {
        return pattern.matcher(html).results().map(match -> match.group(1)).toList();
    }

    private static HttpResponse<String> get(String path, String accepted) throws Exception {
        return get(SERVER, path, accepted);
    }

    private static HttpResponse<String> get(HttpServer server, String path, String accepted) throws Exception {
        return CLIENT.send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:%d%s".formatted(server.port(), path)))
                        .header("Accept-Language", accepted)
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }
}
