package ismap.evaluation;

import ismap.decision.Bilingual;
import ismap.decision.Citation;
import ismap.decision.Decision;
import ismap.decision.Place;
import ismap.decision.Status;
import ismap.decision.Value;
import ismap.rulebook.ClauseRegister;
import ismap.rulebook.Condition;
import ismap.rulebook.DecisionDefinition;
import ismap.rulebook.DecisionDefinition.Call;
import ismap.rulebook.DecisionDefinition.Outcome;
import ismap.rulebook.Derivation;
import ismap.rulebook.Expression;
import ismap.rulebook.ExpressionReader;
import ismap.rulebook.FactDefinition;
import ismap.rulebook.FactDefinition.Absence;
import ismap.rulebook.FactDefinition.Kind;
import ismap.rulebook.FactType;
import ismap.rulebook.Facts;
import ismap.rulebook.Interpreter;
import ismap.rulebook.Plan;
import ismap.rulebook.Reasoning;
import ismap.rulebook.RuleCompiler;
import ismap.rulebook.Rulebook;
import ismap.rulebook.SourceMap;
import ismap.rulebook.Table;
import ismap.rulebook.UnaryTest;
import ismap.rulebook.Vocabulary;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** A rulebook of one decision, {@code small}, with a fact of every type. */
public final class SmallRulebook {

    public static final Instant PUBLISHED_AT = Instant.parse("2026-04-01T00:00:00Z");
    public static final String REVISION = "small-1";

    private static final Citation CLAUSE = new Citation("basic-regulations", "3.5", "2021-12-20");

    private SmallRulebook() {}

    /** In force, decided by the interpreter on both sides. */
    public static ActiveRulebook active() {
        return active(new InterpretingCompiler());
    }

    public static ActiveRulebook active(RuleCompiler compiler) {
        return ActiveRulebook.compile(
                REVISION, "sha256:" + "0".repeat(64), PUBLISHED_AT, rulebook(), sources(), compiler);
    }

    private static SourceMap sources() {
        return new SourceMap(Map.of(
                "table:small:R-1", new Place.Cell("small.xlsx", "R-1", "A1"),
                "fact:approved", new Place.Cell("vocabulary.xlsx", "Facts", "A5")));
    }

    public static Rulebook rulebook() {
        var facts = new LinkedHashMap<String, FactDefinition>();
        for (FactDefinition fact : List.of(
                fact("scheme", "enum", "ISMAP|ISMAP_LIU", Kind.INPUT),
                fact("filedAt", "moment", "", Kind.INPUT),
                fact("approved", "boolean", "", Kind.INPUT),
                fact("points", "integer", "1|2|3", Kind.INPUT),
                fact("title", "string", "", Kind.INPUT),
                fact("windows", "list<Window>", "name:string|from:date|to:date?", Kind.INPUT),
                fact("parts", "list<enum>", "DESIGN|OPERATIONAL", Kind.INPUT),
                fact("expiresOn", "date", "", Kind.EITHER),
                fact("covered", "boolean", "", Kind.DERIVED),
                fact("unused", "integer", "", Kind.INPUT))) {
            facts.put(fact.name(), fact);
        }
        var derivations = new LinkedHashMap<String, Derivation>();
        derive(derivations, "expiresOn", "plusDays(filedAt, 10)");
        derive(derivations, "covered", "contains(periods(windows), asOf)");
        derive(derivations, "onePointMore", "sum(points, 1)");
        derive(derivations, "shownParts", "orElse(parts, parts)");
        return new Rulebook(
                Rulebook.FORMAT_VERSION,
                new Vocabulary(facts, Map.of("scheme", Map.of("ISMAP", text("ISMAP"))), Map.of()),
                new ClauseRegister(Map.of(), List.of()),
                Map.of(),
                derivations,
                Map.of(),
                Map.of("small", decision()));
    }

