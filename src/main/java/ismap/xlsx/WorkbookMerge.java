package ismap.xlsx;

import ismap.decision.Bilingual;
import ismap.decision.Place;
import ismap.decision.Problem;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.poi.ss.usermodel.Cell;
import org.apache.poi.ss.usermodel.CellType;
import org.apache.poi.ss.usermodel.Row;
import org.apache.poi.xssf.usermodel.XSSFCell;
import org.apache.poi.xssf.usermodel.XSSFCellStyle;
import org.apache.poi.xssf.usermodel.XSSFRow;
import org.apache.poi.xssf.usermodel.XSSFSheet;
import org.apache.poi.xssf.usermodel.XSSFWorkbook;
import org.jspecify.annotations.Nullable;

/**
 * Brings what one person changed in a workbook into a copy of it that others changed meanwhile, row by row. A row is known by what stands in
 * its first cell: its id, its key, its name; of several with one name, by what else they say, then by their order. Rows are whole: where both
 * changed one, the other's stays, and the person is told of theirs.
 */
public final class WorkbookMerge {

    /** More are counted in the last one. */
    private static final int MOST_CONFLICTS = 200;

    /**
     * @param workbook the others' copy with what could be brought in
     * @param conflicts what could not, in the order of sheets
     */
    @SuppressWarnings("ArrayRecordComponent") // stored as it is, never compared by equals
    public record Merged(byte[] workbook, List<Problem> conflicts) {
        public Merged {
            conflicts = List.copyOf(conflicts);
        }
    }

    private final String path;
    private final XSSFWorkbook target;
    private final XSSFWorkbook source;
    private final List<Problem> conflicts = new ArrayList<>();
    private final Map<Short, XSSFCellStyle> styles = new HashMap<>();

    private WorkbookMerge(String path, XSSFWorkbook target, XSSFWorkbook source) {
        this.path = path;
        this.target = target;
        this.source = source;
    }

    /**
     * @param base what both began with
     * @param theirs what it became with the others; the result is a copy of it
     * @param mine what it became with the person
     * @return empty where one of them cannot be read as a workbook
     */
    public static Optional<Merged> of(String path, byte[] base, byte[] theirs, byte[] mine) {
        OpenedWorkbook before = OpenedWorkbook.of(path, base, Limits.DEFAULT);
        OpenedWorkbook others = OpenedWorkbook.of(path, theirs, Limits.DEFAULT);
        OpenedWorkbook own = OpenedWorkbook.of(path, mine, Limits.DEFAULT);
        if (!before.problems().isEmpty()
                || !others.problems().isEmpty()
                || !own.problems().isEmpty()) {
            return Optional.empty();
        }
        try (XSSFWorkbook target = open(path, theirs);
                XSSFWorkbook source = open(path, mine)) {
            var merge = new WorkbookMerge(path, target, source);
            merge.sheets(before, others, own);
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            target.write(out);
            return Optional.of(new Merged(Printer.withoutTimes(out.toByteArray()), merge.conflicts()));
        } catch (IOException | RuntimeException unreadable) {
            // POI answers a malformed part with whatever its XML beans throw; a person merges such a workbook better.
            return Optional.empty();
        }
    }

    private static XSSFWorkbook open(String path, byte[] workbook) throws IOException {
        return new XSSFWorkbook(new ByteArrayInputStream(AnnotatedWorkbook.zipped(
                PackageGuard.check(path, workbook, Limits.DEFAULT).parts())));
    }

    private List<Problem> conflicts() {
        return conflicts.size() <= MOST_CONFLICTS ? conflicts : conflicts.subList(0, MOST_CONFLICTS);
    }

    private void sheets(OpenedWorkbook before, OpenedWorkbook others, OpenedWorkbook own) {
        var names = new LinkedHashSet<String>();
        for (OpenedWorkbook each : List.of(others, own, before)) {
            each.sheets().stream().filter(grid -> !Sheets.isForPeople(grid)).forEach(grid -> names.add(grid.sheet()));
        }
        for (String name : names) {
            sheet(name, find(before, name), find(others, name), find(own, name));
        }
    }

