package ismap.xlsx;

import static org.assertj.core.api.Assertions.assertThat;

import ismap.decision.Bilingual;
import ismap.decision.Place;
import ismap.decision.Problem;
import ismap.rulebook.LoadedRulebook;
import ismap.rulebook.RulebookFiles;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.poi.ss.usermodel.CellType;
import org.apache.poi.xssf.usermodel.XSSFComment;
import org.apache.poi.xssf.usermodel.XSSFSheet;
import org.apache.poi.xssf.usermodel.XSSFWorkbook;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The file comes back with what is wrong written into it. */
@Tag("core")
class AnnotatedWorkbookTest {

    private static final String PATH = "licence.xlsx";

    private static byte[] uploaded(Consumer<XSSFWorkbook> edit) {
        return Sample.edited(Sample.bytesOf(PATH), edit);
    }

    private static List<Problem> problems(byte[] workbook) {
        return Sample.read(Sample.with(PATH, workbook)).problems();
    }

    private static byte[] annotated(byte[] workbook) {
        return AnnotatedWorkbook.of(PATH, workbook, problems(workbook));
    }

    private static XSSFWorkbook open(byte[] workbook) {
        try {
            return new XSSFWorkbook(new ByteArrayInputStream(workbook));
        } catch (IOException inMemory) {
            throw new UncheckedIOException(inMemory);
        }
    }

    private static String comment(byte[] workbook, String place) {
        XSSFComment comment = Bad.at(open(workbook), place).getCellComment();
        return comment == null ? "" : comment.getString().getString();
    }

    private static List<String> listed(byte[] workbook) {
        var rows = new ArrayList<String>();
        XSSFSheet sheet = open(workbook).getSheet("誤りの一覧");
        for (int row = 4; row <= sheet.getLastRowNum(); row++) {
            rows.add(sheet.getRow(row).getCell(1).getStringCellValue() + " "
                    + sheet.getRow(row).getCell(7).getStringCellValue());
        }
        return rows;
    }

    @Test
    void aProblemIsACommentAtItsCellInBothLanguagesWithItsAdvice() {
        byte[] copy = annotated(uploaded(Bad.set("BR-1!G14", "5五")));

        assertThat(comment(copy, "BR-1!G14"))
                .contains(
                        "誤り CONDITION_UNREADABLE",
                        "「5五」は数ではありません。",
                        "→ 16、>= 16、[1..3]、16以上のように書いてください。",
                        "\"5五\" is not a number.",
                        "→ Write 16, >= 16");
        assertThat(comment(copy, "BR-1!G13")).isEmpty();
    }

    @Test
    void everyProblemIsListedWithALinkToItsCell() {
        byte[] copy =
                annotated(uploaded(Bad.all(Bad.set("BR-1!G14", "5五"), Bad.set("Outcomes!B3", "BR-9: SATISFIED"))));
        XSSFSheet list = open(copy).getSheet("誤りの一覧");

        assertThat(listed(copy)).containsExactly("Outcomes!B3 RULE_UNKNOWN", "BR-1!G14 CONDITION_UNREADABLE");
        assertThat(list.getRow(5).getCell(1).getHyperlink().getLocation()).isEqualTo("'BR-1'!G14");
        assertThat(list.getWorkbook().getActiveSheetIndex())
                .isEqualTo(list.getWorkbook().getSheetIndex(list));
        assertThat(list.getRow(1).getCell(0).getStringCellValue()).contains("誤り 2件");
    }

    @Test
    void theCellThatItClashesWithIsToldToo() {
        byte[] copy = annotated(uploaded(Bad.set("BR-1!A14", "BR-1/1")));

        assertThat(comment(copy, "BR-1!A14")).contains("DUPLICATE").doesNotContain("とともに");
        assertThat(comment(copy, "BR-1!A13")).contains("DUPLICATE", "licence.xlsx BR-1!A14 とともに");
    }

