package ismap.regression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicContainer.dynamicContainer;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import ismap.Shipped;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every scenario of the shipped rulebook holds, in both engines. */
@Tag("core")
class ScenariosTest {

    static List<String> decisions() {
        return Shipped.decisions();
    }

    @Test
    void theShippedRulebookAndItsScenariosHaveNoErrors() {
        assertThat(Shipped.errors()).isEmpty();
    }

    @TestFactory
    Stream<DynamicNode> everyScenarioHolds() {
        return Shipped.decisions().stream()
                .map(decision -> dynamicContainer(
                        decision,
                        Shipped.scenarios(decision).stream()
                                .map(scenario -> dynamicTest(scenario.title(), () -> holds(scenario)))));
    }

    private static void holds(Scenario scenario) {
        assertThat(Shipped.result(scenario).mismatches())
                .as(scenario.sentence().en())
                .isEmpty();
    }

    @ParameterizedTest
    @MethodSource("decisions")
    void aDecisionHasAtLeastTwentyFiveScenarios(String decision) {
        assertThat(Shipped.scenarios(decision)).hasSizeGreaterThanOrEqualTo(25);
    }

    /**
     * Rows that are there so that a table is complete, for facts that no request can state: of a renewal that was approved, the end of the
     * assessment period is a day or unknown, never none.
     */
    private static final List<String> OF_NO_REQUEST = List.of("BR-3.5-5/4");

    private static final int LEAST_PERCENT_DECISIVE = 50;

    @ParameterizedTest
    @MethodSource("decisions")
    void everyRowOfADecisionMatchesInSomeScenario(String decision) {
        assertThat(coverage(decision).neverFired()).isSubsetOf(OF_NO_REQUEST);
    }

    @ParameterizedTest
    @MethodSource("decisions")
    void everyRuleOfADecisionFires(String decision) {
        assertThat(coverage(decision).rulesNeverFired()).isEmpty();
    }

    /** A number to raise and never to lower: what is left is printed, for whoever writes the next scenario. */
    @Test
    void theConditionsThatNoScenarioMakesDecisiveAreKnown() {
        for (String decision : Shipped.decisions()) {
            Coverage coverage = coverage(decision);
            System.out.printf(
                    "%s: %d of %d conditions decisive both ways%n",
                    decision, coverage.conditionsDecisive(), coverage.conditions());
            coverage.neverDecisive()
                    .forEach(condition -> System.out.printf(
                            "  %s %s:%s%s%n",
                            condition.row(),
                            condition.column(),
                            condition.yesMissing() ? " never yes" : "",
                            condition.noMissing() ? " never no" : ""));
            assertThat(coverage.percent()).as(decision).isGreaterThanOrEqualTo(LEAST_PERCENT_DECISIVE);
        }
    }

    private static Coverage coverage(String decision) {
        return Coverage.of(
                Shipped.plan(decision),
                Shipped.scenarios(decision).stream().map(Shipped::result).toList());
    }
}
