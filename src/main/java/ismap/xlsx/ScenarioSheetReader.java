package ismap.xlsx;

import static ismap.xlsx.Column.code;
import static ismap.xlsx.Column.day;
import static ismap.xlsx.Column.prose;

import ismap.decision.Bilingual;
import ismap.decision.Characters;
import ismap.decision.Place;
import ismap.decision.Problem;
import ismap.decision.WrittenDates;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads {@code scenarios/<decision>.xlsx} as strictly as a rulebook's workbooks; what the cells mean is for others to say. */
public final class ScenarioSheetReader {

    static final String SHEET = "Scenarios";
    static final List<Column> COLUMNS = List.of(
            code("id", "番号", "Id"),
            prose("scenario_ja", "場面（日本語）", "Scenario (ja)"),
            prose("scenario_en", "場面（英語）", "Scenario (en)").optional(),
            day("asOf", "対象日", "As of").optional(),
            code("outcome", "結論", "Outcome"),
            code("findings", "結果", "Findings").optional(),
            code("values", "示す値", "Values").optional(),
            code("missing", "不足している事実", "Missing").optional());

    private static final Set<String> NAMES = Set.of("id", "scenario_ja", "scenario_en");
    private static final Set<String> EXPECTED = Set.of("outcome", "findings", "values", "missing");

    private final Limits limits;

    public ScenarioSheetReader() {
        this(Limits.DEFAULT);
    }

    public ScenarioSheetReader(Limits limits) {
        this.limits = limits;
    }

    /** @param problems all of them, in sheet order; a row without an id is not among the rows */
    public record Read(List<ScenarioRow> rows, List<Problem> problems) {}

    /**
     * @param path as in the rulebook, {@code scenarios/service-validity.xlsx}; it names the workbook in every place
     */
    public Read read(String path, byte[] bytes) {
        Problems problems = new Problems();
        OpenedWorkbook workbook = OpenedWorkbook.of(path, bytes, limits);
        problems.order(workbook);
        problems.addAll(workbook.problems());
        if (!workbook.problems().isEmpty()) {
            return new Read(List.of(), problems.inSheetOrder());
        }
        Sheets sheets = new Sheets(workbook, problems);
        sheets.others().stream()
                .filter(grid -> !Characters.code(grid.sheet()).equals(SHEET))
                .forEach(grid -> problems.add(Mistakes.sheetUnknown(grid, List.of(SHEET))));
        Optional<Grid> grid = workbook.sheet(SHEET);
        if (grid.isEmpty()) {
            problems.add(Mistakes.sheetMissing(workbook.place(), SHEET));
        }
        List<ScenarioRow> rows = grid.map(found -> rows(found, problems)).orElse(List.of());
        return new Read(rows, problems.inSheetOrder());
    }

    private static List<ScenarioRow> rows(Grid grid, Problems problems) {
        Body body = Body.ofList(grid, COLUMNS, key -> Form.FACT.fits(key), problems);
        var rows = new ArrayList<ScenarioRow>();
        var seen = new LinkedHashMap<String, Entry>();
        for (Entry entry : body.entries()) {
            Optional<String> id = entry.required("id", Form.SCENARIO);
            Bilingual name = entry.requiredTexts("scenario");
            var cells = new LinkedHashMap<String, String>();
            var places = new LinkedHashMap<String, Place.Cell>();
            for (String column : body.columns().keySet()) {
                places.put(column, entry.at(column));
                if (!NAMES.contains(column)) {
                    text(entry, column).ifPresent(text -> cells.put(column, text));
                }
            }
            id.ifPresent(known -> {
                Entry same = seen.putIfAbsent(known, entry);
                if (same != null) {
                    problems.add(Mistakes.duplicate(entry.at("id"), same.at("id"), known));
                }
                rows.add(new ScenarioRow(known, name, cells, places));
            });
        }
        return List.copyOf(rows);
    }

    private static Optional<String> text(Entry entry, String column) {
        if (column.equals("asOf")) {
            return entry.day(column).map(LocalDate::toString);
        }
        if (EXPECTED.contains(column)) {
            return entry.code(column);
        }
        return entry.content(column)
                .map(content -> content instanceof Content.Text text ? isoDay(text.text()) : content.toString());
    }

    /** A cell that is a day and nothing else, as {@code 2024-04-01}; any other as it stands. */
    private static String isoDay(String text) {
        try {
            return WrittenDates.read(text).map(LocalDate::toString).orElse(Characters.code(text));
        } catch (WrittenDates.NoSuchDay impossible) {
            // Whoever types the fact says so, with the fact's name.
            return Characters.code(text);
        }
    }

    /** The known columns by their keys. */
    static Map<String, Column> columns() {
        var columns = new LinkedHashMap<String, Column>();
        COLUMNS.forEach(column -> columns.put(column.key(), column));
        return columns;
    }
}
