package ismap;

import ismap.decision.Bilingual;
import ismap.decision.Citation;
import ismap.decision.Place;
import ismap.decision.Status;
import ismap.decision.Value;
import ismap.rulebook.ClauseRegister;
import ismap.rulebook.Condition;
import ismap.rulebook.DecisionDefinition;
import ismap.rulebook.DecisionDefinition.Call;
import ismap.rulebook.FactDefinition;
import ismap.rulebook.FactType;
import ismap.rulebook.Parameter;
import ismap.rulebook.Rulebook;
import ismap.rulebook.SourceMap;
import ismap.rulebook.Table;
import ismap.rulebook.UnaryTest;
import ismap.rulebook.Vocabulary;
import ismap.xlsx.RulebookWriter;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A scoring table added to a rulebook from a day on: four facts rated in twelve rows with points, their sum against a parameter, the impact
 * level that follows from that day on, and a decision of its own. The criteria are made up; the real ones (LIU-A1-x) are not known.
 */
public final class ScoringTable {

    public static final String DECISION = "impact-assessment";
    public static final List<String> ASPECTS = List.of("leakHarm", "errorHarm", "outageHarm", "reachOfHarm");

    private static final List<Bilingual> ASPECT_WORDS = List.of(
            new Bilingual("漏えいの影響", "Harm of a leak"),
            new Bilingual("改ざん・誤りの影響", "Harm of an error"),
            new Bilingual("停止の影響", "Harm of an outage"),
            new Bilingual("影響の及ぶ範囲", "Reach of the harm"));
    private static final Map<String, Bilingual> RATINGS = ratings();
    private static final FactType RATING = new FactType.Code(List.copyOf(RATINGS.keySet()));
    private static final String POINTS = "impactPoints";
    private static final String LEVEL = "impactLevel";
    private static final String MAXIMUM = "lowImpactMaximum";
    private static final Citation CLAUSE = new Citation("liu-appendix-1", "scoring", "");

    private ScoringTable() {}

    private static Map<String, Bilingual> ratings() {
        var ratings = new LinkedHashMap<String, Bilingual>();
        ratings.put("SMALL", new Bilingual("小", "small"));
        ratings.put("MIDDLE", new Bilingual("中", "middle"));
        ratings.put("LARGE", new Bilingual("大", "large"));
        return ratings;
    }

    /** @param from the first day on which the level follows from the points; up to seven are low */
    public static Rulebook addedTo(Rulebook rulebook, LocalDate from) {
        var facts = new LinkedHashMap<>(rulebook.vocabulary().facts());
        for (int i = 0; i < ASPECTS.size(); i++) {
            facts.put(ASPECTS.get(i), fact(ASPECTS.get(i), RATING, FactDefinition.Kind.INPUT, ASPECT_WORDS.get(i)));
        }
        facts.put(
                POINTS,
                fact(POINTS, FactType.NUMBER, FactDefinition.Kind.DERIVED, new Bilingual("影響度の点数", "Impact points")));
        var labels = new LinkedHashMap<>(rulebook.vocabulary().codeLabels());
        ASPECTS.forEach(aspect -> labels.put(aspect, RATINGS));
        var parameters = new LinkedHashMap<>(rulebook.parameters());
        parameters.put(
                MAXIMUM,
                new Parameter(
                        MAXIMUM,
                        List.of(),
                        new Bilingual("低位とする点数の上限", "Most points for low impact"),
                        List.of(new Parameter.Dated(Value.of(7), "points", from, Table.FOREVER, CLAUSE, ""))));
        var concluded = new LinkedHashMap<>(rulebook.concluded());
        concluded.put(POINTS, points());
        concluded.put(LEVEL, level(from));
        var decisions = new LinkedHashMap<>(rulebook.decisions());
        decisions.put(DECISION, decision());
        return new Rulebook(
                rulebook.formatVersion(),
                new Vocabulary(facts, labels, rulebook.vocabulary().statusLabels()),
                withItsClause(rulebook.clauses()),
                parameters,
                rulebook.derivations(),
                concluded,
                decisions);
    }

    /**
     * The workbooks of a rulebook that it was added to.
     *
     * @param sources of the rulebook before
     */
    public static Map<String, byte[]> written(Rulebook added, SourceMap sources) {
        var places = new LinkedHashMap<>(sources.places());
        for (String table : List.of(POINTS, LEVEL)) {
            places.put("table:" + DECISION + ":" + table, new Place.Cell(DECISION + ".xlsx", table, "A1"));
        }
        return new RulebookWriter().write(added, new SourceMap(places));
    }

    /** Twelve rows: each of four aspects small 1, middle 2, large 5 points. */
    private static Table points() {
        var rows = new ArrayList<Table.Row>();
        for (String aspect : ASPECTS) {
            for (Map.Entry<String, Integer> rating :
                    List.of(Map.entry("SMALL", 1), Map.entry("MIDDLE", 2), Map.entry("LARGE", 5))) {
                rows.add(row(
                        POINTS + "/" + (rows.size() + 1),
                        List.of(new Condition(aspect, is(rating.getKey()))),
                        Optional.empty(),
                        Value.of(rating.getValue()),
                        Bilingual.EMPTY));
            }
        }
        return table(
                POINTS,
                false,
                new Bilingual("影響度評価", "Impact assessment"),
                Table.HitPolicy.COLLECT,
                Table.Aggregation.SUM,
                Table.ALWAYS,
                ASPECTS,
                rows);
    }

