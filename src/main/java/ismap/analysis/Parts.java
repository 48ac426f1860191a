package ismap.analysis;

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
import ismap.rulebook.Parameter;
import ismap.rulebook.Rulebook;
import ismap.rulebook.SourceMap;
import ismap.rulebook.Table;
import ismap.rulebook.UnaryTests;
import java.time.LocalDate;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A rulebook taken apart into what its sheets hold: each entry and row by its name, its cells as they are written. Two rulebooks that
 * mean and say the same have the same parts.
 */
final class Parts {

    /** @param decision the decision it belongs to; blank for what every decision may use */
    record Key(PartKind kind, String decision, String id) {}

    /**
     * @param group the list in which its place matters; blank where it does not
     * @param clause document and clause; blank where it cites none
     */
    record Part(Key key, String group, Map<String, String> cells, String clause, Place place) {}

    private final Rulebook rulebook;
    private final SourceMap sources;
    private final Map<Key, Part> parts = new LinkedHashMap<>();

    private Parts(Rulebook rulebook, SourceMap sources) {
        this.rulebook = rulebook;
        this.sources = sources;
    }

    /** In the order of the sheets. */
    static Map<Key, Part> of(Rulebook rulebook, SourceMap sources) {
        var parts = new Parts(rulebook, sources);
        parts.all();
        return Collections.unmodifiableMap(parts.parts);
    }

    private void all() {
        add(PartKind.FORMAT, "", "format", "", cells().put("formatVersion", rulebook.formatVersion()), "", "format");
        rulebook.decisions().values().forEach(this::decision);
        rulebook.concluded().values().forEach(table -> table("", table));
        rulebook.parameters().values().forEach(this::parameter);
        rulebook.derivations()
                .values()
                .forEach(derivation -> add(
                        PartKind.DERIVATION,
                        "",
                        derivation.fact(),
                        "",
                        cells().put("expression", derivation.expression())
                                .put("clause", cited(derivation.citation()))
                                .put("assumption", derivation.assumption().orElse(""))
                                .put("label", derivation.label())
                                .put("note", derivation.note()),
                        cited(derivation.citation()),
                        "derivation:" + derivation.fact()));
        rulebook.vocabulary().facts().values().forEach(this::fact);
        rulebook.vocabulary()
                .codeLabels()
                .forEach((fact, codes) -> codes.forEach((code, label) -> add(
                        PartKind.CODE,
                        "",
                        fact + " " + code,
                        "",
                        cells().put("label", label),
                        "",
                        "code:" + fact + ":" + code)));
        rulebook.vocabulary()
                .statusLabels()
                .forEach((status, label) ->
                        add(PartKind.STATUS, "", status, "", cells().put("label", label), "", "status:" + status));
        clauses(rulebook.clauses());
    }

    // ---- decisions

    private void decision(DecisionDefinition decision) {
        String name = decision.name();
        add(
                PartKind.DECISION,
                name,
                name,
                "",
                cells().put("title", decision.title())
                        .put("question", decision.question())
                        .put("governingFact", decision.governingFact().orElse(""))
                        .put("note", decision.note()),
                "",
                "decision:" + name);
        for (DecisionDefinition.Outcome outcome : decision.outcomes()) {
            add(
                    PartKind.OUTCOME,
                    name,
                    outcome.code(),
                    "Outcomes",
                    cells().put("calledForBy", calls(outcome.calls()))
                            .put("label", outcome.label())
                            .put("note", outcome.note()),
                    "",
                    "outcome:" + name + ":" + outcome.code());
        }
        for (DecisionDefinition.Shown shown : decision.values()) {
            add(
                    PartKind.VALUE,
                    name,
                    shown.name(),
                    "Values",
                    cells().put("fact", shown.fact()).put("label", shown.label()),
                    "",
                    "value:" + name + ":" + shown.name());
        }
        for (DecisionDefinition.Borrowed borrowed : decision.borrowed()) {
            add(
                    PartKind.BORROWED,
                    name,
                    borrowed.rule(),
                    "Borrowed",
                    cells().put("decision", borrowed.decision())
                            .put("where", conditions(borrowed.where()))
                            .put("message", borrowed.elsewhere())
                            .put("note", borrowed.note()),
                    "",
                    "borrowed:" + name + ":" + borrowed.rule());
        }
        for (DecisionDefinition.Reading reading : decision.readings()) {
            add(
                    PartKind.READING,
                    name,
                    reading.fact(),
                    "Readings",
                    cells().put("value", UnaryTests.write(reading.test()))
                            .put("condition", conditions(reading.conditions()))
                            .put("readsAs", reading.none() ? "none" : "unknown")
                            .put("note", reading.note()),
                    "",
                    "reading:" + name + ":" + reading.fact());
        }
        for (DecisionDefinition.Unexamined entry : decision.notExamined()) {
            add(
                    PartKind.NOT_EXAMINED,
                    name,
                    entry.rule(),
                    "NotExamined",
                    cells().put("message", entry.message())
                            .put("decidedBy", entry.decidedBy())
                            .put("condition", conditions(entry.conditions())),
                    "",
                    "notExamined:" + name + ":" + entry.rule());
        }
        // A borrowed rule is told where it stands.
        decision.rules().stream().filter(table -> !decision.borrows(table.id())).forEach(table -> table(name, table));
    }

