package ismap.rulebook;

import static org.assertj.core.api.Assertions.assertThat;

import ismap.Shipped;
import ismap.decision.Value;
import ismap.drools.DroolsCompiler;
import ismap.rulebook.RandomCases.Drawn;
import ismap.rulebook.RuleCompiler.CompiledRules;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Two engines that share nothing but the plan find the same, on cases bent at every boundary. */
@Tag("core")
class EnginesAgreeTest {

    private static final int CASES = 2_000;
    private static final int MANY_CASES = 10_000;

    /** It looks at hundreds of controls a case, and has no other fact. */
    private static final String HEAVY = "statement-completeness";

    static List<String> decisions() {
        return Shipped.decisions();
    }

    @ParameterizedTest
    @MethodSource("decisions")
    void bothEnginesFindTheSameOnThousandsOfCases(String decision) {
        agree(decision, CASES, 20_200_603);
    }

    @Tag("slow")
    @ParameterizedTest
    @MethodSource("decisions")
    void bothEnginesFindTheSameOnTenThousandCases(String decision) {
        agree(decision, MANY_CASES, 20_200_604);
    }

    private static void agree(String decision, int number, long seed) {
        Plan plan = Shipped.plan(decision);
        RandomCases cases = new RandomCases(plan, Shipped.scenarios(decision), seed);

        for (int i = 0; i < atMost(number, decision); i++) {
            Drawn drawn = cases.next();
            Facts facts = bent(plan, FactReader.read(plan, drawn.raw()).facts(), cases);
            Optional<String> difference = difference(plan, plan, Shipped.compiled(), facts, drawn.asOf());

            assertThat(difference)
                    .as("case %d: %s as of %s", i, facts, drawn.asOf())
                    .isEmpty();
        }
    }

    private static int atMost(int number, String decision) {
        return decision.equals(HEAVY) ? number / 20 : number;
    }

    /** A gap, or rows that contradict each other, would answer nobody. */
    @ParameterizedTest
    @MethodSource("decisions")
    void everyCaseThatACallerCanSendHasAnAnswer(String decision) {
        Plan plan = Shipped.plan(decision);
        RandomCases cases = new RandomCases(plan, Shipped.scenarios(decision), 20_221_101);
        var failures = new ArrayList<String>();

        for (int i = 0; i < atMost(MANY_CASES, decision) && failures.size() < 5; i++) {
            Drawn drawn = cases.next();
            try {
                Interpreter.reason(plan, FactReader.read(plan, drawn.raw()).facts(), drawn.asOf());
            } catch (EvaluationFailure failure) {
                failures.add(failure.getMessage() + ": " + drawn);
            }
        }

        assertThat(failures).isEmpty();
    }

    @Test
    void aWrongComparisonInOneEngineIsCaught() {
        String decision = "service-validity";
        Plan plan = Shipped.plan(decision);
        Plan wrong = Plan.of(plan.rulebook(), withOneTestLess(plan.decision()));
        RandomCases cases = new RandomCases(plan, Shipped.scenarios(decision), 20_250_401);
        int disagreements = 0;

        try (CompiledRules rules = new DroolsCompiler().compile(Map.of(decision, wrong))) {
            for (int i = 0; i < MANY_CASES && disagreements == 0; i++) {
                Drawn drawn = cases.next();
                Facts facts = FactReader.read(plan, drawn.raw()).facts();
                disagreements +=
                        difference(plan, wrong, rules, facts, drawn.asOf()).isPresent() ? 1 : 0;
            }
        }

        assertThat(disagreements).isPositive();
    }

    /** "On or before" becomes "before", in the first row that says so. */
    private static DecisionDefinition withOneTestLess(DecisionDefinition decision) {
        var rules = new ArrayList<Table>();
        boolean changed = false;
        for (Table table : decision.rules()) {
            var rows = new ArrayList<Table.Row>();
            for (Table.Row row : table.rows()) {
                var conditions = new ArrayList<Condition>();
                for (Condition condition : row.conditions()) {
                    List<Value> order = List.of(Value.of("BEFORE"), Value.of("SAME"));
                    boolean here = !changed
                            && condition.test() instanceof UnaryTest.OneOf oneOf
                            && oneOf.constants().equals(order);
                    conditions.add(
                            here
                                    ? new Condition(condition.fact(), new UnaryTest.OneOf(List.of(Value.of("BEFORE"))))
                                    : condition);
                    changed |= here;
                }
                rows.add(row.withConditions(conditions));
            }
            rules.add(table.withRows(rows));
        }
        assertThat(changed).as("a row with BEFORE, SAME").isTrue();
        return Altered.with(decision, rules);
    }

    /** Now and then a fact is none or unknown where no caller could make it so: the engines have to agree there too. */
    private static Facts bent(Plan plan, Facts facts, RandomCases cases) {
        Facts bent = facts;
        for (int i = cases.random().nextInt(8) - 5; i > 0; i--) {
            List<String> inputs = plan.inputs();
            bent = bent.with(
                    inputs.get(cases.random().nextInt(inputs.size())),
                    cases.random().nextBoolean() ? Value.NONE : Value.UNKNOWN);
        }
        return bent;
    }

    private static Optional<String> difference(
            Plan plan, Plan compiledFrom, CompiledRules rules, Facts facts, LocalDate asOf) {
        Optional<Reasoning> interpreted = reasoning(() -> Interpreter.reason(plan, facts, asOf));
        Optional<Reasoning> compiled =
                reasoning(() -> rules.reason(compiledFrom.decision().name(), facts, asOf));
        if (interpreted.isEmpty() || compiled.isEmpty()) {
            return interpreted.isEmpty() && compiled.isEmpty()
                    ? Optional.empty()
                    : Optional.of("only one of them fails: the "
                            + (interpreted.isEmpty() ? "interpreter" : "compiled rules"));
        }
        return interpreted.get().equals(compiled.get())
                ? Optional.empty()
                : Optional.of(interpreted.get().difference(compiled.get()));
    }

    private static Optional<Reasoning> reasoning(java.util.function.Supplier<Reasoning> engine) {
        try {
            return Optional.of(engine.get());
        } catch (EvaluationFailure failure) {
            return Optional.empty();
        }
    }
}
