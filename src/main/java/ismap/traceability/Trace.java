package ismap.traceability;

import ismap.decision.Citation;
import ismap.decision.Place;
import ismap.regression.Reach;
import ismap.regression.Scenario;
import ismap.rulebook.ClauseRegister;
import ismap.rulebook.DecisionDefinition;
import ismap.rulebook.DecisionDefinition.Borrowed;
import ismap.rulebook.Plan;
import ismap.rulebook.Rulebook;
import ismap.rulebook.SourceMap;
import ismap.rulebook.Table;
import ismap.traceability.TracedClause.Sourced;
import ismap.traceability.TracedDecision.Matched;
import ismap.traceability.TracedDecision.TracedScenario;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** What rests on what in a rulebook: an immutable value, worked out once from the rulebook and its scenarios. */
public final class Trace {

    /** What a document says, clause by clause. */
    public record TracedDocument(ClauseRegister.Document document, List<TracedClause> clauses) {
        public TracedDocument {
            clauses = List.copyOf(clauses);
        }
    }

    private final Rulebook rulebook;
    private final SourceMap sources;
    private final List<TracedDocument> documents;
    private final Map<String, TracedDecision> decisions;
    private final List<TracedTable> tables;
    private final List<TracedAssumption> assumptions;

    private Trace(
            Rulebook rulebook, SourceMap sources, List<TracedTable> tables, Map<String, TracedDecision> decisions) {
        this.rulebook = rulebook;
        this.sources = sources;
        this.tables = List.copyOf(tables);
        this.decisions = Collections.unmodifiableMap(new LinkedHashMap<>(decisions));
        this.documents = rulebook.clauses().documents().values().stream()
                .map(document -> new TracedDocument(
                        document,
                        rulebook.clauses().clauses().stream()
                                .filter(clause -> clause.document().equals(document.id()))
                                .map(this::clause)
                                .toList()))
                .toList();
        this.assumptions =
                rulebook.clauses().assumptions().stream().map(this::assumption).toList();
    }

    /**
     * @param plans by decision, in the order of the rulebook
     * @param scenarios by decision; each is decided once, by the reference interpreter
     */
    public static Trace of(
            Rulebook rulebook, SourceMap sources, Map<String, Plan> plans, Map<String, List<Scenario>> scenarios) {
        return new Tracer(rulebook, sources, plans, scenarios).trace();
    }

    public Rulebook rulebook() {
        return rulebook;
    }

    /** In the order of the register, as are their clauses. */
    public List<TracedDocument> documents() {
        return documents;
    }

    public List<TracedDecision> decisions() {
        return List.copyOf(decisions.values());
    }

    public Optional<TracedDecision> decision(String name) {
        return Optional.ofNullable(decisions.get(name));
    }

    /** Every table once, decision by decision. */
    public List<TracedTable> tables() {
        return tables;
    }

    /** A rule of the decision, its own or borrowed, or a fact that a table concludes for it or in its workbook. */
    public Optional<TracedTable> table(String decision, String id) {
        return decision(decision).stream()
                .flatMap(traced -> Stream.of(
                                traced.rules().stream(),
                                traced.facts().stream(),
                                tables.stream().filter(table -> table.decision().equals(decision)))
                        .flatMap(found -> found))
                .filter(table -> table.id().equals(id))
                .findFirst();
    }

    public List<TracedAssumption> assumptions() {
        return assumptions;
    }

    public List<ClauseRegister.NotEncoded> notEncoded() {
        return rulebook.clauses().notEncoded();
    }

    /** The clause of a citation, in the register. */
    public Optional<ClauseRegister.Clause> clause(Citation citation) {
        return rulebook.clauses().find(citation.document(), citation.clause());
    }

