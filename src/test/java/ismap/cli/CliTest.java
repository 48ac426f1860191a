package ismap.cli;

import static ismap.TinyRulebook.at;
import static ismap.TinyRulebook.line;
import static org.assertj.core.api.Assertions.assertThat;

import ismap.TinyRulebook;
import ismap.decision.Bilingual;
import ismap.decision.Place;
import ismap.decision.Problem;
import ismap.evaluation.Evaluations;
import ismap.json.JsonReader;
import ismap.json.Parsed;
import ismap.ledger.Ledger;
import ismap.ledger.NewRecord;
import ismap.ledger.Receipt;
import ismap.publication.CheckRulebook;
import ismap.publication.TakeOver;
import ismap.regression.ScenarioText;
import ismap.rulebook.LoadedRulebook;
import ismap.rulebook.SourceMap;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

/** The commands on a rulebook of one rule; what reads workbooks is left out. */
@Tag("core")
class CliTest {

    private static final Problem WRONG_CELL = Problem.error(
                    "NUMBER_EXPECTED",
                    new Place.Cell("parameters.xlsx", "Parameters", "B5"),
                    new Bilingual("数ではありません。", "Not a number."),
                    new Bilingual("数を書いてください。", "Write a number."))
            .value("5五")
            .also(new Place.Line("rules/x.drl", 7));

    @TempDir
    Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private final List<Problem> problems = new ArrayList<>();
    private List<ScenarioText> lines = List.of();

    @BeforeEach
    void aFolder() throws IOException {
        Files.writeString(folder.resolve("parameters.xlsx"), "");
        Files.writeString(Files.createDirectory(folder.resolve("rules")).resolve("x.drl"), "");
    }

    private int run(String... args) {
        out.getBuffer().setLength(0);
        err.getBuffer().setLength(0);
        Clock clock = Clock.fixed(Instant.parse("2022-09-30T15:00:00Z"), ZoneOffset.UTC);
        var tools = new CliTools(
                new CheckRulebook(
                        files -> new LoadedRulebook(
                                problems.stream().anyMatch(Problem::isError)
                                        ? Optional.empty()
                                        : Optional.of(TinyRulebook.rulebook()),
                                new SourceMap(Map.of()),
                                problems),
                        files -> Map.of(TinyRulebook.DECISION, new ScenarioText.Sheet(lines, List.of()))),
                TinyRulebook.compiler(),
                plan -> "package " + plan.decision().name() + "\n",
                (path, workbook, wrong) -> (path + " " + wrong.size()).getBytes(StandardCharsets.UTF_8),
                active -> new Evaluations(
                        () -> Optional.of(active), new NoLedger(), clock, UUID::randomUUID, (d, r, difference) -> {}),
                clock,
                new TakeOver(files -> new LoadedRulebook(Optional.empty(), new SourceMap(Map.of()), List.of())),
                Optional.empty(),
                instead -> {
                    throw new AssertionError("nothing here looks at records");
                },
                () -> {
                    throw new AssertionError("nothing here copies a database");
                },
                diff -> "workbook".getBytes(java.nio.charset.StandardCharsets.UTF_8));
        return new Cli(tools, new PrintWriter(out, true), new PrintWriter(err, true)).run(args);
    }

    private static final class NoLedger implements Ledger {
        @Override
        public CompletableFuture<Receipt> submit(NewRecord record) {
            throw new AssertionError("nothing is recorded");
        }

        @Override
        public Optional<Receipt> find(UUID id) {
            return Optional.empty();
        }

        @Override
        public Optional<Receipt> find(String principal, String key) {
            return Optional.empty();
        }
    }

    private String dir() {
        return folder.toString();
    }

    private Path facts(String json) throws IOException {
        return Files.writeString(folder.resolve("facts.json"), json);
    }

    private static Map<String, Object> json(String text) {
        Parsed parsed = JsonReader.read(text.getBytes(StandardCharsets.UTF_8));
        var tree = new LinkedHashMap<String, Object>();
        ((Map<?, ?>) Objects.requireNonNull(((Parsed.Document) parsed).value()))
                .forEach((name, value) -> tree.put((String) name, value));
        return tree;
    }

    // ---- check

    @Test
    void aCleanRulebookExitsWithZero() {
        assertThat(run("check", dir())).isZero();
        assertThat(out.toString()).contains("0 error(s)");
    }

    @Test
    void aMistakeIsShownWithItsCellInBothLanguagesAndExitsWithOne() {
        problems.add(WRONG_CELL);

        assertThat(run("check", dir())).isEqualTo(Cli.FINDINGS);
        assertThat(out.toString())
                .contains("ERROR NUMBER_EXPECTED parameters.xlsx Parameters!B5, rules/x.drl:7")
                .contains("数ではありません。", "Not a number.", "→ Write a number.");
    }

