package ismap.xlsx;

import ismap.decision.Bilingual;
import ismap.decision.Citation;
import ismap.decision.Place;
import ismap.decision.Value;
import ismap.rulebook.ClauseRegister;
import ismap.rulebook.Condition;
import ismap.rulebook.DecisionDefinition;
import ismap.rulebook.DecisionDefinition.Call;
import ismap.rulebook.Derivation;
import ismap.rulebook.FactDefinition;
import ismap.rulebook.FactType;
import ismap.rulebook.Names;
import ismap.rulebook.Parameter;
import ismap.rulebook.Rulebook;
import ismap.rulebook.SourceMap;
import ismap.rulebook.Table;
import ismap.rulebook.UnaryTest;
import ismap.rulebook.UnaryTests;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiPredicate;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Writes a rulebook as workbooks that {@link WorkbookRulebookReader} reads back to an equal one. Scenarios are no part of a rulebook, and
 * derivations in another notation stay in it.
 */
public final class RulebookWriter {

    /**
     * Tables that conclude a fact go into the first decision's workbook.
     *
     * @param leaveOut names of derivations that stand in another notation
     * @return path → workbook; equal rulebooks give equal bytes
     */
    public Map<String, byte[]> write(Rulebook rulebook, Set<String> leaveOut) {
        String first = rulebook.decisions().keySet().stream().findFirst().orElse("");
        return write(rulebook, leaveOut::contains, (fact, decision) -> decision.equals(first));
    }

    /**
     * Leaves out the derivations that stand in a line of a file, and puts every table into the workbook it came from.
     *
     * @return path → workbook; equal rulebooks give equal bytes
     */
    public Map<String, byte[]> write(Rulebook rulebook, SourceMap sources) {
        return write(
                rulebook,
                fact -> sources.places().get("derivation:" + fact) instanceof Place.Line,
                (fact, decision) -> sources.places().get("table:" + decision + ":" + fact) instanceof Place.Cell cell
                        && cell.workbook().equals(decision + ".xlsx"));
    }

    private Map<String, byte[]> write(Rulebook rulebook, Predicate<String> leaveOut, BiPredicate<String, String> home) {
        Writing writing = new Writing(rulebook);
        var files = new TreeMap<String, byte[]>();
        files.put("vocabulary.xlsx", writing.vocabulary());
        files.put("clauses.xlsx", writing.clauses());
        files.put("parameters.xlsx", writing.parameters());
        files.put("derivations.xlsx", writing.derivations(leaveOut));
        if (rulebook.derivations().values().stream()
                .anyMatch(derivation -> RegisterSheets.entries(derivation).isPresent())) {
            files.put("registers.xlsx", writing.registers());
        }
        for (DecisionDefinition decision : rulebook.decisions().values()) {
            var tables = new ArrayList<Table>();
            rulebook.concluded().values().stream()
                    .filter(table -> home.test(table.id(), decision.name()))
                    .forEach(tables::add);
            decision.rules().stream()
                    .filter(rule -> !decision.borrows(rule.id()))
                    .forEach(tables::add);
            files.put(decision.name() + ".xlsx", writing.decision(decision, tables));
        }
        return files;
    }

    /** The cells of one row; blank ones are left out. */
    private static final class Cells {
        private final Map<String, Content> cells = new LinkedHashMap<>();

        Cells with(String key, String text) {
            if (!text.isEmpty()) {
                cells.put(key, new Content.Text(text));
            }
            return this;
        }

        Cells with(String key, Optional<String> text) {
            return with(key, text.orElse(""));
        }

        Cells with(String key, Bilingual texts) {
            return with(key + "_ja", texts.ja()).with(key + "_en", texts.en());
        }

        Cells with(String key, Content content) {
            cells.put(key, content);
            return this;
        }

        Cells from(String key, LocalDate from) {
            return from.isAfter(Table.ALWAYS) ? with(key, new Content.Day(from)) : this;
        }

        /** People write the last day; the model keeps the day after it. */
        Cells until(String key, LocalDate until) {
            return until.isBefore(Table.FOREVER) ? with(key, new Content.Day(until.minusDays(1))) : this;
        }

        Map<String, Content> done() {
            return cells;
        }
    }