    private TracedClause clause(ClauseRegister.Clause clause) {
        return new TracedClause(
                clause,
                sources.of("clause:" + clause.cited()),
                tables.stream()
                        .filter(table -> clause.rules().contains(table.id())
                                || !table.citing(clause.document(), clause.clause())
                                        .isEmpty())
                        .toList(),
                rulebook.derivations().values().stream()
                        .filter(derivation -> derivation.citation().stream().anyMatch(cited -> cites(cited, clause)))
                        .map(derivation -> new Sourced<>(derivation, sources.of("derivation:" + derivation.fact())))
                        .toList(),
                rulebook.parameters().values().stream()
                        .filter(parameter ->
                                parameter.values().stream().anyMatch(dated -> cites(dated.citation(), clause)))
                        .map(parameter -> new Sourced<>(parameter, sources.of("parameter:" + parameter.name())))
                        .toList(),
                notEncoded().stream()
                        .filter(entry -> entry.document().equals(clause.document())
                                && entry.clause().equals(clause.clause()))
                        .toList());
    }

    private static boolean cites(Citation citation, ClauseRegister.Clause clause) {
        return citation.document().equals(clause.document())
                && citation.clause().equals(clause.clause());
    }

    private TracedAssumption assumption(ClauseRegister.Assumption assumption) {
        return new TracedAssumption(
                assumption,
                sources.of("assumption:" + assumption.id()),
                tables.stream()
                        .flatMap(table -> table.rows().stream()
                                .filter(row -> row.assumption().equals(Optional.of(assumption.id())))
                                .map(row -> new Matched(table, row.id())))
                        .toList(),
                rulebook.derivations().values().stream()
                        .filter(derivation -> derivation.assumption().equals(Optional.of(assumption.id())))
                        .map(derivation -> new Sourced<>(derivation, sources.of("derivation:" + derivation.fact())))
                        .toList());
    }

    /** Gathers the tables and what the scenarios reach of them. */
    private static final class Tracer {

        private record Key(String decision, String table) {}

        private final Rulebook rulebook;
        private final SourceMap sources;
        private final Map<String, Plan> plans;
        private final Map<String, List<Scenario>> scenarios;
        private final Map<Key, Table> home = new LinkedHashMap<>();
        private final Map<Key, Map<String, List<Scenario>>> matching = new LinkedHashMap<>();
        private final Map<Key, TracedTable> traced = new LinkedHashMap<>();

        private Tracer(
                Rulebook rulebook, SourceMap sources, Map<String, Plan> plans, Map<String, List<Scenario>> scenarios) {
            this.rulebook = rulebook;
            this.sources = sources;
            this.plans = plans;
            this.scenarios = scenarios;
        }

        private Trace trace() {
            for (DecisionDefinition decision : rulebook.decisions().values()) {
                decision.rules().stream()
                        .filter(table -> !decision.borrows(table.id()))
                        .forEach(table -> home.put(new Key(decision.name(), table.id()), table));
                rulebook.concluded().values().stream()
                        .filter(table -> homeOf(table.id()).equals(decision.name()))
                        .forEach(table -> home.put(new Key(decision.name(), table.id()), table));
            }
            var reached = new LinkedHashMap<String, List<Set<String>>>();
            plans.forEach((decision, plan) -> {
                var reach = new Reach(plan);
                List<Key> keys = keys(plan);
                var rowsOf = new ArrayList<Set<String>>();
                for (Scenario scenario : scenarios.getOrDefault(decision, List.of())) {
                    Set<String> rows = reach.of(scenario).rows();
                    rowsOf.add(rows);
                    keys.forEach(key -> match(key, rows, scenario));
                }
                reached.put(decision, rowsOf);
            });
            home.forEach((key, table) -> traced.put(key, traced(key, table)));
            var decisions = new LinkedHashMap<String, TracedDecision>();
            plans.forEach((name, plan) -> decisions.put(name, decision(plan, reached.getOrDefault(name, List.of()))));
            return new Trace(rulebook, sources, List.copyOf(traced.values()), decisions);
        }

