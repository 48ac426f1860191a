package ismap.xlsx;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.poi.ss.usermodel.BorderStyle;
import org.apache.poi.ss.usermodel.ConditionalFormattingRule;
import org.apache.poi.ss.usermodel.IndexedColors;
import org.apache.poi.ss.usermodel.PatternFormatting;
import org.apache.poi.ss.usermodel.SheetConditionalFormatting;
import org.apache.poi.ss.util.CellRangeAddress;
import org.apache.poi.xssf.usermodel.XSSFSheet;

/**
 * Tints rows by what they say. Never by colour alone: the status stands in its cell, what is over is in italics, what has to be filled has a
 * border. The day of today is layout here; no reading depends on it.
 */
final class Tints {

    static final String REFUSING = "FDE3E3";
    static final String REFERRING = "FFF3C4";
    static final String OVER = "EDEDED";
    static final String TO_BE_FILLED = "FFD9A8";

    /** Keys of columns, some of them in one sheet only. */
    private static final Set<String> MUST_BE_FILLED = Set.of(
            "type",
            "absent_means",
            "kind",
            "label_ja",
            "title_ja",
            "code",
            "document",
            "clause",
            "expression",
            "calledForBy",
            "readsAs",
            "status",
            "conclusion",
            "message_ja",
            "scenario_ja",
            "outcome",
            "coverage",
            "text_ja",
            "why_ja",
            "NotEncoded reason_ja",
            "NotEncoded decidedBy",
            "Borrowed decision",
            "Readings value");

    /** Where they may be blank all the same. */
    private static final Set<String> MAY_BE_BLANK = Set.of(
            "Parameters label_ja",
            "Derivations clause",
            "NotEncoded document",
            "NotEncoded clause",
            "Assumptions document",
            "Assumptions clause",
            "Borrowed message_ja");

    private Tints() {}

    /**
     * @param table whether the rows are those of a decision table
     * @param first the first row, counted from 0; {@code last} is included
     */
    static void put(XSSFSheet sheet, boolean table, List<Column> columns, int first, int last) {
        if (columns.isEmpty()) {
            return;
        }
        SheetConditionalFormatting formats = sheet.getSheetConditionalFormatting();
        List<String> keys = columns.stream().map(Column::key).toList();
        toBeFilled(sheet, table, keys, formats, first, last);
        CellRangeAddress[] rows = {new CellRangeAddress(first, last, 0, columns.size() - 1)};
        for (String until : List.of("until", "in_force_until")) {
            if (keys.contains(until)) {
                String cell = cell(keys.indexOf(until), first);
                ConditionalFormattingRule over =
                        formats.createConditionalFormattingRule("AND(ISNUMBER(%s),%s<TODAY())".formatted(cell, cell));
                over.createFontFormatting().setFontStyle(true, false);
                over.getFontFormatting().setFontColorIndex(IndexedColors.GREY_80_PERCENT.getIndex());
                fill(over, OVER);
                formats.addConditionalFormatting(rows, over);
            }
        }
        if (keys.contains("status") && table) {
            String cell = cell(keys.indexOf("status"), first);
            ConditionalFormattingRule refusing = formats.createConditionalFormattingRule(
                    "OR(%1$s=\"NOT_SATISFIED\",%1$s=\"PROHIBITED\",%1$s=\"NOT_ACCEPTED\")".formatted(cell));
            fill(refusing, REFUSING);
            ConditionalFormattingRule referring =
                    formats.createConditionalFormattingRule("LEFT(%s,5)=\"REFER\"".formatted(cell));
            fill(referring, REFERRING);
            formats.addConditionalFormatting(rows, refusing, referring);
        }
    }

    private static void toBeFilled(
            XSSFSheet sheet,
            boolean table,
            List<String> keys,
            SheetConditionalFormatting formats,
            int first,
            int last) {
        var ranges = new ArrayList<CellRangeAddress>();
        for (int column = 0; column < keys.size(); column++) {
            String key = keys.get(column);
            String here = sheet.getSheetName() + " " + key;
            boolean optional = MAY_BE_BLANK.contains(here)
                    || (table && key.equals("clause"))
                    || (table && key.equals("message_ja") && !keys.contains("status"));
            if (column == 0 || ((MUST_BE_FILLED.contains(key) || MUST_BE_FILLED.contains(here)) && !optional)) {
                ranges.add(new CellRangeAddress(first, last, column, column));
            }
        }
        // Relative to the first cell of the ranges, which is in the first column: every cell looks at itself and at its
        // whole row.
        String row = String.valueOf(first + 1);
        String whole = "$A%s:$%s%s".formatted(row, letters(keys.size() - 1), row);
        ConditionalFormattingRule blank =
                formats.createConditionalFormattingRule("AND(A%s=\"\",COUNTA(%s)>0)".formatted(row, whole));
        fill(blank, TO_BE_FILLED);
        var border = blank.createBorderFormatting();
        border.setBorderBottom(BorderStyle.DASHED);
        border.setBorderTop(BorderStyle.DASHED);
        border.setBorderLeft(BorderStyle.DASHED);
        border.setBorderRight(BorderStyle.DASHED);
        formats.addConditionalFormatting(ranges.toArray(CellRangeAddress[]::new), blank);
    }

    private static void fill(ConditionalFormattingRule rule, String color) {
        var fill = rule.createPatternFormatting();
        fill.setFillBackgroundColor(Looks.color(color));
        fill.setFillPattern(PatternFormatting.SOLID_FOREGROUND);
    }

    private static String cell(int column, int row) {
        return "$" + letters(column) + (row + 1);
    }

    private static String letters(int column) {
        return Grid.address(0, column).replace("1", "");
    }
}
