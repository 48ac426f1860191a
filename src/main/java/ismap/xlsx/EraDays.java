package ismap.xlsx;

import ismap.decision.Characters;
import ismap.decision.Place;
import ismap.decision.Problem;
import ismap.decision.WrittenDates;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** How days that were written as text in another form than {@code 2024-04-01} were read, cell by cell. */
final class EraDays {

    /** Columns of texts for people; a day in one of them is read by people alone. */
    private static final Set<String> PROSE = Stream.of(
                    Stream.of(ListLayout.values()).flatMap(layout -> layout.columns().stream()),
                    ScenarioSheetReader.COLUMNS.stream(),
                    Stream.of(TableSheet.MESSAGE_JA, TableSheet.MESSAGE_EN, TableSheet.NOTE))
            .flatMap(columns -> columns)
            .filter(column -> column.kind() == Column.Kind.PROSE)
            .map(Column::key)
            .collect(Collectors.toUnmodifiableSet());

    private static final Set<String> TITLES_OF_DAYS = Set.of("from", "until");

    private EraDays() {}

    /** @param problems whose cells are passed over: what could not be read was not read as anything */
    static List<Problem> readIn(OpenedWorkbook workbook, List<Problem> problems) {
        var wrong = new HashSet<Place>();
        problems.forEach(problem -> wrong.add(problem.places().get(0)));
        var read = new ArrayList<Problem>();
        for (Grid grid : workbook.sheets()) {
            if (!Sheets.isForPeople(grid)) {
                readIn(grid, wrong, read);
            }
        }
        return read;
    }

    private static void readIn(Grid grid, Set<Place> wrong, List<Problem> read) {
        int keyRow = TableSheet.keyRow(grid);
        for (int row : grid.rows().keySet()) {
            boolean title = row < keyRow;
            if (title && TITLES_OF_DAYS.contains(grid.code(row, 0))) {
                said(grid, row, 1, wrong).ifPresent(read::add);
            }
            if (title || row <= (keyRow < 0 ? 1 : keyRow)) {
                continue;
            }
            for (int column : grid.row(row).keySet()) {
                String key = grid.code(Math.max(keyRow, 0), column);
                if (!key.isEmpty() && !PROSE.contains(key)) {
                    said(grid, row, column, wrong).ifPresent(read::add);
                }
            }
        }
    }

    private static Optional<Problem> said(Grid grid, int row, int column, Set<Place> wrong) {
        Place at = grid.at(row, column);
        Optional<Content> content = grid.cell(row, column);
        if (wrong.contains(at) || content.isEmpty() || !(content.get() instanceof Content.Text text)) {
            return Optional.empty();
        }
        return iso(text.text()).map(iso -> Mistakes.dayRead(at, text.text(), iso));
    }

    /** The text with its days as {@code 2024-04-01}; empty where it has none, or has them so already. */
    private static Optional<String> iso(String text) {
        try {
            Optional<String> day = WrittenDates.read(text).map(Object::toString);
            String iso = day.isPresent() ? day.get() : WrittenDates.withIsoDays(text);
            boolean found = java.util.regex.Pattern.compile("\\d{4}-\\d{2}-\\d{2}")
                    .matcher(iso)
                    .results()
                    .anyMatch(one -> !Characters.code(text).contains(one.group()));
            return found ? Optional.of(iso) : Optional.empty();
        } catch (WrittenDates.NoSuchDay impossible) {
            return Optional.empty();
        }
    }
}
