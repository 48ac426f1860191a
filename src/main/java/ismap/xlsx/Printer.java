package ismap.xlsx;

import ismap.decision.Bilingual;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.apache.poi.openxml4j.exceptions.InvalidFormatException;
import org.apache.poi.ss.usermodel.BorderStyle;
import org.apache.poi.ss.usermodel.DataValidation;
import org.apache.poi.ss.usermodel.DataValidationHelper;
import org.apache.poi.ss.usermodel.FillPatternType;
import org.apache.poi.ss.usermodel.IndexedColors;
import org.apache.poi.ss.usermodel.VerticalAlignment;
import org.apache.poi.ss.util.CellRangeAddress;
import org.apache.poi.ss.util.CellRangeAddressList;
import org.apache.poi.xssf.usermodel.XSSFCell;
import org.apache.poi.xssf.usermodel.XSSFCellStyle;
import org.apache.poi.xssf.usermodel.XSSFColor;
import org.apache.poi.xssf.usermodel.XSSFFont;
import org.apache.poi.xssf.usermodel.XSSFRow;
import org.apache.poi.xssf.usermodel.XSSFSheet;
import org.apache.poi.xssf.usermodel.XSSFWorkbook;

/** Writes sheets that people like to read: labels in bold, panes frozen, text that stays text. The one place where POI writes. */
final class Printer implements AutoCloseable {

    private enum Look {
        KEY,
        LABEL,
        TITLE_KEY,
        CODE,
        PROSE,
        DAY,
        NUMBER,
        HEADING
    }

    private static final int ALLOWED_LIST = 255;
    private static final LocalDateTime NO_TIME = LocalDateTime.of(2020, 6, 3, 0, 0);

    private final XSSFWorkbook workbook = new XSSFWorkbook();
    private final Map<Look, XSSFCellStyle> styles = new EnumMap<>(Look.class);

    Printer() {
        for (Look look : Look.values()) {
            styles.put(look, style(look));
        }
    }

    private XSSFCellStyle style(Look look) {
        XSSFCellStyle style = workbook.createCellStyle();
        XSSFFont font = workbook.createFont();
        font.setFontName("游ゴシック");
        font.setFontHeightInPoints((short) (look == Look.KEY ? 9 : look == Look.HEADING ? 14 : 10));
        font.setBold(look == Look.LABEL || look == Look.TITLE_KEY || look == Look.HEADING);
        if (look == Look.KEY) {
            font.setColor(IndexedColors.GREY_50_PERCENT.getIndex());
        }
        style.setFont(font);
        style.setVerticalAlignment(VerticalAlignment.TOP);
        style.setWrapText(look != Look.HEADING);
        String format = switch (look) {
            case DAY -> "yyyy-mm-dd";
            case NUMBER -> "General";
            case KEY, LABEL, TITLE_KEY, CODE, PROSE, HEADING -> "@";
        };
        style.setDataFormat(workbook.createDataFormat().getFormat(format));
        if (look == Look.LABEL || look == Look.TITLE_KEY) {
            style.setFillForegroundColor(new XSSFColor(new byte[] {(byte) 0xE8, (byte) 0xF1, (byte) 0xFE}, null));
            style.setFillPattern(FillPatternType.SOLID_FOREGROUND);
        }
        if (look == Look.KEY) {
            style.setFillForegroundColor(new XSSFColor(new byte[] {(byte) 0xF2, (byte) 0xF2, (byte) 0xF2}, null));
            style.setFillPattern(FillPatternType.SOLID_FOREGROUND);
        }
        if (look != Look.HEADING) {
            style.setBorderBottom(BorderStyle.HAIR);
            style.setBorderRight(BorderStyle.HAIR);
        }
        return style;
    }

    /** A sheet for people: a heading, then lines in both languages. */
    void howTo(Bilingual heading, List<Bilingual> lines) {
        XSSFSheet sheet = workbook.createSheet(ListLayout.HOW_TO);
        sheet.setColumnWidth(0, 70 * 256);
        sheet.setColumnWidth(1, 70 * 256);
        put(sheet.createRow(0), 0, new Content.Text(heading.ja()), Look.HEADING);
        put(sheet.getRow(0), 1, new Content.Text(heading.en()), Look.HEADING);
        int next = 2;
        for (Bilingual line : lines) {
            XSSFRow row = sheet.createRow(next++);
            put(row, 0, new Content.Text(line.ja()), Look.PROSE);
            put(row, 1, new Content.Text(line.en()), Look.PROSE);
        }
        page(sheet, 0);
    }

