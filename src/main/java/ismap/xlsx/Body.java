package ismap.xlsx;

import ismap.decision.Characters;
import ismap.decision.Place;
import ismap.decision.Problem;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * The rows under a row of keys, with everything said that is wrong with them whatever they mean.
 *
 * @param columns key → column, in the order of the sheet
 */
record Body(Grid grid, int keyRow, Map<String, Integer> columns, List<Entry> entries) {

    /** Names and codes. No label is written so, and where the row of labels was deleted an entry would be skipped. */
    private static final Pattern ENTRY_LIKE =
            Pattern.compile("[a-z*][A-Za-z0-9_.*-]*|[A-Z][A-Z0-9_]+|[A-Z][A-Za-z]*[-.0-9][A-Za-z0-9./-]+");

    /** The rows of a list sheet: keys, labels, entries. */
    static Body ofList(Grid grid, ListLayout layout, Problems problems) {
        return ofList(grid, layout.columns(), key -> false, problems);
    }

    /** @param more whether a key that is none of the {@code known} ones may stand there too */
    static Body ofList(Grid grid, List<Column> known, Predicate<String> more, Problems problems) {
        String first = known.get(0).key();
        if (!grid.code(0, 0).equals(first)) {
            problems.add(Mistakes.keyRowMissing(grid.at(0, 0), first));
            return new Body(grid, 0, Map.of(), List.of());
        }
        Body body = of(grid, 0, 2, known, more, problems);
        String label = grid.code(1, 0);
        if (ENTRY_LIKE.matcher(label).matches() && !label.equalsIgnoreCase(first)) {
            problems.add(Mistakes.labelRowMissing(grid.at(1, 0), label));
        }
        return body;
    }

    static Body of(Grid grid, int keyRow, int from, List<Column> known, Predicate<String> more, Problems problems) {
        var columns = new LinkedHashMap<String, Integer>();
        List<String> keys = known.stream().map(Column::key).toList();
        grid.row(keyRow).forEach((column, content) -> {
            Place.Cell at = grid.at(keyRow, column);
            if (content instanceof Content.Refused) {
                return;
            }
            String key = Characters.code(content.toString());
            Integer same = columns.get(key);
            if (same != null) {
                problems.add(Mistakes.columnDuplicate(at, grid.at(keyRow, same), key));
            } else if (keys.contains(key) || more.test(key)) {
                columns.put(key, column);
            } else {
                problems.add(Mistakes.columnUnknown(at, key, keys));
            }
        });
        for (Column column : known) {
            if (column.required() && !columns.containsKey(column.key())) {
                problems.add(Mistakes.columnMissing(grid.at(keyRow, 0), column.key()));
            }
        }
        sweep(grid, keyRow, keyRow, false, problems);
        sweep(grid, from, grid.lastRow(), true, problems);
        sweepColumns(grid, keyRow, from, problems);
        var entries = new ArrayList<Entry>();
        for (int row : grid.rows().tailMap(from).keySet()) {
            entries.add(new Entry(grid, row, columns, problems));
        }
        return new Body(grid, keyRow, columns, entries);
    }

    /** What is wrong with rows {@code from} to {@code to}, both included, whatever they mean. */
    static void sweep(Grid grid, int from, int to, boolean mayHaveGaps, Problems problems) {
        for (int row = from; row <= to; row++) {
            if (grid.row(row).isEmpty()) {
                if (mayHaveGaps && (row == from || !grid.row(row - 1).isEmpty())) {
                    problems.add(Mistakes.emptyRow(grid.at(row, 0), row));
                }
                continue;
            }
            if (grid.hiddenRows().contains(row)) {
                problems.add(Mistakes.hiddenRow(grid.at(row, 0), row));
            }
            Integer struck = grid.struck().get(row);
            if (struck != null) {
                problems.add(Mistakes.struck(grid.at(row, struck)));
            }
            for (Content content : grid.row(row).values()) {
                if (content instanceof Content.Refused refused) {
                    problems.add(refused.problem());
                }
            }
            Map<Integer, Problem> warnings = grid.warnings().get(row);
            if (warnings != null) {
                problems.addAll(warnings.values());
            }
        }
    }

    private static void sweepColumns(Grid grid, int keyRow, int from, Problems problems) {
        Collection<Integer> used = grid.columnsUsed(from);
        for (int column : grid.hiddenColumns()) {
            if (used.contains(column) || grid.cell(keyRow, column).isPresent()) {
                problems.add(Mistakes.hiddenColumn(grid.atColumn(column)));
            }
        }
        for (Grid.Merged merged : grid.merged()) {
            if (merged.touches(keyRow, keyRow) || merged.touches(from, grid.lastRow())) {
                problems.add(Mistakes.merged(grid.at(merged.firstRow(), merged.firstColumn()), merged.range()));
            }
        }
        for (int column : used) {
            if (grid.cell(keyRow, column).isEmpty()) {
                grid.rows().tailMap(from).entrySet().stream()
                        .filter(row -> row.getValue().containsKey(column))
                        .findFirst()
                        .ifPresent(row -> problems.add(Mistakes.cellWithoutColumn(
                                grid.at(row.getKey(), column),
                                grid.cell(row.getKey(), column)
                                        .map(Object::toString)
                                        .orElse(""))));
            }
        }
    }

    /** The place of a column's key. */
    Place.Cell at(String key) {
        return grid.at(keyRow, columns.getOrDefault(key, 0));
    }
}
