package ismap.xlsx;

import static org.assertj.core.api.Assertions.assertThat;

import ismap.rulebook.LoadedRulebook;
import ismap.rulebook.RulebookFiles;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.poi.ss.usermodel.DataFormatter;
import org.apache.poi.ss.usermodel.DataValidation;
import org.apache.poi.ss.usermodel.SheetVisibility;
import org.apache.poi.xssf.usermodel.XSSFDataValidation;
import org.apache.poi.xssf.usermodel.XSSFSheet;
import org.apache.poi.xssf.usermodel.XSSFWorkbook;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What people find in a workbook that the service wrote. */
@Tag("core")
class LayoutTest {

    private static final Map<String, byte[]> WRITTEN = written();

    private static Map<String, byte[]> written() {
        LoadedRulebook loaded = Sample.read(Sample.files());
        return new RulebookWriter().write(loaded.rulebook().orElseThrow(), loaded.sources());
    }

    private static XSSFWorkbook open(String path) {
        try {
            return new XSSFWorkbook(new ByteArrayInputStream(WRITTEN.getOrDefault(path, new byte[0])));
        } catch (IOException inMemory) {
            throw new UncheckedIOException(inMemory);
        }
    }

    private static List<String> allowed(XSSFSheet sheet, String cell) {
        return validation(sheet, cell).map(LayoutTest::values).orElse(List.of());
    }

    private static List<String> values(DataValidation validation) {
        String[] values = validation.getValidationConstraint().getExplicitListValues();
        return values == null ? List.of() : List.of(values);
    }

    private static Optional<XSSFDataValidation> validation(XSSFSheet sheet, String cell) {
        var at = new org.apache.poi.ss.util.CellReference(cell);
        return sheet.getDataValidations().stream()
                .filter(one -> List.of(one.getRegions().getCellRangeAddresses()).stream()
                        .anyMatch(range -> range.isInRange(at.getRow(), at.getCol())))
                .findFirst();
    }

    private static int row(XSSFSheet sheet, String first) {
        for (var row : sheet) {
            if (row.getCell(0) != null && row.getCell(0).toString().equals(first)) {
                return row.getRowNum();
            }
        }
        throw new AssertionError("no row %s in %s".formatted(first, sheet.getSheetName()));
    }

    private static String letters(XSSFSheet sheet, String key) {
        for (String first : List.of("row", sheet.getRow(0).getCell(0).toString())) {
            for (var row : sheet) {
                if (row.getCell(0) != null && row.getCell(0).toString().equals(first)) {
                    for (var cell : row) {
                        if (cell.toString().equals(key)) {
                            return Grid.address(0, cell.getColumnIndex()).replace("1", "");
                        }
                    }
                }
            }
        }
        throw new AssertionError("no column %s in %s".formatted(key, sheet.getSheetName()));
    }

    @Test
    void theFirstSheetSaysHowToUseTheWorkbookInBothLanguages() {
        WRITTEN.keySet().forEach(path -> {
            XSSFSheet first = open(path).getSheetAt(0);
            assertThat(first.getSheetName()).isEqualTo("使い方");
            var texts = new ArrayList<String>();
            first.forEach(row -> row.forEach(cell -> texts.add(cell.toString())));
            assertThat(texts).contains("困ったとき", "Questions", "色", "Colours");
        });
    }

    @Test
    void aDecisionExplainsEveryKindOfConditionAndTheReaderKnowsThemAll() throws Exception {
        XSSFSheet sheet = open("licence.xlsx").getSheetAt(0);
        var tests = new ismap.rulebook.UnaryTests(ismap.rulebook.FactType.NUMBER, java.util.Set.of("threshold"));

        for (String term : List.of(">= 16  16以上  [1..3]", "none  なし", "missing  不明", "given  値あり", ">= threshold")) {
            assertThat(row(sheet, term)).isPositive();
            for (String cell : term.split("  ")) {
                assertThat(tests.read(cell)).isNotNull();
            }
        }
    }

    @Test
    void headersAndTheFirstColumnStayInSight() {
        XSSFSheet table = open("licence.xlsx").getSheet("BR-1");
        XSSFSheet list = open("licence.xlsx").getSheet("Outcomes");

        assertThat((int) table.getPaneInformation().getHorizontalSplitPosition())
                .isEqualTo(row(table, "row") + 1);
        assertThat((int) table.getPaneInformation().getVerticalSplitPosition()).isEqualTo(1);
        assertThat((int) list.getPaneInformation().getHorizontalSplitPosition()).isEqualTo(2);
    }

