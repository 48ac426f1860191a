package ismap.xlsx;

import ismap.decision.Bilingual;
import ismap.decision.Place;
import ismap.decision.Problem;
import ismap.xlsx.Looks.Look;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.poi.common.usermodel.HyperlinkType;
import org.apache.poi.ss.usermodel.FillPatternType;
import org.apache.poi.ss.util.CellAddress;
import org.apache.poi.ss.util.CellRangeAddress;
import org.apache.poi.xssf.usermodel.XSSFCell;
import org.apache.poi.xssf.usermodel.XSSFCellStyle;
import org.apache.poi.xssf.usermodel.XSSFHyperlink;
import org.apache.poi.xssf.usermodel.XSSFRow;
import org.apache.poi.xssf.usermodel.XSSFSheet;
import org.apache.poi.xssf.usermodel.XSSFWorkbook;

/** The sheet that lists what is wrong with a workbook, each with a link to its cell. */
final class ProblemSheet {

    private static final int MOST_ROWS = 5000;

    private static final List<String> HEADS = List.of(
            "重さ\nSeverity",
            "場所\nPlace",
            "内容\nWhat is wrong (ja)",
            "直し方\nWhat to do (ja)",
            "内容（英語）\nWhat is wrong (en)",
            "直し方（英語）\nWhat to do (en)",
            "書かれていた値\nFound",
            "コード\nCode");
    private static final int[] WIDTHS = {14, 24, 48, 48, 48, 48, 26, 26};

    private final XSSFWorkbook workbook;
    private final Looks looks;
    private final String path;
    private final Map<Problem.Severity, XSSFCellStyle> tints = new EnumMap<>(Problem.Severity.class);

    /** @param path of the workbook; places in it are shown by sheet and cell alone */
    ProblemSheet(XSSFWorkbook workbook, String path) {
        this.workbook = workbook;
        this.looks = new Looks(workbook);
        this.path = path;
    }

    static Bilingual severity(Problem problem) {
        return switch (problem.severity()) {
            case ERROR -> new Bilingual("誤り", "Error");
            case WARNING -> new Bilingual("注意", "Warning");
            case INFO -> new Bilingual("参考", "Note");
        };
    }

    /** Adds the sheet behind the others and opens the workbook on it. */
    void write(List<Problem> problems, Bilingual foreword) {
        XSSFSheet sheet = workbook.createSheet(ListLayout.PROBLEMS);
        for (int i = 0; i < WIDTHS.length; i++) {
            sheet.setColumnWidth(i, WIDTHS[i] * 256);
        }
        head(sheet, problems, foreword);
        int next = 4;
        for (Problem problem : problems.subList(0, Math.min(MOST_ROWS, problems.size()))) {
            row(sheet, next++, problem);
        }
        sheet.createFreezePane(2, 4);
        if (!problems.isEmpty()) {
            sheet.setAutoFilter(new CellRangeAddress(3, next - 1, 0, HEADS.size() - 1));
        }
        sheet.setTabColor(Looks.color("C00000"));
        Printer.page(sheet, 3, WIDTHS);
        open(sheet);
    }

    private void head(XSSFSheet sheet, List<Problem> problems, Bilingual foreword) {
        XSSFRow heading = sheet.createRow(0);
        cell(heading, 0, "誤りの一覧 / Problems: " + path, looks.of(Look.HEADING));
        heading.getCTRow().setHt(24);
        long errors = problems.stream().filter(Problem::isError).count();
        long warnings = problems.stream()
                .filter(problem -> problem.severity() == Problem.Severity.WARNING)
                .count();
        String left =
                problems.size() > MOST_ROWS ? "（初めの %d 件を示します / the first %d）".formatted(MOST_ROWS, MOST_ROWS) : "";
        String counted =
                "誤り %d件、注意 %d件 / %d error(s), %d warning(s)%s".formatted(errors, warnings, errors, warnings, left);
        cell(sheet.createRow(1), 0, counted, looks.of(Look.LINE));
        cell(sheet.createRow(2), 0, foreword.ja() + " / " + foreword.en(), looks.of(Look.LINE));
        XSSFRow heads = sheet.createRow(3);
        for (int i = 0; i < HEADS.size(); i++) {
            cell(heads, i, HEADS.get(i), looks.of(Look.LABEL));
        }
        heads.getCTRow().setHt(Heights.points(2));
    }

    private void row(XSSFSheet sheet, int at, Problem problem) {
        Bilingual severity = severity(problem);
        List<String> texts = List.of(
                severity.ja() + " / " + severity.en(),
                place(problem.places().get(0)),
                Remarks.brief(problem.message().ja()),
                Remarks.brief(problem.advice().ja()),
                Remarks.brief(problem.message().en()),
                Remarks.brief(problem.advice().en()),
                Remarks.brief(problem.value()),
                problem.code());
        XSSFRow row = sheet.createRow(at);
        int lines = 1;
        for (int i = 0; i < texts.size(); i++) {
            cell(row, i, texts.get(i), i == 0 ? tinted(problem.severity()) : looks.of(Look.NOTE));
            lines = Math.max(lines, Heights.lines(texts.get(i), WIDTHS[i]));
        }
        row.getCTRow().setHt(Heights.points(lines));
        target(problem.places().get(0)).ifPresent(target -> {
            XSSFHyperlink link = workbook.getCreationHelper().createHyperlink(HyperlinkType.DOCUMENT);
            link.setAddress(target);
            row.getCell(1).setHyperlink(link);
            row.getCell(1).setCellStyle(looks.of(Look.LINK));
        });
    }

    private static void cell(XSSFRow row, int column, String text, XSSFCellStyle style) {
        XSSFCell cell = row.createCell(column);
        cell.setCellStyle(style);
        // Always text, whatever it begins with.
        if (!text.isEmpty()) {
            cell.setCellValue(text);
        }
    }

    private XSSFCellStyle tinted(Problem.Severity severity) {
        return tints.computeIfAbsent(severity, of -> {
            XSSFCellStyle style = workbook.createCellStyle();
            style.cloneStyleFrom(looks.of(Look.NOTE));
            style.setFillForegroundColor(Looks.color(Remarks.ground(of)));
            style.setFillPattern(FillPatternType.SOLID_FOREGROUND);
            return style;
        });
    }

    private String place(Place place) {
        if (place instanceof Place.Cell cell && cell.workbook().equals(path)) {
            String shown = cell.sheet() + (cell.cell().isEmpty() ? "" : "!" + cell.cell());
            return shown.isEmpty() ? "（ブック全体） the workbook" : shown;
        }
        return place.toString();
    }

    /** Where the link leads; empty for a place that this workbook does not have. */
    private Optional<String> target(Place place) {
        if (!(place instanceof Place.Cell cell)
                || !cell.workbook().equals(path)
                || cell.sheet().isEmpty()
                || workbook.getSheet(cell.sheet()) == null) {
            return Optional.empty();
        }
        CellAddress address = AnnotatedWorkbook.address(cell).orElse(CellAddress.A1);
        return Optional.of("'" + cell.sheet().replace("'", "''") + "'!" + address.formatAsString());
    }

    /** Alone: where two sheets are selected, what is typed into one goes into both. */
    private void open(XSSFSheet sheet) {
        workbook.forEach(other -> other.setSelected(false));
        int index = workbook.getSheetIndex(sheet);
        workbook.setActiveSheet(index);
        workbook.setSelectedTab(index);
    }
}