    @Test
    void whatStandsInNoCellIsListed() {
        byte[] workbook = uploaded(book -> {
            book.removeSheetAt(book.getSheetIndex("Outcomes"));
            book.createSheet("memo");
        });
        var problems = new ArrayList<>(problems(workbook));
        problems.add(Problem.error(
                "DRL", new Place.Line("rules/licence.drl", 3), new Bilingual("誤り", "wrong"), Bilingual.EMPTY));

        byte[] copy = AnnotatedWorkbook.of(PATH, workbook, problems);

        assertThat(listed(copy))
                .contains("Outcomes SHEET_MISSING", "memo!A1 KEY_ROW_MISSING", "rules/licence.drl:3 DRL");
    }

    @Test
    void aColumnIsMarkedAtItsFirstCell() {
        byte[] copy = annotated(uploaded(book -> book.getSheet("BR-1").setColumnHidden(6, true)));

        assertThat(comment(copy, "BR-1!G1")).contains("HIDDEN_COLUMN");
    }

    @Test
    void nothingThatWasWrittenIsChangedAndNoFormulaIsComputed() {
        byte[] workbook = uploaded(Bad.all(
                Bad.set("BR-1!G14", "5五"),
                book -> Bad.at(book, "BR-1!G13").setCellFormula("1+1"),
                book -> Bad.at(book, "BR-1!N14").setCellFormula("WEBSERVICE(\"http://127.0.0.1:9/\")"),
                Bad.formatted("BR-1!B15", 45383, "[$-411]ggge\"年\"m\"月\"d\"日\"")));

        assertThat(cells(annotated(workbook))).isEqualTo(cells(workbook));
        assertThat(problems(annotated(workbook))).isEqualTo(problems(workbook));
    }

    private static Map<String, String> cells(byte[] workbook) {
        var cells = new LinkedHashMap<String, String>();
        open(workbook).forEach(sheet -> {
            if (!sheet.getSheetName().equals("誤りの一覧")) {
                sheet.forEach(row -> row.forEach(cell -> cells.put(
                        sheet.getSheetName() + "!" + cell.getAddress(),
                        ((org.apache.poi.xssf.usermodel.XSSFCell) cell)
                                        .getCTCell()
                                        .xmlText()
                                        .replaceAll(" xmlns:\\w+=\"[^\"]*\"", "")
                                + (cell.getCellType() == CellType.STRING ? cell.getStringCellValue() : "")
                                + cell.getCellStyle().getDataFormatString())));
            }
        });
        return cells;
    }

    @Test
    void itIsMendedAndHandedInAgain() {
        byte[] copy = annotated(uploaded(Bad.set("BR-1!G14", "5五")));

        LoadedRulebook loaded = Sample.read(Sample.with(PATH, Sample.edited(copy, Bad.set("BR-1!G14", ">= 16"))));

        assertThat(loaded.problems()).isEmpty();
        assertThat(loaded.rulebook()).isEqualTo(Sample.read(Sample.files()).rulebook());
    }

    @Test
    void theNextCopyHasTheRemarksOfTheNextCheckAndTheCommentsOfPeopleStay() {
        byte[] first = annotated(uploaded(Bad.all(
                Bad.set("BR-1!G14", "5五"),
                Bad.set("BR-1!B13", "4/1/2024"),
                remark("BR-1!G14", "要確認（係長）"),
                remark("BR-1!L13", "原文どおり"))));
        assertThat(comment(first, "BR-1!G14")).startsWith("要確認（係長）").contains("CONDITION_UNREADABLE");

        byte[] second = annotated(Sample.edited(first, Bad.set("BR-1!G14", ">= 16")));

        assertThat(comment(second, "BR-1!G14")).isEqualTo("要確認（係長）");
        assertThat(comment(second, "BR-1!L13")).isEqualTo("原文どおり");
        assertThat(comment(second, "BR-1!B13")).contains("DATE_EXPECTED");
        assertThat(comment(second, "BR-1!B13").split("DATE_EXPECTED")).hasSize(2);
        assertThat(listed(second)).containsExactly("BR-1!B13 DATE_EXPECTED");

        byte[] third = AnnotatedWorkbook.of(PATH, Sample.edited(second, Bad.set("BR-1!B13", "")), List.of());

        assertThat(comment(third, "BR-1!B13")).isEmpty();
        assertThat(open(third).getSheet("BR-1").getSheetConditionalFormatting().getNumConditionalFormattings())
                .isZero();
    }