    private static Optional<Grid> find(OpenedWorkbook workbook, String name) {
        return workbook.sheets().stream()
                .filter(grid -> grid.sheet().equals(name))
                .findFirst();
    }

    private void sheet(String name, Optional<Grid> before, Optional<Grid> others, Optional<Grid> own) {
        if (same(own, before) || same(own, others)) {
            return;
        }
        if (same(others, before)) {
            take(name, before, own);
        } else if (before.isPresent() && others.isPresent() && own.isPresent() && sameColumns(before, others, own)) {
            rows(before.get(), others.get(), own.get());
        } else {
            conflict(new Place.Cell(path, name, ""), name, shown(own), shown(others));
        }
    }

    /** The person alone changed this sheet. */
    private void take(String name, Optional<Grid> before, Optional<Grid> own) {
        int index = target.getSheetIndex(name);
        if (own.isEmpty()) {
            if (target.getNumberOfSheets() > 1) {
                target.removeSheetAt(index);
            }
        } else if (before.isPresent() && sameColumns(before, own, own)) {
            rows(before.get(), before.get(), own.get());
        } else {
            copy(source.getSheet(name), index < 0 ? target.createSheet(name) : target.getSheetAt(index));
        }
    }

    private void copy(XSSFSheet from, XSSFSheet to) {
        for (int row = to.getLastRowNum(); row >= 0; row--) {
            XSSFRow old = to.getRow(row);
            if (old != null) {
                to.removeRow(old);
            }
        }
        int widest = 0;
        for (Row row : from) {
            XSSFRow copy = to.createRow(row.getRowNum());
            copy.setHeight(row.getHeight());
            fill(copy, (XSSFRow) row);
            widest = Math.max(widest, row.getLastCellNum());
        }
        for (int column = 0; column < widest; column++) {
            to.setColumnWidth(column, from.getColumnWidth(column));
        }
    }

    // ---- rows

    /** A row that holds something. @param place counted from 0 */
    private record Line(int place, String key, SortedMap<Integer, String> cells) {
        boolean says(Line other) {
            return cells.equals(other.cells);
        }

        String text() {
            String text = cells.values().stream()
                    .map(cell -> cell.substring(cell.indexOf(':') + 1))
                    .collect(Collectors.joining(" | "));
            return text.length() > 200 ? text.substring(0, 200) : text;
        }
    }

    private static List<Line> lines(Grid grid) {
        var lines = new ArrayList<Line>();
        grid.rows().forEach((row, cells) -> {
            var texts = new TreeMap<Integer, String>();
            // Without the place that a refused cell carries, so that a row may move.
            cells.forEach(
                    (column, content) -> texts.put(column, content.getClass().getSimpleName() + ":" + content));
            lines.add(new Line(row, grid.cell(row, 0).map(Object::toString).orElse(""), texts));
        });
        return lines;
    }

    private static boolean same(Optional<Grid> one, Optional<Grid> other) {
        if (one.isEmpty() || other.isEmpty()) {
            return one.isEmpty() && other.isEmpty();
        }
        List<Line> first = lines(one.get());
        List<Line> second = lines(other.get());
        return first.size() == second.size()
                && java.util.stream.IntStream.range(0, first.size())
                        .allMatch(i -> first.get(i).says(second.get(i)));
    }

    private static boolean sameColumns(Optional<Grid> before, Optional<Grid> others, Optional<Grid> own) {
        Function<Grid, Map<Integer, String>> keys = grid -> {
            int keyRow = Math.max(TableSheet.keyRow(grid), 0);
            var columns = new TreeMap<Integer, String>();
            grid.row(keyRow).forEach((column, content) -> columns.put(column, content.toString()));
            return columns;
        };
        Map<Integer, String> columns = keys.apply(before.orElseThrow());
        return columns.equals(keys.apply(others.orElseThrow())) && columns.equals(keys.apply(own.orElseThrow()));
    }

