package ismap.xlsx;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.poi.ss.usermodel.DataValidation;
import org.apache.poi.ss.usermodel.DataValidationConstraint;
import org.apache.poi.ss.usermodel.DataValidationHelper;
import org.apache.poi.ss.util.CellRangeAddressList;
import org.apache.poi.xssf.usermodel.XSSFDataValidationConstraint;
import org.apache.poi.xssf.usermodel.XSSFSheet;
import org.apache.poi.xssf.usermodel.XSSFWorkbook;

/** Puts choices into the cells of a workbook. Long ones stand on a hidden sheet, which is for spreadsheet programs and not read. */
final class DropDowns {

    static final String SHEET = "_lists";

    /** The longest list that the format keeps inside the cell's rule; and the longest hint. */
    private static final int LONGEST = 255;

    private final XSSFWorkbook workbook;
    private final Map<List<String>, Integer> lists = new LinkedHashMap<>();

    DropDowns(XSSFWorkbook workbook) {
        this.workbook = workbook;
    }

    /** Rows and columns are counted from 0; both ends are included. */
    void put(XSSFSheet sheet, Choice choice, int firstRow, int lastRow, int column) {
        String hint = hint(choice);
        if (choice.values().isEmpty() && hint.isEmpty()) {
            return;
        }
        DataValidationHelper helper = sheet.getDataValidationHelper();
        DataValidation validation = helper.createValidation(
                constraint(helper, choice.values()),
                new CellRangeAddressList(firstRow, Math.max(firstRow, lastRow), column, column));
        validation.setEmptyCellAllowed(true);
        if (!choice.values().isEmpty()) {
            validation.setShowErrorBox(choice.rest() != Choice.Rest.WELCOME);
            switch (choice.rest()) {
                case REFUSED -> {
                    validation.setErrorStyle(DataValidation.ErrorStyle.STOP);
                    validation.createErrorBox(
                            "一覧にない値です / Not in the list", "一覧から選んでください。\nPlease choose one of the list.");
                }
                case ASKED -> {
                    validation.setErrorStyle(DataValidation.ErrorStyle.WARNING);
                    validation.createErrorBox(
                            "一覧にない値です / Not in the list",
                            "つづりを確かめてください。意図したとおりであれば、そのまま続けられます。\n"
                                    + "Please check the spelling. If it is what you mean, go on.");
                }
                case WELCOME -> {}
            }
        }
        if (!hint.isEmpty()) {
            validation.setShowPromptBox(true);
            validation.createPromptBox("", hint);
        }
        sheet.addValidationData(validation);
    }

    private static String hint(Choice choice) {
        String both = (choice.hint().ja() + "\n" + choice.hint().en()).strip();
        String shown = both.length() <= LONGEST ? both : choice.hint().ja();
        return shown.length() <= LONGEST ? shown : shown.substring(0, LONGEST - 1) + "…";
    }

    private DataValidationConstraint constraint(DataValidationHelper helper, List<String> values) {
        if (values.isEmpty()) {
            // Any value at all: the rule is there for its hint.
            return new XSSFDataValidationConstraint(
                    DataValidationConstraint.ValidationType.ANY, DataValidationConstraint.OperatorType.IGNORED, "");
        }
        boolean fits = String.join(",", values).length() <= LONGEST
                && values.stream().noneMatch(value -> value.contains(",") || value.contains("\""));
        if (fits) {
            return helper.createExplicitListConstraint(values.toArray(String[]::new));
        }
        int column = lists.computeIfAbsent(List.copyOf(values), none -> lists.size());
        String letters = Grid.address(0, column).replace("1", "");
        return helper.createFormulaListConstraint("%s!$%s$1:$%s$%d".formatted(SHEET, letters, letters, values.size()));
    }

    /** To be called once every sheet is there, so that the lists come last. */
    void finish(Looks looks) {
        if (lists.isEmpty()) {
            return;
        }
        XSSFSheet sheet = workbook.createSheet(SHEET);
        var columns = new ArrayList<>(lists.keySet());
        int longest = columns.stream().mapToInt(List::size).max().orElse(0);
        for (int i = 0; i < longest; i++) {
            var row = sheet.createRow(i);
            for (int column = 0; column < columns.size(); column++) {
                if (i < columns.get(column).size()) {
                    var cell = row.createCell(column);
                    cell.setCellStyle(looks.of(Looks.Look.NOTE));
                    cell.setCellValue(columns.get(column).get(i));
                }
            }
        }
        for (int column = 0; column < columns.size(); column++) {
            sheet.setColumnWidth(column, 30 * 256);
        }
        workbook.setSheetVisibility(workbook.getSheetIndex(sheet), org.apache.poi.ss.usermodel.SheetVisibility.HIDDEN);
    }
}
