package ismap.rulebook;

import static org.assertj.core.api.Assertions.assertThat;

import ismap.ScoringTable;
import ismap.Shipped;
import ismap.decision.Decision;
import ismap.decision.Finding;
import ismap.decision.Value;
import ismap.drools.DroolsCompiler;
import java.time.LocalDate;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** An {@code either} fact that a table derives from a day on: before it, the fact is what callers state, as if the table were not there. */
@Tag("core")
class DerivedFromADayOnTest {

    private static final LocalDate DAY = LocalDate.of(2027, 4, 1);
    private static final Map<String, Object> RATINGS =
            Map.of("leakHarm", "LARGE", "errorHarm", "LARGE", "outageHarm", "SMALL", "reachOfHarm", "SMALL");
    private static final Plan PLAN = plan();

    private static Plan plan() {
        Rulebook added = ScoringTable.addedTo(Shipped.checked().rulebook().orElseThrow(), DAY);
        return Plan.of(added, java.util.Objects.requireNonNull(added.decisions().get(ScoringTable.DECISION)));
    }

    @Test
    void onTheDayTheFactFollowsFromTheTable() {
        Decision decision = decide(RATINGS, DAY);

        assertThat(decision.outcome()).isEqualTo("HIGHER_IMPACT");
        assertThat(decision.values()).containsEntry("impactLevel", Value.of("NOT_LOW"));
        assertThat(because(decision))
                .containsEntry("impactLevel", Value.of("NOT_LOW"))
                .containsEntry("leakHarm", Value.of("LARGE"));
        assertThat(decide(Map.of(), DAY).missing()).containsExactlyInAnyOrderElementsOf(ScoringTable.ASPECTS);
    }

    @Test
    void onTheDayBeforeItIsNotKnownAndMissingItself() {
        Decision decision = decide(RATINGS, DAY.minusDays(1));

        assertThat(decision.outcome()).isEqualTo("INSUFFICIENT_FACTS");
        assertThat(decision.missing()).containsExactly("impactLevel");
        assertThat(because(decision)).isEqualTo(Map.of("impactLevel", Value.UNKNOWN));
        assertThat(decide(Map.of(), DAY.minusDays(1)).missing()).containsExactly("impactLevel");
    }

    @Test
    void whatIsStatedHoldsOnAnyDay() {
        for (LocalDate day : new LocalDate[] {DAY.minusDays(1), DAY}) {
            Decision decision = decide(Map.of("impactLevel", "LOW"), day);
            assertThat(decision.outcome()).isEqualTo("LOW_IMPACT");
            assertThat(because(decision)).isEqualTo(Map.of("impactLevel", Value.of("LOW")));
        }
    }

    private static Map<String, Value> because(Decision decision) {
        return decision.findings().stream().findFirst().map(Finding::because).orElseThrow();
    }

    /** By both engines, which agree. */
    private static Decision decide(Map<String, Object> stated, LocalDate asOf) {
        FactReader.Result read = FactReader.read(PLAN, stated);
        assertThat(read.problems()).isEmpty();
        Reasoning reasoning = Interpreter.reason(PLAN, read.facts(), asOf);
        try (var compiled = new DroolsCompiler().compile(Map.of(ScoringTable.DECISION, PLAN))) {
            assertThat(compiled.reason(ScoringTable.DECISION, read.facts(), asOf))
                    .isEqualTo(reasoning);
        }
        return Answers.answer(PLAN, new SourceMap(Map.of()), read.facts(), asOf, reasoning);
    }
}
