package ismap.rulebook;

import static org.assertj.core.api.Assertions.assertThat;

import ismap.ScoringTable;
import ismap.Shipped;
import ismap.decision.Decision;
import ismap.decision.Finding;
import ismap.decision.Value;
import ismap.drools.DroolsCompiler;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** An {@code either} fact that a table derives from a day on: before it, the fact is what callers state, as if the table were not there. */
@Tag("core")
class DerivedFromADayOnTest {

    private static final LocalDate DAY = LocalDate.of(2027, 4, 1);
    private static final Map<String, Object> RATINGS =
            Map.of("leakHarm", "LARGE", "errorHarm", "LARGE", "outageHarm", "SMALL", "reachOfHarm", "SMALL");
    private static final Rulebook ADDED =
            ScoringTable.addedTo(Shipped.checked().rulebook().orElseThrow(), DAY);
    private static final Plan PLAN = plan(ScoringTable.DECISION);
    private static final SourceMap NOWHERE = new SourceMap(Map.of());

    private static Plan plan(String decision) {
        return Plan.of(ADDED, Objects.requireNonNull(ADDED.decisions().get(decision)));
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

    /** Whatever is known or not, ratings included. */
    @ParameterizedTest
    @CsvSource({"liu-qualification, 100", "procurement, 100", "service-acceptance, 20"})
    void everyAnswerAboutTheDaysBeforeIsTheAnswerWithoutTheTable(String decision, int number) {
        Plan before = Shipped.plan(decision);
        Plan after = plan(decision);
        var cases = new RandomCases(before, Shipped.scenarios(decision), 27);
        int asked = 0;
        int missing = 0;
        for (int i = 0; i < number; i++) {
            RandomCases.Drawn drawn = cases.next();
            var raw = new LinkedHashMap<String, Object>(drawn.raw());
            if (cases.random().nextInt(4) > 0) {
                raw.remove("impactLevel");
            }
            Decision was = decide(before, raw, drawn.asOf());
            if (cases.random().nextBoolean()) {
                raw.putAll(RATINGS);
            }
            if (was.applicableDay().isBefore(DAY)) {
                assertThat(decide(after, raw, drawn.asOf()))
                        .as("%s %s", drawn.asOf(), raw)
                        .isEqualTo(was);
                asked++;
                missing += was.missing().contains("impactLevel") ? 1 : 0;
            }
        }
        assertThat(asked).isGreaterThan(number / 2);
        assertThat(missing).as("cases that lack the level").isGreaterThan(0);
    }

    private static Decision decide(Plan plan, Map<String, Object> raw, LocalDate asOf) {
        Facts facts = FactReader.read(plan, raw).facts();
        return Answers.answer(plan, NOWHERE, facts, asOf, Interpreter.reason(plan, facts, asOf));
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
        return Answers.answer(PLAN, NOWHERE, read.facts(), asOf, reasoning);
    }
}
