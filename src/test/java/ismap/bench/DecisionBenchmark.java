package ismap.bench;

import ismap.decision.Decision;
import ismap.decision.Value;
import ismap.drools.DrlDerivationReader;
import ismap.drools.DroolsCompiler;
import ismap.publication.RulebookFolder;
import ismap.rulebook.Answers;
import ismap.rulebook.Condition;
import ismap.rulebook.FactReader;
import ismap.rulebook.Facts;
import ismap.rulebook.Interpreter;
import ismap.rulebook.LoadedRulebook;
import ismap.rulebook.Plan;
import ismap.rulebook.Reasoning;
import ismap.rulebook.RuleCompiler.CompiledRules;
import ismap.xlsx.WorkbookRulebookReader;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * One decision of the shipped rulebook: the two engines, the answer, and as a floor a plain loop over the same rows with every
 * derived fact given. All in one run, so that the ratios hold whatever the machine.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class DecisionBenchmark {

    private static final LocalDate AS_OF = LocalDate.of(2024, 9, 1);

    @Param({"service-validity", "liu-qualification", "conflict-of-interest", "assessment-scope"})
    public String decision = "";

    private Map<String, Plan> plans = Map.of();
    private Cases cases = new Cases(Map.of());

    private record Cases(Map<String, OneCase> byDecision) {}

    /** @param values every name that the rows test, as the interpreter found it */
    private record OneCase(Plan plan, Facts facts, Reasoning reasoning, Map<String, Value> values) {}

    private CompiledRules compiled = new DroolsCompiler().compile(Map.of());
    private LoadedRulebook loaded = new WorkbookRulebookReader(new DrlDerivationReader())
            .read(RulebookFolder.read(Path.of(".")).files());

    @Setup
    public void prepare() {
        plans = new LinkedHashMap<>();
        loaded.rulebook()
                .orElseThrow()
                .decisions()
                .forEach((name, definition) ->
                        plans.put(name, Plan.of(loaded.rulebook().orElseThrow(), definition)));
        compiled.close();
        compiled = new DroolsCompiler().compile(plans);
        var prepared = new HashMap<String, OneCase>();
        FACTS.forEach(
                (name, raw) -> prepared.put(name, oneCase(java.util.Objects.requireNonNull(plans.get(name)), raw)));
        cases = new Cases(prepared);
    }

    @TearDown
    public void release() {
        compiled.close();
    }

    private static OneCase oneCase(Plan plan, Map<String, ?> raw) {
        FactReader.Result read = FactReader.read(plan, raw);
        if (!read.problems().isEmpty()) {
            throw new IllegalStateException(read.problems().toString());
        }
        Reasoning reasoning = Interpreter.reason(plan, read.facts(), AS_OF);
        var values = new HashMap<String, Value>(read.facts().values());
        values.putAll(reasoning.derived());
        reasoning
                .decided()
                .forEach((rule, decided) ->
                        values.put(rule, Value.of(decided.status().name())));
        values.put("asOf", Value.of(AS_OF));
        return new OneCase(plan, read.facts(), reasoning, values);
    }

    private OneCase current() {
        return java.util.Objects.requireNonNull(cases.byDecision().get(decision));
    }

    /** The floor: every row of every rule, its tests on given values. */
    @Benchmark
    public int plainLoop() {
        OneCase one = current();
        int matching = 0;
        for (var rule : one.plan().decision().rules()) {
            for (Plan.Segment segment : one.plan().rule(rule.id()).segments()) {
                boolean matches = true;
                for (Condition condition : segment.conditions()) {
                    Value value = one.values().getOrDefault(condition.fact(), Value.UNKNOWN);
                    if (!condition.test().matches(value)) {
                        matches = false;
                        break;
                    }
                }
                matching += matches ? 1 : 0;
            }
        }
        return matching;
    }

    @Benchmark
    public Reasoning interpreter() {
        return Interpreter.reason(current().plan(), current().facts(), AS_OF);
    }

    @Benchmark
    public Reasoning drools() {
        return compiled.reason(decision, current().facts(), AS_OF);
    }

    /** What the service does: both engines, compared, and the answer. */
    @Benchmark
    public Decision decided() {
        OneCase one = current();
        Reasoning reasoning = compiled.reason(decision, one.facts(), AS_OF);
        if (!reasoning.equals(Interpreter.reason(one.plan(), one.facts(), AS_OF))) {
            throw new IllegalStateException("the engines disagree");
        }
        return Answers.answer(one.plan(), loaded.sources(), one.facts(), AS_OF, reasoning);
    }

    private static final Map<String, Map<String, ?>> FACTS = Map.of(
            "service-validity",
            Map.of(
                    "registrationDecision", "APPROVED",
                    "registrationDecidedOn", "2023-04-01",
                    "assessmentPeriodEnd", "2023-03-31",
                    "renewalFiledAt", "2024-07-31",
                    "suspensions", List.of(Map.of("from", "2023-10-01", "to", "2023-10-31"))),
            "liu-qualification",
            Map.of(
                    "scheme", "ISMAP_LIU",
                    "applicationFiledAt", "2024-09-01",
                    "serviceModel", "SAAS",
                    "confidentialityClasses", List.of(java.math.BigDecimal.valueOf(2)),
                    "businessOnTargetList", true,
                    "impactLevel", "LOW",
                    "impactAssessedBy", "PROCURING_MINISTRY",
                    "preApplicationFiled", true,
                    "internalAuditReportAttached", true),
            "conflict-of-interest",
            Map.of(
                    "roles",
                    List.of("COMMITTEE_MEMBER"),
                    "receivedProfit",
                    false,
                    "profitCouldAffectResult",
                    "NO",
                    "consulting",
                    List.of(
                            Map.of("client", "A", "from", "2024-01-01", "to", "2024-02-01"),
                            Map.of("client", "B", "from", "2024-03-01")),
                    "applicants",
                    List.of(
                            Map.of("name", "A", "appliedOn", "2024-05-01"),
                            Map.of("name", "C", "appliedOn", "2024-05-01")),
                    "informationIsConfidential",
                    false,
                    "openToUnauthorisedAccess",
                    false),
            "assessment-scope",
            Map.ofEntries(
                    Map.entry("scheme", "ISMAP"),
                    Map.entry("applicationKind", "RENEWAL"),
                    Map.entry("applicationFiledAt", "2024-09-01"),
                    Map.entry("assessmentReportDate", "2024-07-31"),
                    Map.entry("assessmentParts", List.of("DESIGN", "OPERATIONAL")),
                    Map.entry("assessmentPeriodStart", "2023-05-01"),
                    Map.entry("assessmentPeriodEnd", "2024-04-30"),
                    Map.entry("previousAssessmentPeriodEnd", "2023-04-30"),
                    Map.entry("specialMeasureUsedBefore", false),
                    Map.entry("ismsStandard", "JIS_Q_27001")));
}
