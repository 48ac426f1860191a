package ismap.regression;

import static ismap.TinyRulebook.line;
import static ismap.TinyRulebook.row;
import static ismap.TinyRulebook.test;
import static org.assertj.core.api.Assertions.assertThat;

import ismap.TinyRulebook;
import ismap.decision.Bilingual;
import ismap.decision.Citation;
import ismap.decision.Status;
import ismap.decision.Value;
import ismap.regression.Coverage.NeverDecisive;
import ismap.rulebook.Condition;
import ismap.rulebook.DecisionDefinition;
import ismap.rulebook.Parameter;
import ismap.rulebook.Plan;
import ismap.rulebook.Rulebook;
import ismap.rulebook.SourceMap;
import ismap.rulebook.Table;
import ismap.rulebook.UnaryTest;
import ismap.rulebook.UnaryTest.Operator;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What scenarios are said to reach of one rule, T-1. */
@Tag("core")
class CoverageTest {

    private static final Condition KIND_A = test("kind", "A");
    private static final Condition IS_FREE = new Condition("isFree", new UnaryTest.OneOf(List.of(Value.of(true))));
    private static final Condition NOT_FREE = new Condition("isFree", new UnaryTest.OneOf(List.of(Value.of(false))));

    private static Coverage coverage(Rulebook rulebook, ScenarioText... lines) {
        Plan plan =
                Plan.of(rulebook, Objects.requireNonNull(rulebook.decisions().get(TinyRulebook.DECISION)));
        ScenarioParser.Parsed parsed = ScenarioParser.parse(plan, Arrays.asList(lines));
        assertThat(parsed.problems()).isEmpty();
        var runner = new ScenarioRunner(
                plan, new SourceMap(Map.of()), TinyRulebook.compiler().compile(Map.of(TinyRulebook.DECISION, plan)));
        return Coverage.of(plan, parsed.scenarios().stream().map(runner::run).toList());
    }

    private static Coverage ofRows(List<Table.Row> rows, ScenarioText... lines) {
        return coverage(TinyRulebook.rulebook(Map.of(), Optional.empty(), rows.toArray(Table.Row[]::new)), lines);
    }

    private static final List<Table.Row> TWO_ROWS =
            List.of(row("T-1/1", Status.SATISFIED, KIND_A, IS_FREE), row("T-1/2", Status.NOT_SATISFIED, NOT_FREE));

    @Test
    void withoutScenariosNothingIsReached() {
        Coverage coverage = ofRows(TWO_ROWS);
        assertThat(coverage.rulesNeverFired()).containsExactly("T-1");
        assertThat(coverage.neverFired()).containsExactly("T-1/1", "T-1/2");
        assertThat(coverage.neverDecisive())
                .containsExactly(
                        new NeverDecisive("T-1/1", "kind", true, true),
                        new NeverDecisive("T-1/1", "isFree", true, true),
                        new NeverDecisive("T-1/2", "isFree", true, true));
        assertThat(coverage.percent()).isZero();
    }

    @Test
    void aConditionIsDecisiveToANoOnlyWhereEveryOtherOfItsRowHolds() {
        Coverage coverage = ofRows(
                TWO_ROWS,
                line("T-001", "kind", "A", "isFree", "はい", "outcome", "YES"),
                line("T-002", "kind", "B", "isFree", "いいえ", "outcome", "NO"));
        assertThat(coverage.rulesFired()).isEqualTo(1);
        assertThat(coverage.neverFired()).isEmpty();
        assertThat(coverage.neverDecisive())
                .as("of kind B and not free, neither condition of T-1/1 decides alone")
                .containsExactly(
                        new NeverDecisive("T-1/1", "kind", false, true),
                        new NeverDecisive("T-1/1", "isFree", false, true));
        assertThat(coverage.conditionsDecisive()).isEqualTo(1);
        assertThat(coverage.percent()).isEqualTo(33);
    }

    @Test
    void whatIsNotKnownStopsARowAsAnotherValueDoes() {
        Coverage coverage = ofRows(
                TWO_ROWS,
                line("T-001", "kind", "A", "isFree", "はい", "outcome", "YES"),
                line("T-002", "isFree", "はい", "outcome", "INSUFFICIENT_FACTS"),
                line("T-003", "kind", "A", "isFree", "いいえ", "outcome", "NO"));
        assertThat(coverage.neverDecisive()).isEmpty();
        assertThat(coverage.percent()).isEqualTo(100);
    }

