package ismap.rulebook;

import static org.assertj.core.api.Assertions.assertThat;

import ismap.TinyRulebook;
import ismap.decision.Bilingual;
import ismap.decision.Citation;
import ismap.decision.Place;
import ismap.decision.Problem;
import ismap.decision.Status;
import ismap.decision.Value;
import ismap.rulebook.DecisionDefinition.Reading;
import ismap.rulebook.FactDefinition.Absence;
import ismap.rulebook.Table.HitPolicy;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A table that leaves something that can be known without an answer, or with two, is named before it is published. */
@Tag("core")
class TableGapsTest {

    private static final LocalDate DAY = LocalDate.of(2022, 4, 1);
    private static final Place TITLE = new Place.Cell("tiny.xlsx", "T-1", "B2");
    private static final Bilingual TEXT = new Bilingual("文", "text");

    @Test
    void aTableWithARowForEverythingHasNoProblem() {
        assertThat(RulebookChecker.check(TinyRulebook.rulebook(), NOWHERE)).isEmpty();
    }

    @Test
    void aCodeWithoutARowIsNamedWithTheClauseAtTheTitle() {
        Problem problem = only(
                check(Tiny.of(row(Status.SATISFIED, is("kind", "A")), row(Status.NOT_SATISFIED, is("kind", "B")))));

        assertThat(problem.code()).isEqualTo("TABLE_GAP");
        assertThat(problem.isError()).isTrue();
        assertThat(problem.places()).containsExactly(TITLE);
        assertThat(problem.message().en())
                .isEqualTo(
                        "No row of T-1 matches where \"text (kind)\" is C: the clause doc 1 is left without an answer there.");
        assertThat(problem.message().ja())
                .isEqualTo("表「T-1」には、「文（kind）」が C の場合にどの行も当てはまりません。そこでは条項「doc 1」に対する判定が得られません。");
        assertThat(problem.advice().en()).contains("Add a row");
    }

    @Test
    void aCombinationNamesOnlyTheColumnsThatMatter() {
        Problem problem = only(check(Tiny.of(
                row(Status.SATISFIED, is("kind", "A"), truth("isFree", true)),
                row(
                        Status.NOT_SATISFIED,
                        is("kind", "A"),
                        new Condition(
                                "isFree",
                                new UnaryTest.AnyOf(
                                        List.of(new UnaryTest.OneOf(List.of(Value.of(false))), UnaryTest.NONE)))),
                row(
                        Status.WARNING,
                        is("kind", "B"),
                        new Condition("filedAt", UnaryTest.Operator.LESS.test(Value.of(DAY)))),
                row(Status.WARNING, is("kind", "C")))));

        assertThat(problem.message().en()).contains("\"text (kind)\" is B and \"text (filedAt)\" is >= 2022-04-01:");
    }

    @Test
    void anAbsenceThatMeansNoneNeedsARowForNone() {
        Problem problem = only(check(Tiny.of(
                row(Status.SATISFIED, truth("isFree", true)), row(Status.NOT_SATISFIED, truth("isFree", false)))));

        assertThat(problem.message().en()).contains("\"text (isFree)\" is none:");
        assertThat(problem.message().ja()).contains("「文（isFree）」が なし の場合に");
    }

    @Test
    void aDayOnWhichNeitherBeforeNorAfterHoldsIsNamed() {
        Problem problem = only(check(Tiny.of(
                row(Status.SATISFIED, new Condition("filedAt", UnaryTest.Operator.LESS.test(Value.of(DAY)))),
                row(Status.NOT_SATISFIED, new Condition("filedAt", UnaryTest.Operator.GREATER.test(Value.of(DAY)))))));

        assertThat(problem.message().en()).contains("\"text (filedAt)\" is 2022-04-01:");
    }

    @Test
    void aDayBetweenTheDatesOfTwoRowsIsNamed() {
        Table.Row before = row(Status.SATISFIED);
        Table.Row after = row(Status.NOT_SATISFIED);
        Problem problem =
                only(check(Tiny.of(dated(before, Table.ALWAYS, DAY), dated(after, DAY.plusDays(1), Table.FOREVER))));

        assertThat(problem.message().en()).contains("\"applicable day (applicableDay)\" is 2022-04-01:");
    }

