package ismap;

import ismap.decision.Bilingual;
import ismap.decision.Citation;
import ismap.decision.Place;
import ismap.decision.Status;
import ismap.decision.Value;
import ismap.regression.ScenarioText;
import ismap.rulebook.ClauseRegister;
import ismap.rulebook.Condition;
import ismap.rulebook.DecisionDefinition;
import ismap.rulebook.DecisionDefinition.Call;
import ismap.rulebook.DecisionDefinition.Outcome;
import ismap.rulebook.Derivation;
import ismap.rulebook.Expression;
import ismap.rulebook.FactDefinition;
import ismap.rulebook.FactDefinition.Absence;
import ismap.rulebook.FactType;
import ismap.rulebook.Facts;
import ismap.rulebook.Function;
import ismap.rulebook.Interpreter;
import ismap.rulebook.Names;
import ismap.rulebook.Parameter;
import ismap.rulebook.Plan;
import ismap.rulebook.Reasoning;
import ismap.rulebook.RuleCompiler;
import ismap.rulebook.Rulebook;
import ismap.rulebook.Table;
import ismap.rulebook.UnaryTest;
import ismap.rulebook.Vocabulary;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A rulebook of one decision with one rule, T-1: a thing of the kind A that was filed by {@code asOf} is satisfied, one of the kind B is not;
 * it shows {@code filedBy}, the day after it was filed.
 */
public final class TinyRulebook {

    public static final String DECISION = "tiny";

    private static final Bilingual TEXT = new Bilingual("文", "text");

    private TinyRulebook() {}

    public static Plan plan() {
        Rulebook rulebook = rulebook();
        return Plan.of(
                rulebook, java.util.Objects.requireNonNull(rulebook.decisions().get(DECISION)));
    }

    public static Rulebook rulebook() {
        return rulebook(
                Map.of(),
                Optional.empty(),
                row("T-1/1", Status.SATISFIED, test("kind", "A")),
                row("T-1/2", Status.NOT_SATISFIED, test("kind", "B")),
                row("T-1/3", Status.WARNING, test("kind", "C")));
    }

    /** With other rows in its one rule, which may be asked of each element of a list. */
    public static Rulebook rulebook(Map<String, Parameter> parameters, Optional<String> forEach, Table.Row... rows) {
        var facts = new LinkedHashMap<String, FactDefinition>();
        fact(facts, "kind", "enum", "A|B|C", Absence.UNKNOWN);
        fact(facts, "filedAt", "moment", "", Absence.UNKNOWN);
        fact(facts, "isFree", "boolean", "", Absence.NONE);
        fact(facts, "classes", "list<integer>", "1|2|3", Absence.UNKNOWN);
        fact(facts, "clients", "list<Client>", "name:string|from:date|to:date?", Absence.NONE);
        var table = new Table(
                "T-1",
                true,
                TEXT,
                Optional.of(new Citation("doc", "1", "")),
                Table.HitPolicy.UNIQUE,
                Table.Aggregation.NONE,
                forEach,
                Optional.empty(),
                forEach.map(list -> new Table.NoElements(Optional.of(Status.NOT_APPLICABLE), Optional.empty(), TEXT)),
                Table.ALWAYS,
                Table.FOREVER,
                Optional.empty(),
                Optional.empty(),
                TEXT,
                TEXT,
                Arrays.stream(rows)
                        .flatMap(row -> row.conditions().stream())
                        .map(Condition::fact)
                        .distinct()
                        .toList(),
                List.of(rows));
        var decision = new DecisionDefinition(
                DECISION,
                TEXT,
                TEXT,
                Optional.empty(),
                List.of(table),
                List.of(
                        new Outcome("INSUFFICIENT_FACTS", List.of(new Call.Missing()), TEXT, ""),
                        new Outcome("YES", List.of(new Call.ByStatus("T-1", List.of(Status.SATISFIED))), TEXT, ""),
                        new Outcome("NO", List.of(new Call.Otherwise()), TEXT, "")),
                List.of(new DecisionDefinition.Shown("filedBy", "filedBy", TEXT)),
                List.of(),
                List.of(),
                "");
        var filedBy = new Derivation(
                "filedBy",
                new Expression.Call(
                        Function.PLUS_DAYS,
                        List.of(new Expression.Fact("filedAt"), new Expression.Literal(Value.of(1)))),
                Optional.empty(),
                Optional.empty(),
                TEXT,
                "");
        return new Rulebook(
                Rulebook.FORMAT_VERSION,
                new Vocabulary(facts, Map.of(), Map.of()),
                new ClauseRegister(
                        Map.of("doc", new ClauseRegister.Document("doc", TEXT, "", "")),
                        List.of(new ClauseRegister.Clause(
                                "doc",
                                "1",
                                TEXT,
                                Table.ALWAYS,
                                Table.FOREVER,
                                ClauseRegister.Coverage.RULES,
                                List.of("T-1"),
                                Bilingual.EMPTY,
                                "SEED",
                                ""))),
                parameters,
                Map.of("filedBy", filedBy),
                Map.of(),
                Map.of(DECISION, decision));
    }

    private static void fact(
            Map<String, FactDefinition> facts, String name, String type, String domain, Absence absence) {
        facts.put(
                name,
                new FactDefinition(
                        name,
                        FactType.parse(type, domain).orElseThrow(),
                        absence,
                        FactDefinition.Kind.INPUT,
                        "",
                        "",
                        false,
                        Optional.empty(),
                        List.of(),
                        TEXT,
                        TEXT,
                        TEXT,
                        List.of(DECISION)));
    }

    public static Condition test(String fact, String code) {
        return new Condition(fact, new UnaryTest.OneOf(List.of(Value.of(code))));
    }

    public static Table.Row row(String id, Status status, Condition... conditions) {
        return row(id, Table.ALWAYS, Table.FOREVER, status, conditions);
    }

    public static Table.Row row(String id, LocalDate from, LocalDate until, Status status, Condition... conditions) {
        return new Table.Row(
                id,
                from,
                until,
                Optional.empty(),
                List.of(conditions),
                Optional.of(status),
                Value.NONE,
                Optional.empty(),
                TEXT,
                Optional.empty(),
                "");
    }

    /** The interpreter once more, as the second engine. */
    public static RuleCompiler compiler() {
        return plans -> new RuleCompiler.CompiledRules() {
            @Override
            public Reasoning reason(String decision, Facts facts, LocalDate asOf) {
                return Interpreter.reason(java.util.Objects.requireNonNull(plans.get(decision)), facts, asOf);
            }

            @Override
            public void close() {}
        };
    }

    /** A line of scenarios: column, text, column, text … Its cells stand in row 3, from column A on. */
    public static ScenarioText line(String id, String... columnsAndTexts) {
        var cells = new LinkedHashMap<String, String>();
        var places = new LinkedHashMap<String, Place>(Map.of("id", at("A3")));
        cells.put(Names.AS_OF, "2022-10-01");
        for (int i = 0; i < columnsAndTexts.length; i += 2) {
            cells.put(columnsAndTexts[i], columnsAndTexts[i + 1]);
            places.put(columnsAndTexts[i], at((char) ('B' + i / 2) + "3"));
        }
        return new ScenarioText(id, new Bilingual("文です。", "A sentence."), cells, places);
    }

    public static Place at(String cell) {
        return new Place.Cell("scenarios/tiny.xlsx", "Scenarios", cell);
    }
}
