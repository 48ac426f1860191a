package ismap.regression;

import static org.assertj.core.api.Assertions.assertThat;

import ismap.Shipped;
import ismap.decision.Decision;
import ismap.decision.Finding;
import ismap.rulebook.Answers;
import ismap.rulebook.DecisionDefinition;
import ismap.rulebook.FactReader;
import ismap.rulebook.Facts;
import ismap.rulebook.Interpreter;
import ismap.rulebook.Plan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.poi.ss.usermodel.Row;
import org.apache.poi.ss.usermodel.Sheet;
import org.apache.poi.xssf.usermodel.XSSFWorkbook;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The shipped rulebook has what the public contract names, read from the contract itself. */
@Tag("core")
class ContractTest {

    private static final Path CONTRACT = Path.of("docs/contract");

    /** {@code BR-3.5-1 … -6} or one id. */
    private static final Pattern RULES =
            Pattern.compile("([A-Z][A-Za-z0-9.-]*?-)(\\d+)\\s*…\\s*-(\\d+)|([A-Z]+-[A-Z0-9.-]*\\d)");

    @Test
    void theVocabularyHasEveryRowAndColumnOfTheContractLiterally() throws IOException {
        List<List<String>> contract = Files.readAllLines(CONTRACT.resolve("facts.csv")).stream()
                .filter(line -> !line.isBlank())
                .map(ContractTest::csv)
                .toList();
        List<String> columns = contract.get(0);
        Map<String, Map<String, String>> vocabulary = vocabulary();

        for (List<String> row : contract.subList(1, contract.size())) {
            var expected = new LinkedHashMap<String, String>();
            for (int i = 0; i < columns.size(); i++) {
                expected.put(columns.get(i), i < row.size() ? unspaced(row.get(i)) : "");
            }
            assertThat(vocabulary).containsKey(row.get(0));
            assertThat(vocabulary.get(row.get(0))).as(row.get(0)).containsAllEntriesOf(expected);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"service-validity", "liu-qualification", "conflict-of-interest", "assessment-scope"})
    void theOutcomesAreThoseOfTheContractInItsOrder(String decision) throws IOException {
        assertThat(Shipped.plan(decision).decision().outcomes())
                .extracting(DecisionDefinition.Outcome::code)
                .containsExactlyElementsOf(outcomes(decision));
    }

    @ParameterizedTest
    @ValueSource(strings = {"service-validity", "liu-qualification", "assessment-scope"})
    void everyValueOfTheContractHasItsName(String decision) throws IOException {
        assertThat(values(decision)).isNotEmpty();
        assertThat(Shipped.plan(decision).decision().values())
                .extracting(DecisionDefinition.Shown::name)
                .containsAll(values(decision));
    }

    @ParameterizedTest
    @ValueSource(strings = {"service-validity", "liu-qualification", "conflict-of-interest", "assessment-scope"})
    void everyRuleOfTheContractIsAmongTheFindingsOfEveryAnswer(String decision) throws IOException {
        List<String> rules = rules(decision);
        assertThat(rules).isNotEmpty();
        for (Scenario scenario : Shipped.scenarios(decision)) {
            Decision answer = answer(scenario);

            assertThat(answer.findings())
                    .as(scenario.title())
                    .extracting(Finding::rule)
                    .containsAll(rules);
            assertThat(answer.findings()).as(scenario.title()).allSatisfy(ContractTest::isExplained);
        }
    }

    private static void isExplained(Finding finding) {
        assertThat(finding.citation().document()).as(finding.row()).isNotBlank();
        assertThat(finding.citation().clause()).as(finding.row()).isNotBlank();
        assertThat(finding.message().ja()).as(finding.row()).isNotBlank().doesNotContain("{");
        assertThat(finding.message().en()).as(finding.row()).isNotBlank().doesNotContain("{");
        assertThat(finding.source().toString())
                .as(finding.row())
                .contains(".xlsx ")
                .contains("!");
    }

    @Test
    void whatBearsOnLiuQualificationAndIsNotDecidedHereIsAlwaysNamed() {
        for (Scenario scenario : Shipped.scenarios("liu-qualification")) {
            assertThat(answer(scenario).notExamined()).as(scenario.title()).isNotEmpty();
        }
    }