    private record Writing(Rulebook rulebook, Choices choices) {

        Writing(Rulebook rulebook) {
            this(rulebook, new Choices(rulebook));
        }

        byte[] vocabulary() {
            var facts = new ArrayList<Map<String, Content>>();
            for (FactDefinition fact : rulebook.vocabulary().facts().values()) {
                facts.add(new Cells()
                        .with("fact", fact.name())
                        .with("type", type(fact.type()))
                        .with("domain", domain(fact.type()))
                        .with("absent_means", absence(fact.absence()))
                        .with("kind", fact.kind().name().toLowerCase(Locale.ROOT))
                        .with("known_by", fact.knownBy())
                        .with("changeable_by", fact.changeableBy())
                        .with("needs_attestation", fact.needsAttestation() ? "yes" : "")
                        .with("label", fact.label())
                        .with("decisions", String.join("; ", fact.decisions()))
                        .with("happens_on", happensOn(fact))
                        .with("question", fact.question())
                        .with("help", fact.help())
                        .done());
            }
            var codes = new ArrayList<Map<String, Content>>();
            rulebook.vocabulary()
                    .codeLabels()
                    .forEach((fact, labels) -> labels.forEach((code, label) -> codes.add(new Cells()
                            .with("fact", fact)
                            .with("code", code)
                            .with("label", label)
                            .done())));
            var statuses = new ArrayList<Map<String, Content>>();
            rulebook.vocabulary()
                    .statusLabels()
                    .forEach((status, label) -> statuses.add(new Cells()
                            .with("status", status)
                            .with("label", label)
                            .done()));
            try (Printer printer = new Printer("vocabulary.xlsx")) {
                printer.howTo(HowTo.VOCABULARY, HowTo.VOCABULARY.heading());
                list(printer, ListLayout.FACTS, facts);
                list(printer, ListLayout.CODES, codes);
                list(printer, ListLayout.STATUSES, statuses);
                return printer.bytes();
            }
        }

        private void list(Printer printer, ListLayout layout, List<Map<String, Content>> rows) {
            printer.list(layout.sheet(), layout.columns(), rows, choices.list(layout.sheet(), rows));
        }

        private static String happensOn(FactDefinition fact) {
            return fact.happensOn()
                    .map(day -> fact.happensFor().isEmpty() ? day : day + " for " + String.join("|", fact.happensFor()))
                    .orElse("");
        }

        private static String absence(FactDefinition.Absence absence) {
            String plain = absence.none() ? "none" : "unknown";
            return absence.unknownWhere().isEmpty()
                    ? plain
                    : plain + "; unknown where "
                            + absence.unknownWhere().stream().map(Writing::is).collect(Collectors.joining(" and "));
        }

        private static String is(Condition condition) {
            if (condition.test() instanceof UnaryTest.OneOf oneOf) {
                return condition.fact() + " is "
                        + oneOf.constants().stream().map(Object::toString).collect(Collectors.joining(" or "));
            }
            throw new IllegalArgumentException("absence depends on %s, which no cell can say".formatted(condition));
        }