    @Test
    void theDaysOfARowAreAConditionOfIt() {
        List<Table.Row> rows = List.of(
                row("T-1/1", LocalDate.of(2022, 4, 1), Table.FOREVER, Status.SATISFIED, KIND_A),
                row("T-1/2", Table.ALWAYS, LocalDate.of(2022, 4, 1), Status.SATISFIED, KIND_A),
                row("T-1/3", Status.NOT_SATISFIED, test("kind", "B")));
        ScenarioText after = line("T-001", "kind", "A", "outcome", "YES");
        assertThat(ofRows(rows, after).neverDecisive())
                .contains(
                        new NeverDecisive("T-1/1", Reach.DATES, false, true),
                        new NeverDecisive("T-1/2", Reach.DATES, true, false));
    }

    @Test
    void aParameterCountsAsOneConditionWhateverItsValuesAre() {
        var citation = new Citation("doc", "1", "");
        LocalDate change = LocalDate.of(2022, 4, 1);
        var limit = new Parameter(
                "limit",
                List.of(),
                Bilingual.EMPTY,
                List.of(
                        new Parameter.Dated(Value.of(LocalDate.of(2022, 1, 1)), "", Table.ALWAYS, change, citation, ""),
                        new Parameter.Dated(
                                Value.of(LocalDate.of(2022, 6, 1)), "", change, Table.FOREVER, citation, "")));
        var byLimit = new Condition("filedAt", new UnaryTest.Against(Operator.LESS, "limit"));
        Rulebook rulebook = TinyRulebook.rulebook(
                Map.of("limit", limit),
                Optional.empty(),
                row("T-1/1", Status.SATISFIED, KIND_A, byLimit),
                row(
                        "T-1/2",
                        Status.NOT_SATISFIED,
                        new Condition("filedAt", new UnaryTest.Against(Operator.AT_LEAST, "limit"))));
        Coverage coverage = coverage(
                rulebook,
                line("T-001", "kind", "A", "filedAt", "2022-05-31", "outcome", "YES"),
                line("T-002", "kind", "A", "filedAt", "2022-06-01", "outcome", "NO"));
        assertThat(coverage.conditions()).isEqualTo(3);
        assertThat(coverage.neverDecisive()).containsExactly(new NeverDecisive("T-1/1", "kind", false, true));
    }

    @Test
    void eachElementOfAListMayDecide() {
        var one = new Condition("classes.value", new UnaryTest.OneOf(List.of(Value.of(1))));
        var two = new Condition("classes.value", new UnaryTest.OneOf(List.of(Value.of(2))));
        Rulebook rulebook = TinyRulebook.rulebook(
                Map.of(),
                Optional.of("classes"),
                row("T-1/1", Status.SATISFIED, one, IS_FREE),
                row("T-1/2", Status.SATISFIED, two));
        Coverage coverage =
                coverage(rulebook, line("T-001", "classes", "1, 2", "isFree", "はい", "findings", "T-1: SATISFIED"));
        assertThat(coverage.neverDecisive()).containsExactly(new NeverDecisive("T-1/1", "isFree", false, true));
    }

    @Test
    void ofABorrowedRuleOnlyWhereItDoesNotApplyIsCounted() {
        Rulebook lender = TinyRulebook.rulebook(Map.of(), Optional.empty(), TWO_ROWS.toArray(Table.Row[]::new));
        DecisionDefinition tiny = Objects.requireNonNull(lender.decisions().get(TinyRulebook.DECISION));
        var text = new Bilingual("文", "text");
        var borrowed = new DecisionDefinition.Borrowed(
                "T-1", "other", List.of(new Condition("filedAt", UnaryTest.GIVEN)), text, "");
        var borrower = new DecisionDefinition(
                TinyRulebook.DECISION,
                text,
                text,
                Optional.empty(),
                List.of(DecisionDefinition.borrowed(tiny.rules().get(0), borrowed)),
                List.of(borrowed),
                tiny.outcomes(),
                List.of(),
                List.of(),
                List.of(),
                "");
        var rulebook = new Rulebook(
                Rulebook.FORMAT_VERSION,
                lender.vocabulary(),
                lender.clauses(),
                Map.of(),
                lender.derivations(),
                Map.of(),
                Map.of(TinyRulebook.DECISION, borrower));
        Coverage coverage = coverage(
                rulebook, line("T-001", "kind", "A", "isFree", "はい", "filedAt", "2022-05-31", "outcome", "YES"));
        assertThat(coverage.rulesNeverFired()).isEmpty();
        assertThat(coverage.rows()).isEqualTo(1);
        assertThat(coverage.neverDecisive())
                .containsExactly(new NeverDecisive("T-1/elsewhere", "filedAt", true, false));
    }

    @Test
    void aRowThatAsksNothingHasNoConditions() {
        Coverage coverage = ofRows(List.of(row("T-1/1", Status.SATISFIED, new Condition("kind", UnaryTest.ANY))));
        assertThat(coverage.conditions()).isZero();
        assertThat(coverage.percent()).isEqualTo(100);
    }
}
