package ismap.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import ismap.OtherMonths;
import ismap.Shipped;
import ismap.TinyRulebook;
import ismap.regression.Scenario;
import ismap.regression.ScenarioParser;
import ismap.rulebook.Rulebook;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("core")
class MutationScoreTest {

    private static final Rulebook TINY = TinyRulebook.rulebook();

    private static MutationScore.Result tiny(List<Scenario> scenarios) {
        return new MutationScore(TINY, OtherMonths.plans(TINY), Map.of(TinyRulebook.DECISION, scenarios))
                .run(Integer.MAX_VALUE, (done, total) -> {});
    }

    private static List<Scenario> scenarios(String... kindsAndStatuses) {
        return ScenarioParser.parse(
                        TinyRulebook.plan(),
                        java.util.stream.IntStream.range(0, kindsAndStatuses.length / 2)
                                .mapToObj(i -> TinyRulebook.line(
                                        "S-" + i,
                                        "kind",
                                        kindsAndStatuses[2 * i],
                                        "findings",
                                        "T-1: " + kindsAndStatuses[2 * i + 1]))
                                .toList())
                .scenarios();
    }

    @Test
    void withoutScenariosNoMistakeIsNoticedAndEachHasACaseThatWould() {
        MutationScore.Result score = tiny(List.of());

        assertThat(score.killed()).isZero();
        assertThat(score.percent()).isZero();
        assertThat(score.survivors())
                .hasSizeGreaterThan(8)
                .allSatisfy(survivor -> assertThat(survivor.example()).isPresent())
                .extracting(survivor -> survivor.mutant().id())
                .contains(
                        "T-1/2 ROW_DELETED",
                        "T-1/1 CODE_SWAPPED kind: A → B",
                        "T-1/1 CONDITION_DROPPED kind: A → -",
                        "T-1/3 RESULT_SWAPPED status: WARNING → SATISFIED");
    }

    @Test
    void aScenarioOfEachRowNoticesWhatIsDoneToIt() {
        MutationScore.Result some = tiny(scenarios("A", "SATISFIED"));
        MutationScore.Result all = tiny(scenarios("A", "SATISFIED", "B", "NOT_SATISFIED", "C", "WARNING"));

        assertThat(some.percent()).isBetween(1, 99);
        assertThat(all.percent()).isEqualTo(100);
        assertThat(all.survivors()).isEmpty();
        assertThat(all.killed() + all.equivalent().size())
                .isEqualTo(all.tried())
                .isEqualTo(all.possible());
    }

    @Test
    void aSampleOfTheShippedTablesIsTheSameEachTimeAndMostOfItIsNoticed() {
        var score = new MutationScore(
                Shipped.checked().rulebook().orElseThrow(),
                Shipped.checked().plans(),
                Shipped.checked().scenarios());

        MutationScore.Result result = score.run(40, (done, total) -> {});

        assertThat(result.tried()).isEqualTo(40);
        assertThat(result.possible()).isGreaterThan(2_000);
        assertThat(result.percent()).isGreaterThanOrEqualTo(80);
        assertThat(score.run(40, (done, total) -> {})).isEqualTo(result);
    }
}