    /** What is done to a row of the target; rows are worked through from below, so that places above stay right. */
    private static final class Edits {
        private final SortedMap<Integer, List<Integer>> inserted = new TreeMap<>(Collections.reverseOrder());
        private final Map<Integer, Integer> replaced = new HashMap<>();
        private final LinkedHashSet<Integer> deleted = new LinkedHashSet<>();
    }

    private void rows(Grid before, Grid others, Grid own) {
        List<Line> base = lines(before);
        List<Line> theirs = lines(others);
        List<Line> mine = lines(own);
        Map<Line, Line> theirsOf = matches(base, theirs);
        Map<Line, Line> mineOf = matches(base, mine);
        var edits = new Edits();
        for (Line line : base) {
            changed(own, line, Optional.ofNullable(theirsOf.get(line)), Optional.ofNullable(mineOf.get(line)), edits);
        }
        added(own, base, theirs, mine, theirsOf, mineOf, edits);
        apply(target.getSheet(others.sheet()), source.getSheet(own.sheet()), edits);
    }

    private void changed(Grid own, Line base, Optional<Line> theirs, Optional<Line> mine, Edits edits) {
        boolean iChanged = mine.filter(base::says).isEmpty();
        boolean theyChanged = theirs.filter(base::says).isEmpty();
        if (!iChanged
                || (mine.isEmpty() && theirs.isEmpty())
                || (mine.isPresent() && theirs.filter(mine.get()::says).isPresent())) {
            return;
        }
        if (theyChanged) {
            conflict(
                    own.at(theirs.or(() -> mine).orElse(base).place(), 0),
                    base.key(),
                    mine.map(Line::text).orElse(""),
                    theirs.map(Line::text).orElse(""));
        } else if (mine.isPresent()) {
            edits.replaced.put(theirs.orElseThrow().place(), mine.get().place());
        } else {
            edits.deleted.add(theirs.orElseThrow().place());
        }
    }

    /** Behind the row that stands before it in the person's copy, or the nearest above that is still there. */
    private void added(
            Grid own,
            List<Line> base,
            List<Line> theirs,
            List<Line> mine,
            Map<Line, Line> theirsOf,
            Map<Line, Line> mineOf,
            Edits edits) {
        var baseOfMine = new HashMap<Line, Line>();
        mineOf.forEach((line, changed) -> baseOfMine.put(changed, line));
        List<Line> newTheirs =
                theirs.stream().filter(line -> !theirsOf.containsValue(line)).toList();
        int anchor = theirs.isEmpty() ? 0 : theirs.get(0).place();
        for (Line line : mine) {
            Line began = baseOfMine.get(line);
            if (began != null) {
                Line there = theirsOf.get(began);
                anchor = there == null ? anchor : there.place();
                continue;
            }
            Optional<Line> alsoTheirs = newTheirs.stream()
                    .filter(other -> other.key().equals(line.key()))
                    .findFirst();
            if (alsoTheirs.isEmpty()) {
                edits.inserted
                        .computeIfAbsent(anchor, none -> new ArrayList<>())
                        .add(line.place());
            } else if (!alsoTheirs.get().says(line)) {
                conflict(
                        own.at(alsoTheirs.get().place(), 0),
                        line.key(),
                        line.text(),
                        alsoTheirs.get().text());
            }
        }
    }