    @Test
    void aChangeOfAParameterThatLeavesADayOpenIsNamed() {
        var deadline = new Parameter(
                "deadline",
                List.of(),
                TEXT,
                List.of(
                        dated(Value.of(DAY), Table.ALWAYS, LocalDate.of(2025, 4, 1)),
                        dated(Value.of(DAY.plusYears(3)), LocalDate.of(2025, 4, 2), Table.FOREVER)));
        Tiny tiny = Tiny.of(
                row(
                        Status.SATISFIED,
                        new Condition("filedAt", new UnaryTest.Against(UnaryTest.Operator.AT_MOST, "deadline"))),
                row(
                        Status.NOT_SATISFIED,
                        new Condition("filedAt", new UnaryTest.Against(UnaryTest.Operator.GREATER, "deadline"))));

        Problem problem = only(check(tiny.with(deadline)));

        assertThat(problem.message().en()).contains("\"applicable day (applicableDay)\" is 2025-04-01:");
    }

    @Test
    void twoRowsOfAUniqueTableThatMatchTogetherAreNamed() {
        Problem problem = only(check(
                Tiny.of(row(Status.SATISFIED, is("kind", "A", "B")), row(Status.NOT_SATISFIED, is("kind", "B", "C")))));

        assertThat(problem.code()).isEqualTo("TABLE_DOUBLE_HIT");
        assertThat(problem.places()).startsWith(TITLE);
        assertThat(problem.message().en())
                .isEqualTo("The rows T-1/1 and T-1/2 of T-1 both match where \"text (kind)\" is B,"
                        + " and UNIQUE allows no such thing: the clause doc 1 is left without an answer there.");
        assertThat(problem.advice().en()).contains("FIRST");
    }

    @Test
    void rowsThatSayTheSameNeedAnotherHitPolicyAndNoOtherConditions() {
        Tiny tiny = Tiny.of(row(Status.SATISFIED, is("kind", "A", "B")), row(Status.SATISFIED, is("kind", "B", "C")));

        assertThat(only(check(tiny)).advice().en()).contains("ANY");
        assertThat(check(tiny.with(HitPolicy.ANY))).isEmpty();
        assertThat(check(tiny.with(HitPolicy.FIRST))).isEmpty();
    }

    @Test
    void rowsOfAnAnyTableThatDisagreeAreNamed() {
        Tiny tiny =
                Tiny.of(row(Status.SATISFIED, is("kind", "A", "B")), row(Status.NOT_SATISFIED, is("kind", "B", "C")));

        assertThat(only(check(tiny.with(HitPolicy.ANY))).code()).isEqualTo("TABLE_DOUBLE_HIT");
    }

    @Test
    void whatDerivedColumnsCannotBeAtOnceNeedsNoRow() {
        Tiny tiny = Tiny.of(
                        row(Status.SATISFIED, is("start", "BEFORE")),
                        row(Status.WARNING, is("start", "SAME", "AFTER"), is("end", "BEFORE", "SAME")),
                        row(Status.NOT_SATISFIED, is("end", "AFTER")))
                .with(compared("start", DAY))
                .with(compared("end", DAY.plusDays(30)));

        assertThat(check(tiny)).isEmpty();
        Problem reversed = only(check(tiny.with(compared("end", DAY.minusDays(30)))));
        assertThat(reversed.message().en())
                .startsWith(
                        "The rows T-1/1 and T-1/3 of T-1 both match where \"text (start)\" is BEFORE and \"text (end)\" is AFTER");
    }

    @Test
    void whatADecisionReadsAsUnknownNeedsNoRow() {
        Tiny tiny = Tiny.of(row(Status.SATISFIED, is("kind", "A")), row(Status.NOT_SATISFIED, is("kind", "B")))
                .with(new Reading("kind", new UnaryTest.OneOf(List.of(Value.of("C"))), List.of(), false, ""));

        assertThat(check(tiny)).isEmpty();
    }

    @Test
    void aFactThatHappensCanBeNoneAndNeedsARowForIt() {
        Tiny tiny = Tiny.of(
                row(Status.SATISFIED, is("kind", "A")),
                row(Status.NOT_SATISFIED, is("kind", "B")),
                row(Status.WARNING, is("kind", "C")));

        assertThat(only(check(tiny.happens("kind", "filedAt"))).message().en()).contains("\"text (kind)\" is none:");
    }