    private static String calls(List<Call> calls) {
        return String.join("; ", calls.stream().map(Parts::call).toList());
    }

    private static String call(Call call) {
        if (call instanceof Call.ByStatus byStatus) {
            return byStatus.rule() + ": " + statuses(byStatus.statuses());
        }
        if (call instanceof Call.ByRow byRow) {
            return byRow.row();
        }
        if (call instanceof Call.ByAny byAny) {
            return "any: " + statuses(byAny.statuses());
        }
        return call instanceof Call.Missing ? "missing" : "otherwise";
    }

    private static String statuses(List<Status> statuses) {
        return String.join(", ", statuses.stream().map(Enum::name).toList());
    }

    // ---- tables

    private void table(String decision, Table table) {
        String home = decision.isEmpty() ? homeOf(table) : decision;
        Cells title = cells().put("kind", table.decidesRule() ? "rule" : "fact")
                .put("title", table.title())
                .put("clause", cited(table.citation()))
                .put("hitPolicy", table.hitPolicy())
                .put("aggregation", table.aggregation() == Table.Aggregation.NONE ? "" : table.aggregation())
                .put("discretion", table.discretion())
                .put("forEach", table.forEach().orElse(""))
                .put("item", table.item().orElse(""))
                .put("items", statuses(table.items()))
                .put(
                        "noElements",
                        table.noElements()
                                .map(none -> none.status().map(Enum::name).orElse("")
                                        + none.rule().orElse(""))
                                .orElse(""))
                .put(
                        "noElementsText",
                        table.noElements().map(Table.NoElements::text).orElse(Bilingual.EMPTY))
                .put("from", from(table.from()))
                .put("until", until(table.until()))
                .put("referenceDay", table.referenceDay().orElse(""))
                .put("assumption", table.assumption().orElse(""))
                .put("outsideDates", table.outsideDates())
                .put("notEnoughFacts", table.notEnoughFacts())
                .put("columns", String.join(", ", table.columns()));
        add(
                PartKind.TABLE,
                decision,
                table.id(),
                "Tables",
                title,
                cited(table.citation()),
                "table:" + home + ":" + table.id());
        for (Table.Row row : table.rows()) {
            Optional<Citation> citation = row.citation().or(table::citation);
            Cells cells = cells().put("from", from(row.from()))
                    .put("until", until(row.until()))
                    .put("referenceDay", row.referenceDay().orElse(""));
            row.conditions().forEach(condition -> cells.put(condition.fact(), UnaryTests.write(condition.test())));
            cells.put("status", row.status().map(Enum::name).orElse(""))
                    .put("conclusion", table.decidesRule() ? "" : written(row.conclusion()));
            row.attributes().forEach((name, code) -> cells.put("finding:" + name, code));
            cells.put("clause", cited(row.citation()))
                    .put("assumption", row.assumption().orElse(""))
                    .put("message", row.message())
                    .put("note", row.note());
            add(PartKind.ROW, decision, row.id(), table.id(), cells, cited(citation), "row:" + home + ":" + row.id());
        }
    }

    private String homeOf(Table table) {
        return rulebook.decisions().keySet().stream()
                .filter(name -> sources.places().containsKey("table:" + name + ":" + table.id()))
                .findFirst()
                .orElse("");
    }

    // ---- lists

    private void parameter(Parameter parameter) {
        String name = parameter.name();
        String at = "parameter:" + name;
        add(
                PartKind.PARAMETER,
                "",
                name,
                "",
                cells().put("referenceDay", String.join("; ", parameter.referenceDays()))
                        .put("label", parameter.label()),
                "",
                at);
        for (Parameter.Dated dated : parameter.values()) {
            String from = from(dated.from());
            add(
                    PartKind.PARAMETER_VALUE,
                    "",
                    from.isEmpty() ? name : name + " (" + from + ")",
                    name,
                    cells().put("value", dated.value() == Value.UNKNOWN ? "" : dated.value())
                            .put("unit", dated.unit())
                            .put("from", from)
                            .put("until", until(dated.until()))
                            .put("clause", cited(Optional.of(dated.citation())))
                            .put("edition", dated.citation().edition())
                            .put("note", dated.note()),
                    cited(Optional.of(dated.citation())),
                    at + "@" + dated.from());
        }
    }

    private void fact(FactDefinition fact) {
        add(
                PartKind.FACT,
                "",
                fact.name(),
                "",
                cells().put("type", fact.type().describe())
                        .put("absent_means", fact.absence().none() ? "none" : "unknown")
                        .put("unknown_where", conditions(fact.absence().unknownWhere()))
                        .put("kind", fact.kind())
                        .put("known_by", fact.knownBy())
                        .put("changeable_by", fact.changeableBy())
                        .put("needs_attestation", fact.needsAttestation())
                        .put("happens_on", fact.happensOn().orElse(""))
                        .put("happens_for", String.join("|", fact.happensFor()))
                        .put("label", fact.label())
                        .put("question", fact.question())
                        .put("help", fact.help())
                        .put("decisions", String.join(", ", fact.decisions())),
                "",
                "fact:" + fact.name());
    }

