package ismap;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import ismap.access.InMemoryTokens;
import ismap.api.ApiSettings;
import ismap.api.HttpServer;
import ismap.api.Readiness;
import ismap.decision.Bilingual;
import ismap.decision.Citation;
import ismap.decision.Problem;
import ismap.decision.Status;
import ismap.decision.Value;
import ismap.drools.DrlDerivationReader;
import ismap.drools.DroolsCompiler;
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
import ismap.publication.RulebookFolder;
import ismap.revision.InMemoryRevisionStore;
import ismap.rulebook.ClauseRegister;
import ismap.rulebook.Condition;
import ismap.rulebook.DecisionDefinition;
import ismap.rulebook.DecisionDefinition.Call;
import ismap.rulebook.FactDefinition;
import ismap.rulebook.FactType;
import ismap.rulebook.LoadedRulebook;
import ismap.rulebook.Parameter;
import ismap.rulebook.Rulebook;
import ismap.rulebook.RulebookFiles;
import ismap.rulebook.Table;
import ismap.rulebook.UnaryTest;
import ismap.rulebook.Vocabulary;
import ismap.xlsx.RulebookWriter;
import ismap.xlsx.WorkbookRulebookReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * A scoring table added to a copy of the shipped workbooks: four facts rated in twelve rows with points, their sum against a threshold
 * parameter, the impact level that follows, and a decision of its own. By files alone: what is asked here was read from them. The
 * criteria are made up for the test; the real ones (LIU-A1-x) are not known.
 */
@Tag("slow")
class ScoringTableTest {

    private static final Citation CLAUSE = new Citation("liu-appendix-1", "scoring", "");
    private static final Instant NOW = Instant.parse("2026-04-01T00:00:00Z");
    private static final List<String> ASPECTS = List.of("leakHarm", "errorHarm", "outageHarm", "reachOfHarm");
    private static final FactType RATING = new FactType.Code(List.of("SMALL", "MIDDLE", "LARGE"));

    private static Optional<HttpServer> server = Optional.empty();

    @BeforeAll
    static void serveACopyWithTheScoringTable() {
        LoadedRulebook loaded = new WorkbookRulebookReader(new DrlDerivationReader()).read(copyWithScoringTable());
        assertThat(loaded.problems().stream().filter(Problem::isError)).isEmpty();
        ActiveRulebook active = ActiveRulebook.compile(
                "copy", "sha256:copy", NOW, loaded.rulebook().orElseThrow(), loaded.sources(), new DroolsCompiler());
        var revisions = new InMemoryRevisionStore(() -> NOW);
        var ledger = new InMemoryLedger(revisions, () -> NOW);
        server = Optional.of(HttpServer.start(
                ApiSettings.local(0),
                new Evaluations(
                        () -> Optional.of(active),
                        ledger,
                        Clock.fixed(NOW, ZoneOffset.UTC),
                        UUID::randomUUID,
                        (decision, revision, difference) -> {
                            throw new AssertionError("the engines disagree: " + difference);
                        }),
                new Traces(() -> Optional.of(active), any -> Map.of()),
                new Records(ledger),
                new Audit(ledger, new InMemoryCheckpoints(), Runnable::run),
                Archives.unreadable(ledger, revisions),
                Bundling.of(revisions),
                Revisings.none(),
                new InMemoryTokens(Instant::now),
                new Readiness(() -> true, () -> true),
                Clock.systemUTC()));
    }

    @AfterAll
    static void stop() {
        server.ifPresent(HttpServer::close);
    }

    @Test
    void pointsAreAddedAndComparedWithTheThreshold() throws Exception {
        JsonNode low = ask(
                "{\"leakHarm\":\"MIDDLE\",\"errorHarm\":\"MIDDLE\",\"outageHarm\":\"SMALL\",\"reachOfHarm\":\"SMALL\"}");
        assertThat(low.path("values").path("impactPoints").asInt()).isEqualTo(6);
        assertThat(low.path("outcome").asText()).isEqualTo("LOW_IMPACT");

        JsonNode high = ask(
                "{\"leakHarm\":\"LARGE\",\"errorHarm\":\"MIDDLE\",\"outageHarm\":\"SMALL\",\"reachOfHarm\":\"SMALL\"}");
        assertThat(high.path("values").path("impactPoints").asInt()).isEqualTo(9);
        assertThat(high.path("values").path("impactLevel").asText()).isEqualTo("NOT_LOW");
        assertThat(high.path("outcome").asText()).isEqualTo("HIGHER_IMPACT");
        assertThat(high.path("findings").path(0).path("source").path("workbook").asText())
                .isEqualTo("impact-assessment.xlsx");
    }