    private static DecisionDefinition decision() {
        List<DecisionDefinition.Shown> values = List.of(
                new DecisionDefinition.Shown("expiresOn", "expiresOn", text("満了日")),
                new DecisionDefinition.Shown("onePointMore", "onePointMore", text("点数")),
                new DecisionDefinition.Shown("shownParts", "shownParts", text("範囲")));
        return new DecisionDefinition(
                "small",
                new Bilingual("小さな判定", "A small decision"),
                new Bilingual("適合しますか。", "Does it qualify?"),
                Optional.of("filedAt"),
                List.of(
                        table(
                                "R-1",
                                row("R-1/1", Status.SATISFIED, is("scheme", Value.of("ISMAP"))),
                                row("R-1/2", Status.NOT_SATISFIED, is("scheme", Value.of("ISMAP_LIU")))),
                        table(
                                "R-2",
                                row("R-2/1", Status.SATISFIED, is("approved", Value.of(true))),
                                row("R-2/2", Status.NOT_SATISFIED, is("approved", Value.of(false)))),
                        table(
                                "R-3",
                                row("R-3/1", Status.ALLOWED, is("covered", Value.of(true))),
                                row("R-3/2", Status.NOT_APPLICABLE, is("covered", Value.of(false)))),
                        table("R-4", row("R-4/1", Status.NOT_APPLICABLE, new Condition("title", UnaryTest.ANY)))),
                List.of(
                        new Outcome("NO", List.of(new Call.ByAny(List.of(Status.NOT_SATISFIED))), text("否"), ""),
                        new Outcome(DecisionDefinition.INSUFFICIENT_FACTS, List.of(new Call.Missing()), text("不足"), ""),
                        new Outcome("YES", List.of(new Call.Otherwise()), text("可"), "")),
                values,
                List.of(),
                List.of(new DecisionDefinition.Unexamined("RA-0-1", text("審査事項"), "COMMITTEE", List.of())),
                "");
    }

    private static void derive(Map<String, Derivation> derivations, String fact, String expression) {
        try {
            Expression read = ExpressionReader.read(expression, Set.of());
            derivations.put(fact, new Derivation(fact, read, Optional.of(CLAUSE), Optional.empty(), text(fact), ""));
        } catch (ExpressionReader.Unreadable wrong) {
            throw new IllegalStateException(wrong);
        }
    }

    private static FactDefinition fact(String name, String type, String domain, Kind kind) {
        return new FactDefinition(
                name,
                FactType.parse(type, domain).orElseThrow(),
                type.startsWith("list") ? Absence.NONE : Absence.UNKNOWN,
                kind,
                "PROVIDER",
                "PROVIDER",
                name.equals("approved"),
                Optional.empty(),
                List.of(),
                text(name),
                Bilingual.EMPTY,
                Bilingual.EMPTY,
                List.of("small"));
    }

    private static Table table(String id, Table.Row... rows) {
        var columns = new ArrayList<String>();
        for (Table.Row row : rows) {
            row.conditions().stream()
                    .map(Condition::fact)
                    .filter(fact -> !columns.contains(fact))
                    .forEach(columns::add);
        }
        return new Table(
                id,
                true,
                text(id),
                Optional.of(CLAUSE),
                Table.HitPolicy.UNIQUE,
                Table.Aggregation.NONE,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Table.ALWAYS,
                Table.FOREVER,
                Optional.empty(),
                Optional.of("A-1"),
                text("期間外"),
                text("不足"),
                List.copyOf(columns),
                List.of(rows));
    }

    private static Table.Row row(String id, Status status, Condition condition) {
        return new Table.Row(
                id,
                Table.ALWAYS,
                Table.FOREVER,
                Optional.empty(),
                List.of(condition),
                Optional.of(status),
                Value.NONE,
                Optional.empty(),
                new Bilingual("{" + condition.fact() + "} です。", "It is {" + condition.fact() + "}."),
                Optional.empty(),
                "");
    }

    private static Condition is(String fact, Value value) {
        return new Condition(fact, new UnaryTest.OneOf(List.of(value)));
    }

    private static Bilingual text(String word) {
        return new Bilingual(word, word);
    }

    /** Executes plans by the reference interpreter. */
    public static class InterpretingCompiler implements RuleCompiler {
        @Override
        public CompiledRules compile(Map<String, Plan> plans) {
            return new CompiledRules() {
                @Override
                public Reasoning reason(String decision, Facts facts, LocalDate asOf) {
                    return changed(Interpreter.reason(Objects.requireNonNull(plans.get(decision)), facts, asOf));
                }

                @Override
                public void close() {}
            };
        }

        /** For engines that err. */
        protected Reasoning changed(Reasoning reasoning) {
            return reasoning;
        }
    }

    /** For readers of a test: the decision that was answered. */
    static Decision decisionOf(Evaluation evaluation) {
        if (evaluation instanceof Evaluation.Answered answered) {
            return answered.decision();
        }
        throw new AssertionError("no answer but " + evaluation);
    }
}
