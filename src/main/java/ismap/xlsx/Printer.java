package ismap.xlsx;

import ismap.decision.Bilingual;
import ismap.xlsx.Looks.Look;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.apache.poi.openxml4j.exceptions.InvalidFormatException;
import org.apache.poi.ss.util.CellRangeAddress;
import org.apache.poi.xssf.usermodel.XSSFCell;
import org.apache.poi.xssf.usermodel.XSSFCellStyle;
import org.apache.poi.xssf.usermodel.XSSFRow;
import org.apache.poi.xssf.usermodel.XSSFSheet;
import org.apache.poi.xssf.usermodel.XSSFWorkbook;

/**
 * Writes sheets that people like to read and cannot easily break: labels in bold, panes frozen, machine keys locked, text that stays text,
 * cells that offer what they may hold. Equal sheets give equal bytes.
 */
final class Printer implements AutoCloseable {

    /** How far below the last row choices and tints reach, for the rows that people add. */
    private static final int ROWS_TO_COME = 300;

    /** A frozen block that is higher than this leaves no room for the rows on a small screen. */
    private static final float MOST_FROZEN = 330;

    private static final int LAST_COLUMN = 16_384;
    private static final int TITLE_WIDTH = 40;
    private static final LocalDateTime NO_TIME = LocalDateTime.of(2020, 6, 3, 0, 0);

    private final XSSFWorkbook workbook = new XSSFWorkbook();
    private final Looks looks = new Looks(workbook);
    private final DropDowns dropDowns = new DropDowns(workbook);
    private final Stamp.Writer stamp;

    /** @param path of the workbook in the rulebook, {@code scenarios/service-validity.xlsx}; it is stamped into the workbook */
    Printer(String path) {
        stamp = new Stamp.Writer(path);
    }

    /** A sheet for people, and for the stamp: a heading, then what there is to know. */
    void howTo(HowTo howTo, Bilingual heading) {
        new HowToSheet(workbook, looks).write(howTo, heading);
    }

    /** A list sheet: keys, labels, rows. */
    void list(String name, List<Column> columns, List<Map<String, Content>> rows) {
        list(name, columns, rows, Map.of());
    }

    /** @param choices what the cells of a column offer, by its key */
    void list(String name, List<Column> columns, List<Map<String, Content>> rows, Map<String, Choice> choices) {
        XSSFSheet sheet = workbook.createSheet(name);
        stamp.sheet(name);
        int[] widths = widths(columns, 0);
        keys(sheet, 0, columns);
        float frozen = Heights.points(1) + labels(sheet, 1, columns, widths);
        body(sheet, 2, columns, rows, widths);
        choices(sheet, 2, rows.size(), columns, choices);
        Tints.put(sheet, false, columns, 2, 1 + rows.size() + ROWS_TO_COME);
        columns(sheet, columns, widths);
        sheet.createFreezePane(1, frozen <= MOST_FROZEN ? 2 : 0);
        if (!rows.isEmpty()) {
            sheet.setAutoFilter(new CellRangeAddress(1, rows.size() + 1, 0, columns.size() - 1));
        }
        sheet.setTabColor(Looks.color("5B7DB1"));
        page(sheet, 1, widths);
        protect(sheet);
    }

    /** A line of a title block. */
    record Title(String key, Content ja, Content en) {}

    /** Stands for a cell that is left blank. */
    static final Content NOTHING = new Content.Text("");

    /** A table sheet: title block, labels, keys, rows. */
    void table(
            String name,
            List<Title> titles,
            List<Column> columns,
            List<Map<String, Content>> rows,
            Map<String, Choice> choices,
            Map<String, Choice> titleChoices) {
        XSSFSheet sheet = workbook.createSheet(name);
        stamp.sheet(name);
        int[] widths = widths(columns, TITLE_WIDTH);
        float frozen = 0;
        int next = 0;
        for (Title title : titles) {
            frozen += title(sheet, next, title, widths);
            Choice choice = titleChoices.get(title.key());
            if (choice != null) {
                dropDowns.put(sheet, choice, next, next, 1);
            }
            next++;
        }
        frozen += labels(sheet, next, columns, widths) + Heights.points(1);
        keys(sheet, next + 1, columns);
        int first = next + 2;
        body(sheet, first, columns, rows, widths);
        choices(sheet, first, rows.size(), columns, choices);
        Tints.put(sheet, true, columns, first, first - 1 + rows.size() + ROWS_TO_COME);
        columns(sheet, columns, widths);
        sheet.createFreezePane(1, frozen <= MOST_FROZEN ? first : 0);
        page(sheet, next + 1, widths);
        protect(sheet);
    }

