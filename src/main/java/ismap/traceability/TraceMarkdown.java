package ismap.traceability;

import ismap.decision.Bilingual;
import ismap.decision.Place;
import ismap.regression.Scenario;
import ismap.rulebook.ClauseRegister;
import ismap.rulebook.DecisionDefinition.Borrowed;
import ismap.rulebook.Table;
import ismap.traceability.Trace.TracedDocument;
import ismap.traceability.TracedClause.Sourced;
import ismap.traceability.TracedDecision.Matched;
import ismap.traceability.TracedDecision.TracedScenario;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A trace as Markdown, the same for equal rulebooks and scenarios. */
public final class TraceMarkdown {

    private final Trace trace;
    private final Words words;
    private final StringBuilder text = new StringBuilder();

    private TraceMarkdown(Trace trace) {
        this.trace = trace;
        this.words = new Words(trace.rulebook());
    }

    public static String of(Trace trace) {
        return new TraceMarkdown(trace).text();
    }

    private String text() {
        line("# From clauses to rows to scenarios, and back / 条項・規則・行・シナリオの対応");
        line("");
        line("Generated from `decision-tables/` by `ismap traceability`; do not edit. 自動生成のため、編集しないでください。");
        line("");
        line("1. [Clauses](#1-clauses) → rules → rows → scenarios");
        line("2. [Rules](#2-rules) → clauses, readings");
        line("3. [Scenarios](#3-scenarios) → rows that match");
        line("4. [Readings](#4-readings) (assumptions) → rows");
        line("5. [Rules not encoded](#5-rules-not-encoded), with the reason");
        line("6. [Clauses that no machine decides](#6-clauses-that-no-machine-decides), with the reason");
        clauses();
        rules();
        scenarios();
        readings();
        notEncoded();
        notDecided();
        return text.toString();
    }

    private void line(String line) {
        text.append(line).append('\n');
    }

    // ---- clauses

    private void clauses() {
        heading("## 1. Clauses");
        for (TracedDocument document : trace.documents()) {
            if (!document.clauses().isEmpty()) {
                ClauseRegister.Document about = document.document();
                heading("### " + title(about.title()) + " `" + about.id() + "`"
                        + (about.edition().isBlank() ? "" : ", " + about.edition()));
                document.clauses().forEach(this::clause);
            }
        }
    }

    private void clause(TracedClause traced) {
        ClauseRegister.Clause clause = traced.clause();
        heading("#### " + clause.clause() + " " + title(clause.title()));
        line(String.join(
                " · ",
                Stream.of(
                                clause.coverage().name(),
                                clause.certainty(),
                                days(clause.from(), clause.until()),
                                "`" + traced.place() + "`")
                        .filter(part -> !part.isBlank())
                        .toList()));
        reason(clause.reason());
        traced.tables().forEach(table -> rowsOf(table, clause));
        if (!traced.parameters().isEmpty()) {
            line("");
            line("Parameters: " + sourced(traced.parameters(), parameter -> "`" + parameter.name() + "`"));
        }
        if (!traced.derivations().isEmpty()) {
            line("");
            line("Derived facts: " + sourced(traced.derivations(), derivation -> "`" + derivation.fact() + "`"));
        }
        traced.notEncoded().forEach(entry -> {
            line("");
            line("Not encoded: **" + entry.rule() + "**, see [below](#5-rules-not-encoded).");
        });
    }

    private void rowsOf(TracedTable table, ClauseRegister.Clause clause) {
        line("");
        line(heading(table));
        List<TracedRow> rows = table.citing(clause.document(), clause.clause());
        if (rows.isEmpty()) {
            line("");
            line("Its rows cite " + citations(table) + ".");
            return;
        }
        line("");
        line("| row | cell | result | reading | scenarios |");
        line("|---|---|---|---|---|");
        for (TracedRow row : rows) {
            line(cells(
                    row.id(),
                    cell(row.place()),
                    result(table.table(), row.row()),
                    row.assumption().orElse(""),
                    scenarios(row.scenarios())));
        }
    }

    private String heading(TracedTable table) {
        return "**" + table.id() + "** " + title(table.title()) + " — `" + sheet(table.place()) + "`"
                + (table.borrowers().isEmpty()
                        ? ""
                        : "; borrowed by "
                                + table.borrowers().entrySet().stream()
                                        .map(this::borrower)
                                        .collect(Collectors.joining(", ")));
    }

    private String borrower(Map.Entry<String, Borrowed> borrower) {
        return borrower.getKey()
                + (borrower.getValue().where().isEmpty()
                        ? ""
                        : " where "
                                + words.conditions(borrower.getValue().where()).en());
    }

    private String result(Table table, Table.Row row) {
        return row.status()
                .map(Enum::name)
                .orElseGet(() -> table.aggregation() == Table.Aggregation.DAYS
                        ? days(row.from(), row.until())
                        : row.conclusion().isNone() ? "none" : row.conclusion().toString());
    }

    // ---- back

