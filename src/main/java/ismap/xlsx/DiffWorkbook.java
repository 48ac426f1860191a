package ismap.xlsx;

import static ismap.xlsx.Column.code;
import static ismap.xlsx.Column.day;
import static ismap.xlsx.Column.prose;

import ismap.analysis.Change;
import ismap.analysis.DecisionDiff;
import ismap.analysis.Diff;
import ismap.analysis.Region;
import ismap.decision.Place;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** A difference of two rulebooks as a workbook: what is written otherwise, one cell a row; what is answered otherwise, one region a row. */
public final class DiffWorkbook {

    private static final int LONGEST_CELL = 32_000;

    private static final List<Column> CHANGES = List.of(
            code("type", "変更", "Change"),
            code("kind", "種類", "Kind"),
            code("decision", "判断", "Decision"),
            code("id", "番号・名前", "Id"),
            code("cell", "項目", "Cell"),
            prose("before", "変更前", "Before"),
            prose("after", "変更後", "After"),
            code("clause", "条項", "Clause"),
            code("place", "場所", "Place"));

    private static final List<Column> ANSWERS = List.of(
            code("decision", "判断", "Decision"),
            code("what", "何が変わるか", "What"),
            code("name", "規則・値", "Rule or value"),
            code("before", "変更前", "Before"),
            code("after", "変更後", "After"),
            prose("where", "変わる場合", "Where"),
            day("asOf", "例：対象日", "Example: as of"),
            prose("facts", "例：事実", "Example: facts"),
            code("outcomeBefore", "例：変更前の結論", "Example: outcome before"),
            code("outcomeAfter", "例：変更後の結論", "Example: outcome after"));

    private static final List<Column> DECISIONS = List.of(
            code("decision", "判断", "Decision"),
            code("verdict", "結果", "Verdict"),
            prose("changed", "意味の変わったもの", "What means something else"),
            code("asked", "両方で判断した件数", "Requests asked of both"),
            code("complete", "調べ終えたか", "Complete"));

    private DiffWorkbook() {}

    /** @param json writes facts as JSON */
    public static byte[] of(Diff diff, Function<Map<String, ?>, String> json) {
        try (Printer printer = new Printer("diff.xlsx")) {
            printer.list(
                    "Decisions",
                    DECISIONS,
                    diff.decisions().stream().map(DiffWorkbook::decision).toList());
            printer.list("Answers", ANSWERS, answers(diff, json));
            printer.list("Changes", CHANGES, changes(diff));
            return printer.bytes();
        }
    }

    private static Map<String, Content> decision(DecisionDiff decision) {
        var cells = new LinkedHashMap<String, Content>();
        put(cells, "decision", decision.decision());
        put(cells, "verdict", decision.verdict().name());
        put(cells, "changed", String.join(", ", decision.changed()));
        put(cells, "asked", String.valueOf(decision.asked()));
        put(cells, "complete", decision.spent() ? "no" : "yes");
        return cells;
    }

    private static List<Map<String, Content>> answers(Diff diff, Function<Map<String, ?>, String> json) {
        var rows = new ArrayList<Map<String, Content>>();
        for (DecisionDiff decision : diff.decisions()) {
            for (Region region : decision.regions()) {
                var cells = new LinkedHashMap<String, Content>();
                put(cells, "decision", decision.decision());
                put(cells, "what", region.what().name());
                put(cells, "name", region.name());
                put(cells, "before", region.before().toString());
                put(cells, "after", region.after().toString());
                put(
                        cells,
                        "where",
                        String.join(
                                "\n",
                                region.columns().stream()
                                        .map(column -> column.before().equals(column.after())
                                                ? column.name() + ": " + column.before()
                                                : column.name() + ": " + any(column.before()) + " → "
                                                        + any(column.after()))
                                        .toList()));
                cells.put("asOf", new Content.Day(region.example().asOf()));
                put(cells, "facts", json.apply(region.example().facts()));
                put(cells, "outcomeBefore", region.example().outcomeBefore());
                put(cells, "outcomeAfter", region.example().outcomeAfter());
                rows.add(cells);
            }
        }
        return rows;
    }

    private static List<Map<String, Content>> changes(Diff diff) {
        var rows = new ArrayList<Map<String, Content>>();
        for (Change change : diff.changes()) {
            // A part that is new or gone and says nothing is told all the same.
            List<Change.Cell> cells = change.cells().isEmpty() ? List.of(new Change.Cell("", "", "")) : change.cells();
            for (Change.Cell cell : cells) {
                var row = new LinkedHashMap<String, Content>();
                put(row, "type", change.type().name());
                put(row, "kind", change.kind().name());
                put(row, "decision", change.decision());
                put(row, "id", change.id());
                put(row, "cell", cell.name());
                put(row, "before", cell.before());
                put(row, "after", cell.after());
                put(row, "clause", change.clause());
                put(row, "place", place(change.after().or(change::before)));
                rows.add(row);
            }
        }
        return rows;
    }

    private static String place(Optional<Place> place) {
        return place.map(Place::toString).orElse("");
    }

    private static String any(String test) {
        return test.isEmpty() ? "-" : test;
    }

    private static void put(Map<String, Content> cells, String key, String text) {
        if (!text.isEmpty()) {
            cells.put(
                    key, new Content.Text(text.length() > LONGEST_CELL ? text.substring(0, LONGEST_CELL) + "…" : text));
        }
    }
}