    @Test
    void whatCannotBringTheSumBelowTheThresholdIsNotMissing() throws Exception {
        JsonNode settled = ask("{\"leakHarm\":\"LARGE\",\"errorHarm\":\"LARGE\"}");
        assertThat(settled.path("outcome").asText()).isEqualTo("HIGHER_IMPACT");
        assertThat(settled.path("missing")).isEmpty();

        JsonNode open = ask("{\"leakHarm\":\"MIDDLE\",\"errorHarm\":\"SMALL\",\"reachOfHarm\":\"SMALL\"}");
        assertThat(open.path("outcome").asText()).isEqualTo("INSUFFICIENT_FACTS");
        assertThat(open.path("missing").toString()).isEqualTo("[\"outageHarm\"]");
    }

    @Test
    void whatAPersonStatesWinsAndTheDifferenceIsNamed() throws Exception {
        JsonNode answer = ask(
                "{\"impactLevel\":\"LOW\",\"leakHarm\":\"LARGE\",\"errorHarm\":\"LARGE\",\"outageHarm\":\"LARGE\",\"reachOfHarm\":\"LARGE\"}");
        assertThat(answer.path("outcome").asText()).isEqualTo("LOW_IMPACT");
        assertThat(answer.path("findings").findValuesAsText("rule")).contains("DERIVED-impactLevel");
    }

