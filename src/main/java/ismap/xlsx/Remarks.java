package ismap.xlsx;

import ismap.decision.Problem;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.poi.ss.usermodel.IndexedColors;
import org.apache.poi.ss.usermodel.PatternFormatting;
import org.apache.poi.ss.util.CellAddress;
import org.apache.poi.ss.util.CellRangeAddress;
import org.apache.poi.xssf.usermodel.XSSFClientAnchor;
import org.apache.poi.xssf.usermodel.XSSFComment;
import org.apache.poi.xssf.usermodel.XSSFDrawing;
import org.apache.poi.xssf.usermodel.XSSFFont;
import org.apache.poi.xssf.usermodel.XSSFRichTextString;
import org.apache.poi.xssf.usermodel.XSSFSheet;
import org.apache.poi.xssf.usermodel.XSSFWorkbook;
import org.openxmlformats.schemas.spreadsheetml.x2006.main.CTConditionalFormatting;

/** Our comments on one sheet, told from those of people, and the tint of the cells that have one. Styles of cells stay as they are. */
final class Remarks {

    private static final String AUTHOR = "ISMAP Decision Service";

    /** Begins what we say in a comment; what stands before it is somebody else's. */
    private static final String OURS = "【確認結果 / Check】";

    /** A condition that always holds, and by which our tints are found again. */
    private static final String TINT = "LEN(\"ismap check\")>0";

    /** Letters of one remark; a comment of ten thousand would cover the sheet. */
    private static final int LONGEST = 600;

    private final XSSFWorkbook workbook;
    private final XSSFSheet sheet;

    Remarks(XSSFWorkbook workbook, XSSFSheet sheet) {
        this.workbook = workbook;
        this.sheet = sheet;
    }

    /** Takes out what an earlier check has left; where people wrote into the same comment, their part stays. */
    void removeOld() {
        var comments = new ArrayList<XSSFComment>();
        if (sheet.hasComments()) {
            sheet.getCellComments().values().forEach(comments::add);
        }
        for (XSSFComment comment : comments) {
            String text = text(comment);
            int ours = text.indexOf(OURS);
            if (ours == 0) {
                removeComment(comment);
            } else if (ours > 0) {
                comment.setString(text.substring(0, ours).stripTrailing());
            }
        }
        var formats = sheet.getSheetConditionalFormatting();
        for (int i = formats.getNumConditionalFormattings() - 1; i >= 0; i--) {
            var one = formats.getConditionalFormattingAt(i);
            if (one.getNumberOfRules() > 0
                    && TINT.equals(String.valueOf(one.getRule(0).getFormula1()))) {
                formats.removeConditionalFormatting(i);
            }
        }
    }

    private void removeComment(XSSFComment comment) {
        var row = sheet.getRow(comment.getRow());
        var cell = row == null ? null : row.getCell(comment.getColumn());
        if (cell != null) {
            cell.removeCellComment();
        } else {
            var made = (row == null ? sheet.createRow(comment.getRow()) : row).createCell(comment.getColumn());
            made.removeCellComment();
            made.getRow().removeCell(made);
        }
    }

    private static String text(XSSFComment comment) {
        XSSFRichTextString text = comment.getString();
        return text == null ? "" : String.valueOf(text.getString());
    }

    /** @return how many comments were written, {@code most} or fewer */
    int write(Map<CellAddress, List<AnnotatedWorkbook.Remark>> cells, int most) {
        if (cells.isEmpty() || most <= 0) {
            return 0;
        }
        var bySeverity = new LinkedHashMap<Problem.Severity, List<CellRangeAddress>>();
        int written = 0;
        XSSFDrawing drawing = sheet.createDrawingPatriarch();
        for (Map.Entry<CellAddress, List<AnnotatedWorkbook.Remark>> cell : cells.entrySet()) {
            CellAddress at = cell.getKey();
            Problem.Severity worst = cell.getValue().stream()
                    .map(remark -> remark.problem().severity())
                    .min(Problem.Severity::compareTo)
                    .orElse(Problem.Severity.INFO);
            bySeverity
                    .computeIfAbsent(worst, none -> new ArrayList<>())
                    .add(new CellRangeAddress(at.getRow(), at.getRow(), at.getColumn(), at.getColumn()));
            if (written < most) {
                comment(drawing, at, cell.getValue());
                written++;
            }
        }
        bySeverity.forEach(this::tint);
        return written;
    }

