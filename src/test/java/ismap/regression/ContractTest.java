package ismap.regression;

import static org.assertj.core.api.Assertions.assertThat;

import ismap.Shipped;
import ismap.decision.Decision;
import ismap.decision.Finding;
import ismap.decision.Status;
import ismap.rulebook.Answers;
import ismap.rulebook.DecisionDefinition;
import ismap.rulebook.FactDefinition;
import ismap.rulebook.FactReader;
import ismap.rulebook.FactType;
import ismap.rulebook.Facts;
import ismap.rulebook.Interpreter;
import ismap.rulebook.Plan;
import ismap.rulebook.Table;
import ismap.rulebook.Vocabulary;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.poi.ss.usermodel.Row;
import org.apache.poi.ss.usermodel.Sheet;
import org.apache.poi.xssf.usermodel.XSSFWorkbook;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The shipped rulebook has what the public contract names, read from the contract itself. */
@Tag("core")
class ContractTest {

    /** A code as callers write it; people are shown its words. */
    private static final Pattern CODE = Pattern.compile("[A-Z]{2,}_[A-Z]{2,}");

    private static final LocalDate TODAY = LocalDate.of(2026, 11, 22);

    static List<String> decisions() {
        return Contract.decisions();
    }

    @Test
    void theThirteenDecisionsOfTheContractAreShippedAndNoOther() {
        assertThat(Contract.decisions()).hasSize(13);
        assertThat(Shipped.decisions()).containsExactlyInAnyOrderElementsOf(Contract.decisions());
    }

    @ParameterizedTest
    @MethodSource("decisions")
    void theGoverningFactIsThatOfTheContract(String decision) {
        assertThat(Shipped.plan(decision).decision().governingFact())
                .isEqualTo(Contract.section(decision).governingFact());
    }

    @ParameterizedTest
    @MethodSource("decisions")
    void theOutcomesAreThoseOfTheContractInItsOrder(String decision) {
        assertThat(Shipped.plan(decision).decision().outcomes())
                .extracting(DecisionDefinition.Outcome::code)
                .containsExactlyElementsOf(Contract.section(decision).outcomes());
    }

    @ParameterizedTest
    @MethodSource("decisions")
    void everyValueOfTheContractHasItsName(String decision) {
        assertThat(Shipped.plan(decision).decision().values())
                .extracting(DecisionDefinition.Shown::name)
                .containsAll(Contract.section(decision).values());
    }

    @ParameterizedTest
    @MethodSource("decisions")
    void everyRuleOfTheContractIsDecidedByATable(String decision) {
        assertThat(Shipped.plan(decision).decision().rules())
                .extracting(Table::id)
                .containsAll(Contract.section(decision).rules());
    }

    @ParameterizedTest
    @MethodSource("decisions")
    void anEmptyRequestHasAFindingForEveryRule(String decision) {
        Decision answer = answerToNothing(decision);

        assertThat(answer.findings())
                .extracting(Finding::rule)
                .containsAll(Contract.section(decision).rules());
        assertThat(answer.findings()).allSatisfy(ContractTest::isExplained);
        assertThat(Contract.section(decision).outcomes()).contains(answer.outcome());
    }

    /** Some decision has a scenario of it; looking for what is missing can take long where nothing is known. */
    private static Decision answerToNothing(String decision) {
        return Shipped.scenarios(decision).stream()
                .filter(scenario -> scenario.facts().isEmpty())
                .findFirst()
                .map(scenario -> Shipped.result(scenario).decision().orElseThrow())
                .orElseGet(() -> answer(decision));
    }

    private static Decision answer(String decision) {
        Plan plan = Shipped.plan(decision);
        Facts nothing = FactReader.read(plan, Map.of()).facts();
        return Answers.answer(
                plan, Shipped.checked().sources(), nothing, TODAY, Interpreter.reason(plan, nothing, TODAY));
    }