    @Test
    void aWarningIsShownAndIsNoBar() {
        problems.add(Problem.warning("ENGLISH_MISSING", at("A1"), Bilingual.EMPTY, Bilingual.EMPTY));

        assertThat(run("check", dir())).isZero();
        assertThat(out.toString()).contains("ENGLISH_MISSING");
    }

    @Test
    void jsonHasTheErrorsAsTheHttpInterfaceHasThem() {
        problems.add(WRONG_CELL);
        run("check", dir(), "--format", "json");

        List<?> errors = (List<?>) json(out.toString()).getOrDefault("errors", List.of());
        Map<?, ?> error = (Map<?, ?>) errors.get(0);
        assertThat(error.get("code")).isEqualTo("NUMBER_EXPECTED");
        assertThat(error.get("value")).isEqualTo("5五");
        assertThat(error.get("at"))
                .isEqualTo(Map.of("workbook", "parameters.xlsx", "sheet", "Parameters", "cell", "B5"));
    }

    @Test
    void sarifLocatesCellsLogicallyAndLinesOfRulesPhysically() {
        problems.add(WRONG_CELL);
        run("check", dir(), "--format", "sarif");

        Map<?, ?> log = json(out.toString());
        assertThat(log.get("version")).isEqualTo("2.1.0");
        assertThat(log.toString())
                .contains("ruleId=NUMBER_EXPECTED", "fullyQualifiedName=parameters.xlsx Parameters!B5")
                .contains("parameters.xlsx}", "region={startLine=7}");
    }

    @Test
    void mistakesOfScenariosAreFoundToo() {
        lines = List.of(line("T-001", "kind", "Z", "outcome", "YES"));

        assertThat(run("check", dir())).isEqualTo(Cli.FINDINGS);
        assertThat(out.toString()).contains("WRONG_VALUE scenarios/tiny.xlsx Scenarios!B3");
    }

    @Test
    void aFolderThatIsNotThereIsAFinding() {
        assertThat(run("check", dir() + "/nowhere")).isEqualTo(Cli.FINDINGS);
        assertThat(out.toString()).contains("FOLDER_NOT_FOUND");
    }

    // ---- test

    @Test
    void scenariosThatHoldExitWithZero() {
        lines = List.of(line("T-001", "kind", "A", "outcome", "YES"));

        assertThat(run("test", dir())).isZero();
        assertThat(out.toString())
                .contains(
                        "tiny: 1 scenarios, 0 fail · rules 1/1 · rows 1/3 · conditions decisive both ways 0/3 (0 %)",
                        "rows that never match: 2",
                        "    T-1/2\n    T-1/3\n",
                        "T-1/1 kind: 不成立 / never no",
                        "T-1/2 kind: 成立 / never yes");
    }

    @Test
    void aScenarioThatDoesNotHoldIsNamedByItsSentence() {
        lines = List.of(line("T-001", "kind", "A", "outcome", "NO"));

        assertThat(run("test", dir())).isEqualTo(Cli.FINDINGS);
        assertThat(out.toString()).contains("T-001 文です。", "scenarios/tiny.xlsx Scenarios!C3", "結論は NO のはずですが、YES でした。");
    }

    @Test
    void tooLittleCoverageIsAFinding() {
        lines = List.of(line("T-001", "kind", "A", "outcome", "YES"), line("T-002", "kind", "B", "outcome", "NO"));

        assertThat(run("test", dir(), "--min-coverage", "66")).isZero();
        assertThat(run("test", dir(), "--min-coverage", "67")).isEqualTo(Cli.FINDINGS);
    }

    @Test
    void junitXmlNamesEachTestCaseByItsScenario() throws Exception {
        lines = List.of(line("T-001", "kind", "A", "outcome", "YES"), line("T-002", "kind", "B", "outcome", "YES"));
        Path file = folder.resolve("report.xml");

        assertThat(run("test", dir(), "--format", "junit", "--out", file.toString()))
                .isEqualTo(Cli.FINDINGS);

        Document xml = DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(file.toFile());
        Element suite = (Element) xml.getElementsByTagName("testsuite").item(0);
        assertThat(suite.getAttribute("name")).isEqualTo("tiny");
        assertThat(suite.getAttribute("failures")).isEqualTo("1");
        assertThat(properties(suite))
                .containsEntry("rows.fired", "2")
                .containsEntry("conditions", "3")
                .containsEntry("conditions.decisive", "2");
        assertThat(((Element) xml.getElementsByTagName("testcase").item(0)).getAttribute("name"))
                .isEqualTo("T-001 文です。");
        assertThat(xml.getElementsByTagName("failure").getLength()).isEqualTo(1);
    }

    private static Map<String, String> properties(Element suite) {
        var properties = new LinkedHashMap<String, String>();
        for (int i = 0; i < suite.getElementsByTagName("property").getLength(); i++) {
            Element property = (Element) suite.getElementsByTagName("property").item(i);
            properties.put(property.getAttribute("name"), property.getAttribute("value"));
        }
        return properties;
    }

