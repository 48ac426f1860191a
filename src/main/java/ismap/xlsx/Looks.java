package ismap.xlsx;

import java.util.EnumMap;
import java.util.Map;
import org.apache.poi.ss.usermodel.BorderStyle;
import org.apache.poi.ss.usermodel.FillPatternType;
import org.apache.poi.ss.usermodel.HorizontalAlignment;
import org.apache.poi.ss.usermodel.IndexedColors;
import org.apache.poi.ss.usermodel.VerticalAlignment;
import org.apache.poi.xssf.usermodel.XSSFCellStyle;
import org.apache.poi.xssf.usermodel.XSSFColor;
import org.apache.poi.xssf.usermodel.XSSFFont;
import org.apache.poi.xssf.usermodel.XSSFWorkbook;

/** How the cells of a workbook look: one style a look. Letters stand out from their ground by 4.5 to 1 or more. */
final class Looks {

    enum Look {
        /** Machine keys. */
        KEY(true, 9, "@", "F2F2F2"),
        LABEL(false, 10, "@", "E8F1FE"),
        TITLE_KEY(true, 10, "@", "E8F1FE"),
        /** What names a table to machines: the rule id. */
        FIXED(true, 10, "@", "F2F2F2"),
        CODE(false, 10, "@", ""),
        PROSE(false, 10, "@", ""),
        /** Both calendars, so that nobody has to count: {@code 2024-04-01 (R6.4.1)}. */
        DAY(false, 10, "[$-411]yyyy\\-mm\\-dd\\ \"(\"ge.m.d\")\"", ""),
        NUMBER(false, 10, "General", ""),
        HEADING(true, 14, "@", ""),
        SECTION(true, 11, "@", "E8F1FE"),
        NOTE(true, 10, "@", ""),
        /** Runs on over the cells beside it. */
        LINE(true, 10, "@", ""),
        LINK(true, 10, "@", ""),
        /** Above and beside the table, where nothing is to be written. */
        AROUND(true, 10, "General", ""),
        /** Below the table and to its right; unlocked, for a row with one locked cell cannot be deleted or sorted. */
        BEYOND(false, 10, "General", "");

        private final boolean locked;
        private final int points;
        private final String format;
        private final String ground;

        Look(boolean locked, int points, String format, String ground) {
            this.locked = locked;
            this.points = points;
            this.format = format;
            this.ground = ground;
        }

        private boolean isBold() {
            return this == LABEL || this == TITLE_KEY || this == HEADING || this == SECTION;
        }

        private boolean isOfCodes() {
            return this == KEY || this == CODE || this == FIXED || this == TITLE_KEY;
        }

        private boolean hasLines() {
            return switch (this) {
                case KEY, LABEL, TITLE_KEY, FIXED, CODE, PROSE, DAY, NUMBER, NOTE, LINK -> true;
                case HEADING, SECTION, LINE, AROUND, BEYOND -> false;
            };
        }
    }

    /** Ships with Windows and is free for everybody else; its digits and letters cannot be taken for one another. */
    static final String FONT = "BIZ UDPゴシック";

    /** The same with letters of one width, for codes. */
    private static final String FONT_OF_CODES = "BIZ UDゴシック";

    private static final String QUIET = "595959";
    private static final String LINE = "BFBFBF";

    private final XSSFWorkbook workbook;
    private final Map<Look, XSSFCellStyle> styles = new EnumMap<>(Look.class);
    private final Map<String, XSSFCellStyle> labelled = new java.util.LinkedHashMap<>();

    Looks(XSSFWorkbook workbook) {
        this.workbook = workbook;
    }

    XSSFCellStyle of(Look look) {
        return styles.computeIfAbsent(look, this::style);
    }

    /**
     * A cell that shows a label after what it holds. The label stands in the number format, so the cell holds the machine key and
     * nothing else, whoever reads it.
     */
    XSSFCellStyle of(Look look, String label) {
        return label.isEmpty()
                ? of(look)
                : labelled.computeIfAbsent(look + label, none -> {
                    XSSFCellStyle style = workbook.createCellStyle();
                    style.cloneStyleFrom(of(look));
                    style.setDataFormat(workbook.createDataFormat().getFormat("@\"　" + label + "\""));
                    return style;
                });
    }

    static XSSFColor color(String rgb) {
        // With its opacity: the schema asks for four bytes, and POI does not.
        byte[] bytes = java.util.HexFormat.of().parseHex("FF" + rgb);
        return new XSSFColor(bytes, null);
    }

    private XSSFCellStyle style(Look look) {
        XSSFCellStyle style = workbook.createCellStyle();
        XSSFFont font = workbook.createFont();
        font.setFontName(look.isOfCodes() ? FONT_OF_CODES : FONT);
        font.setFontHeightInPoints((short) look.points);
        font.setBold(look.isBold());
        if (look == Look.KEY) {
            font.setColor(color(QUIET));
        }
        if (look == Look.LINK) {
            font.setColor(IndexedColors.BLUE.getIndex());
            font.setUnderline(XSSFFont.U_SINGLE);
        }
        style.setFont(font);
        style.setLocked(look.locked);
        style.setVerticalAlignment(VerticalAlignment.TOP);
        style.setAlignment(look == Look.DAY ? HorizontalAlignment.LEFT : HorizontalAlignment.GENERAL);
        style.setWrapText(look != Look.HEADING && look != Look.SECTION && look != Look.LINE);
        style.setDataFormat(workbook.createDataFormat().getFormat(look.format));
        if (!look.ground.isEmpty()) {
            style.setFillForegroundColor(color(look.ground));
            style.setFillPattern(FillPatternType.SOLID_FOREGROUND);
        }
        if (look.hasLines()) {
            style.setBorderBottom(BorderStyle.THIN);
            style.setBorderRight(BorderStyle.THIN);
            style.setBottomBorderColor(color(LINE));
            style.setRightBorderColor(color(LINE));
        }
        return style;
    }
}