    private static JsonNode ask(String facts) throws Exception {
        var response = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create("http://127.0.0.1:%d/api/v1/self-check/impact-assessment"
                                        .formatted(server.orElseThrow().port())))
                                .header("Content-Type", "application/json")
                                .POST(HttpRequest.BodyPublishers.ofString(
                                        "{\"asOf\":\"2026-04-01\",\"facts\":" + facts + "}"))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        return new ObjectMapper().readTree(response.body());
    }

    // ---- the files

    private static RulebookFiles copyWithScoringTable() {
        RulebookFiles shippedFiles = RulebookFolder.read(Shipped.FOLDER).files();
        LoadedRulebook shipped = new WorkbookRulebookReader(new DrlDerivationReader()).read(shippedFiles);
        var files = new TreeMap<>(new RulebookWriter()
                .write(extended(shipped.rulebook().orElseThrow()), java.util.Set.of("consulting.clientAsked")));
        shippedFiles.contents().forEach((path, bytes) -> {
            if (path.endsWith(".drl")) {
                files.put(path, bytes);
            }
        });
        return new RulebookFiles(files);
    }

    private static Rulebook extended(Rulebook shipped) {
        var facts = new LinkedHashMap<>(shipped.vocabulary().facts());
        ASPECTS.forEach(aspect -> facts.put(aspect, fact(aspect, RATING, FactDefinition.Kind.INPUT)));
        facts.put("impactPoints", fact("impactPoints", FactType.NUMBER, FactDefinition.Kind.DERIVED));
        var parameters = new LinkedHashMap<>(shipped.parameters());
        parameters.put(
                "impactThreshold",
                new Parameter(
                        "impactThreshold",
                        List.of(),
                        text("しきい値"),
                        List.of(new Parameter.Dated(
                                Value.of(8), "points", LocalDate.of(2020, 6, 3), Table.FOREVER, CLAUSE, ""))));
        var concluded = new LinkedHashMap<>(shipped.concluded());
        concluded.put("impactPoints", points());
        concluded.put("impactLevel", level());
        var decisions = new LinkedHashMap<String, DecisionDefinition>();
        decisions.put(
                "impact-assessment", decision()); // the writer puts tables of facts into the first decision's workbook
        decisions.putAll(shipped.decisions());
        return new Rulebook(
                shipped.formatVersion(),
                new Vocabulary(
                        facts,
                        shipped.vocabulary().codeLabels(),
                        shipped.vocabulary().statusLabels()),
                withItsClause(shipped.clauses()),
                parameters,
                shipped.derivations(),
                concluded,
                decisions);
    }

    /** Twelve rows: each of four aspects small 1, middle 2, large 5 points. */
    private static Table points() {
        var rows = new ArrayList<Table.Row>();
        for (String aspect : ASPECTS) {
            for (Map.Entry<String, Integer> rating :
                    List.of(Map.entry("SMALL", 1), Map.entry("MIDDLE", 2), Map.entry("LARGE", 5))) {
                rows.add(row(
                        "impactPoints/" + (rows.size() + 1),
                        List.of(new Condition(aspect, is(rating.getKey()))),
                        Optional.empty(),
                        Value.of(rating.getValue())));
            }
        }
        return table("impactPoints", false, Table.HitPolicy.COLLECT, Table.Aggregation.SUM, ASPECTS, rows);
    }

    private static Table level() {
        UnaryTest atLeast = new UnaryTest.Against(UnaryTest.Operator.AT_LEAST, "impactThreshold");
        UnaryTest below = new UnaryTest.Against(UnaryTest.Operator.LESS, "impactThreshold");
        return table(
                "impactLevel",
                false,
                Table.HitPolicy.UNIQUE,
                Table.Aggregation.NONE,
                List.of("impactPoints", "applicableDay"),
                List.of(
                        row(
                                "impactLevel/1",
                                List.of(new Condition("impactPoints", atLeast)),
                                Optional.empty(),
                                Value.of("NOT_LOW")),
                        row(
                                "impactLevel/2",
                                List.of(new Condition("impactPoints", below)),
                                Optional.empty(),
                                Value.of("LOW")),
                        row(
                                "impactLevel/3", // before the threshold has a value
                                List.of(new Condition(
                                        "applicableDay",
                                        new UnaryTest.Interval(
                                                null, false, Value.of(LocalDate.of(2020, 6, 3)), false))),
                                Optional.empty(),
                                Value.of("NOT_ASSESSED"))));
    }

    private static DecisionDefinition decision() {
        Table rule = table(
                "IMPACT-1",
                true,
                Table.HitPolicy.UNIQUE,
                Table.Aggregation.NONE,
                List.of("impactLevel"),
                List.of(
                        row(
                                "IMPACT-1/1",
                                List.of(new Condition("impactLevel", is("LOW"))),
                                Optional.of(Status.SATISFIED),
                                Value.NONE),
                        row(
                                "IMPACT-1/2",
                                List.of(new Condition("impactLevel", is("NOT_LOW", "NOT_ASSESSED"))),
                                Optional.of(Status.NOT_SATISFIED),
                                Value.NONE)));
        List<DecisionDefinition.Shown> values = List.of(
                new DecisionDefinition.Shown("impactPoints", "impactPoints", text("点数")),
                new DecisionDefinition.Shown("impactLevel", "impactLevel", text("影響度")));
        return new DecisionDefinition(
                "impact-assessment",
                text("影響度評価"),
                text("影響は小さいか。"),
                Optional.empty(),
                List.of(rule),
                List.of(
                        new DecisionDefinition.Outcome(
                                "INSUFFICIENT_FACTS", List.of(new Call.Missing()), text("不足"), ""),
                        new DecisionDefinition.Outcome(
                                "HIGHER_IMPACT",
                                List.of(new Call.ByStatus("IMPACT-1", List.of(Status.NOT_SATISFIED))),
                                text("低位でない"),
                                ""),
                        new DecisionDefinition.Outcome("LOW_IMPACT", List.of(new Call.Otherwise()), text("低位"), "")),
                values,
                List.of(),
                List.of(),
                "");
    }

    private static ClauseRegister withItsClause(ClauseRegister shipped) {
        var clauses = new ArrayList<>(shipped.clauses());
        clauses.add(new ClauseRegister.Clause(
                CLAUSE.document(),
                CLAUSE.clause(),
                text("影響度評価"),
                Table.ALWAYS,
                Table.FOREVER,
                ClauseRegister.Coverage.RULES,
                List.of("IMPACT-1"),
                Bilingual.EMPTY,
                "",
                ""));
        return new ClauseRegister(shipped.documents(), clauses, shipped.notEncoded(), shipped.assumptions());
    }

    private static UnaryTest is(String... codes) {
        return new UnaryTest.OneOf(java.util.Arrays.stream(codes).map(Value::of).toList());
    }

    private static Table.Row row(String id, List<Condition> conditions, Optional<Status> status, Value conclusion) {
        return new Table.Row(
                id,
                Table.ALWAYS,
                Table.FOREVER,
                Optional.empty(),
                conditions,
                status,
                conclusion,
                Optional.empty(),
                status.isPresent() ? text("判定") : Bilingual.EMPTY,
                Optional.empty(),
                "");
    }

    private static Table table(
            String id,
            boolean rule,
            Table.HitPolicy policy,
            Table.Aggregation aggregation,
            List<String> columns,
            List<Table.Row> rows) {
        return new Table(
                id,
                rule,
                text(id),
                Optional.of(CLAUSE),
                policy,
                aggregation,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Table.ALWAYS,
                Table.FOREVER,
                Optional.empty(),
                Optional.empty(),
                rule ? text("対象外") : Bilingual.EMPTY,
                rule ? text("不足") : Bilingual.EMPTY,
                columns,
                rows);
    }

    private static FactDefinition fact(String name, FactType type, FactDefinition.Kind kind) {
        return new FactDefinition(
                name,
                type,
                FactDefinition.Absence.UNKNOWN,
                kind,
                "PROCURING_BODY",
                "",
                false,
                Optional.empty(),
                List.of(),
                text(name),
                text(name),
                Bilingual.EMPTY,
                List.of("impact-assessment"));
    }

    private static Bilingual text(String text) {
        return new Bilingual(text, text);
    }
}