    // ---- decide

    @Test
    void aQuestionIsAnsweredAsTheServiceWouldAndNothingIsRecorded() throws IOException {
        assertThat(run("decide", dir(), "tiny", facts("{\"kind\": \"A\"}").toString()))
                .isZero();

        assertThat(json(out.toString())).doesNotContainKey("id");
        assertThat(json(out.toString()).get("outcome")).isEqualTo("YES");
        assertThat(json(out.toString()).get("asOf")).as("today in Tokyo").isEqualTo("2022-10-01");
    }

    @Test
    void theFileMayBeAWholeCallAndTheOptionWins() throws IOException {
        String call = facts("{\"asOf\": \"2021-01-01\", \"facts\": {\"kind\": \"B\"}}")
                .toString();

        run("decide", dir(), "tiny", call);
        assertThat(json(out.toString()).get("asOf")).isEqualTo("2021-01-01");
        run("decide", dir(), "tiny", call, "--as-of", "2020-02-29");
        assertThat(json(out.toString()).get("asOf")).isEqualTo("2020-02-29");
    }

    @Test
    void wrongFactsAreFindingsWithTheirPointers() throws IOException {
        assertThat(run("decide", dir(), "tiny", facts("{\"kind\": 5}").toString()))
                .isEqualTo(Cli.FINDINGS);
        assertThat(err.toString()).contains("WRONG_VALUE /facts/kind");
        assertThat(out.toString()).isEmpty();
    }

    @Test
    void aDecisionThatIsNotThereIsAMistakeOfUsage() throws IOException {
        assertThat(run("decide", dir(), "other", facts("{}").toString())).isEqualTo(Cli.USAGE);
        assertThat(err.toString()).contains("There is no decision other; there are tiny.");
    }

    @Test
    void aFileThatIsNotJsonIsAMistakeOfUsage() throws IOException {
        assertThat(run("decide", dir(), "tiny", facts("{").toString())).isEqualTo(Cli.USAGE);
    }

    // ---- the rest

    @Test
    void theDrlThatIsCompiledCanBeLookedAt() {
        assertThat(run("print-drl", dir(), "tiny")).isZero();
        assertThat(out.toString()).isEqualTo("package tiny\n");
    }

    @Test
    void whatRestsOnWhatCanBeWrittenDown() throws IOException {
        lines = List.of(line("T-001", "kind", "A", "outcome", "YES"));
        Path file = folder.resolve("traceability.md");

        assertThat(run("traceability", dir(), "--out", file.toString())).isZero();

        assertThat(out.toString()).isEmpty();
        assertThat(Files.readString(file)).contains("#### 1 文 / text", "| T-1/1 |", "| T-001 | T-1/1 |");
    }

    @Test
    void whatACodeMeansCanBeLookedUp() {
        assertThat(run("problems")).isZero();
        assertThat(out.toString()).contains("## NUMBER_EXPECTED", "数ではありません");
    }

    @Test
    void everyCommandHasHelpInBothLanguages() {
        for (String command : List.of("check", "test", "decide", "print-drl", "traceability")) {
            assertThat(run(command, "--help")).as(command).isZero();
            assertThat(out.toString()).as(command).contains("decision-tables/ のあるフォルダー", "holds decision-tables/");
        }
        assertThat(run("--help")).isZero();
        assertThat(out.toString()).contains("Exit codes / 終了コード", "check", "print-drl");
    }

    @Test
    void usageThatCannotBeUnderstoodExitsWithTwo() {
        for (String args : List.of("", "chekc", "check", "check . --format pdf", "test . --min-coverage 101")) {
            assertThat(run(Arrays.stream(args.split(" "))
                            .filter(arg -> !arg.isEmpty())
                            .toArray(String[]::new)))
                    .as(args)
                    .isEqualTo(Cli.USAGE);
        }
    }

    @Test
    void workbooksWithProblemsAreCopiedWithThemAndTheOthersAreNot() throws IOException {
        problems.add(WRONG_CELL);
        Files.writeString(folder.resolve("clauses.xlsx"), "");
        Path copies = folder.resolve("copies");

        int code = run("check", dir(), "--annotated", copies.toString());

        assertThat(code).isEqualTo(Cli.FINDINGS);
        assertThat(copies.resolve("parameters.xlsx")).hasContent("parameters.xlsx 1");
        assertThat(copies.resolve("clauses.xlsx")).doesNotExist();
        assertThat(err.toString()).contains(copies.resolve("parameters.xlsx").toString());
    }

    @Test
    void aCopyNeverOverwritesItsOriginal() throws IOException {
        problems.add(WRONG_CELL);

        int code = run("check", dir(), "--annotated", dir());

        assertThat(code).isEqualTo(Cli.USAGE);
        assertThat(folder.resolve("parameters.xlsx")).hasContent("");
    }
}