    @Test
    void keysAndRuleIdsAreLockedWithoutAPasswordAndRowsAreNot() {
        WRITTEN.keySet()
                .forEach(path -> open(path).sheetIterator().forEachRemaining(any -> {
                    XSSFSheet sheet = (XSSFSheet) any;
                    if (sheet.getSheetName().startsWith("_")
                            || sheet.getSheetName().equals("使い方")) {
                        return;
                    }
                    var protection = sheet.getCTWorksheet().getSheetProtection();
                    assertThat(protection.getSheet()).isTrue();
                    assertThat(protection.isSetPassword() || protection.isSetHashValue())
                            .isFalse();
                    assertThat(List.of(
                                    protection.getInsertRows(),
                                    protection.getDeleteRows(),
                                    protection.getSort(),
                                    protection.getFormatColumns()))
                            .as("locked in " + sheet.getSheetName())
                            .containsOnly(false);
                    assertThat(protection.getDeleteColumns()).isTrue();
                    boolean table = sheet.getRow(0).getCell(0).toString().matches("rule|fact")
                            && !sheet.getSheetName().equals("Readings");
                    table &= !List.of("Facts", "Codes", "Derivations", "Borrowed", "NotExamined", "NotEncoded")
                            .contains(sheet.getSheetName());
                    int keys = table ? row(sheet, "row") : 0;
                    sheet.getRow(keys)
                            .forEach(cell ->
                                    assertThat(cell.getCellStyle().getLocked()).isTrue());
                    assertThat(sheet.getRow(keys).getRowStyle().getLocked()).isTrue();
                    if (table) {
                        assertThat(sheet.getRow(0).getCell(1).getCellStyle().getLocked())
                                .isTrue();
                        assertThat(sheet.getRow(1).getCell(1).getCellStyle().getLocked())
                                .isFalse();
                    }
                    for (int row = keys + (table ? 1 : 2); row <= sheet.getLastRowNum(); row++) {
                        sheet.getRow(row)
                                .forEach(cell -> assertThat(cell.getCellStyle().getLocked())
                                        .as(sheet.getSheetName() + " " + cell.getAddress())
                                        .isEqualTo(
                                                sheet.getSheetName().equals("Decision") && cell.getColumnIndex() == 0));
                    }
                    for (int column : List.of(0, 5, 40, 300, 16_383)) {
                        // A row can be deleted only where every one of its cells is unlocked, the empty ones to the
                        // right too.
                        assertThat(sheet.getColumnStyle(column).getLocked()).isFalse();
                    }
                }));
    }

    @Test
    void theLabelOfATitleKeyIsShownAndNoPartOfTheCell() {
        XSSFSheet sheet = open("licence.xlsx").getSheet("BR-1");
        var cell = sheet.getRow(row(sheet, "hitPolicy")).getCell(0);

        assertThat(cell.getStringCellValue()).isEqualTo("hitPolicy");
        assertThat(new DataFormatter().formatCellValue(cell)).startsWith("hitPolicy");
        assertThat(cell.getCellStyle().getDataFormatString()).contains("行の選び方");
        assertThat(TableSheet.TITLE_KEYS)
                .allSatisfy(key -> assertThat(TableTitles.label(key)).isNotBlank());
    }

    @Test
    void whatTheReaderWouldRefuseTheSpreadsheetRefuses() {
        XSSFSheet sheet = open("licence.xlsx").getSheet("BR-1");
        String status = letters(sheet, "status") + (row(sheet, "BR-1/1") + 1);

        assertThat(allowed(sheet, status)).contains("NOT_SATISFIED", "REFER_TO_COMMITTEE");
        assertThat(validation(sheet, status).orElseThrow().getErrorStyle()).isEqualTo(DataValidation.ErrorStyle.STOP);
        assertThat(allowed(sheet, "B" + (row(sheet, "hitPolicy") + 1))).containsExactly("UNIQUE", "ANY", "FIRST");
        assertThat(allowed(open("licence.xlsx").getSheet("Readings"), "D3")).containsExactly("none", "unknown");
    }