    @Test
    void commentsThatCannotBeReadLeaveTheRestAndTheList() {
        byte[] workbook = Bad.part(
                uploaded(Bad.all(Bad.set("BR-1!G14", "5五"), remark("BR-1!L13", "原文どおり"))),
                "xl/drawings/vmlDrawing1.vml",
                xml -> xml.replace("</v:shape>", ""));

        byte[] copy = annotated(workbook);

        assertThat(listed(copy)).containsExactly("BR-1!G14 CONDITION_UNREADABLE");
        assertThat(problems(copy)).isEqualTo(problems(workbook));
    }

    @Test
    void aConversationIsNotWrittenInto() {
        byte[] workbook = uploaded(Bad.all(
                Bad.set("BR-1!G14", "5五"),
                remark("BR-1!G14", "[Threaded comment]"),
                book -> Bad.at(book, "BR-1!G14")
                        .getCellComment()
                        .setAuthor("tc={0C5B3B4F-0000-0000-0000-000000000000}")));

        assertThat(comment(annotated(workbook), "BR-1!G14")).isEqualTo("[Threaded comment]");
    }

    private static Consumer<XSSFWorkbook> remark(String place, String text) {
        return book -> {
            var drawing = Bad.at(book, place).getSheet().createDrawingPatriarch();
            var anchor = book.getCreationHelper().createClientAnchor();
            anchor.setRow1(Bad.at(book, place).getRowIndex());
            anchor.setCol1(Bad.at(book, place).getColumnIndex());
            var comment = drawing.createCellComment(anchor);
            comment.setString(text);
            comment.setAuthor("係長");
            Bad.at(book, place).setCellComment(comment);
        };
    }

    @Test
    void cellsAreTintedAboveTheTintsOfTheirRows() {
        LoadedRulebook first = Sample.read(Sample.files());
        byte[] written = new RulebookWriter()
                .write(first.rulebook().orElseThrow(), first.sources())
                .getOrDefault(PATH, new byte[0]);
        byte[] copy = annotated(Sample.edited(written, Bad.set("BR-1!G14", "5五")));
        var formats = open(copy).getSheet("BR-1").getCTWorksheet().getConditionalFormattingList();

        assertThat(formats)
                .anySatisfy(one -> {
                    assertThat(one.getSqref().get(0)).isEqualTo("G14");
                    assertThat(one.getCfRuleArray(0).getPriority()).isEqualTo(1);
                })
                .flatExtracting(one -> one.getCfRuleList().stream()
                        .map(rule -> rule.getPriority())
                        .toList())
                .doesNotHaveDuplicates();
    }

    @Test
    void everyDayOfAnEraIsToldAsItWasRead() {
        byte[] workbook = uploaded(Bad.all(
                Bad.set("BR-1!B15", "R6.4.1"),
                Bad.set("BR-1!F13", "令和3年6月4日以上"),
                Bad.set("BR-1!B6", "令和12年3月31日"),
                Bad.set("BR-1!L14", "平成31年4月30日まで"),
                Bad.set("BR-1!C13", "2024-03-31")));
        byte[] copy = annotated(workbook);

        assertThat(problems(workbook)).isEmpty();
        assertThat(comment(copy, "BR-1!B15")).contains("参考", "「R6.4.1」を 2024-04-01 と読みました。");
        assertThat(comment(copy, "BR-1!F13")).contains("2021-06-04以上 と読みました。");
        assertThat(comment(copy, "BR-1!B6")).contains("2030-03-31");
        assertThat(comment(copy, "BR-1!L14")).isEmpty();
        assertThat(comment(copy, "BR-1!C13")).isEmpty();
        assertThat(listed(copy)).containsExactly("BR-1!B6 DATE_READ", "BR-1!F13 DATE_READ", "BR-1!B15 DATE_READ");
        assertThat(problems(copy)).isEmpty();
    }

    @Test
    void daysInScenariosToo() {
        byte[] copy = AnnotatedWorkbook.of("scenarios/licence.xlsx", ScenarioSheetReaderTest.workbook(), List.of());

        assertThat(comment(copy, "Scenarios!D3")).contains("2022-10-01 と読みました。");
    }