    @Test
    void aTableThatReadsARuleNeedsRowsOnlyForWhatThatRuleConcludes() {
        Table reader = table(
                "T-2",
                List.of(
                        row(Status.SATISFIED, is("T-1", "SATISFIED")),
                        row(Status.NOT_SATISFIED, is("T-1", "NOT_SATISFIED", "WARNING"))));
        Tiny tiny = Tiny.of(
                row(Status.SATISFIED, is("kind", "A")),
                row(Status.NOT_SATISFIED, is("kind", "B")),
                row(Status.WARNING, is("kind", "C")));

        assertThat(check(tiny.with(reader))).isEmpty();
        Table narrower = table(
                "T-2",
                List.of(
                        row(Status.SATISFIED, is("T-1", "SATISFIED")),
                        row(Status.NOT_SATISFIED, is("T-1", "NOT_SATISFIED"))));
        assertThat(only(check(tiny.with(narrower))).message().en()).contains("\"text (T-1)\" is WARNING:");
    }

    @Test
    void aTableWithTooManyCombinationsIsSaidNotToBeChecked() {
        var allNo = new ArrayList<Condition>();
        var rows = new ArrayList<Table.Row>();
        Tiny tiny = Tiny.of();
        for (int i = 0; i < 18; i++) {
            tiny = tiny.withTruth("question" + i);
            allNo.add(truth("question" + i, false));
            rows.add(row(Status.WARNING, truth("question" + i, true), is("kind", "A", "B")));
            rows.add(row(Status.WARNING, truth("question" + i, true), is("kind", "C")));
        }
        rows.add(0, row(Status.WARNING, allNo.toArray(Condition[]::new)));

        Problem problem = only(check(tiny.with(table("T-1", rows)).with(HitPolicy.ANY)));

        assertThat(problem.code()).isEqualTo("TABLE_NOT_CHECKED");
        assertThat(problem.isError()).isFalse();
        assertThat(problem.message().en()).contains("doc 1");
    }

    // ---- a rulebook of one table, or two

    private static final SourceMap NOWHERE = new SourceMap(Map.of());

    private static List<Problem> check(Tiny tiny) {
        return RulebookChecker.check(tiny.rulebook(), new SourceMap(Map.of("table:tiny:T-1", TITLE)));
    }

    private static Problem only(List<Problem> problems) {
        assertThat(problems).hasSize(1);
        return problems.get(0);
    }

    private static Condition is(String column, String... codes) {
        return new Condition(
                column,
                new UnaryTest.OneOf(
                        java.util.Arrays.stream(codes).map(Value::of).toList()));
    }

    private static Condition truth(String column, boolean truth) {
        return new Condition(column, new UnaryTest.OneOf(List.of(Value.of(truth))));
    }

    private static Derivation compared(String name, LocalDate day) {
        return new Derivation(
                name,
                new Expression.Call(
                        Function.COMPARE,
                        List.of(new Expression.Fact("filedAt"), new Expression.Literal(Value.of(day)))),
                Optional.empty(),
                Optional.empty(),
                TEXT,
                "");
    }

    private static Parameter.Dated dated(Value value, LocalDate from, LocalDate until) {
        return new Parameter.Dated(value, "", from, until, new Citation("doc", "1", ""), "");
    }

    private static Table.Row dated(Table.Row row, LocalDate from, LocalDate until) {
        return new Table.Row(
                row.id(),
                from,
                until,
                row.referenceDay(),
                row.conditions(),
                row.status(),
                row.conclusion(),
                row.citation(),
                row.message(),
                row.assumption(),
                row.note());
    }

    private static Table.Row row(Status status, Condition... conditions) {
        return new Table.Row(
                "",
                Table.ALWAYS,
                Table.FOREVER,
                Optional.empty(),
                List.of(conditions),
                Optional.of(status),
                Value.NONE,
                Optional.empty(),
                TEXT,
                Optional.empty(),
                "");
    }

    private static Table table(String id, List<Table.Row> rows) {
        return table(id, HitPolicy.UNIQUE, rows);
    }

    /** Its rows are numbered. */
    private static Table table(String id, HitPolicy policy, List<Table.Row> rows) {
        var numbered = new ArrayList<Table.Row>();
        for (Table.Row row : rows) {
            numbered.add(new Table.Row(
                    id + "/" + (numbered.size() + 1),
                    row.from(),
                    row.until(),
                    row.referenceDay(),
                    row.conditions(),
                    row.status(),
                    row.conclusion(),
                    row.citation(),
                    row.message(),
                    row.assumption(),
                    row.note()));
        }
        return new Table(
                id,
                true,
                TEXT,
                Optional.of(new Citation("doc", "1", "")),
                policy,
                Table.Aggregation.NONE,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Table.ALWAYS,
                Table.FOREVER,
                Optional.empty(),
                Optional.empty(),
                TEXT,
                TEXT,
                numbered.stream()
                        .flatMap(row -> row.conditions().stream())
                        .map(Condition::fact)
                        .distinct()
                        .toList(),
                numbered);
    }