    @Test
    void aConditionOffersTheCodesOfItsFactAndMayHoldOthers() {
        XSSFSheet sheet = open("licence.xlsx").getSheet("BR-1");
        int first = row(sheet, "BR-1/1") + 1;
        String decision = letters(sheet, "decision") + first;

        assertThat(allowed(sheet, decision))
                .containsExactly("APPROVED", "REFUSED", "PENDING", "none", "missing", "given", "-");
        assertThat(validation(sheet, decision).orElseThrow().getErrorStyle())
                .isEqualTo(DataValidation.ErrorStyle.WARNING);
        assertThat(allowed(sheet, letters(sheet, "isListed") + first)).startsWith("はい", "いいえ");
        assertThat(validation(sheet, letters(sheet, "staff") + first)
                        .orElseThrow()
                        .getShowErrorBox())
                .isFalse();
    }

    @Test
    void rowsThatPeopleAddBelowAreOfferedTheSame() {
        XSSFSheet sheet = open("licence.xlsx").getSheet("BR-1");

        assertThat(allowed(sheet, letters(sheet, "status") + (sheet.getLastRowNum() + 100)))
                .contains("SATISFIED");
        assertThat(sheet.getColumnStyle(4).getDataFormatString()).isEqualTo("@");
    }

    @Test
    void aLongListStandsOnAHiddenSheetThatIsNotRead() {
        try (Printer printer = new Printer("parameters.xlsx");
                XSSFWorkbook with = withLongList(printer)) {
            XSSFSheet lists = with.getSheet("_lists");

            assertThat(with.getSheetVisibility(with.getSheetIndex(lists))).isEqualTo(SheetVisibility.HIDDEN);
            assertThat(lists.getLastRowNum()).isEqualTo(99);
            assertThat(validation(with.getSheet("Parameters"), "G3")
                            .orElseThrow()
                            .getValidationConstraint()
                            .getFormula1())
                    .isEqualTo("_lists!$A$1:$A$100");
            OpenedWorkbook opened = OpenedWorkbook.of("parameters.xlsx", Sample.bytes(with), Limits.DEFAULT);
            Problems problems = new Problems();
            new Sheets(opened, problems).only(ListLayout.PARAMETERS);
            assertThat(problems.inSheetOrder()).isEmpty();
        } catch (IOException inMemory) {
            throw new UncheckedIOException(inMemory);
        }
    }

    private static XSSFWorkbook withLongList(Printer printer) throws IOException {
        List<String> clauses = java.util.stream.IntStream.range(0, 100)
                .mapToObj("basic-regulations 3.%d"::formatted)
                .toList();
        printer.list(
                "Parameters", ListLayout.PARAMETERS.columns(), List.of(), Map.of("clause", Choice.mostly(clauses)));
        return new XSSFWorkbook(new ByteArrayInputStream(printer.bytes()));
    }

    @Test
    void daysAreRealDatesThatShowBothCalendars() {
        XSSFSheet sheet = open("parameters.xlsx").getSheet("Parameters");
        var cell = sheet.getRow(2).getCell(3);

        assertThat(cell.getNumericCellValue()).isEqualTo(Bad.serial(java.time.LocalDate.of(2020, 6, 3)));
        assertThat(cell.getCellStyle().getDataFormatString()).contains("yyyy", "ge.m.d");
        assertThat(NumberFormats.shows(999, cell.getCellStyle().getDataFormatString()))
                .isEqualTo(NumberFormats.Shows.DAY);
    }

    @Test
    void rowsAreTintedByWhatTheySayAndBlankCellsMarked() {
        XSSFSheet sheet = open("licence.xlsx").getSheet("BR-1");
        var formats = sheet.getSheetConditionalFormatting();
        var formulas = new ArrayList<String>();
        for (int i = 0; i < formats.getNumConditionalFormattings(); i++) {
            var one = formats.getConditionalFormattingAt(i);
            for (int rule = 0; rule < one.getNumberOfRules(); rule++) {
                formulas.add(one.getRule(rule).getFormula1());
            }
        }
        int first = row(sheet, "BR-1/1") + 1;
        String status = "$" + letters(sheet, "status") + first;

        assertThat(formulas).anyMatch(formula -> formula.contains(status + "=\"NOT_SATISFIED\""));
        assertThat(formulas).contains("LEFT(%s,5)=\"REFER\"".formatted(status));
        assertThat(formulas).anyMatch(formula -> formula.contains("<TODAY()"));
        assertThat(formulas).anyMatch(formula -> formula.startsWith("AND(A%d=\"\"".formatted(first)));
    }

