package ismap.xlsx;

import ismap.decision.Bilingual;
import ismap.xlsx.Looks.Look;
import java.util.List;
import org.apache.poi.ss.usermodel.FillPatternType;
import org.apache.poi.xssf.usermodel.XSSFCellStyle;
import org.apache.poi.xssf.usermodel.XSSFRow;
import org.apache.poi.xssf.usermodel.XSSFSheet;
import org.apache.poi.xssf.usermodel.XSSFWorkbook;

/** The sheet 使い方: what it is about in the first column, then Japanese, then English. Not read, but for the stamp at its end. */
final class HowToSheet {

    static final int WIDTH = 64;
    private static final int TERMS = 26;

    private final XSSFWorkbook workbook;
    private final Looks looks;
    private int next;

    HowToSheet(XSSFWorkbook workbook, Looks looks) {
        this.workbook = workbook;
        this.looks = looks;
    }

    void write(HowTo howTo, Bilingual heading) {
        XSSFSheet sheet = workbook.createSheet(ListLayout.HOW_TO);
        sheet.setColumnWidth(0, TERMS * 256);
        sheet.setColumnWidth(1, WIDTH * 256);
        sheet.setColumnWidth(2, WIDTH * 256);
        row(sheet, "使い方", heading, looks.of(Look.HEADING));
        for (Bilingual line : howTo.lines()) {
            row(sheet, "", line, looks.of(Look.NOTE));
        }
        for (HowTo.Section section : howTo.sections()) {
            next++;
            row(
                    sheet,
                    section.heading().ja(),
                    new Bilingual("", section.heading().en()),
                    looks.of(Look.SECTION));
            for (HowTo.Line line : section.lines()) {
                XSSFRow row = row(sheet, line.term(), line.text(), looks.of(Look.NOTE));
                if (!line.ground().isEmpty()) {
                    row.getCell(0).setCellStyle(ground(line.ground()));
                }
            }
        }
        sheet.setDisplayGridlines(false);
        sheet.setTabColor(Looks.color("4F8A5B"));
        Printer.page(sheet, 0, new int[] {TERMS, WIDTH, WIDTH});
        sheet.getPrintSetup().setFitHeight((short) 1);
        Printer.protect(sheet);
    }

    private XSSFRow row(XSSFSheet sheet, String term, Bilingual text, XSSFCellStyle style) {
        XSSFRow row = sheet.createRow(next++);
        List<String> cells = List.of(term, text.ja(), text.en());
        int lines = 1;
        for (int i = 0; i < cells.size(); i++) {
            row.createCell(i).setCellStyle(style);
            if (!cells.get(i).isEmpty()) {
                row.getCell(i).setCellValue(cells.get(i));
            }
            lines = Math.max(lines, Heights.lines(cells.get(i), i == 0 ? TERMS : WIDTH));
        }
        boolean large = style.equals(looks.of(Look.HEADING));
        row.getCTRow().setHt(large ? 24 : Heights.points(lines));
        return row;
    }

    private XSSFCellStyle ground(String color) {
        XSSFCellStyle style = workbook.createCellStyle();
        style.cloneStyleFrom(looks.of(Look.NOTE));
        style.setFillForegroundColor(Looks.color(color));
        style.setFillPattern(FillPatternType.SOLID_FOREGROUND);
        return style;
    }
}
