package ismap.drools;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import ismap.decision.Bilingual;
import ismap.decision.Status;
import ismap.decision.Value;
import ismap.rulebook.ClauseRegister;
import ismap.rulebook.Condition;
import ismap.rulebook.DecisionDefinition;
import ismap.rulebook.Derivation;
import ismap.rulebook.EvaluationFailure;
import ismap.rulebook.Expression;
import ismap.rulebook.FactDefinition;
import ismap.rulebook.FactType;
import ismap.rulebook.Facts;
import ismap.rulebook.Function;
import ismap.rulebook.Interpreter;
import ismap.rulebook.Plan;
import ismap.rulebook.Reasoning;
import ismap.rulebook.RuleCompiler.CompiledRules;
import ismap.rulebook.Rulebook;
import ismap.rulebook.Table;
import ismap.rulebook.UnaryTest;
import ismap.rulebook.Vocabulary;
import java.lang.management.ManagementFactory;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** How plans are compiled, asked and closed. */
@Tag("core")
class DroolsCompilerTest {

    private static final String DECISION = RandomRulebooks.DECISION;
    private static final Facts NOTHING_KNOWN = new Facts(Map.of());
    private static final LocalDate DAY = LocalDate.of(2022, 1, 1);

    @ParameterizedTest
    @MethodSource("mistakes")
    void aMistakeInPrintingIsNoticed(String mistake, UnaryOperator<UnaryTest> printing) {
        assertThat(isNoticed(printing)).as(mistake).isTrue();
    }

    static Stream<Arguments> mistakes() {
        return Stream.of(
                mistake(
                        "a bound is included where it should not be",
                        test -> test instanceof UnaryTest.Interval it
                                ? new UnaryTest.Interval(it.low(), !it.lowIncluded(), it.high(), !it.highIncluded())
                                : test),
                mistake(
                        "the upper bound is forgotten",
                        test -> test instanceof UnaryTest.Interval it && it.low() != null
                                ? new UnaryTest.Interval(it.low(), it.lowIncluded(), null, false)
                                : test),
                mistake(
                        "none is taken for unknown",
                        test -> test instanceof UnaryTest.IsNone ? UnaryTest.MISSING : test),
                mistake("a negation is forgotten", test -> test instanceof UnaryTest.Not not ? not.test() : test),
                mistake(
                        "the last code is forgotten",
                        test -> test instanceof UnaryTest.OneOf it
                                ? new UnaryTest.OneOf(
                                        it.constants().subList(0, it.constants().size() - 1))
                                : test));
    }

    private static Arguments mistake(String name, UnaryOperator<UnaryTest> printing) {
        return Arguments.of(name, printing);
    }

    private static boolean isNoticed(UnaryOperator<UnaryTest> printing) {
        for (long seed = 11; seed < 31; seed++) {
            var random = new RandomRulebooks(seed);
            Plan plan = random.plan();
            try (CompiledRules rules = new DroolsCompiler(printing).compile(Map.of(DECISION, plan))) {
                for (int i = 0; i < 200; i++) {
                    Facts facts = random.facts();
                    LocalDate asOf = random.asOf();
                    if (!asked(() -> rules.reason(DECISION, facts, asOf))
                            .equals(asked(() -> Interpreter.reason(plan, facts, asOf)))) {
                        return true;
                    }
                }
            }
        }
        return false;
    }

    private static Object asked(Supplier<Reasoning> question) {
        try {
            return question.get();
        } catch (EvaluationFailure failure) {
            return "failure";
        }
    }