    @Test
    void yesAndNoAreWrittenInWords() {
        XSSFSheet sheet = open("licence.xlsx").getSheet("BR-1");
        int column = new org.apache.poi.ss.util.CellReference(letters(sheet, "isListed") + "1").getCol();

        assertThat(sheet.getRow(row(sheet, "BR-1/1")).getCell(column).getStringCellValue())
                .isEqualTo("はい");
        assertThat(sheet.getRow(row(sheet, "BR-1/3")).getCell(column).getStringCellValue())
                .isEqualTo("いいえ");
    }

    @Test
    void everyRowIsAsHighAsItsTextAndGrowsWithIt() {
        XSSFSheet sheet = open("licence.xlsx").getSheet("BR-1");

        sheet.forEach(row -> {
            var written = ((org.apache.poi.xssf.usermodel.XSSFRow) row).getCTRow();
            assertThat(written.getHt()).isGreaterThan(10);
            assertThat(written.getCustomHeight()).isFalse();
        });
    }

    @Test
    void whatIsWrittenTwiceIsTheSameBytes() {
        var files = new TreeMap<String, byte[]>(WRITTEN);
        LoadedRulebook again = Sample.read(new RulebookFiles(files));

        assertThat(new RulebookWriter().write(again.rulebook().orElseThrow(), again.sources()))
                .containsExactlyInAnyOrderEntriesOf(WRITTEN);
    }

    @ParameterizedTest
    @CsvSource({
        "595959, F2F2F2",
        "000000, E8F1FE",
        "000000, FDE3E3",
        "000000, FFF3C4",
        "000000, FFD9A8",
        "333333, EDEDED",
        "800000, FFC2C2",
        "993300, FFE699",
        "000080, D6E8FA",
        "0000FF, FFFFFF"
    })
    void lettersStandOutFromTheirGround(String letters, String ground) {
        double light = Math.max(luminance(letters), luminance(ground));
        double dark = Math.min(luminance(letters), luminance(ground));

        assertThat((light + 0.05) / (dark + 0.05)).isGreaterThan(4.5);
    }

    private static double luminance(String rgb) {
        double[] weights = {0.2126, 0.7152, 0.0722};
        double sum = 0;
        for (int i = 0; i < 3; i++) {
            double part = Integer.parseInt(rgb.substring(2 * i, 2 * i + 2), 16) / 255.0;
            sum += weights[i] * (part <= 0.04045 ? part / 12.92 : Math.pow((part + 0.055) / 1.055, 2.4));
        }
        return sum;
    }

    /** Excel was not run; it opens what the schema of the format allows, and offers to repair what it does not. */
    @Test
    void everySheetAndStyleIsAsTheSchemaOfTheFormatAsks() {
        var files = new TreeMap<>(WRITTEN);
        byte[] wrong = Sample.edited(WRITTEN.getOrDefault("licence.xlsx", new byte[0]), Bad.set("BR-1!G14", "5五"));
        files.put(
                "annotated.xlsx",
                AnnotatedWorkbook.of(
                        "licence.xlsx",
                        wrong,
                        Sample.read(Sample.with("licence.xlsx", wrong)).problems()));
        files.put(
                "scenarios.xlsx",
                ScenarioSheetWriter.write(
                        "scenarios/licence.xlsx",
                        new ScenarioSheetReader()
                                .read("scenarios/licence.xlsx", ScenarioSheetReaderTest.workbook())
                                .rows(),
                        Sample.read(Sample.files()).rulebook()));
        files.forEach((path, bytes) -> {
            var errors = new ArrayList<org.apache.xmlbeans.XmlError>();
            var options = new org.apache.xmlbeans.XmlOptions().setErrorListener(errors);
            try (XSSFWorkbook workbook = new XSSFWorkbook(new ByteArrayInputStream(bytes))) {
                workbook.getCTWorkbook().validate(options);
                workbook.getStylesSource().getCTStylesheet().validate(options);
                workbook.forEach(sheet -> ((XSSFSheet) sheet).getCTWorksheet().validate(options));
            } catch (IOException inMemory) {
                throw new UncheckedIOException(inMemory);
            }
            assertThat(errors).as(path).isEmpty();
        });
    }
}
