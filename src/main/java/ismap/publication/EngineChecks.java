package ismap.publication;

import ismap.decision.Bilingual;
import ismap.decision.Place;
import ismap.decision.Problem;
import ismap.regression.Coverage;
import ismap.regression.Mismatch;
import ismap.regression.Scenario;
import ismap.regression.ScenarioResult;
import ismap.regression.ScenarioRunner;
import ismap.rulebook.Plan;
import ismap.rulebook.Plan.Definition;
import ismap.rulebook.RuleCompiler;
import ismap.rulebook.RuleCompiler.CompiledRules;
import ismap.rulebook.Table;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What every draft is checked for: that its tables have one answer everywhere, that it compiles, that its scenarios hold in both engines. */
public final class EngineChecks {

    private EngineChecks() {}

    public static List<Check> of(RuleCompiler compiler) {
        return List.of(new Proofs(), new Scenarios(compiler));
    }

    /**
     * Which tables were proved to have an answer, and one, for everything that can be known of their columns. That one has not is an error of
     * the rulebook; that it was not settled is one here: what is not proved does not pass in silence.
     */
    private static final class Proofs implements Check {

        @Override
        public String name() {
            return "proofs";
        }

        @Override
        public Result run(Subject subject, Progress progress) {
            var tables = new TreeMap<String, Table>();
            subject.checked()
                    .plans()
                    .values()
                    .forEach(plan -> plan.definitions().values().stream()
                            .filter(Definition.ByTable.class::isInstance)
                            .map(definition ->
                                    ((Definition.ByTable) definition).table().table())
                            .forEach(table -> tables.putIfAbsent(table.id(), table)));
            long collecting = tables.values().stream()
                    .filter(table -> table.hitPolicy() == Table.HitPolicy.COLLECT)
                    .count();
            List<Problem> unproved = subject.checked().problems().stream()
                    .filter(problem -> problem.code().equals("TABLE_NOT_CHECKED"))
                    .map(Proofs::asError)
                    .toList();
            int proved = tables.size() - (int) collecting - unproved.size();
            progress.at(proved, tables.size() - collecting);
            var details = new LinkedHashMap<String, @Nullable Object>();
            details.put("tables", tables.size());
            details.put("proved", proved);
            details.put("notProved", unproved.size());
            details.put("collecting", collecting);
            return new Result(unproved, details);
        }

        private static Problem asError(Problem problem) {
            return new Problem(
                    problem.code(),
                    Problem.Severity.ERROR,
                    problem.places(),
                    problem.message(),
                    problem.advice(),
                    problem.value(),
                    problem.expected());
        }
    }

    /** That the engine takes what is printed for it; scenarios in both engines, and what they reach. */
    private record Scenarios(RuleCompiler compiler) implements Check {

        @Override
        public String name() {
            return "scenarios";
        }

        @Override
        public Result run(Subject subject, Progress progress) {
            CheckedRulebook checked = subject.checked();
            long total =
                    checked.scenarios().values().stream().mapToLong(List::size).sum();
            var problems = new ArrayList<Problem>();
            var coverage = new LinkedHashMap<String, @Nullable Object>();
            var failed = new TreeSet<String>();
            long done = 0;
            progress.at(done, total);
            try (CompiledRules rules = compiler.compile(checked.plans())) {
                for (Map.Entry<String, Plan> entry : checked.plans().entrySet()) {
                    Plan plan = entry.getValue();
                    var runner = new ScenarioRunner(plan, checked.sources(), rules);
                    var results = new ArrayList<ScenarioResult>();
                    for (Scenario scenario : checked.scenarios().getOrDefault(entry.getKey(), List.of())) {
                        ScenarioResult result = runner.run(scenario);
                        results.add(result);
                        result.mismatches().forEach(mismatch -> problems.add(fails(scenario, mismatch)));
                        if (!result.holds()) {
                            failed.add(entry.getKey() + " " + scenario.id());
                        }
                        progress.at(++done, total);
                    }
                    coverage.put(entry.getKey(), form(Coverage.of(plan, results)));
                }
            } catch (IllegalStateException notCompiled) {
                return new Result(
                        List.of(notCompiled(String.valueOf(notCompiled.getMessage()))),
                        Map.of("scenarios", total, "compiled", false));
            }
            var details = new LinkedHashMap<String, @Nullable Object>();
            details.put("scenarios", total);
            details.put("failed", failed.size());
            details.put("compiled", true);
            details.put("coverage", coverage);
            return new Result(problems, details);
        }

        private static Problem notCompiled(String message) {
            return Problem.error(
                            "RULES_NOT_COMPILED",
                            new Place.Pointer(""),
                            new Bilingual("規則をコンパイルできません。", "The rules do not compile."),
                            new Bilingual(
                                    "サービスの不具合と考えられます。運営者にお知らせください。",
                                    "This is most likely a fault of the service. Please tell its operator."))
                    .value(message);
        }

        private static Problem fails(Scenario scenario, Mismatch mismatch) {
            return Problem.error(
                            "SCENARIO_FAILS",
                            mismatch.place(),
                            new Bilingual(
                                    "シナリオ「%s」: %s"
                                            .formatted(
                                                    scenario.title(),
                                                    mismatch.message().ja()),
                                    "Scenario \"%s\": %s"
                                            .formatted(
                                                    scenario.id(),
                                                    mismatch.message().en())),
                            new Bilingual(
                                    "規則とシナリオのどちらが条項のとおりかを確かめ、違う方を直してください。",
                                    "See which of the two says what the clause says, the rules or the scenario, and mend the other."))
                    .value(mismatch.actual())
                    .expected(mismatch.expected());
        }

        private static Map<String, @Nullable Object> form(Coverage coverage) {
            var form = new LinkedHashMap<String, @Nullable Object>();
            form.put("scenarios", coverage.scenarios());
            form.put("rules", coverage.rules());
            form.put("rulesFired", coverage.rulesFired());
            form.put("rows", coverage.rows());
            form.put("rowsFired", coverage.rowsFired());
            form.put("conditions", coverage.conditions());
            form.put("conditionsDecisive", coverage.conditionsDecisive());
            form.put("percent", coverage.percent());
            form.put("rulesNeverFired", coverage.rulesNeverFired());
            form.put("rowsNeverFired", coverage.neverFired());
            return form;
        }
    }
}
