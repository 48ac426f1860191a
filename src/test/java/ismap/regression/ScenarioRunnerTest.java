package ismap.regression;

import static ismap.TinyRulebook.at;
import static ismap.TinyRulebook.line;
import static org.assertj.core.api.Assertions.assertThat;

import ismap.TinyRulebook;
import ismap.decision.Status;
import ismap.rulebook.Facts;
import ismap.rulebook.Interpreter;
import ismap.rulebook.Plan;
import ismap.rulebook.Reasoning;
import ismap.rulebook.Reasoning.Decided;
import ismap.rulebook.RuleCompiler.CompiledRules;
import ismap.rulebook.SourceMap;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("core")
class ScenarioRunnerTest {

    private static final Plan PLAN = TinyRulebook.plan();

    private static List<ScenarioResult> run(CompiledRules rules, ScenarioText... lines) {
        ScenarioParser.Parsed parsed = ScenarioParser.parse(PLAN, Arrays.asList(lines));
        assertThat(parsed.problems()).isEmpty();
        ScenarioRunner runner = new ScenarioRunner(PLAN, new SourceMap(Map.of()), rules);
        return parsed.scenarios().stream().map(runner::run).toList();
    }

    private static CompiledRules rules() {
        return TinyRulebook.compiler().compile(Map.of(TinyRulebook.DECISION, PLAN));
    }

    @Test
    void aScenarioHoldsWhereTheAnswerIsWhatItExpects() {
        assertThat(run(
                        rules(),
                        line(
                                "T-001",
                                "kind",
                                "A",
                                "filedAt",
                                "2022-09-30T15:00:00Z",
                                "outcome",
                                "YES",
                                "findings",
                                "T-1: SATISFIED",
                                "values",
                                "filedBy: 2022-10-02",
                                "missing",
                                "なし")))
                .singleElement()
                .satisfies(result -> assertThat(result.mismatches()).isEmpty());
    }

    @Test
    void everyExpectationThatDoesNotHoldIsNamedWithItsCell() {
        ScenarioResult result = run(
                        rules(),
                        line(
                                "T-001",
                                "filedAt",
                                "2022-10-01",
                                "outcome",
                                "YES",
                                "findings",
                                "T-1: SATISFIED",
                                "values",
                                "filedBy: なし",
                                "missing",
                                "なし"))
                .get(0);

        assertThat(result.mismatches())
                .containsExactly(
                        new Mismatch(Mismatch.Kind.OUTCOME, "", "YES", "INSUFFICIENT_FACTS", at("C3")),
                        new Mismatch(Mismatch.Kind.FINDING, "T-1", "SATISFIED", "INSUFFICIENT_FACTS", at("D3")),
                        new Mismatch(Mismatch.Kind.VALUE, "filedBy", "なし (none)", "2022-10-02", at("E3")),
                        new Mismatch(Mismatch.Kind.MISSING, "", "[]", "[kind]", at("F3")));
    }

    @Test
    void aDisagreementOfTheEnginesFailsAScenarioWhateverItExpects() {
        CompiledRules wrong = new CompiledRules() {
            @Override
            public Reasoning reason(String decision, Facts facts, LocalDate asOf) {
                var decided =
                        new TreeMap<>(Interpreter.reason(PLAN, facts, asOf).decided());
                decided.put("T-1", new Decided(Status.WARNING, "T-1/3"));
                return new Reasoning(Interpreter.reason(PLAN, facts, asOf).derived(), decided);
            }

            @Override
            public void close() {}
        };

        assertThat(run(wrong, line("T-001", "kind", "A", "outcome", "YES"))
                        .get(0)
                        .mismatches())
                .extracting(Mismatch::kind)
                .containsExactly(Mismatch.Kind.ENGINES_DISAGREE);
    }

    @Test
    void coverageNamesTheRowsThatNeverMatch() {
        Coverage coverage = Coverage.of(
                PLAN,
                run(
                        rules(),
                        line("T-001", "kind", "A", "outcome", "YES"),
                        line("T-002", "kind", "A", "outcome", "YES")));

        assertThat(coverage.neverFired()).containsExactly("T-1/2", "T-1/3");
        assertThat(coverage.rulesFired()).isEqualTo(1);
    }
}