    private void clauses(ClauseRegister register) {
        register.documents()
                .values()
                .forEach(document -> add(
                        PartKind.DOCUMENT,
                        "",
                        document.id(),
                        "",
                        cells().put("title", document.title())
                                .put("edition", document.edition())
                                .put("source", document.source()),
                        document.id(),
                        "document:" + document.id()));
        register.clauses()
                .forEach(clause -> add(
                        PartKind.CLAUSE,
                        "",
                        clause.cited(),
                        "Clauses",
                        cells().put("title", clause.title())
                                .put("in_force_from", from(clause.from()))
                                .put("in_force_until", until(clause.until()))
                                .put("coverage", clause.coverage())
                                .put("rules", String.join(", ", clause.rules()))
                                .put("reason", clause.reason())
                                .put("certainty", clause.certainty())
                                .put("source", clause.source()),
                        clause.cited(),
                        "clause:" + clause.cited()));
        register.notEncoded()
                .forEach(rule -> add(
                        PartKind.NOT_ENCODED,
                        "",
                        rule.rule(),
                        "NotEncoded",
                        cells().put("document", rule.document())
                                .put("clause", rule.clause())
                                .put("reason", rule.reason())
                                .put("decidedBy", rule.decidedBy())
                                .put("certainty", rule.certainty())
                                .put("source", rule.source()),
                        (rule.document() + " " + rule.clause()).strip(),
                        "notEncoded:" + rule.rule()));
        register.assumptions()
                .forEach(assumption -> add(
                        PartKind.ASSUMPTION,
                        "",
                        assumption.id(),
                        "Assumptions",
                        cells().put("text", assumption.text())
                                .put("other", assumption.other())
                                .put("why", assumption.why())
                                .put("document", assumption.document())
                                .put("clause", assumption.clause()),
                        (assumption.document() + " " + assumption.clause()).strip(),
                        "assumption:" + assumption.id()));
    }

    // ---- cells

    /** Cells that hold something, by their names. */
    private static final class Cells {
        private final Map<String, String> cells = new LinkedHashMap<>();

        Cells put(String name, Object content) {
            String text = content.toString();
            if (!text.isEmpty()) {
                // Two conditions on one column, as a derived table may have, are both told.
                cells.merge(name, text, (one, other) -> one + " & " + other);
            }
            return this;
        }

        Cells put(String name, Bilingual text) {
            return put(name + "_ja", (Object) text.ja()).put(name + "_en", (Object) text.en());
        }
    }

    private static Cells cells() {
        return new Cells();
    }

    private void add(
            PartKind kind, String decision, String id, String group, Cells cells, String clause, String source) {
        Key key = new Key(kind, decision, id);
        for (int i = 2; parts.containsKey(key); i++) {
            key = new Key(kind, decision, id + " #" + i);
        }
        parts.put(
                key,
                new Part(key, group, Collections.unmodifiableMap(cells.cells), clause, place(kind, decision, source)));
    }

    /** Where it stands; of what has no place of its own, the sheet. */
    private Place place(PartKind kind, String decision, String source) {
        Place place = sources.places().get(source);
        if (place != null) {
            return place;
        }
        return switch (kind) {
            case FORMAT, FACT, CODE, STATUS -> sheet("vocabulary", kind == PartKind.CODE ? "Codes" : "Statuses");
            case DOCUMENT, CLAUSE, NOT_ENCODED, ASSUMPTION -> sheet("clauses", "Documents");
            case PARAMETER, PARAMETER_VALUE -> sheet("parameters", "Parameters");
            case DERIVATION -> sheet("derivations", "Derivations");
            case READING -> sheet(decision, "Readings");
            case BORROWED -> sheet(decision, "Borrowed");
            case DECISION, OUTCOME, VALUE, NOT_EXAMINED, TABLE, ROW -> sheet(decision, "");
        };
    }

    private static Place sheet(String workbook, String sheet) {
        return new Place.Cell(workbook + ".xlsx", sheet, "");
    }

    private static String conditions(List<Condition> conditions) {
        return String.join(
                "; ",
                conditions.stream()
                        .map(condition -> condition.fact() + ": " + UnaryTests.write(condition.test()))
                        .toList());
    }

    static String cited(Optional<Citation> citation) {
        return citation.map(cited -> (cited.document() + " " + cited.clause()).strip())
                .orElse("");
    }

    static String written(Value value) {
        return value.isNone() ? "none" : value == Value.UNKNOWN ? "unknown" : value.toString();
    }

    private static String from(LocalDate day) {
        return day.isAfter(Table.ALWAYS) ? day.toString() : "";
    }

    /** The last day, as sheets have it. */
    private static String until(LocalDate day) {
        return day.isBefore(Table.FOREVER) ? day.minusDays(1).toString() : "";
    }
}
