package ismap.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import ismap.ScoringTable;
import ismap.Shipped;
import ismap.decision.Bilingual;
import ismap.publication.RulebookFolder;
import ismap.regression.Scenario;
import ismap.rulebook.Rulebook;
import ismap.soak.ServiceUnderTest;
import ismap.xlsx.ScenarioRow;
import ismap.xlsx.ScenarioSheetWriter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.CookieManager;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/**
 * What the service is for. One running service: an editor hands in workbooks with a new scoring table, a new parameter, new facts and a new
 * decision, valid from 1 April 2027; another person approves and publishes; nothing is restarted and no line of code is touched. From that
 * day on the level is found by the table, and every case of the days before is answered as it was.
 */
@Tag("http")
@Tag("slow")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class NextYearTest {

    private static final LocalDate CHANGE = LocalDate.of(2027, 4, 1);
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String LOW =
            "\"leakHarm\":\"SMALL\",\"errorHarm\":\"SMALL\",\"outageHarm\":\"MIDDLE\",\"reachOfHarm\":\"MIDDLE\"";

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final Map<String, JsonNode> before = new LinkedHashMap<>();
    private final String token = ServiceUnderTest.TOKEN;

    @TempDir
    static Path folder = Path.of("");

    private Optional<ServiceUnderTest> service = Optional.empty();
    private String editor = "";
    private String approver = "";
    private String base = "";
    private String published = "";

    @BeforeAll
    void aServiceAndItsAnswersBefore() throws Exception {
        service = Optional.of(new ServiceUnderTest(folder.resolve("data"), List.of()));
        editor = token("policy-1", "editor");
        approver = token("policy-2", "approver");
        base = inForce();
        for (String decision : Shipped.decisions()) {
            for (Scenario scenario : Shipped.scenarios(decision)) {
                before.put(decision + " " + scenario.id(), selfCheck(scenario, Optional.empty()));
            }
        }
    }

    @AfterAll
    void stop() throws Exception {
        if (service.isPresent()) {
            service.get().close();
        }
    }

    @Test
    @Order(1)
    void aDraftOfNewWorkbooksIsCheckedApprovedByAnotherAndPublished() throws Exception {
        String draft = send(201, call(editor, "POST", "/revisions", text("{\"note\": \"2027年度の影響度評価\"}")))
                .path("id")
                .asText();
        for (Map.Entry<String, byte[]> file : changed().entrySet()) {
            JsonNode stored = send(
                    200,
                    call(
                            editor,
                            "PUT",
                            "/revisions/%s/files/%s?check=false".formatted(draft, file.getKey()),
                            file.getValue()));
            assertThat(stored.path("path").asText(file.getKey())).isEqualTo(file.getKey());
        }
        JsonNode checks = checks(draft);
        assertThat(checks.path("clean").asBoolean()).as(errors(checks)).isTrue();
        assertThat(checks.path("changes").path("details").path("compared").asBoolean())
                .isTrue();

        send(200, call(editor, "POST", "/revisions/" + draft + "/submission", text("")));
        send(
                200,
                call(
                        approver,
                        "POST",
                        "/revisions/" + draft + "/approval",
                        text("{\"resolution\": \"Steering Committee, 1 March 2027\"}")));
        JsonNode done = send(200, call(approver, "POST", "/revisions/" + draft + "/publication", text("")));

        assertThat(done.path("state").asText()).isEqualTo("PUBLISHED");
        assertThat(inForce()).isEqualTo(draft).isNotEqualTo(base);
        published = draft;
    }

    @Test
    @Order(2)
    void theNewDecisionAndItsFactsAreThere() throws Exception {
        List<String> names = new ArrayList<>();
        send(200, call("", "GET", "/decisions", text("")))
                .path("decisions")
                .forEach(each -> names.add(each.path("name").asText()));
        assertThat(names).containsAll(Shipped.decisions()).contains(ScoringTable.DECISION);
        JsonNode schema = send(200, call("", "GET", "/decisions/" + ScoringTable.DECISION + "/schema", text("")));
        assertThat(schema.findValues("leakHarm")).isNotEmpty();
        assertThat(schema.toString()).contains("SMALL", "MIDDLE", "LARGE");

        JsonNode open = ask(ScoringTable.DECISION, "2027-04-01", "");
        assertThat(open.path("outcome").asText()).isEqualTo("INSUFFICIENT_FACTS");
        assertThat(texts(open.path("missing"))).containsExactlyInAnyOrderElementsOf(ScoringTable.ASPECTS);
        assertThat(ScoringTable.ASPECTS).contains(next("2027-04-01"));
        assertThat(next("2027-03-31")).isEqualTo("impactLevel");
    }

    @Test
    @Order(2)
    void theLevelFollowsFromThePointsFromThatDayOn() throws Exception {
        JsonNode low = ask(ScoringTable.DECISION, "2027-04-01", LOW);
        assertThat(low.path("values").path("impactPoints").asInt()).isEqualTo(6);
        assertThat(low.path("outcome").asText()).isEqualTo("LOW_IMPACT");
        JsonNode large = ask(ScoringTable.DECISION, "2027-04-01", "\"leakHarm\":\"LARGE\",\"outageHarm\":\"LARGE\"");
        assertThat(large.path("outcome").asText()).isEqualTo("HIGHER_IMPACT");
        assertThat(large.path("missing")).isEmpty();
        assertThat(texts(ask(ScoringTable.DECISION, "2027-03-31", LOW).path("missing")))
                .containsExactly("impactLevel");

        String liu = "\"scheme\":\"ISMAP_LIU\",\"serviceModel\":\"SAAS\",\"confidentialityClasses\":[2],";
        String high =
                "\"leakHarm\":\"LARGE\",\"errorHarm\":\"LARGE\",\"outageHarm\":\"SMALL\",\"reachOfHarm\":\"SMALL\"";
        for (String[] one : List.of(new String[] {LOW, "LOW"}, new String[] {high, "NOT_LOW"})) {
            JsonNode derived = ask("liu-qualification", "2027-04-01", liu + one[0]);
            JsonNode stated = ask("liu-qualification", "2027-04-01", liu + "\"impactLevel\":\"" + one[1] + "\"");
            assertThat(derived.path("outcome")).isEqualTo(stated.path("outcome"));
            assertThat(statuses(stated)).containsAllEntriesOf(statuses(derived));
            assertThat(because(derived)).containsEntry("impactLevel", one[1]).containsKey("leakHarm");
        }
        JsonNode dayBefore = ask("liu-qualification", "2027-03-31", liu + high);
        assertThat(because(dayBefore)).doesNotContainKeys(ScoringTable.ASPECTS.toArray(new String[0]));
        assertThat(texts(dayBefore.path("missing"))).doesNotContainAnyElementsOf(ScoringTable.ASPECTS);
    }

    @Test
    @Order(2)
    void whatSomebodyStatesWinsAndTheDifferenceIsNamed() throws Exception {
        JsonNode answer = ask(ScoringTable.DECISION, "2027-04-01", LOW + ",\"impactLevel\":\"NOT_LOW\"");

        assertThat(answer.path("outcome").asText()).isEqualTo("HIGHER_IMPACT");
        assertThat(statuses(answer)).containsEntry("DERIVED-impactLevel", "WARNING");
    }

    @Test
    @Order(2)
    void everyCaseOfTheDaysBeforeIsAnsweredAsItWas() throws Exception {
        var otherwise = new TreeMap<String, String>();
        int compared = 0;
        int later = 0;
        for (String decision : Shipped.decisions()) {
            for (Scenario scenario : Shipped.scenarios(decision)) {
                String name = decision + " " + scenario.id();
                JsonNode was = Objects.requireNonNull(before.get(name), name);
                if (was.has("applicableDay")
                        && !LocalDate.parse(was.path("applicableDay").asText()).isBefore(CHANGE)) {
                    later++;
                    continue;
                }
                JsonNode is = selfCheck(scenario, Optional.empty());
                compared++;
                if (!comparable(is).equals(comparable(was))) {
                    otherwise.put(name, comparable(was) + "\n   " + comparable(is));
                }
            }
        }

        assertThat(otherwise).isEmpty();
        assertThat(compared).isGreaterThan(900);
        assertThat(later).isLessThan(20);
    }

    @Test
    @Order(2)
    void theRevisionBeforeIsStillAsked() throws Exception {
        int asked = 0;
        for (String decision : Shipped.decisions()) {
            for (Scenario scenario : Shipped.scenarios(decision).subList(0, 5)) {
                JsonNode then = selfCheck(scenario, Optional.of(base));
                JsonNode now = selfCheck(scenario, Optional.of(published));
                assertThat(then.path("revision").path("id").asText()).isEqualTo(base);
                assertThat(now.path("revision").path("id").asText()).isEqualTo(published);
                assertThat(comparable(then))
                        .isEqualTo(comparable(Objects.requireNonNull(before.get(decision + " " + scenario.id()))));
                asked++;
            }
        }
        assertThat(asked).isGreaterThan(60);
    }

    @Test
    @Order(2)
    void theSameAnswersUnderTheRevisionBeforeStandBesideThoseOfToday() throws Exception {
        String pages = "http://127.0.0.1:" + service.orElseThrow().port() + "/self-check/liu-qualification";
        HttpClient visitor = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .cookieHandler(new CookieManager())
                .followRedirects(HttpClient.Redirect.NORMAL)
                .build();
        String chosen = "<option value=\"%s\" selected>".formatted(base);
        HttpRequest.Builder compare = HttpRequest.newBuilder(URI.create(pages + "/compare"))
                .header("Origin", "http://127.0.0.1:" + service.orElseThrow().port())
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString("carried=&otherDay=&otherRevision=" + base));

        String page = visitor.send(
                        HttpRequest.newBuilder(URI.create(pages + "/result")).build(), BodyHandlers.ofString())
                .body();
        assertThat(page).contains("<option value=\"%s\">".formatted(base)).doesNotContain(chosen);
        assertThat(visitor.send(compare.build(), BodyHandlers.ofString()).body())
                .contains(chosen)
                .containsPattern("(?s)<table class=\"list compare\">.*<code>%s</code>.*<code>%s</code>"
                        .formatted(published, base));
    }

    @Test
    @Order(3)
    void whatIsInForceIsPulledByteForByteAndPushingItBackChangesNothing() throws Exception {
        Path pulled = folder.resolve("pulled");
        String server = "http://127.0.0.1:" + service.orElseThrow().port();
        var said = new ByteArrayOutputStream();

        assertThat(command(said, "pull", "current", pulled.toString(), "--server", server))
                .as(said.toString(StandardCharsets.UTF_8))
                .isZero();
        var expected = new TreeMap<>(RulebookFolder.read(Shipped.FOLDER).files().contents());
        expected.putAll(changed());
        Map<String, byte[]> files = RulebookFolder.read(pulled).files().contents();
        assertThat(files.keySet()).isEqualTo(expected.keySet());
        expected.forEach((path, content) -> assertThat(files.get(path)).as(path).isEqualTo(content));

        assertThat(command(said, "push", pulled.toString(), "--server", server)).isZero();
        assertThat(said.toString(StandardCharsets.UTF_8)).contains("Nothing differs from " + published);
    }

    private int command(ByteArrayOutputStream said, String... args) {
        var stream = new PrintStream(said, true, StandardCharsets.UTF_8);
        return CommandLine.run(args, Map.of("ISMAP_TOKEN", editor), Clock.systemUTC(), stream, stream);
    }

    /** Without what says which revision answered, and when. */
    private static JsonNode comparable(JsonNode answer) {
        ObjectNode copy = answer.deepCopy();
        List.of("revision", "knownAt", "inForce").forEach(copy::remove);
        return copy;
    }

    // ---- the workbooks

    /** What differs from what is shipped; every other file stays byte for byte. */
    private static Map<String, byte[]> changed() {
        Map<String, byte[]> shipped =
                RulebookFolder.read(Shipped.FOLDER).files().contents();
        Rulebook added = ScoringTable.addedTo(Shipped.checked().rulebook().orElseThrow(), CHANGE);
        Map<String, byte[]> written =
                ScoringTable.written(added, Shipped.checked().sources());
        var changed = new TreeMap<String, byte[]>();
        for (String path :
                List.of("vocabulary.xlsx", "clauses.xlsx", "parameters.xlsx", ScoringTable.DECISION + ".xlsx")) {
            byte[] content = Objects.requireNonNull(written.get(path));
            assertThat(content).as(path).isNotEqualTo(shipped.get(path));
            changed.put(path, content);
        }
        String scenarios = "scenarios/" + ScoringTable.DECISION + ".xlsx";
        changed.put(
                scenarios,
                ScenarioSheetWriter.write(
                        scenarios,
                        List.of(
                                scenario("IA-1", "LARGE", "2027-04-01", "HIGHER_IMPACT"),
                                scenario("IA-2", "SMALL", "2027-04-01", "LOW_IMPACT"),
                                scenario("IA-3", "SMALL", "2027-03-31", "INSUFFICIENT_FACTS")),
                        Optional.of(added)));
        return changed;
    }

    private static ScenarioRow scenario(String id, String rating, String asOf, String outcome) {
        var cells = new LinkedHashMap<String, String>();
        cells.put("asOf", asOf);
        ScoringTable.ASPECTS.forEach(aspect -> cells.put(aspect, rating));
        cells.put("outcome", outcome);
        var places = new LinkedHashMap<String, ismap.decision.Place.Cell>();
        for (String key : List.of("id", "scenario_ja", "scenario_en")) {
            places.put(key, new ismap.decision.Place.Cell("", "", ""));
        }
        cells.keySet().forEach(key -> places.put(key, new ismap.decision.Place.Cell("", "", "")));
        return new ScenarioRow(
                id, new Bilingual("すべての評価が" + rating, "All are rated " + rating + " on " + asOf), cells, places);
    }

    // ---- the service

    private String token(String name, String role) throws Exception {
        return send(
                        201,
                        call(
                                token,
                                "POST",
                                "/tokens",
                                text("{\"name\":\"%s\",\"roles\":[\"%s\"]}".formatted(name, role))))
                .path("token")
                .asText();
    }

    private String inForce() throws Exception {
        for (JsonNode revision :
                send(200, call("", "GET", "/revisions", text(""))).path("revisions")) {
            if (revision.path("inForce").asBoolean()) {
                return revision.path("id").asText();
            }
        }
        throw new AssertionError("nothing is in force");
    }

    private JsonNode checks(String draft) throws Exception {
        String path = "/revisions/" + draft + "/checks";
        JsonNode report = send(202, call(editor, "POST", path, text("")));
        for (int i = 0; i < 1200 && !report.path("state").asText().equals("done"); i++) {
            Thread.sleep(500);
            report = send(200, call(editor, "GET", path, text("")));
        }
        return report;
    }

    private static String errors(JsonNode checks) {
        var errors = new ArrayList<String>();
        checks.forEach(check -> check.path("problems").forEach(problem -> {
            if (!problem.path("severity").asText().equalsIgnoreCase("warning")) {
                errors.add(problem.toString());
            }
        }));
        return String.join("\n", errors);
    }

    private JsonNode ask(String decision, String asOf, String facts) throws Exception {
        return send(
                200,
                call(
                        "",
                        "POST",
                        "/self-check/" + decision,
                        text("{\"asOf\":\"%s\",\"facts\":{%s}}".formatted(asOf, facts.replaceFirst(",$", "")))));
    }

    /** The fact that is asked first. */
    private String next(String asOf) throws Exception {
        String path = "/self-check/" + ScoringTable.DECISION + "/next";
        return send(200, call("", "POST", path, text("{\"asOf\":\"" + asOf + "\"}")))
                .path("next")
                .path("fact")
                .asText();
    }

    private JsonNode selfCheck(Scenario scenario, Optional<String> revision) throws Exception {
        var question = new LinkedHashMap<String, Object>();
        question.put("asOf", scenario.asOf().toString());
        question.put("facts", scenario.facts());
        revision.ifPresent(id -> question.put("revision", id));
        HttpResponse<byte[]> answer =
                call("", "POST", "/self-check/" + scenario.decision(), JSON.writeValueAsBytes(question));
        assertThat(answer.statusCode()).as(scenario.title()).isEqualTo(200);
        return JSON.readTree(answer.body());
    }

    private static List<String> texts(JsonNode array) {
        var texts = new ArrayList<String>();
        array.forEach(each -> texts.add(each.asText()));
        return texts;
    }

    private static Map<String, String> statuses(JsonNode answer) {
        var statuses = new LinkedHashMap<String, String>();
        answer.path("findings")
                .forEach(finding -> statuses.put(
                        finding.path("rule").asText(), finding.path("status").asText()));
        return statuses;
    }

    /** All that findings rest on, by the name of the fact. */
    private static Map<String, String> because(JsonNode answer) {
        var because = new LinkedHashMap<String, String>();
        answer.path("findings")
                .forEach(finding -> finding.path("because")
                        .properties()
                        .forEach(fact ->
                                because.put(fact.getKey(), fact.getValue().asText())));
        return because;
    }

    private static byte[] text(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private HttpResponse<byte[]> call(String bearer, String method, String path, byte[] body)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:%d/api/v1%s"
                        .formatted(service.orElseThrow().port(), path)))
                .timeout(Duration.ofSeconds(120))
                .header("Content-Type", method.equals("PUT") ? "application/octet-stream" : "application/json");
        if (!bearer.isEmpty()) {
            request.header("Authorization", "Bearer " + bearer);
        }
        return client.send(
                request.method(method, body.length == 0 ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(body))
                        .build(),
                BodyHandlers.ofByteArray());
    }

    private static JsonNode send(int expected, HttpResponse<byte[]> answer) throws IOException {
        String body = new String(answer.body(), StandardCharsets.UTF_8);
        assertThat(answer.statusCode()).as(body).isEqualTo(expected);
        return JSON.readTree(body);
    }
}