        byte[] clauses() {
            var documents = new ArrayList<Map<String, Content>>();
            for (ClauseRegister.Document document :
                    rulebook.clauses().documents().values()) {
                documents.add(new Cells()
                        .with("document", document.id())
                        .with("title", document.title())
                        .with("edition", document.edition())
                        .with("source", document.source())
                        .done());
            }
            var clauses = new ArrayList<Map<String, Content>>();
            for (ClauseRegister.Clause clause : rulebook.clauses().clauses()) {
                clauses.add(new Cells()
                        .with("document", clause.document())
                        .with("clause", clause.clause())
                        .with("title", clause.title())
                        .from("in_force_from", clause.from())
                        .until("in_force_until", clause.until())
                        .with("coverage", clause.coverage().name())
                        .with("rules", String.join(", ", clause.rules()))
                        .with("reason", clause.reason())
                        .with("certainty", clause.certainty())
                        .with("source", clause.source())
                        .done());
            }
            var notEncoded = new ArrayList<Map<String, Content>>();
            for (ClauseRegister.NotEncoded entry : rulebook.clauses().notEncoded()) {
                notEncoded.add(new Cells()
                        .with("rule", entry.rule())
                        .with("document", entry.document())
                        .with("clause", entry.clause())
                        .with("reason", entry.reason())
                        .with("decidedBy", entry.decidedBy())
                        .with("certainty", entry.certainty())
                        .with("source", entry.source())
                        .done());
            }
            var assumptions = new ArrayList<Map<String, Content>>();
            for (ClauseRegister.Assumption entry : rulebook.clauses().assumptions()) {
                assumptions.add(new Cells()
                        .with("assumption", entry.id())
                        .with("text", entry.text())
                        .with("other", entry.other())
                        .with("why", entry.why())
                        .with("document", entry.document())
                        .with("clause", entry.clause())
                        .done());
            }
            try (Printer printer = new Printer("clauses.xlsx")) {
                printer.howTo(HowTo.CLAUSES, HowTo.CLAUSES.heading());
                list(printer, ListLayout.DOCUMENTS, documents);
                list(printer, ListLayout.CLAUSES, clauses);
                list(printer, ListLayout.NOT_ENCODED, notEncoded);
                list(printer, ListLayout.ASSUMPTIONS, assumptions);
                return printer.bytes();
            }
        }

        byte[] parameters() {
            var rows = new ArrayList<Map<String, Content>>();
            for (Parameter parameter : rulebook.parameters().values()) {
                for (Parameter.Dated dated : parameter.values()) {
                    Cells cells = new Cells().with("parameter", parameter.name());
                    if (dated.value().isKnown()) {
                        cells.with("value", content(dated.value()));
                    }
                    rows.add(cells.with("unit", dated.unit())
                            .from("from", dated.from())
                            .until("until", dated.until())
                            .with("referenceDay", String.join("; ", parameter.referenceDays()))
                            .with("clause", citation(dated.citation()))
                            .with("label", parameter.label())
                            .with("note", dated.note())
                            .done());
                }
            }
            try (Printer printer = new Printer("parameters.xlsx")) {
                printer.howTo(HowTo.PARAMETERS, HowTo.PARAMETERS.heading());
                list(printer, ListLayout.PARAMETERS, rows);
                return printer.bytes();
            }
        }

        byte[] derivations(Predicate<String> leaveOut) {
            var rows = new ArrayList<Map<String, Content>>();
            for (Derivation derivation : rulebook.derivations().values()) {
                if (!leaveOut.test(derivation.fact())
                        && RegisterSheets.entries(derivation).isEmpty()) {
                    rows.add(new Cells()
                            .with("fact", derivation.fact())
                            .with("expression", derivation.expression().toString())
                            .with("clause", derivation.citation().map(Writing::citation))
                            .with("assumption", derivation.assumption())
                            .with("label", derivation.label())
                            .with("note", derivation.note())
                            .done());
                }
            }
            try (Printer printer = new Printer("derivations.xlsx")) {
                printer.howTo(HowTo.DERIVATIONS, HowTo.DERIVATIONS.heading());
                list(printer, ListLayout.DERIVATIONS, rows);
                return printer.bytes();
            }
        }

        byte[] registers() {
            try (Printer printer = new Printer("registers.xlsx")) {
                printer.howTo(HowTo.REGISTERS, HowTo.REGISTERS.heading());
                for (Derivation derivation : rulebook.derivations().values()) {
                    RegisterSheets.entries(derivation)
                            .ifPresent(entries -> printer.list(
                                    derivation.fact(),
                                    RegisterSheets.columns(
                                            rulebook.vocabulary()
                                                    .fact(derivation.fact())
                                                    .orElseThrow(),
                                            rulebook.vocabulary()),
                                    entries.values().stream()
                                            .map(Writing::entry)
                                            .toList()));
                }
                return printer.bytes();
            }
        }

        private static Map<String, Content> entry(Value element) {
            Cells cells = new Cells();
            ((Value.Element) element).fields().forEach((field, value) -> cells.with(field, content(value)));
            return cells.done();
        }

