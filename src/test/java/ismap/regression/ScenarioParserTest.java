package ismap.regression;

import static ismap.TinyRulebook.at;
import static ismap.TinyRulebook.line;
import static org.assertj.core.api.Assertions.assertThat;

import ismap.TinyRulebook;
import ismap.decision.Problem;
import ismap.decision.Status;
import ismap.decision.Value;
import ismap.rulebook.Plan;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("core")
class ScenarioParserTest {

    private static final Plan PLAN = TinyRulebook.plan();

    private static ScenarioParser.Parsed parse(ScenarioText... lines) {
        return ScenarioParser.parse(PLAN, Arrays.asList(lines));
    }

    private static Scenario scenario(String... columnsAndTexts) {
        ScenarioParser.Parsed parsed = parse(line("T-001", columnsAndTexts));
        assertThat(parsed.problems()).isEmpty();
        return parsed.scenarios().get(0);
    }

    @Test
    void aBlankCellIsLeftOutOfTheRequest() {
        assertThat(scenario("kind", " ", "outcome", "NO").facts()).isEmpty();
    }

    @Test
    void anUnknownFactIsSentAsNull() {
        assertThat(scenario("kind", "不明", "outcome", "INSUFFICIENT_FACTS").facts())
                .containsEntry("kind", null);
    }

    @Test
    void noneOfAListIsAnEmptyOne() {
        assertThat(scenario("classes", "なし", "outcome", "NO").facts()).containsEntry("classes", List.of());
    }

    @Test
    void noneOfAFactWhoseAbsenceMeansNoneIsLeftOut() {
        assertThat(scenario("isFree", "なし", "outcome", "NO").facts()).isEmpty();
    }

    @Test
    void noneOfAFactWhoseAbsenceMeansUnknownIsAProblemAtItsCell() {
        assertThat(parse(line("T-001", "kind", "なし", "outcome", "NO")).problems())
                .singleElement()
                .satisfies(problem -> {
                    assertThat(problem.code()).isEqualTo("NONE_CANNOT_BE_SAID");
                    assertThat(problem.places()).containsExactly(at("B3"));
                });
    }

    @Test
    void unknownOfAFactWhoseAbsenceMeansNoneIsAProblem() {
        assertThat(parse(line("T-001", "isFree", "不明", "outcome", "NO")).problems())
                .extracting(Problem::code)
                .containsExactly("UNKNOWN_CANNOT_BE_SAID");
    }

    @Test
    void aNullMayBeTriedOfEveryFact() {
        assertThat(scenario("isFree", "null", "outcome", "NO").facts()).containsEntry("isFree", null);
    }

    @Test
    void wordsAndNumbersAndMomentsHaveTheTypesOfTheVocabulary() {
        assertThat(scenario("isFree", "はい", "classes", "1、２", "filedAt", "2022-09-30T15:00:00Z", "outcome", "NO")
                        .facts())
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        "isFree",
                        true,
                        "classes",
                        List.of(BigDecimal.ONE, new BigDecimal(2)),
                        "filedAt",
                        "2022-09-30T15:00:00Z"));
    }

    @Test
    void anElementWithFieldsStandsOnALineOfItsOwn() {
        assertThat(scenario(
                                "clients",
                                "name: A; from: 2021-01-01\nname: B: C; from: 2021-02-01; to: 2021-03-31",
                                "outcome",
                                "NO")
                        .facts())
                .containsEntry(
                        "clients",
                        List.of(
                                Map.of("name", "A", "from", "2021-01-01"),
                                Map.of("name", "B: C", "from", "2021-02-01", "to", "2021-03-31")));
    }

    @Test
    void whatTheRequestWouldRefuseIsAProblemAtTheCellItCameFrom() {
        assertThat(parse(line("T-001", "kind", "D", "clients", "name: A; from: 2021-02-30", "outcome", "NO"))
                        .problems())
                .extracting(Problem::code, problem -> problem.places().get(0))
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("WRONG_VALUE", at("B3")),
                        org.assertj.core.groups.Tuple.tuple("WRONG_VALUE", at("C3")));
    }

    @Test
    void allMistakesOfAllLinesComeAtOnce() {
        ScenarioParser.Parsed parsed = parse(
                line("T-001", "outcome", "YES"),
                line("T-002", "outcome", "MAYBE"),
                line("T-003", "colour", "red", "asOf", "1 Oct", "outcome", "YES"),
                line(
                        "T-004",
                        "findings",
                        "T-9: SATISFIED\nT-1: GOOD\nT-1",
                        "values",
                        "expiry: 2022-01-01",
                        "missing",
                        "colour"),
                line("T-005"));

        assertThat(parsed.problems())
                .extracting(Problem::code)
                .containsExactly(
                        "UNKNOWN_OUTCOME",
                        "DATE_EXPECTED",
                        "UNKNOWN_COLUMN",
                        "PAIR_EXPECTED",
                        "UNKNOWN_RULE",
                        "UNKNOWN_STATUS",
                        "UNKNOWN_VALUE_NAME",
                        "UNKNOWN_FACT",
                        "SCENARIO_EXPECTS_NOTHING");
        assertThat(parsed.problems()).allSatisfy(problem -> {
            assertThat(problem.message().ja()).isNotBlank();
            assertThat(problem.message().en()).isNotBlank();
            assertThat(problem.advice().ja()).isNotBlank();
            assertThat(problem.advice().en()).isNotBlank();
        });
        assertThat(parsed.scenarios()).extracting(Scenario::id).containsExactly("T-001");
    }

    @Test
    void expectationsHaveTheTypesOfWhatTheyAreComparedWith() {
        Scenario scenario = scenario(
                "asOf",
                "２０２２-１０-０１",
                "outcome",
                "YES",
                "findings",
                "T-1: SATISFIED",
                "values",
                "filedBy: 2022-10-02",
                "missing",
                "kind, filedAt");

        assertThat(scenario.asOf()).isEqualTo(LocalDate.of(2022, 10, 1));
        assertThat(scenario.findings()).containsExactly(Map.entry("T-1", Status.SATISFIED));
        assertThat(scenario.values()).containsExactly(Map.entry("filedBy", Value.of(LocalDate.of(2022, 10, 2))));
        assertThat(scenario.missing().orElseThrow()).containsExactly("filedAt", "kind");
    }

    @Test
    void noMissingFactsIsAnExpectationAndABlankCellIsNone() {
        assertThat(scenario("missing", "なし").missing().orElseThrow()).isEmpty();
        assertThat(scenario("outcome", "YES").missing()).isEmpty();
    }
}
