package ismap.drools;

import static org.assertj.core.api.Assertions.assertThat;

import ismap.rulebook.EvaluationFailure;
import ismap.rulebook.Facts;
import ismap.rulebook.Interpreter;
import ismap.rulebook.Plan;
import ismap.rulebook.Reasoning;
import ismap.rulebook.RuleCompiler.CompiledRules;
import java.time.LocalDate;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Both engines say the same of random cases of random rulebooks, or both refuse. */
class DroolsAgreesWithTheInterpreterTest {

    private static final int CASES = 200;

    private int compared;
    private int answered;

    @Test
    @Tag("core")
    void onAFewRulebooksThatUseEverything() {
        compare(1, 8);
        assertThat(answered).isGreaterThan(compared / 2);
    }

    @Test
    @Tag("slow")
    void onTenThousandCasesAndMore() {
        compare(100, 60);
        assertThat(compared).isGreaterThanOrEqualTo(10_000);
        assertThat(answered).isGreaterThan(compared / 2);
    }

    private void compare(long firstSeed, int rulebooks) {
        for (long seed = firstSeed; seed < firstSeed + rulebooks; seed++) {
            var random = new RandomRulebooks(seed);
            Plan plan = random.plan();
            try (CompiledRules rules = new DroolsCompiler().compile(Map.of(RandomRulebooks.DECISION, plan))) {
                for (int i = 0; i < CASES; i++) {
                    Facts facts = random.facts();
                    LocalDate asOf = random.asOf();
                    Object expected = answer(() -> Interpreter.reason(plan, facts, asOf));
                    Object found = answer(() -> rules.reason(RandomRulebooks.DECISION, facts, asOf));
                    compared++;
                    answered += expected instanceof Reasoning ? 1 : 0;
                    if (!found.equals(expected)) {
                        throw new AssertionError("seed %d, case %d, as of %s, %s\n%s\nexpected %s\nfound    %s\n%s"
                                .formatted(
                                        seed,
                                        i,
                                        asOf,
                                        facts,
                                        expected instanceof Reasoning mine && found instanceof Reasoning theirs
                                                ? mine.difference(theirs)
                                                : "",
                                        expected,
                                        found,
                                        DroolsCompiler.printed(plan)));
                    }
                }
            }
        }
    }

    private interface Question {
        Reasoning ask();
    }

    /** The reasoning, or that there is none. */
    private static Object answer(Question question) {
        try {
            return question.ask();
        } catch (EvaluationFailure failure) {
            return failure.getCause() == null ? "failure" : failure;
        }
    }
}