        byte[] decision(DecisionDefinition decision, List<Table> tables) {
            try (Printer printer = new Printer(decision.name() + ".xlsx")) {
                printer.howTo(HowTo.DECISION, decision.title());
                list(printer, ListLayout.DECISION, about(decision));
                list(printer, ListLayout.OUTCOMES, outcomes(decision));
                list(printer, ListLayout.VALUES, values(decision));
                list(printer, ListLayout.BORROWED, borrowed(decision));
                list(printer, ListLayout.READINGS, readings(decision));
                list(printer, ListLayout.NOT_EXAMINED, notExamined(decision));
                tables.forEach(table -> table(printer, decision, table));
                return printer.bytes();
            }
        }

        private static List<Map<String, Content>> about(DecisionDefinition decision) {
            return List.of(
                    new Cells()
                            .with("key", "decision")
                            .with("value_ja", decision.name())
                            .done(),
                    new Cells()
                            .with("key", "title")
                            .with("value", decision.title())
                            .done(),
                    new Cells()
                            .with("key", "question")
                            .with("value", decision.question())
                            .done(),
                    new Cells()
                            .with("key", "governingFact")
                            .with("value_ja", decision.governingFact())
                            .done(),
                    new Cells()
                            .with("key", "note")
                            .with("value_ja", decision.note())
                            .done());
        }

        private static List<Map<String, Content>> outcomes(DecisionDefinition decision) {
            return decision.outcomes().stream()
                    .map(outcome -> new Cells()
                            .with("outcome", outcome.code())
                            .with(
                                    "calledForBy",
                                    outcome.calls().stream().map(Writing::call).collect(Collectors.joining("; ")))
                            .with("label", outcome.label())
                            .with("note", outcome.note())
                            .done())
                    .toList();
        }

        private static String call(Call call) {
            if (call instanceof Call.ByStatus byStatus) {
                return byStatus.rule() + ": " + joined(byStatus.statuses());
            }
            if (call instanceof Call.ByRow byRow) {
                return byRow.row();
            }
            if (call instanceof Call.ByAny byAny) {
                return "any: " + joined(byAny.statuses());
            }
            return call instanceof Call.Missing ? "missing" : "otherwise";
        }

        private static String joined(List<?> parts) {
            return parts.stream().map(Object::toString).collect(Collectors.joining(", "));
        }

        private static List<Map<String, Content>> values(DecisionDefinition decision) {
            return decision.values().stream()
                    .map(value -> new Cells()
                            .with("value", value.name())
                            .with("fact", value.fact().equals(value.name()) ? "" : value.fact())
                            .with("label", value.label())
                            .done())
                    .toList();
        }

        private static List<Map<String, Content>> borrowed(DecisionDefinition decision) {
            return decision.borrowed().stream()
                    .map(entry -> new Cells()
                            .with("rule", entry.rule())
                            .with("decision", entry.decision())
                            .with("where", conditions(entry.where()))
                            .with("message", entry.elsewhere())
                            .with("note", entry.note())
                            .done())
                    .toList();
        }

        private static List<Map<String, Content>> readings(DecisionDefinition decision) {
            return decision.readings().stream()
                    .map(reading -> new Cells()
                            .with("fact", reading.fact())
                            .with("value", UnaryTests.write(reading.test()))
                            .with("condition", conditions(reading.conditions()))
                            .with("readsAs", reading.none() ? "none" : "unknown")
                            .with("note", reading.note())
                            .done())
                    .toList();
        }

        private static List<Map<String, Content>> notExamined(DecisionDefinition decision) {
            return decision.notExamined().stream()
                    .map(entry -> new Cells()
                            .with("rule", entry.rule())
                            .with("message", entry.message())
                            .with("decidedBy", entry.decidedBy())
                            .with("condition", conditions(entry.conditions()))
                            .done())
                    .toList();
        }

        private static String conditions(List<Condition> conditions) {
            return conditions.stream()
                    .map(condition -> condition.fact() + ": " + UnaryTests.write(condition.test()))
                    .collect(Collectors.joining("; "));
        }