    private static Table level(LocalDate from) {
        UnaryTest atMost = new UnaryTest.Against(UnaryTest.Operator.AT_MOST, MAXIMUM);
        UnaryTest above = new UnaryTest.Against(UnaryTest.Operator.GREATER, MAXIMUM);
        return table(
                LEVEL,
                false,
                new Bilingual("影響度", "Impact level"),
                Table.HitPolicy.UNIQUE,
                Table.Aggregation.NONE,
                from,
                List.of(POINTS),
                List.of(
                        row(
                                LEVEL + "/1",
                                List.of(new Condition(POINTS, atMost)),
                                Optional.empty(),
                                Value.of("LOW"),
                                Bilingual.EMPTY),
                        row(
                                LEVEL + "/2",
                                List.of(new Condition(POINTS, above)),
                                Optional.empty(),
                                Value.of("NOT_LOW"),
                                Bilingual.EMPTY)));
    }

    private static DecisionDefinition decision() {
        Table rule = table(
                "IMPACT-1",
                true,
                new Bilingual("影響が低位であること", "The impact is low"),
                Table.HitPolicy.UNIQUE,
                Table.Aggregation.NONE,
                Table.ALWAYS,
                List.of(LEVEL),
                List.of(
                        row(
                                "IMPACT-1/1",
                                List.of(new Condition(LEVEL, is("LOW"))),
                                Optional.of(Status.SATISFIED),
                                Value.NONE,
                                new Bilingual("影響は低位です。", "The impact is low.")),
                        row(
                                "IMPACT-1/2",
                                List.of(new Condition(LEVEL, is("NOT_LOW", "NOT_ASSESSED"))),
                                Optional.of(Status.NOT_SATISFIED),
                                Value.NONE,
                                new Bilingual("影響は低位ではありません。", "The impact is not low."))));
        return new DecisionDefinition(
                DECISION,
                new Bilingual("影響度評価", "Impact assessment"),
                new Bilingual("業務・情報の影響は低位ですか。", "Is the impact of business and information low?"),
                Optional.empty(),
                List.of(rule),
                List.of(
                        new DecisionDefinition.Outcome(
                                "INSUFFICIENT_FACTS",
                                List.of(new Call.Missing()),
                                new Bilingual("事実が不足しています", "Facts are missing"),
                                ""),
                        new DecisionDefinition.Outcome(
                                "HIGHER_IMPACT",
                                List.of(new Call.ByStatus("IMPACT-1", List.of(Status.NOT_SATISFIED))),
                                new Bilingual("低位でない", "Not low"),
                                ""),
                        new DecisionDefinition.Outcome(
                                "LOW_IMPACT", List.of(new Call.Otherwise()), new Bilingual("低位", "Low"), "")),
                List.of(
                        new DecisionDefinition.Shown(POINTS, POINTS, new Bilingual("点数", "Points")),
                        new DecisionDefinition.Shown(LEVEL, LEVEL, new Bilingual("影響度", "Impact level"))),
                List.of(),
                List.of(),
                "");
    }

    private static ClauseRegister withItsClause(ClauseRegister register) {
        var clauses = new ArrayList<>(register.clauses());
        clauses.add(new ClauseRegister.Clause(
                CLAUSE.document(),
                CLAUSE.clause(),
                new Bilingual("影響度評価の採点", "Scoring of the impact assessment"),
                Table.ALWAYS,
                Table.FOREVER,
                ClauseRegister.Coverage.RULES,
                List.of("IMPACT-1"),
                Bilingual.EMPTY,
                "",
                ""));
        return new ClauseRegister(register.documents(), clauses, register.notEncoded(), register.assumptions());
    }

    private static UnaryTest is(String... codes) {
        return new UnaryTest.OneOf(Arrays.stream(codes).map(Value::of).toList());
    }

    private static Table.Row row(
            String id, List<Condition> conditions, Optional<Status> status, Value conclusion, Bilingual message) {
        return new Table.Row(
                id,
                Table.ALWAYS,
                Table.FOREVER,
                Optional.empty(),
                conditions,
                status,
                conclusion,
                Optional.empty(),
                message,
                Optional.empty(),
                "");
    }

    private static Table table(
            String id,
            boolean rule,
            Bilingual title,
            Table.HitPolicy policy,
            Table.Aggregation aggregation,
            LocalDate from,
            List<String> columns,
            List<Table.Row> rows) {
        return new Table(
                id,
                rule,
                title,
                Optional.of(CLAUSE),
                policy,
                aggregation,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                from,
                Table.FOREVER,
                Optional.empty(),
                Optional.empty(),
                Bilingual.EMPTY,
                rule
                        ? new Bilingual("影響度を判断する事実が不足しています。", "The level cannot be told from what is known.")
                        : Bilingual.EMPTY,
                columns,
                rows);
    }

    private static FactDefinition fact(String name, FactType type, FactDefinition.Kind kind, Bilingual label) {
        return new FactDefinition(
                name,
                type,
                FactDefinition.Absence.UNKNOWN,
                kind,
                "PROCURING_BODY",
                "",
                false,
                Optional.empty(),
                List.of(),
                label,
                new Bilingual("「" + label.ja() + "」はどれに当たりますか。", "How is this rated: " + label.en() + "?"),
                Bilingual.EMPTY,
                List.of(DECISION));
    }
}