    private float title(XSSFSheet sheet, int at, Title title, int[] widths) {
        XSSFRow row = header(sheet, at);
        put(row, 0, new Content.Text(title.key()), looks.of(Look.TITLE_KEY, TableTitles.label(title.key())));
        boolean isId = title.key().equals("rule") || title.key().equals("fact");
        put(row, 1, title.ja(), looks.of(isId ? Look.FIXED : look(title.ja(), Look.PROSE)));
        put(row, 2, title.en(), looks.of(isId ? Look.FIXED : look(title.en(), Look.PROSE)));
        stamp.row(Map.of("key", new Content.Text(title.key()), "value", title.ja(), "value_en", title.en()));
        return high(
                row,
                Math.max(
                        Heights.lines(title.ja().toString(), widths[1]),
                        Heights.lines(title.en().toString(), widths[2])));
    }

    /** A row that is locked in its whole length, so that it can neither be deleted nor sorted away. */
    private XSSFRow header(XSSFSheet sheet, int at) {
        XSSFRow row = sheet.createRow(at);
        row.setRowStyle(looks.of(Look.AROUND));
        return row;
    }

    private static float high(XSSFRow row, int lines) {
        float points = Heights.points(lines);
        row.getCTRow().setHt(points);
        // Not a height that a person chose: the row grows when more is written into it.
        return points;
    }

    private void keys(XSSFSheet sheet, int at, List<Column> columns) {
        XSSFRow row = header(sheet, at);
        for (int i = 0; i < columns.size(); i++) {
            put(row, i, new Content.Text(columns.get(i).key()), looks.of(Look.KEY));
        }
        high(row, 1);
    }

    private float labels(XSSFSheet sheet, int at, List<Column> columns, int[] widths) {
        XSSFRow row = header(sheet, at);
        int lines = 1;
        for (int i = 0; i < columns.size(); i++) {
            Bilingual label = columns.get(i).label();
            String text =
                    label.en().isEmpty() || label.en().equals(label.ja()) ? label.ja() : label.ja() + "\n" + label.en();
            put(row, i, new Content.Text(text), looks.of(Look.LABEL));
            lines = Math.max(lines, Heights.lines(text, widths[i]));
        }
        return high(row, lines);
    }

    private void body(XSSFSheet sheet, int from, List<Column> columns, List<Map<String, Content>> rows, int[] widths) {
        int next = from;
        for (Map<String, Content> cells : rows) {
            XSSFRow row = sheet.createRow(next++);
            int lines = 1;
            for (int i = 0; i < columns.size(); i++) {
                Column column = columns.get(i);
                Content content = cells.getOrDefault(column.key(), NOTHING);
                boolean isKey = column.key().equals("key");
                put(row, i, content, looks.of(isKey ? Look.KEY : look(content, column)));
                lines = Math.max(lines, Heights.lines(content.toString(), widths[i]));
            }
            stamp.row(cells);
            high(row, lines);
        }
    }

    private void choices(XSSFSheet sheet, int first, int rows, List<Column> columns, Map<String, Choice> choices) {
        for (int i = 0; i < columns.size(); i++) {
            Column column = columns.get(i);
            Choice choice = choices.get(column.key());
            if (choice == null && column.kind() == Column.Kind.DAY) {
                choice = column.key().endsWith("until") ? Choices.lastDay() : Choices.day();
            }
            if (choice != null) {
                dropDowns.put(sheet, choice, first, first - 1 + rows + ROWS_TO_COME, i);
            }
        }
    }

    private static Look look(Content content, Column column) {
        return look(
                content,
                switch (column.kind()) {
                    case CODE -> Look.CODE;
                    case PROSE -> Look.PROSE;
                    case DAY -> Look.DAY;
                    case VALUE -> Look.NUMBER;
                });
    }

    private static Look look(Content content, Look otherwise) {
        if (content instanceof Content.Day) {
            return Look.DAY;
        }
        return content instanceof Content.Number ? Look.NUMBER : otherwise;
    }

    private static void put(XSSFRow row, int column, Content content, XSSFCellStyle style) {
        XSSFCell cell = row.createCell(column);
        cell.setCellStyle(style);
        if (content instanceof Content.Day day) {
            cell.setCellValue(day.day());
        } else if (content instanceof Content.Number number) {
            cell.setCellValue(number.value().doubleValue());
        } else if (!content.equals(NOTHING)) {
            cell.setCellValue(content.toString());
        }
    }

    /** @param least the least width of the second and third column, which hold the texts of a title block */
    private static int[] widths(List<Column> columns, int least) {
        var widths = new int[Math.max(columns.size(), least == 0 ? 0 : 3)];
        for (int i = 0; i < widths.length; i++) {
            int wide = i < columns.size() ? width(columns.get(i)) : least;
            widths[i] = i == 1 || i == 2 ? Math.max(wide, least) : i == 0 && least > 0 ? Math.max(wide, 27) : wide;
        }
        return widths;
    }