        private void table(Printer printer, DecisionDefinition decision, Table table) {
            List<Map<String, Content>> rows =
                    table.rows().stream().map(row -> row(table, row)).toList();
            var columns = new ArrayList<Column>();
            columns.addAll(Printer.used(
                    List.of(TableSheet.ROW, TableSheet.FROM, TableSheet.UNTIL, TableSheet.REFERENCE_DAY), rows));
            table.columns()
                    .forEach(fact -> columns.add(new Column(fact, label(decision, fact), Column.Kind.CODE, true)));
            if (table.decidesRule()) {
                columns.add(TableSheet.STATUS);
                table.attributes()
                        .forEach(name -> columns.add(new Column(
                                TableSheet.ATTRIBUTE + name,
                                new Bilingual("所見に示す " + name, "Shown in the finding: " + name),
                                Column.Kind.CODE,
                                true)));
            }
            columns.addAll(Printer.used(
                    table.decidesRule()
                            ? List.of(
                                    TableSheet.CLAUSE,
                                    TableSheet.ASSUMPTION,
                                    TableSheet.MESSAGE_JA,
                                    TableSheet.MESSAGE_EN,
                                    TableSheet.NOTE)
                            : List.of(
                                    TableSheet.CONCLUSION.optional(),
                                    TableSheet.CLAUSE,
                                    TableSheet.ASSUMPTION,
                                    TableSheet.MESSAGE_JA.optional(),
                                    TableSheet.MESSAGE_EN.optional(),
                                    TableSheet.NOTE),
                    rows));
            printer.table(
                    printer.sheetName(table.id()),
                    titles(table),
                    columns,
                    rows,
                    choices.table(table),
                    choices.titles(table));
        }

        private static boolean concludesValues(Table table) {
            return !table.decidesRule()
                    && table.aggregation() != Table.Aggregation.DAYS
                    && table.aggregation() != Table.Aggregation.COUNT;
        }

        private Map<String, Content> row(Table table, Table.Row row) {
            Cells cells = new Cells()
                    .with("row", row.id())
                    .from("from", row.from())
                    .until("until", row.until())
                    .with("referenceDay", row.referenceDay());
            row.conditions().forEach(condition -> cells.with(condition.fact(), written(condition)));
            row.status().ifPresent(status -> cells.with("status", status.name()));
            row.attributes().forEach((name, code) -> cells.with(TableSheet.ATTRIBUTE + name, code));
            if (concludesValues(table)) {
                cells.with("conclusion", content(row.conclusion()));
            }
            return cells.with("clause", row.citation().map(Writing::citation))
                    .with("assumption", row.assumption())
                    .with("message", row.message())
                    .with("note", row.note())
                    .done();
        }

        /** As people say it: yes and no are words of theirs, {@code true} is one of programs, and spreadsheets make it a formula. */
        private String written(Condition condition) {
            String test = UnaryTests.write(condition.test());
            return choices.typeOf(condition.fact()).orElse(FactType.NOTHING) instanceof FactType.Truth
                    ? test.replaceAll("\\btrue\\b", Choices.YES).replaceAll("\\bfalse\\b", Choices.NO)
                    : test;
        }

        private static List<Printer.Title> titles(Table table) {
            var titles = new ArrayList<Printer.Title>();
            title(titles, table.decidesRule() ? "rule" : "fact", table.id(), "");
            title(titles, "title", table.title());
            title(titles, "clause", table.citation().map(Writing::citation).orElse(""), "");
            title(titles, "hitPolicy", table.hitPolicy().name(), "");
            if (table.aggregation() != Table.Aggregation.NONE) {
                title(titles, "aggregation", table.aggregation().name(), "");
            }
            title(titles, "forEach", table.forEach().orElse(""), "");
            title(titles, "item", table.item().orElse(""), "");
            title(titles, "items", joined(table.items()), "");
            if (table.from().isAfter(Table.ALWAYS)) {
                titles.add(new Printer.Title("from", new Content.Day(table.from()), Printer.NOTHING));
            }
            if (table.until().isBefore(Table.FOREVER)) {
                titles.add(
                        new Printer.Title("until", new Content.Day(table.until().minusDays(1)), Printer.NOTHING));
            }
            title(titles, "referenceDay", table.referenceDay().orElse(""), "");
            title(titles, "assumption", table.assumption().orElse(""), "");
            title(titles, "discretion", table.discretion() ? Choices.YES : "", "");
            title(titles, "outsideDates", table.outsideDates());
            title(titles, "notEnoughFacts", table.notEnoughFacts());
            table.noElements().ifPresent(none -> {
                title(
                        titles,
                        "noElements",
                        none.rule().or(() -> none.status().map(Enum::name)).orElse(""),
                        "");
                title(titles, "noElementsText", none.text());
            });
            return titles;
        }