    /** Which row became which; of rows with one key first those that say the same, then in their order. */
    private static Map<Line, Line> matches(List<Line> base, List<Line> side) {
        Map<String, List<Line>> left = side.stream()
                .collect(Collectors.groupingBy(Line::key, LinkedHashMap::new, Collectors.toCollection(ArrayList::new)));
        var matches = new LinkedHashMap<Line, Line>();
        for (boolean exact : new boolean[] {true, false}) {
            for (Line line : base) {
                List<Line> candidates = left.getOrDefault(line.key(), List.of());
                if (!matches.containsKey(line)) {
                    candidates.stream()
                            .filter(candidate -> !exact || candidate.says(line))
                            .findFirst()
                            .ifPresent(found -> {
                                matches.put(line, found);
                                candidates.remove(found);
                            });
                }
            }
        }
        return matches;
    }

    private void apply(XSSFSheet to, XSSFSheet from, Edits edits) {
        for (int row = to.getLastRowNum(); row >= 0; row--) {
            List<Integer> inserted = edits.inserted.getOrDefault(row, List.of());
            for (int i = inserted.size() - 1; i >= 0; i--) {
                if (row < to.getLastRowNum()) {
                    to.shiftRows(row + 1, to.getLastRowNum(), 1);
                }
                fill(to.createRow(row + 1), from.getRow(inserted.get(i)));
            }
            Integer replaced = edits.replaced.get(row);
            if (replaced != null) {
                fill(to.getRow(row), from.getRow(replaced));
            }
            if (edits.deleted.contains(row)) {
                to.removeRow(to.getRow(row));
                if (row < to.getLastRowNum()) {
                    to.shiftRows(row + 1, to.getLastRowNum(), -1);
                }
            }
        }
    }

    private void fill(XSSFRow to, XSSFRow from) {
        int last = Math.max(to.getLastCellNum(), from.getLastCellNum());
        for (int column = 0; column < last; column++) {
            XSSFCell cell = from.getCell(column);
            if (cell == null) {
                Cell old = to.getCell(column);
                if (old != null) {
                    to.removeCell(old);
                }
            } else {
                fill(to.getCell(column, Row.MissingCellPolicy.CREATE_NULL_AS_BLANK), cell);
            }
        }
    }

    private void fill(XSSFCell to, XSSFCell from) {
        to.setCellStyle(style(from));
        CellType type = from.getCellType();
        if (type == CellType.NUMERIC) {
            to.setCellValue(from.getNumericCellValue());
        } else if (type == CellType.BOOLEAN) {
            to.setCellValue(from.getBooleanCellValue());
        } else if (type == CellType.STRING) {
            to.setCellValue(from.getStringCellValue());
        } else if (type == CellType.FORMULA) {
            to.setCellFormula(from.getCellFormula());
        } else if (type == CellType.ERROR) {
            to.setCellErrorValue(from.getErrorCellValue());
        } else {
            to.setBlank();
        }
    }

    private XSSFCellStyle style(XSSFCell from) {
        return styles.computeIfAbsent(from.getCellStyle().getIndex(), index -> {
            XSSFCellStyle copy = target.createCellStyle();
            copy.cloneStyleFrom(from.getCellStyle());
            return copy;
        });
    }

    private static String shown(Optional<Grid> grid) {
        return grid.map(found -> "%d rows".formatted(found.rows().size())).orElse("");
    }

    private void conflict(Place.Cell at, @Nullable String key, String mine, String theirs) {
        conflicts.add(Problem.warning(
                        "ROW_CHANGED_TWICE",
                        at,
                        new Bilingual(
                                "「%s」は、この草案と公表された改定版の両方で変更されています。公表されたものを残しました。".formatted(key),
                                "\"%s\" was changed both here and in the published revision. The published one stands."
                                        .formatted(key)),
                        new Bilingual(
                                "どちらが正しいかを確かめ、必要ならこの草案の内容を書き直してください（この草案: %s）。".formatted(mine.isEmpty() ? "削除" : mine),
                                "See which is right; if it is yours, write it again (yours: %s)."
                                        .formatted(mine.isEmpty() ? "deleted" : mine)))
                .value(mine)
                .expected(theirs));
    }
}