        /** The decision in whose workbook a fact is concluded, for the reader of workbooks knows it under each; else the first. */
        private String homeOf(String fact) {
            return rulebook.decisions().keySet().stream()
                    .filter(decision -> sources.of("table:" + decision + ":" + fact) instanceof Place.Cell cell
                            && cell.workbook().equals(decision + ".xlsx"))
                    .findFirst()
                    .or(() -> rulebook.decisions().keySet().stream().findFirst())
                    .orElse("");
        }

        /** Where the tables of a plan stand, in its order. */
        private List<Key> keys(Plan plan) {
            DecisionDefinition decision = plan.decision();
            var keys = new ArrayList<Key>();
            for (Plan.Definition definition : plan.definitions().values()) {
                if (definition instanceof Plan.Definition.ByTable byTable) {
                    Table table = byTable.table().table();
                    keys.add(new Key(
                            table.decidesRule() ? lender(decision, table.id()) : homeOf(table.id()), table.id()));
                }
            }
            return keys;
        }

        private static String lender(DecisionDefinition decision, String rule) {
            return decision.borrowed().stream()
                    .filter(borrowed -> borrowed.rule().equals(rule))
                    .map(Borrowed::decision)
                    .findFirst()
                    .orElse(decision.name());
        }

        private void match(Key key, Set<String> rows, Scenario scenario) {
            Table table = home.get(key);
            if (table != null) {
                table.rows().stream()
                        .map(Table.Row::id)
                        .filter(rows::contains)
                        .forEach(row -> matching.computeIfAbsent(key, any -> new LinkedHashMap<>())
                                .computeIfAbsent(row, any -> new ArrayList<>())
                                .add(scenario));
            }
        }

        private TracedTable traced(Key key, Table table) {
            Map<String, List<Scenario>> matches = matching.getOrDefault(key, Map.of());
            var borrowers = new LinkedHashMap<String, Borrowed>();
            rulebook.decisions()
                    .values()
                    .forEach(decision -> decision.borrowed().stream()
                            .filter(borrowed -> borrowed.decision().equals(key.decision())
                                    && borrowed.rule().equals(table.id()))
                            .forEach(borrowed -> borrowers.put(decision.name(), borrowed)));
            return new TracedTable(
                    key.decision(),
                    table,
                    sources.of("table:" + key.decision() + ":" + table.id()),
                    table.rows().stream()
                            .map(row -> new TracedRow(
                                    row,
                                    sources.of("row:" + key.decision() + ":" + row.id()),
                                    row.citation().or(table::citation),
                                    row.assumption().or(table::assumption),
                                    matches.getOrDefault(row.id(), List.of())))
                            .toList(),
                    borrowers);
        }

        private TracedDecision decision(Plan plan, List<Set<String>> reached) {
            DecisionDefinition decision = plan.decision();
            List<TracedTable> planned = keys(plan).stream()
                    .flatMap(key -> Optional.ofNullable(traced.get(key)).stream())
                    .toList();
            List<TracedTable> rules = decision.rules().stream()
                    .flatMap(table ->
                            Optional.ofNullable(traced.get(new Key(lender(decision, table.id()), table.id()))).stream())
                    .toList();
            List<Scenario> own = scenarios.getOrDefault(decision.name(), List.of());
            var matched = new ArrayList<TracedScenario>();
            for (int i = 0; i < own.size(); i++) {
                matched.add(new TracedScenario(own.get(i), matched(planned, reached.get(i))));
            }
            List<TracedTable> facts = planned.stream()
                    .filter(table -> !table.table().decidesRule())
                    .toList();
            return new TracedDecision(decision, rules, facts, matched);
        }

        private static List<Matched> matched(List<TracedTable> tables, Set<String> rows) {
            return tables.stream()
                    .flatMap(table -> table.rows().stream()
                            .map(TracedRow::id)
                            .filter(rows::contains)
                            .map(row -> new Matched(table, row)))
                    .toList();
        }
    }
}