    private void rules() {
        heading("## 2. Rules");
        line("");
        line("| rule or fact | title | stands in | asked by | clauses | readings | rows | scenarios |");
        line("|---|---|---|---|---|---|---|---|");
        for (TracedTable table : trace.tables()) {
            line(cells(
                    table.id(),
                    title(table.title()),
                    sheet(table.place()),
                    trace.decisions().stream()
                            .filter(decision -> Stream.concat(decision.rules().stream(), decision.facts().stream())
                                    .anyMatch(each -> each.path().equals(table.path())))
                            .map(TracedDecision::name)
                            .collect(Collectors.joining(", ")),
                    citations(table),
                    String.join(", ", table.assumptions()),
                    String.valueOf(table.rows().size()),
                    String.valueOf(table.rows().stream()
                            .flatMap(row -> row.scenarios().stream())
                            .map(scenario -> scenario.decision() + " " + scenario.id())
                            .distinct()
                            .count())));
        }
    }

    private static String citations(TracedTable table) {
        return table.citations().stream()
                .map(citation -> citation.document() + " " + citation.clause())
                .distinct()
                .collect(Collectors.joining(", "));
    }

    private void scenarios() {
        heading("## 3. Scenarios");
        for (TracedDecision decision : trace.decisions()) {
            heading("### " + decision.name() + " " + title(decision.decision().title()));
            line("");
            line("| scenario | rows that match |");
            line("|---|---|");
            for (TracedScenario scenario : decision.scenarios()) {
                line(cells(scenario.scenario().id(), rows(scenario.rows())));
            }
        }
    }

    /** {@code BR-3.5-1/2}, and of further rows of the same table their numbers alone. */
    private static String rows(List<Matched> rows) {
        var byTable = new LinkedHashMap<String, List<String>>();
        rows.forEach(row -> byTable.computeIfAbsent(row.table().id(), id -> new ArrayList<>())
                .add(row.row()));
        return byTable.entrySet().stream()
                .map(entry -> entry.getValue().get(0)
                        + entry.getValue().stream()
                                .skip(1)
                                .map(row -> ", "
                                        + (row.startsWith(entry.getKey())
                                                ? row.substring(entry.getKey().length())
                                                : row))
                                .collect(Collectors.joining()))
                .collect(Collectors.joining(" · "));
    }

    private void readings() {
        heading("## 4. Readings");
        for (TracedAssumption traced : trace.assumptions()) {
            ClauseRegister.Assumption assumption = traced.assumption();
            heading("### " + assumption.id());
            line("");
            line("* Reading: " + both(assumption.text()));
            if (!assumption.other().isBlank()) {
                line("* Others: " + both(assumption.other()));
            }
            line("* Why: " + both(assumption.why()));
            if (!assumption.document().isBlank()) {
                line("* Clause: " + (assumption.document() + " " + assumption.clause()).strip());
            }
            line("* Rows: " + (traced.rows().isEmpty() ? "none" : rows(traced.rows())));
            if (!traced.derivations().isEmpty()) {
                line("* Derived facts: " + sourced(traced.derivations(), derivation -> "`" + derivation.fact() + "`"));
            }
        }
    }

    private void notEncoded() {
        heading("## 5. Rules not encoded");
        line("");
        line("| rule | clause | why | decided by | certainty |");
        line("|---|---|---|---|---|");
        for (ClauseRegister.NotEncoded entry : trace.notEncoded()) {
            line(cells(
                    entry.rule(),
                    (entry.document() + " " + entry.clause()).strip(),
                    both(entry.reason()),
                    entry.decidedBy(),
                    entry.certainty()));
        }
    }

    private void notDecided() {
        heading("## 6. Clauses that no machine decides");
        line("");
        line("| clause | title | coverage | why |");
        line("|---|---|---|---|");
        trace.documents().stream()
                .flatMap(document -> document.clauses().stream())
                .map(TracedClause::clause)
                .filter(clause -> clause.coverage() != ClauseRegister.Coverage.RULES)
                .forEach(clause -> line(cells(
                        clause.cited(), title(clause.title()), clause.coverage().name(), both(clause.reason()))));
    }

    // ---- parts

    private void heading(String heading) {
        line("");
        line(heading);
    }

    private void reason(Bilingual reason) {
        if (!reason.isBlank()) {
            line("");
            line(both(reason));
        }
    }

    private static String title(Bilingual title) {
        return title.en().isBlank() || title.en().equals(title.ja()) ? title.ja() : title.ja() + " / " + title.en();
    }

    private static String both(Bilingual prose) {
        return prose.en().isBlank() ? prose.ja() : prose.ja().isBlank() ? prose.en() : prose.ja() + " " + prose.en();
    }

    private static String days(java.time.LocalDate from, java.time.LocalDate until) {
        return Words.days(from, until).en();
    }

    private static <T> String sourced(List<Sourced<T>> parts, java.util.function.Function<T, String> name) {
        return parts.stream()
                .map(part -> name.apply(part.part()) + " (" + part.place() + ")")
                .collect(Collectors.joining(", "));
    }

    private static String sheet(Place place) {
        return place instanceof Place.Cell cell ? (cell.workbook() + " " + cell.sheet()).strip() : place.toString();
    }

    private static String cell(Place place) {
        return place instanceof Place.Cell cell ? cell.cell() : place.toString();
    }

    private static String cells(String... cells) {
        return Stream.of(cells)
                .map(cell -> cell.replace("|", "\\|").replace("\n", "<br>"))
                .collect(Collectors.joining(" | ", "| ", " |"));
    }

    /** {@code SV-001–004, 007}: ids that follow each other are joined, and a beginning is not repeated. */
    static String scenarios(List<Scenario> scenarios) {
        return Ranges.of(scenarios.stream().map(Scenario::id).toList());
    }
}