    @Test
    void aFileThatIsNotReadIsNotOpenedAndGivesTheListAlone() {
        for (byte[] file : List.of(
                "row,status".getBytes(StandardCharsets.UTF_8),
                new byte[0],
                new byte[5 << 20],
                Bad.part(Sample.bytesOf(PATH), "xl/vbaProject.bin", none -> "x"),
                Bad.part(
                        Sample.bytesOf(PATH),
                        "xl/worksheets/sheet1.xml",
                        xml -> "<!DOCTYPE worksheet SYSTEM \"http://127.0.0.1:9/x.dtd\">" + xml))) {
            byte[] copy = annotated(file);

            assertThat(open(copy).getNumberOfSheets()).isEqualTo(1);
            assertThat(listed(copy)).hasSize(1).allMatch(line -> line.startsWith("（ブック全体）"));
        }
    }

    @Test
    void whatStandsInTheListIsTextWhateverItBeginsWith() {
        byte[] workbook = uploaded(Bad.set("BR-1!G14", "=HYPERLINK(\"http://127.0.0.1:9/\")"));
        var problems = new ArrayList<>(problems(workbook));
        problems.add(Problem.error(
                        "X\u0008",
                        new Place.Cell(PATH, "BR-1", "XFD1048577"),
                        new Bilingual("=1+1", "@SUM(1)".repeat(10_000)),
                        new Bilingual("+1", "\u0000\uFFFF"))
                .value("-1"));

        byte[] copy = AnnotatedWorkbook.of(PATH, workbook, problems);

        open(copy)
                .getSheet("誤りの一覧")
                .forEach(row ->
                        row.forEach(cell -> assertThat(cell.getCellType()).isIn(CellType.STRING, CellType.BLANK)));
        assertThat(listed(copy)).hasSize(2);
    }

    @Test
    void thousandsOfProblemsAreListedAndTheFirstOfThemAreComments() {
        var problems = new ArrayList<Problem>();
        for (int row = 1; row <= 6000; row++) {
            problems.add(Problem.error(
                    "X", new Place.Cell(PATH, "BR-1", "Z" + row), new Bilingual("誤り", "wrong"), Bilingual.EMPTY));
        }

        byte[] copy = AnnotatedWorkbook.of(PATH, Sample.bytesOf(PATH), problems);

        assertThat(open(copy).getSheet("BR-1").getCellComments()).hasSize(1000);
        assertThat(listed(copy)).hasSize(5000);
        assertThat(open(copy).getSheet("誤りの一覧").getRow(1).getCell(0).getStringCellValue())
                .contains("誤り 6000件", "5000 件");
    }

    @Test
    void theSameFileAndProblemsGiveTheSameBytes() {
        byte[] workbook = uploaded(Bad.set("BR-1!G14", "5五"));

        assertThat(annotated(workbook)).isEqualTo(annotated(workbook));
        assertThat(AnnotatedWorkbook.of(workbook, problems(workbook))).isEqualTo(annotated(workbook));
    }

    @Tag("slow")
    @ParameterizedTest(name = "{0}")
    @MethodSource("ismap.xlsx.BadWorkbooksTest#mistakes")
    void everyKindOfMistakeComesBackInAWorkbookThatSaysTheSame(Bad.Mistake mistake) {
        RulebookFiles files = mistake.files().get();
        List<Problem> problems = Sample.read(files).problems();
        files.contents().forEach((path, bytes) -> {
            boolean concerned = problems.stream()
                    .anyMatch(problem -> problem.places().toString().contains(path));
            if (!concerned || !path.matches("[^/~]+\\.xlsx")) {
                return;
            }
            byte[] copy = AnnotatedWorkbook.of(path, bytes, problems);

            assertThat(listed(copy)).hasSizeGreaterThanOrEqualTo(problems.size());
            if (open(copy).getNumberOfSheets() > 1) {
                var again = new java.util.TreeMap<>(files.contents());
                again.put(path, copy);
                assertThat(Sample.read(new RulebookFiles(again)).problems()).isEqualTo(problems);
            }
        });
    }
}