    private void comment(XSSFDrawing drawing, CellAddress at, List<AnnotatedWorkbook.Remark> remarks) {
        XSSFComment existing = sheet.getCellComment(at);
        if (existing != null && String.valueOf(existing.getAuthor()).startsWith("tc=")) {
            // The shadow of a conversation, which Excel shows instead; the list has what we say.
            return;
        }
        String theirs = existing == null ? "" : text(existing) + "\n\n";
        var text = new StringBuilder(theirs + OURS);
        for (AnnotatedWorkbook.Remark remark : remarks) {
            text.append('\n').append(said(remark));
        }
        XSSFComment comment = existing;
        if (comment == null) {
            comment = drawing.createCellComment(anchor(at, text.toString()));
            comment.setAddress(at);
            comment.setAuthor(AUTHOR);
        }
        XSSFRichTextString rich = new XSSFRichTextString(text.toString());
        XSSFFont plain = font(false);
        rich.applyFont(plain);
        rich.applyFont(theirs.length(), theirs.length() + OURS.length(), font(true));
        comment.setString(rich);
    }

    private XSSFFont font(boolean bold) {
        XSSFFont font = workbook.findFont(
                bold,
                IndexedColors.BLACK.getIndex(),
                (short) 200,
                Looks.FONT,
                false,
                false,
                XSSFFont.SS_NONE,
                XSSFFont.U_NONE);
        if (font == null) {
            font = workbook.createFont();
            font.setFontName(Looks.FONT);
            font.setFontHeightInPoints((short) 10);
            font.setBold(bold);
            font.setColor(IndexedColors.BLACK.getIndex());
        }
        return font;
    }

    private static String said(AnnotatedWorkbook.Remark remark) {
        Problem problem = remark.problem();
        String where = remark.aside() ? "（" + problem.places().get(0) + " とともに / with it）\n" : "";
        return "■ %s %s\n%s%s\n→ %s\n%s\n→ %s"
                .formatted(
                        ProblemSheet.severity(problem).ja(),
                        problem.code(),
                        where,
                        brief(problem.message().ja()),
                        brief(problem.advice().ja()),
                        brief(problem.message().en()),
                        brief(problem.advice().en()))
                .replace("\n→ \n", "\n")
                .replaceAll("\n→ $", "");
    }

    static String brief(String text) {
        return text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "…";
    }

    /** Large enough to be read, beside the cell. */
    private XSSFClientAnchor anchor(CellAddress at, String text) {
        int first = Math.min(at.getColumn() + 1, (1 << 14) - 2);
        int last = first;
        int wide = 0;
        while (wide < 46 && last < (1 << 14) - 1) {
            wide += Math.max(1, sheet.getColumnWidth(last) / 256);
            last++;
        }
        float high = Heights.points(Heights.lines(text, Math.max(40, wide))) + 15;
        int bottom = at.getRow();
        for (float points = 0; points < high && bottom < at.getRow() + 40; bottom++) {
            var row = sheet.getRow(bottom);
            points += row == null ? sheet.getDefaultRowHeightInPoints() : row.getHeightInPoints();
        }
        XSSFClientAnchor anchor = workbook.getCreationHelper().createClientAnchor();
        anchor.setCol1(first);
        anchor.setCol2(last);
        anchor.setRow1(at.getRow());
        anchor.setRow2(Math.min(bottom, (1 << 20) - 1));
        return anchor;
    }

    private void tint(Problem.Severity severity, List<CellRangeAddress> cells) {
        var formats = sheet.getSheetConditionalFormatting();
        var rule = formats.createConditionalFormattingRule(TINT);
        rule.createFontFormatting()
                .setFontStyle(severity == Problem.Severity.WARNING, severity == Problem.Severity.ERROR);
        // From the palette: POI writes any other colour of a conditional font without its opacity, against the schema.
        IndexedColors letters = switch (severity) {
            case ERROR -> IndexedColors.DARK_RED;
            case WARNING -> IndexedColors.BROWN;
            case INFO -> IndexedColors.DARK_BLUE;
        };
        rule.getFontFormatting().setFontColorIndex(letters.getIndex());
        var fill = rule.createPatternFormatting();
        fill.setFillBackgroundColor(Looks.color(ground(severity)));
        fill.setFillPattern(PatternFormatting.SOLID_FOREGROUND);
        formats.addConditionalFormatting(cells.toArray(CellRangeAddress[]::new), rule);
        first();
    }

    /** Or a row that is tinted already would hide it: Excel goes by priority, LibreOffice by the order in the file. */
    private void first() {
        var sheetXml = sheet.getCTWorksheet();
        int last = sheetXml.sizeOfConditionalFormattingArray() - 1;
        for (var other : sheetXml.getConditionalFormattingList()) {
            other.getCfRuleList().forEach(rule -> rule.setPriority(rule.getPriority() + 1));
        }
        var ours = (CTConditionalFormatting)
                sheetXml.getConditionalFormattingArray(last).copy();
        ours.getCfRuleArray(0).setPriority(1);
        sheetXml.removeConditionalFormatting(last);
        sheetXml.insertNewConditionalFormatting(0).set(ours);
    }

    static String ground(Problem.Severity severity) {
        return switch (severity) {
            case ERROR -> "FFC2C2";
            case WARNING -> "FFE699";
            case INFO -> "D6E8FA";
        };
    }
}