    /** The tiny rulebook with another table T-1, and what else is added to it. */
    private record Tiny(Rulebook rulebook) {

        static Tiny of(Table.Row... rows) {
            Rulebook tiny = TinyRulebook.rulebook();
            ClauseRegister.Clause clause = tiny.clauses().clauses().get(0);
            var register = new ClauseRegister(
                    tiny.clauses().documents(),
                    List.of(new ClauseRegister.Clause(
                            clause.document(),
                            clause.clause(),
                            clause.title(),
                            clause.from(),
                            clause.until(),
                            clause.coverage(),
                            List.of("T-1", "T-2"),
                            clause.reason(),
                            clause.certainty(),
                            clause.source())));
            return new Tiny(new Rulebook(
                            tiny.formatVersion(),
                            tiny.vocabulary(),
                            register,
                            tiny.parameters(),
                            tiny.derivations(),
                            tiny.concluded(),
                            tiny.decisions()))
                    .with(table("T-2", List.of(row(Status.SATISFIED))))
                    .with(table("T-1", List.of(rows)));
        }

        Tiny with(HitPolicy policy) {
            Table table = decision().rule("T-1").orElseThrow();
            return with(table("T-1", policy, table.rows()));
        }

        Tiny with(Table table) {
            var rules = new ArrayList<>(decision().rules());
            rules.removeIf(rule -> rule.id().equals(table.id()));
            rules.add(table);
            return with(rules, decision().readings());
        }

        Tiny with(Reading reading) {
            return with(decision().rules(), List.of(reading));
        }

        Tiny with(Parameter parameter) {
            return new Tiny(new Rulebook(
                    rulebook.formatVersion(),
                    rulebook.vocabulary(),
                    rulebook.clauses(),
                    Map.of(parameter.name(), parameter),
                    rulebook.derivations(),
                    rulebook.concluded(),
                    rulebook.decisions()));
        }

        Tiny with(Derivation derivation) {
            var derivations = new LinkedHashMap<>(rulebook.derivations());
            derivations.put(derivation.fact(), derivation);
            return new Tiny(new Rulebook(
                    rulebook.formatVersion(),
                    rulebook.vocabulary(),
                    rulebook.clauses(),
                    rulebook.parameters(),
                    derivations,
                    rulebook.concluded(),
                    rulebook.decisions()));
        }

        Tiny withTruth(String name) {
            return with(fact(name, FactType.TRUTH, Optional.empty()));
        }

        Tiny happens(String name, String day) {
            FactType type = rulebook.vocabulary().fact(name).orElseThrow().type();
            return with(fact(name, type, Optional.of(day)));
        }

        private Tiny with(FactDefinition fact) {
            var facts = new LinkedHashMap<>(rulebook.vocabulary().facts());
            facts.put(fact.name(), fact);
            return new Tiny(new Rulebook(
                    rulebook.formatVersion(),
                    new Vocabulary(facts, Map.of(), Map.of()),
                    rulebook.clauses(),
                    rulebook.parameters(),
                    rulebook.derivations(),
                    rulebook.concluded(),
                    rulebook.decisions()));
        }

        private static FactDefinition fact(String name, FactType type, Optional<String> happensOn) {
            return new FactDefinition(
                    name,
                    type,
                    Absence.UNKNOWN,
                    FactDefinition.Kind.INPUT,
                    "",
                    "",
                    false,
                    happensOn,
                    List.of(),
                    TEXT,
                    TEXT,
                    TEXT,
                    List.of(TinyRulebook.DECISION));
        }

        private DecisionDefinition decision() {
            return rulebook.decisions().values().iterator().next();
        }

        private Tiny with(List<Table> rules, List<Reading> readings) {
            DecisionDefinition decision = decision();
            return new Tiny(new Rulebook(
                    rulebook.formatVersion(),
                    rulebook.vocabulary(),
                    rulebook.clauses(),
                    rulebook.parameters(),
                    rulebook.derivations(),
                    rulebook.concluded(),
                    Map.of(
                            decision.name(),
                            new DecisionDefinition(
                                    decision.name(),
                                    decision.title(),
                                    decision.question(),
                                    decision.governingFact(),
                                    rules,
                                    decision.outcomes(),
                                    decision.values(),
                                    readings,
                                    decision.notExamined(),
                                    decision.note()))));
        }
    }
}