        private static void title(List<Printer.Title> titles, String key, Bilingual texts) {
            title(titles, key, texts.ja(), texts.en());
        }

        private static void title(List<Printer.Title> titles, String key, String ja, String en) {
            if (!ja.isEmpty() || !en.isEmpty()) {
                titles.add(new Printer.Title(key, new Content.Text(ja), new Content.Text(en)));
            }
        }

        /** What people call a column. */
        private Bilingual label(DecisionDefinition decision, String name) {
            if (name.equals(Names.AS_OF)) {
                return new Bilingual("判断の基準日", "Day asked about");
            }
            if (name.equals(Names.APPLICABLE_DAY)) {
                return new Bilingual("適用日", "Applicable day");
            }
            Optional<Bilingual> fact = rulebook.vocabulary()
                    .fact(name)
                    .map(FactDefinition::label)
                    .or(() -> Optional.ofNullable(rulebook.derivations().get(name))
                            .map(Derivation::label));
            if (fact.isPresent()) {
                return fact.get();
            }
            Optional<Table> rule = decision.rules().stream()
                    .filter(table -> table.id().equals(name))
                    .findFirst();
            if (rule.isPresent()) {
                return new Bilingual(
                        name + " " + rule.get().title().ja(), rule.get().title().en());
            }
            int dot = name.indexOf('.');
            Optional<Bilingual> list = dot < 0
                    ? Optional.empty()
                    : rulebook.vocabulary().fact(name.substring(0, dot)).map(FactDefinition::label);
            return list.map(label -> new Bilingual(
                            label.ja() + "（" + name.substring(dot + 1) + "）",
                            label.en() + " (" + name.substring(dot + 1) + ")"))
                    .orElse(new Bilingual(name, ""));
        }

        private static String citation(Citation citation) {
            return (citation.document() + " " + citation.clause()).strip();
        }

        private static Content content(Value value) {
            if (value instanceof Value.Number number) {
                return new Content.Number(number.value());
            }
            if (value instanceof Value.Day day) {
                return new Content.Day(day.date());
            }
            if (value instanceof Value.Truth truth) {
                return new Content.Text(truth.value() ? Choices.YES : Choices.NO);
            }
            return new Content.Text(value.isNone() ? "none" : value.toString());
        }

        private static String type(FactType type) {
            if (type.equals(FactType.REGISTRATION_STATUS)) {
                return "RegistrationStatus";
            }
            if (type instanceof FactType.ListOf list) {
                return "list<"
                        + (list.element() instanceof FactType.RecordOf fields ? fields.name() : type(list.element()))
                        + ">";
            }
            if (type instanceof FactType.Code) {
                return "enum";
            }
            if (type instanceof FactType.Numeric numeric) {
                return numeric.whole() ? "integer" : "number";
            }
            return type instanceof FactType.Day day && day.moment() ? "moment" : type.describe();
        }

        private static String domain(FactType type) {
            FactType element = type instanceof FactType.ListOf list ? list.element() : type;
            if (element instanceof FactType.RecordOf fields) {
                return fields.fields().entrySet().stream()
                        .map(field -> field.getKey() + ":" + field(field.getValue()))
                        .collect(Collectors.joining("|"));
            }
            return String.join("|", alternatives(element));
        }

        private static String field(FactType.Field field) {
            List<String> codes = alternatives(field.type());
            return type(field.type())
                    + (codes.isEmpty() ? "" : "(" + String.join(",", codes) + ")")
                    + (field.optional() ? "?" : "");
        }

        private static List<String> alternatives(FactType type) {
            if (type instanceof FactType.Code code && !type.equals(FactType.REGISTRATION_STATUS)) {
                return code.codes();
            }
            return type instanceof FactType.Numeric numeric
                    ? Arrays.asList(numeric.domain().stream()
                            .map(java.math.BigDecimal::toPlainString)
                            .toArray(String[]::new))
                    : List.of();
        }
    }
}