    /** Two lines of a table and a derivation, as people read them in what Drools runs. */
    @Test
    void rowsAndDerivationsReadAsRules() {
        var kind = new FactDefinition(
                "kind",
                new FactType.Code(List.of("NEW", "特定")),
                FactDefinition.Absence.UNKNOWN,
                FactDefinition.Kind.INPUT,
                "",
                "",
                false,
                Optional.empty(),
                List.of(),
                Bilingual.EMPTY,
                Bilingual.EMPTY,
                Bilingual.EMPTY,
                List.of());
        var guide = new Derivation(
                "guide",
                new Expression.Call(
                        Function.PLUS_DAYS, List.of(new Expression.Fact("asOf"), new Expression.Literal(Value.of(30)))),
                Optional.empty(),
                Optional.empty(),
                Bilingual.EMPTY,
                "");
        Table table = new Table(
                "BR-1",
                true,
                Bilingual.EMPTY,
                Optional.empty(),
                Table.HitPolicy.UNIQUE,
                Table.Aggregation.NONE,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Table.ALWAYS,
                Table.FOREVER,
                Optional.empty(),
                Optional.empty(),
                Bilingual.EMPTY,
                Bilingual.EMPTY,
                List.of("kind", "guide"),
                List.of(
                        row("BR-1/1", UnaryTest.Operator.EQUAL.test(Value.of("NEW")), UnaryTest.ANY),
                        row(
                                "BR-1/2",
                                new UnaryTest.AnyOf(
                                        List.of(UnaryTest.NONE, UnaryTest.Operator.EQUAL.test(Value.of("特定")))),
                                UnaryTest.Operator.AT_LEAST.test(Value.of(LocalDate.of(2021, 6, 4))))));
        DecisionDefinition decision = new DecisionDefinition(
                "small",
                Bilingual.EMPTY,
                Bilingual.EMPTY,
                Optional.empty(),
                List.of(table),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                "");
        Plan plan = Plan.of(
                new Rulebook(
                        1,
                        new Vocabulary(Map.of("kind", kind), Map.of(), Map.of()),
                        new ClauseRegister(Map.of(), List.of()),
                        Map.of(),
                        Map.of("guide", guide),
                        Map.of(),
                        Map.of("small", decision)),
                decision);

        assertThat(DroolsCompiler.printed(plan)).endsWith("""
                rule "derive guide #1"
                when
                    Layer0()
                then
                    out.derive("guide", Functions.plusDays(out.value("asOf"), Functions.number("30")));
                end

                rule "BR-1/1 #1"
                when
                    Layer1( kind == "NEW" )
                then
                    out.match("BR-1/1");
                end

                rule "BR-1/2 #1"
                when
                    Layer1( kind_is == "none" || kind == "text-1", guide_is == "known", guide >= 20210604L )
                then
                    out.match("BR-1/2");
                end
                """);
    }

    private static Table.Row row(String id, UnaryTest kind, UnaryTest guide) {
        return new Table.Row(
                id,
                Table.ALWAYS,
                Table.FOREVER,
                Optional.empty(),
                List.of(new Condition("kind", kind), new Condition("guide", guide)),
                Optional.of(Status.SATISFIED),
                Value.NONE,
                Optional.empty(),
                Bilingual.EMPTY,
                Optional.empty(),
                "");
    }

