package ismap.xlsx;

import ismap.decision.Characters;
import ismap.decision.Place;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The cells of one sheet that hold something, with what their looks say. Rows and columns are counted from 0.
 *
 * @param rows row → column → content
 * @param warnings of cells, by row and column; what they hold is used all the same
 */
record Grid(
        String workbook,
        String sheet,
        boolean hidden,
        SortedMap<Integer, SortedMap<Integer, Content>> rows,
        SortedMap<Integer, SortedMap<Integer, ismap.decision.Problem>> warnings,
        SortedSet<Integer> hiddenRows,
        SortedSet<Integer> hiddenColumns,
        SortedMap<Integer, Integer> struck,
        List<Merged> merged) {

    record Merged(int firstRow, int lastRow, int firstColumn, int lastColumn) {
        String range() {
            return address(firstRow, firstColumn) + ":" + address(lastRow, lastColumn);
        }

        boolean touches(int fromRow, int toRow) {
            return firstRow <= toRow && lastRow >= fromRow;
        }
    }

    Optional<Content> cell(int row, int column) {
        return Optional.ofNullable(row(row).get(column));
    }

    SortedMap<Integer, Content> row(int row) {
        return rows.getOrDefault(row, new TreeMap<>());
    }

    /** The text of a cell in the form of names and codes; blank for anything but text. */
    String code(int row, int column) {
        return cell(row, column)
                .filter(Content.Text.class::isInstance)
                .map(text -> Characters.code(text.toString()))
                .orElse("");
    }

    /** The last row that holds something, or -1. Not the sheet's own: that counts rows that are only styled. */
    int lastRow() {
        return rows.isEmpty() ? -1 : rows.lastKey();
    }

    SortedSet<Integer> columnsUsed(int fromRow) {
        var columns = new TreeSet<Integer>();
        rows.tailMap(fromRow).values().forEach(row -> columns.addAll(row.keySet()));
        return columns;
    }

    Place.Cell at(int row, int column) {
        return new Place.Cell(workbook, sheet, address(row, column));
    }

    Place.Cell atColumn(int column) {
        return new Place.Cell(workbook, sheet, letters(column));
    }

    Place.Cell whole() {
        return new Place.Cell(workbook, sheet, "");
    }

    static String address(int row, int column) {
        return letters(column) + (row + 1);
    }

    private static String letters(int column) {
        var letters = new StringBuilder();
        for (int rest = column + 1; rest > 0; rest = (rest - 1) / 26) {
            letters.insert(0, (char) ('A' + (rest - 1) % 26));
        }
        return letters.toString();
    }
}