    private static int width(Column column) {
        String key = column.key();
        if (key.equals("expression")
                || key.equals("findings")
                || key.matches("(message|value|help|scenario|reason|text|other|why)_.*")) {
            return 58;
        }
        if (column.kind() == Column.Kind.PROSE
                || key.equals("calledForBy")
                || key.equals("condition")
                || key.equals("where")) {
            return 38;
        }
        return column.kind() == Column.Kind.CODE ? Math.min(34, Math.max(22, key.length() + 4)) : 21;
    }

    private void columns(XSSFSheet sheet, List<Column> columns, int[] widths) {
        for (int i = 0; i < widths.length; i++) {
            sheet.setColumnWidth(i, widths[i] * 256);
            // New rows that people add below take the column's format, so that what they type stays text.
            sheet.setDefaultColumnStyle(i, looks.of(i < columns.size() ? look(NOTHING, columns.get(i)) : Look.BEYOND));
        }
        var beyond = sheet.getCTWorksheet().getColsArray(0).addNewCol();
        beyond.setMin(widths.length + 1L);
        beyond.setMax(LAST_COLUMN);
        beyond.setWidth(9);
        beyond.setStyle(looks.of(Look.BEYOND).getIndex());
    }

    static void page(XSSFSheet sheet, int lastHeaderRow, int[] widths) {
        sheet.setRepeatingRows(new CellRangeAddress(0, lastHeaderRow, -1, -1));
        sheet.getPrintSetup().setLandscape(true);
        // A3 where A4 would have to be read with a glass.
        sheet.getPrintSetup()
                .setPaperSize((short) (java.util.Arrays.stream(widths).sum() > 190 ? 8 : 9));
        sheet.setFitToPage(true);
        sheet.getPrintSetup().setFitWidth((short) 1);
        sheet.getPrintSetup().setFitHeight((short) 0);
        sheet.getFooter().setLeft("&A");
        sheet.getFooter().setRight("&P / &N");
    }

    /** Without a password: against accidents, not against intentions. */
    static void protect(XSSFSheet sheet) {
        sheet.enableLocking();
        sheet.lockInsertRows(false);
        sheet.lockDeleteRows(false);
        sheet.lockSort(false);
        sheet.lockAutoFilter(false);
        sheet.lockFormatCells(false);
        sheet.lockFormatColumns(false);
        sheet.lockFormatRows(false);
    }

    /** A sheet's name as the format allows it: 31 characters, each name once. */
    String sheetName(String wanted) {
        String plain = wanted.replaceAll("[\\[\\]:*?/\\\\]", "_");
        String name = plain.length() > 31 ? plain.substring(0, 31) : plain;
        for (int i = 2; workbook.getSheet(name) != null; i++) {
            String end = "~" + i;
            name = plain.substring(0, Math.min(plain.length(), 31 - end.length())) + end;
        }
        return name;
    }

    /** The workbook; nothing can be written afterwards. */
    byte[] bytes() {
        dropDowns.finish(looks);
        stamp.put(workbook, looks);
        return bytes(workbook);
    }

    /** The bytes of a workbook without the times at which it was made. */
    static byte[] bytes(XSSFWorkbook workbook) {
        try {
            workbook.getProperties().getCoreProperties().setCreated("2020-06-03T00:00:00Z");
            workbook.getProperties().getCoreProperties().setCreator("ISMAP Decision Service");
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            workbook.write(out);
            return withoutTimes(out.toByteArray());
        } catch (IOException inMemory) {
            throw new UncheckedIOException(inMemory);
        } catch (InvalidFormatException ours) {
            throw new IllegalStateException("a date of ours is not one for POI", ours);
        }
    }

    static byte[] withoutTimes(byte[] zip) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ZipInputStream in = new ZipInputStream(new ByteArrayInputStream(zip));
                ZipOutputStream fixed = new ZipOutputStream(out)) {
            for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                ZipEntry same = new ZipEntry(entry.getName());
                same.setTimeLocal(NO_TIME);
                fixed.putNextEntry(same);
                in.transferTo(fixed);
                fixed.closeEntry();
            }
        }
        return out.toByteArray();
    }

    @Override
    public void close() {
        try {
            workbook.close();
        } catch (IOException inMemory) {
            throw new UncheckedIOException(inMemory);
        }
    }

    /** The columns that some row fills, and those that always stand there. */
    static List<Column> used(List<Column> columns, List<Map<String, Content>> rows) {
        var used = new ArrayList<Column>();
        for (Column column : columns) {
            if (column.required()
                    || rows.stream().anyMatch(row -> !NOTHING.equals(row.getOrDefault(column.key(), NOTHING)))) {
                used.add(column);
            }
        }
        return List.copyOf(used);
    }
}