    @ParameterizedTest
    @MethodSource("decisions")
    void everyRuleOfTheContractIsAmongTheFindingsOfEveryAnswer(String decision) {
        List<String> rules = Contract.section(decision).rules();
        for (Scenario scenario : Shipped.scenarios(decision)) {
            Decision answer = Shipped.result(scenario).decision().orElseThrow();

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
        assertThat(finding.message().ja())
                .as(finding.row())
                .isNotBlank()
                .doesNotContain("{")
                .doesNotContainPattern(CODE);
        assertThat(finding.message().en())
                .as(finding.row())
                .isNotBlank()
                .doesNotContain("{")
                .doesNotContainPattern(CODE);
        assertThat(finding.source().toString())
                .as(finding.row())
                .contains(".xlsx ")
                .contains("!");
    }

    @ParameterizedTest
    @ValueSource(strings = {"service-acceptance", "assessor-acceptance", "liu-qualification"})
    void whatBearsOnTheDecisionAndIsNotDecidedHereIsAlwaysNamed(String decision) {
        assertThat(answerToNothing(decision).notExamined()).isNotEmpty();
        for (Scenario scenario : Shipped.scenarios(decision)) {
            assertThat(Shipped.result(scenario).decision().orElseThrow().notExamined())
                    .as(scenario.title())
                    .isNotEmpty();
        }
    }

    @Test
    void theStatusesOfFindingsAreThoseOfTheContract() {
        assertThat(Arrays.stream(Status.values()).map(Enum::name))
                .containsExactlyInAnyOrderElementsOf(Contract.codes("`SATISFIED` ·", "(never feeds an outcome)"));
        assertThat(((FactType.Code) FactType.REGISTRATION_STATUS).codes())
                .containsExactlyElementsOf(Contract.codes("`RegistrationStatus` (a type", "Outcomes below"));
    }

    // ---- facts.csv

    @Test
    void theVocabularyHasEveryRowAndColumnOfTheContractLiterally() throws IOException {
        Map<String, Map<String, String>> vocabulary = vocabulary();

        Contract.facts().forEach((name, row) -> {
            var expected = new LinkedHashMap<>(row);
            expected.replaceAll((column, cell) -> unspaced(cell));
            assertThat(vocabulary).containsKey(name);
            assertThat(vocabulary.get(name)).as(name).containsAllEntriesOf(expected);
        });
    }

    @Test
    void everyFactIsReadAsTheContractDescribesIt() {
        Vocabulary vocabulary = Shipped.checked().rulebook().orElseThrow().vocabulary();

        Contract.facts().forEach((name, row) -> {
            FactDefinition fact = vocabulary.fact(name).orElseThrow();
            assertThat(fact.type())
                    .as(name)
                    .isEqualTo(FactType.parse(cell(row, "type"), cell(row, "domain"))
                            .orElseThrow());
            assertThat(fact.absence().none())
                    .as("absence of %s", name)
                    .isEqualTo(cell(row, "absent_means").startsWith("none"));
            assertThat(fact.absence().unknownWhere().isEmpty())
                    .as("absence of %s", name)
                    .isEqualTo(!cell(row, "absent_means").contains(" where "));
            assertThat(fact.kind().name().toLowerCase(Locale.ROOT)).as(name).isEqualTo(cell(row, "kind"));
            assertThat(fact.knownBy()).as(name).isEqualTo(cell(row, "known_by"));
            assertThat(fact.changeableBy()).as(name).isEqualTo(cell(row, "changeable_by"));
            assertThat(fact.needsAttestation())
                    .as(name)
                    .isEqualTo(cell(row, "needs_attestation").equals("yes"));
            assertThat(fact.label().ja()).as(name).isEqualTo(cell(row, "label_ja"));
            assertThat(fact.label().en()).as(name).isEqualTo(cell(row, "label_en"));
            assertThat(fact.decisions())
                    .as(name)
                    .containsExactly(cell(row, "decisions").split(";"));
        });
    }

    @ParameterizedTest
    @MethodSource("decisions")
    void aDecisionAsksForTheFactsThatTheContractListsForIt(String decision) {
        List<String> listed = Contract.facts().entrySet().stream()
                .filter(fact ->
                        List.of(cell(fact.getValue(), "decisions").split(";")).contains(decision))
                .map(Map.Entry::getKey)
                .toList();

        assertThat(Shipped.plan(decision).asked()).containsAll(listed);
        assertThat(Shipped.plan(decision).inputs().stream().filter(Contract.facts()::containsKey))
                .isSubsetOf(listed);
    }

    // ---- the reader of the contract

    @Test
    void theContractIsReadAsItIsWritten() {
        assertThat(Contract.rules(
                        "BR-1.4.1-1, LIU-0-1 … -3, BR-3.2-1 … BR-3.2-3, BR-3.7-1, -2, BR-3.3-1/-2, and `a` as AR-P-2, BR-LATE-x,"
                                + " LIU-A2-1, AG-1 (a warning)"))
                .containsExactly(
                        "BR-1.4.1-1",
                        "LIU-0-1",
                        "LIU-0-2",
                        "LIU-0-3",
                        "BR-3.2-1",
                        "BR-3.2-2",
                        "BR-3.2-3",
                        "BR-3.7-1",
                        "BR-3.7-2",
                        "BR-3.3-1",
                        "BR-3.3-2",
                        "AR-P-2",
                        "BR-LATE-x",
                        "LIU-A2-1",
                        "AG-1");
        assertThat(Contract.section("service-acceptance").rules()).hasSize(31);
        assertThat(Contract.section("conflict-of-interest").rules())
                .containsExactly("BR-9.2-0", "BR-9.2-1", "BR-9.2-2", "BR-9.2-3", "BR-9.2-4", "BR-9.1-1", "AR-IND-1");
        assertThat(Contract.section("assessment-scope").outcomes())
                .containsExactly(
                        "NOT_APPLICABLE", "DESIGN_ONLY", "REDUCED", "INSUFFICIENT_FACTS", "DESIGN_AND_OPERATIONAL");
        assertThat(Contract.section("assessor-validity").outcomes())
                .isEqualTo(Contract.section("service-validity").outcomes());
        assertThat(Contract.section("assessment-scope").values())
                .containsExactly("requiredParts", "latestPeriodEnd", "earliestPeriodEnd", "nextPeriodStart");
        assertThat(Contract.section("service-acceptance").values()).containsExactly("registrationDecision");
        assertThat(Contract.facts()).hasSize(108);
    }

    private static String cell(Map<String, String> row, String column) {
        return java.util.Objects.requireNonNull(row.get(column), column);
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