    @Test
    void rulesAndOutcomesAreReadFromTheContractAsItIsWritten() throws IOException {
        assertThat(rules("service-validity"))
                .containsExactly(
                        "BR-3.4-1",
                        "BR-3.5-1",
                        "BR-3.5-2",
                        "BR-3.5-3",
                        "BR-3.5-4",
                        "BR-3.5-5",
                        "BR-3.5-6",
                        "BR-5.4-4",
                        "BR-5.4-5",
                        "BR-6.1-1");
        assertThat(rules("conflict-of-interest"))
                .containsExactly("BR-9.2-0", "BR-9.2-1", "BR-9.2-2", "BR-9.2-3", "BR-9.2-4", "BR-9.1-1", "AR-IND-1");
        assertThat(outcomes("assessment-scope"))
                .containsExactly(
                        "NOT_APPLICABLE", "DESIGN_ONLY", "REDUCED", "INSUFFICIENT_FACTS", "DESIGN_AND_OPERATIONAL");
        assertThat(values("assessment-scope"))
                .containsExactly("requiredParts", "latestPeriodEnd", "earliestPeriodEnd", "nextPeriodStart");
    }

    private static Decision answer(Scenario scenario) {
        Plan plan = Shipped.plan(scenario.decision());
        Facts facts = FactReader.read(plan, scenario.facts()).facts();
        return Answers.answer(
                plan,
                Shipped.checked().sources(),
                facts,
                scenario.asOf(),
                Interpreter.reason(plan, facts, scenario.asOf()));
    }

    // ---- the contract

    private static String section(String decision) throws IOException {
        String text = Files.readString(CONTRACT.resolve("decisions.md"));
        int start = text.indexOf("\n## " + decision + " ");
        int end = text.indexOf("\n## ", start + 4);
        return text.substring(start, end < 0 ? text.length() : end);
    }

    /** From a word to the end of its sentence. */
    private static String sentence(String section, String from) {
        int start = section.indexOf(from);
        Matcher end = Pattern.compile("\\.(\\s|$)").matcher(section);
        assertThat(start).as(from).isNotNegative();
        return section.substring(start + from.length(), end.find(start) ? end.start() : section.length());
    }

    private static List<String> rules(String decision) throws IOException {
        var rules = new ArrayList<String>();
        Matcher rule = RULES.matcher(sentence(section(decision), "Rules "));
        while (rule.find()) {
            if (rule.group(4) != null) {
                rules.add(rule.group(4));
            } else {
                for (int i = Integer.parseInt(rule.group(2)); i <= Integer.parseInt(rule.group(3)); i++) {
                    rules.add(rule.group(1) + i);
                }
            }
        }
        return rules;
    }

    private static List<String> outcomes(String decision) throws IOException {
        return matches("`([A-Z_]+)`", sentence(section(decision), "Outcomes:"));
    }

    /** The names in backticks; one after an equals sign is what a value is computed from. */
    private static List<String> values(String decision) throws IOException {
        String text = section(decision);
        return matches(
                "(?<!= )`([a-z][A-Za-z]*)`",
                sentence(text, text.contains("`values`: ") ? "`values`: " : "`values`:\n"));
    }

    private static List<String> matches(String pattern, String text) {
        return Pattern.compile(pattern)
                .matcher(text)
                .results()
                .map(found -> found.group(1))
                .distinct()
                .toList();
    }

    private static List<String> csv(String line) {
        var cells = new ArrayList<String>();
        Matcher cell = Pattern.compile("(\"((?:[^\"]|\"\")*)\"|[^,]*)(,|$)").matcher(line);
        while (cell.find()) {
            cells.add(cell.group(2) == null ? cell.group(1) : cell.group(2).replace("\"\"", "\""));
            if (cell.group(3).isEmpty()) {
                break;
            }
        }
        return cells;
    }

    private static Map<String, Map<String, String>> vocabulary() throws IOException {
        Path file = Shipped.FOLDER.resolve("decision-tables/vocabulary.xlsx");
        try (XSSFWorkbook workbook = new XSSFWorkbook(Files.newInputStream(file))) {
            Sheet facts = workbook.getSheet("Facts");
            List<String> keys = texts(facts.getRow(0));
            var rows = new LinkedHashMap<String, Map<String, String>>();
            for (int i = 2; i <= facts.getLastRowNum(); i++) {
                List<String> cells = texts(facts.getRow(i));
                var row = new LinkedHashMap<String, String>();
                for (int c = 0; c < keys.size(); c++) {
                    // How a list in a cell is spaced is the writer's affair.
                    row.put(keys.get(c), c < cells.size() ? unspaced(cells.get(c)) : "");
                }
                rows.put(cells.get(0), row);
            }
            return rows;
        }
    }

    private static String unspaced(String cell) {
        return cell.replace("; ", ";");
    }

    private static List<String> texts(Row row) {
        return java.util.stream.IntStream.range(0, row.getLastCellNum())
                .mapToObj(i -> row.getCell(i) == null ? "" : row.getCell(i).getStringCellValue())
                .collect(Collectors.toList());
    }
}