    @Test
    void manyThreadsAskAtOnce() throws Exception {
        var random = new RandomRulebooks(2);
        Plan plan = random.plan();
        var threads = Executors.newFixedThreadPool(8);
        try (CompiledRules rules = new DroolsCompiler().compile(Map.of(DECISION, plan))) {
            var answers = new ArrayList<Future<Boolean>>();
            for (int i = 0; i < 2_000; i++) {
                Facts facts = random.facts();
                LocalDate asOf = random.asOf();
                answers.add(threads.submit((Callable<Boolean>) () -> asked(() -> rules.reason(DECISION, facts, asOf))
                        .equals(asked(() -> Interpreter.reason(plan, facts, asOf)))));
            }
            for (Future<Boolean> answer : answers) {
                assertThat(answer.get()).isTrue();
            }
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void twoCompilationsOfOneRulebookDoNotDisturbEachOther() {
        Plan plan = new RandomRulebooks(3).plan();
        CompiledRules one = new DroolsCompiler().compile(Map.of(DECISION, plan));
        try (CompiledRules other = new DroolsCompiler().compile(Map.of(DECISION, plan))) {
            one.close();
            one.close();

            assertThat(asked(() -> other.reason(DECISION, NOTHING_KNOWN, DAY)))
                    .isEqualTo(asked(() -> Interpreter.reason(plan, NOTHING_KNOWN, DAY)));
            assertThatIllegalStateException().isThrownBy(() -> one.reason(DECISION, NOTHING_KNOWN, DAY));
        }
    }

    @Test
    void severalDecisionsAreCompiledTogetherEvenIfTheirNamesLookAlike() {
        Plan one = new RandomRulebooks(4).plan();
        Plan other = new RandomRulebooks(5).plan();
        try (CompiledRules rules = new DroolsCompiler().compile(Map.of("a-b", one, "a_b", other))) {
            assertThat(asked(() -> rules.reason("a-b", NOTHING_KNOWN, DAY)))
                    .isEqualTo(asked(() -> Interpreter.reason(one, NOTHING_KNOWN, DAY)));
            assertThat(asked(() -> rules.reason("a_b", NOTHING_KNOWN, DAY)))
                    .isEqualTo(asked(() -> Interpreter.reason(other, NOTHING_KNOWN, DAY)));
            assertThatIllegalArgumentException().isThrownBy(() -> rules.reason("c", NOTHING_KNOWN, DAY));
        }
    }

    @Test
    void everyFunctionOfDerivationsCanBeCalledByPrintedRules() {
        assertThat(Arrays.stream(Functions.class.getMethods()).map(java.lang.reflect.Method::getName))
                .containsAll(
                        Arrays.stream(Function.values()).map(Function::text).toList());
        assertThat(Functions.not(Functions.YES)).isEqualTo(Value.of(false));
    }

    @Test
    void nothingThatAnAuthorTypedStandsInWhatIsPrinted() {
        String harmless = "[A-Za-z0-9 _./#:;,()\\[\\]{}=<>!&|$@\"\\n'-]*";
        for (long seed = 20; seed < 40; seed++) {
            String drl = DroolsCompiler.printed(new RandomRulebooks(seed).plan());
            assertThat(drl).matches(Pattern.compile(harmless)).doesNotContain("System");
            assertThat(Pattern.compile("\"([^\"\n]*)\"").matcher(drl).results().map(text -> text.group(1)))
                    .allMatch(text -> text.matches("[A-Za-z0-9 _./#-]*"));
        }
    }

    /** Slow because it compiles a hundred rulebooks; each is also asked often enough to be compiled to machine code by Drools. */
    @Test
    @Tag("slow")
    void whatIsClosedIsForgotten() {
        var random = new RandomRulebooks(1);
        Plan plan = random.plan();
        List<Facts> cases = Stream.generate(random::facts).limit(50).toList();
        int before = 0;
        long metaspace = 0;
        long heap = 0;
        for (int cycle = 1; cycle <= 100; cycle++) {
            try (CompiledRules rules = new DroolsCompiler().compile(Map.of(DECISION, plan))) {
                cases.forEach(facts -> asked(() -> rules.reason(DECISION, facts, DAY)));
            }
            if (cycle == 30) {
                before = loadedClasses();
                metaspace = metaspace();
                heap = heap();
            }
        }
        assertThat(loadedClasses()).isLessThan(before + 500);
        assertThat(metaspace()).isLessThan(metaspace + 8_000_000);
        assertThat(heap()).isLessThan(heap + 8_000_000);
    }

    private static int loadedClasses() {
        System.gc();
        return ManagementFactory.getClassLoadingMXBean().getLoadedClassCount();
    }

    private static long heap() {
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    private static long metaspace() {
        return ManagementFactory.getMemoryPoolMXBeans().stream()
                .filter(pool -> pool.getName().equals("Metaspace"))
                .mapToLong(pool -> pool.getUsage().getUsed())
                .sum();
    }
}