    /** A list sheet: keys, labels, rows. */
    void list(String name, List<Column> columns, List<Map<String, Content>> rows) {
        XSSFSheet sheet = workbook.createSheet(name);
        keys(sheet, 0, columns);
        labels(sheet, 1, columns);
        body(sheet, 2, columns, rows);
        widths(sheet, columns, 0);
        sheet.createFreezePane(1, 2);
        if (!rows.isEmpty()) {
            sheet.setAutoFilter(new CellRangeAddress(1, rows.size() + 1, 0, columns.size() - 1));
        }
        page(sheet, 1);
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
            Map<String, List<String>> allowed) {
        XSSFSheet sheet = workbook.createSheet(name);
        int next = 0;
        for (Title title : titles) {
            XSSFRow row = sheet.createRow(next++);
            put(row, 0, new Content.Text(title.key()), Look.TITLE_KEY);
            put(row, 1, title.ja(), look(title.ja(), Look.PROSE));
            put(row, 2, title.en(), look(title.en(), Look.PROSE));
        }
        labels(sheet, next, columns);
        keys(sheet, next + 1, columns);
        body(sheet, next + 2, columns, rows);
        widths(sheet, columns, 34);
        sheet.createFreezePane(1, next + 2);
        page(sheet, next + 1);
        int first = next + 2;
        allowed.forEach((key, values) -> {
            int column = columns.stream().map(Column::key).toList().indexOf(key);
            if (column >= 0 && String.join(",", values).length() <= ALLOWED_LIST) {
                allow(sheet, first, column, values);
            }
        });
    }

    private static void allow(XSSFSheet sheet, int firstRow, int column, List<String> values) {
        DataValidationHelper helper = sheet.getDataValidationHelper();
        DataValidation validation = helper.createValidation(
                helper.createExplicitListConstraint(values.toArray(String[]::new)),
                new CellRangeAddressList(firstRow, firstRow + 30, column, column));
        validation.setShowErrorBox(true);
        sheet.addValidationData(validation);
    }

    private void keys(XSSFSheet sheet, int at, List<Column> columns) {
        XSSFRow row = sheet.createRow(at);
        for (int i = 0; i < columns.size(); i++) {
            put(row, i, new Content.Text(columns.get(i).key()), Look.KEY);
        }
    }

    private void labels(XSSFSheet sheet, int at, List<Column> columns) {
        XSSFRow row = sheet.createRow(at);
        for (int i = 0; i < columns.size(); i++) {
            Bilingual label = columns.get(i).label();
            String text =
                    label.en().isEmpty() || label.en().equals(label.ja()) ? label.ja() : label.ja() + "\n" + label.en();
            put(row, i, new Content.Text(text), Look.LABEL);
        }
    }

    private void body(XSSFSheet sheet, int from, List<Column> columns, List<Map<String, Content>> rows) {
        int next = from;
        for (Map<String, Content> cells : rows) {
            XSSFRow row = sheet.createRow(next++);
            for (int i = 0; i < columns.size(); i++) {
                Column column = columns.get(i);
                Content content = cells.getOrDefault(column.key(), NOTHING);
                put(row, i, content, look(content, column));
            }
        }
        for (int i = 0; i < columns.size(); i++) {
            // New rows that people add below take the column's format, so that what they type stays text.
            sheet.setDefaultColumnStyle(i, styles.get(look(NOTHING, columns.get(i))));
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

    private void put(XSSFRow row, int column, Content content, Look look) {
        XSSFCell cell = row.createCell(column);
        cell.setCellStyle(styles.get(look));
        if (content instanceof Content.Day day) {
            cell.setCellValue(day.day());
        } else if (content instanceof Content.Number number) {
            cell.setCellValue(number.value().doubleValue());
        } else if (!content.equals(NOTHING)) {
            cell.setCellValue(content.toString());
        }
    }

    /** @param least the least width of the second and third column, which hold the texts of a title block */
    private static void widths(XSSFSheet sheet, List<Column> columns, int least) {
        for (int i = 0; i < Math.max(columns.size(), least == 0 ? 0 : 3); i++) {
            int wide = i < columns.size() ? width(columns.get(i)) : least;
            sheet.setColumnWidth(i, (i == 1 || i == 2 ? Math.max(wide, least) : wide) * 256);
        }
    }

    private static int width(Column column) {
        String key = column.key();
        if (key.equals("expression") || key.equals("findings") || key.matches("(message|value|help|scenario)_.*")) {
            return 56;
        }
        if (column.kind() == Column.Kind.PROSE || key.equals("calledForBy") || key.equals("condition")) {
            return 36;
        }
        return column.kind() == Column.Kind.DAY ? 14 : 22;
    }

    private void page(XSSFSheet sheet, int lastHeaderRow) {
        sheet.setRepeatingRows(new CellRangeAddress(0, lastHeaderRow, -1, -1));
        sheet.getPrintSetup().setLandscape(true);
        sheet.getPrintSetup().setPaperSize((short) 9);
        sheet.setFitToPage(true);
        sheet.getPrintSetup().setFitWidth((short) 1);
        sheet.getPrintSetup().setFitHeight((short) 0);
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

    /** The workbook; equal sheets give equal bytes. */
    byte[] bytes() {
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

    private static byte[] withoutTimes(byte[] zip) throws IOException {
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
