package ismap.xlsx;

import static org.assertj.core.api.Assertions.assertThat;

import ismap.decision.Problem;
import ismap.rulebook.LoadedRulebook;
import ismap.rulebook.Table;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * What Excel writes and neither POI nor LibreOffice does, put into the XML by hand after its documentation (ECMA-376). No Excel was run.
 */
@Tag("core")
class OnlyExcelWritesTest {

    /** The sheet BR-1 of the sample. */
    private static final String RULE = "xl/worksheets/sheet7.xml";

    private static byte[] edited(String part, UnaryOperator<String> edit) {
        return Bad.part(Sample.bytesOf("licence.xlsx"), part, xml -> {
            String changed = edit.apply(xml);
            assertThat(changed).as("the edit changes something").isNotEqualTo(xml);
            return changed;
        });
    }

    private static LoadedRulebook read(byte[] licence) {
        return Sample.read(Sample.with("licence.xlsx", licence));
    }

    private static LoadedRulebook read(String part, UnaryOperator<String> edit) {
        return read(edited(part, edit));
    }

    private static void meansTheSame(LoadedRulebook loaded) {
        assertThat(loaded.problems()).isEmpty();
        assertThat(loaded.rulebook()).isEqualTo(Sample.read(Sample.files()).rulebook());
    }

    private static List<String> problems(LoadedRulebook loaded) {
        return loaded.problems().stream()
                .filter(Problem::isError)
                .map(problem -> problem.code() + " " + problem.places().get(0))
                .toList();
    }

    private static Table.Row row(LoadedRulebook loaded, int index) {
        return java.util.Objects.requireNonNull(
                        loaded.rulebook().orElseThrow().decisions().get("licence"))
                .rules()
                .get(0)
                .rows()
                .get(index);
    }

    /** A cell of BR-1 with other XML in its place. */
    private static UnaryOperator<String> cell(String address, String xml) {
        return sheet -> sheet.replaceFirst(
                "<c r=\"" + address + "\"[^>]*?(/>|>.*?</c>)", java.util.regex.Matcher.quoteReplacement(xml));
    }

    @Test
    void theSheetThatIsEditedIsTheOneThatIsMeant() {
        assertThat(problems(read(RULE, cell("G13", "<c r=\"G13\" t=\"str\"><v>5五</v></c>"))))
                .containsExactly("CONDITION_UNREADABLE licence.xlsx BR-1!G13");
    }

    // ---- text

    @Test
    void furiganaIsNoPartOfTheText() {
        meansTheSame(
                read(
                        "xl/sharedStrings.xml",
                        xml -> xml.replace(
                                "満たしません。</t>",
                                "満たしません。</t><rPh sb=\"0\" eb=\"1\"><t>ミ</t></rPh><phoneticPr fontId=\"1\" type=\"fullwidthKatakana\"/>")));
    }

    @Test
    void furiganaOnAnInlineStringIsNoneEither() {
        LoadedRulebook loaded = read(
                RULE,
                cell(
                        "L14",
                        "<c r=\"L14\" t=\"inlineStr\"><is><t>満たしません。</t><rPh sb=\"0\" eb=\"1\"><t>ミ</t></rPh></is></c>"));

        meansTheSame(loaded);
    }

    @Test
    void runsOfRichTextAreOneText() {
        meansTheSame(read(
                "xl/sharedStrings.xml",
                xml -> xml.replace(
                        "<t>満たしません。</t>",
                        "<r><t>満たし</t></r><r><rPr><b/><color rgb=\"FFFF0000\"/></rPr><t xml:space=\"preserve\">ません。</t></r>"
                                + "<rPh sb=\"0\" eb=\"1\"><t>ミ</t></rPh>")));
    }

    @Test
    void aRunThatIsStruckThroughIsRefused() {
        assertThat(problems(read(
                        "xl/sharedStrings.xml",
                        xml -> xml.replace(
                                "<t>満たしません。</t>", "<r><t>満たし</t></r><r><rPr><strike/></rPr><t>ません。</t></r>"))))
                .containsExactly("STRUCK_THROUGH licence.xlsx BR-1!L14");
    }

    @Test
    void spacesAroundASharedStringAreNoPartOfIt() {
        meansTheSame(read(
                "xl/sharedStrings.xml",
                xml -> xml.replace("<t>APPROVED</t>", "<t xml:space=\"preserve\">  APPROVED\u3000\n </t>")));
    }

    @Test
    void escapesOfCharactersAreRead() {
        LoadedRulebook loaded = read(
                "xl/sharedStrings.xml", xml -> xml.replace("満たしません。</t>", "満たし_x000D__x000A_ません_x005F_x000D_。</t>"));

        assertThat(loaded.problems()).isEmpty();
        assertThat(row(loaded, 1).message().ja()).isEqualTo("満たし\nません_x000D_。");
    }

    @Test
    void aControlCharacterInAnEscapeIsRefused() {
        assertThat(problems(read("xl/sharedStrings.xml", xml -> xml.replace("満たしません。</t>", "満たし_x0008_ません。</t>"))))
                .containsExactly("CONTROL_CHARACTER licence.xlsx BR-1!L14");
    }

    @Test
    void textBesideItsCellIsText() {
        meansTheSame(read(RULE, cell("E13", "<c r=\"E13\" t=\"inlineStr\"><is><t>APPROVED</t></is></c>")));
        meansTheSame(read(
                RULE, cell("E13", "<c r=\"E13\" t=\"inlineStr\"><is><r><t>APP</t></r><r><t>ROVED</t></r></is></c>")));
    }

    // ---- cells and rows

    @Test
    void cellsAndRowsWithoutAnAddressFollowEachOther() {
        meansTheSame(
                read(RULE, xml -> xml.replaceAll("<row r=\"(\\d+)\"", "<row").replaceAll("<c r=\"[A-C](\\d)\"", "<c")));
    }

    @Test
    void rowsWithoutCellsAndRowsThatAreOnlyHighAreNotThere() {
        meansTheSame(
                read(
                        RULE,
                        xml -> xml.replace(
                                "</sheetData>",
                                "<row r=\"17\"/><row r=\"18\" ht=\"30\" customHeight=\"1\"/><row r=\"19\" spans=\"1:14\"><c r=\"A19\" s=\"0\"/></row></sheetData>")));
    }

    @Test
    void aHeightOfNothingHidesARowAndNoHeightDoesNot() {
        UnaryOperator<String> withoutFormat = xml -> xml.replaceFirst("<sheetFormatPr[^>]*/>", "");

        meansTheSame(read(RULE, withoutFormat));
        meansTheSame(read(
                RULE, xml -> xml.replaceFirst("<sheetFormatPr[^>]*/>", "<sheetFormatPr defaultRowHeight=\"0\"/>")));
        assertThat(problems(
                        read(RULE, xml -> withoutFormat.apply(xml).replace("<row r=\"14\"", "<row ht=\"0\" r=\"14\""))))
                .containsExactly("HIDDEN_ROW licence.xlsx BR-1!A14");
        assertThat(problems(read(RULE, xml -> xml.replace("<row r=\"14\"", "<row hidden=\"true\" r=\"14\""))))
                .containsExactly("HIDDEN_ROW licence.xlsx BR-1!A14");
    }

    @Test
    void rowsThatAreHiddenByDefaultAreHidden() {
        assertThat(problems(read(
                        RULE,
                        xml -> xml.replaceFirst(
                                "<sheetFormatPr[^>]*/>", "<sheetFormatPr defaultRowHeight=\"15\" zeroHeight=\"1\"/>"))))
                .contains("HIDDEN_ROW licence.xlsx BR-1!A13", "HIDDEN_ROW licence.xlsx BR-1!A14");
    }

    @Test
    void whatADimensionSaysIsNotBelieved() {
        meansTheSame(read(RULE, xml -> xml.replaceFirst("<dimension[^>]*/>", "<dimension ref=\"A1:A1\"/>")));
        meansTheSame(read(RULE, xml -> xml.replaceFirst("<dimension[^>]*/>", "<dimension ref=\"A1:XFD1048576\"/>")));
        meansTheSame(read(RULE, xml -> xml.replaceFirst("<dimension[^>]*/>", "")));
    }

    @Test
    void aTableObjectOverTheRowsChangesNothing() {
        byte[] workbook = Sample.edited(Sample.bytesOf("licence.xlsx"), book -> {
            var sheet = book.getSheet("Outcomes");
            var table = sheet.createTable(
                    new org.apache.poi.ss.util.AreaReference("A1:E6", org.apache.poi.ss.SpreadsheetVersion.EXCEL2007));
            table.setName("結論");
            table.setDisplayName("結論");
            table.getCTTable().addNewTableStyleInfo().setName("TableStyleMedium2");
        });

        meansTheSame(read(workbook));
    }

    // ---- what is no constant

    @Test
    void formulasAreRefusedAtTheirCellsWhateverTheirKind() {
        String shared = "<c r=\"G13\"><f t=\"shared\" ref=\"G13:G14\" si=\"0\">1+1</f><v>2</v></c>";
        String follower = "<c r=\"G14\"><f t=\"shared\" si=\"0\"/><v>2</v></c>";
        UnaryOperator<String> both =
                xml -> cell("G14", follower).apply(cell("G13", shared).apply(xml));

        assertThat(problems(read(RULE, both)))
                .containsExactly("FORMULA licence.xlsx BR-1!G13", "FORMULA licence.xlsx BR-1!G14");
        assertThat(problems(read(
                        RULE,
                        cell("G13", "<c r=\"G13\" cm=\"1\"><f t=\"array\" ref=\"G13:G14\">{1,2}</f><v>1</v></c>"))))
                .containsExactly("FORMULA licence.xlsx BR-1!G13", "FORMULA licence.xlsx BR-1!G14");
        assertThat(problems(read(
                        RULE, cell("E13", "<c r=\"E13\" t=\"str\"><f>\"APP\"&amp;\"ROVED\"</f><v>APPROVED</v></c>"))))
                .containsExactly("FORMULA licence.xlsx BR-1!E13");
        assertThat(problems(read(
                        RULE,
                        cell(
                                "G13",
                                "<c r=\"G13\"><f t=\"dataTable\" ref=\"G13:G13\" dt2D=\"0\" r1=\"A1\"/><v>1</v></c>"))))
                .containsExactly("FORMULA licence.xlsx BR-1!G13");
    }

    @Test
    void errorsAreRefusedAndTruthValuesAreYesAndNo() {
        assertThat(problems(read(RULE, cell("G13", "<c r=\"G13\" t=\"e\"><v>#N/A</v></c>"))))
                .containsExactly("CELL_ERROR licence.xlsx BR-1!G13");
        assertThat(problems(read(RULE, cell("G13", "<c r=\"G13\" t=\"e\"><v>#SPILL!</v></c>"))))
                .containsExactly("CELL_ERROR licence.xlsx BR-1!G13");
        meansTheSame(read(RULE, cell("H13", "<c r=\"H13\" t=\"b\"><v>1</v></c>")));
        meansTheSame(read(RULE, cell("H15", "<c r=\"H15\" t=\"b\"><v>0</v></c>")));
    }

    @Test
    void aDayInTheIsoFormIsThatDay() {
        meansTheSame(read(RULE, cell("B15", "<c r=\"B15\" t=\"d\"><v>2024-04-01</v></c>")));
        meansTheSame(read(RULE, cell("B15", "<c r=\"B15\" t=\"d\"><v>2024-04-01T00:00:00.000</v></c>")));
        assertThat(problems(read(RULE, cell("B15", "<c r=\"B15\" t=\"d\"><v>2024-04-01T12:00:00</v></c>"))))
                .containsExactly("DATE_WITH_TIME licence.xlsx BR-1!B15");
        assertThat(problems(read(RULE, cell("B15", "<c r=\"B15\" t=\"d\"><v>1 April</v></c>"))))
                .containsExactly("DATE_INVALID licence.xlsx BR-1!B15");
    }

    @Test
    void aPercentageIsTheNumberThatItStandsFor() {
        var workbook = Sample.edited(
                Sample.bytesOf("parameters.xlsx"),
                book -> Bad.formatted("Parameters!B7", 0.8, "0%").accept(book));
        LoadedRulebook loaded = Sample.read(Sample.with("parameters.xlsx", workbook));

        assertThat(loaded.problems()).isEmpty();
        assertThat(java.util.Objects.requireNonNull(
                                loaded.rulebook().orElseThrow().parameters().get("threshold"))
                        .values()
                        .get(0)
                        .value())
                .hasToString("0.8");
    }

    // ---- the file as a whole

    @Test
    void daysThatAreCountedFrom1904AreRefused() {
        assertThat(problems(read(
                        "xl/workbook.xml",
                        xml -> xml.replaceFirst(
                                "<workbookPr[^>]*/>", "<workbookPr date1904=\"true\" defaultThemeVersion=\"1\"/>"))))
                .containsExactly("DATE_1904 licence.xlsx");
    }

    @Test
    void strictOpenXmlIsRefusedInWhateverPartItShows() {
        for (String part : List.of("xl/workbook.xml", RULE, "xl/sharedStrings.xml")) {
            assertThat(problems(read(
                            part,
                            xml -> xml.replace(
                                    "http://schemas.openxmlformats.org/spreadsheetml/2006/main",
                                    "http://purl.oclc.org/ooxml/spreadsheetml/main"))))
                    .containsExactly("STRICT_OOXML licence.xlsx");
        }
    }

    @Test
    void aFileWithPartsThatOnlyExcelKnowsIsRead() {
        byte[] workbook = Sample.bytesOf("licence.xlsx");
        workbook = Bad.part(
                workbook,
                RULE,
                xml -> xml.replace(
                                "<worksheet ",
                                "<worksheet xmlns:mc=\"http://schemas.openxmlformats.org/markup-compatibility/2006\" mc:Ignorable=\"x14ac xr\""
                                        + " xmlns:x14ac=\"http://schemas.microsoft.com/office/spreadsheetml/2009/9/ac\""
                                        + " xmlns:xr=\"http://schemas.microsoft.com/office/spreadsheetml/2014/revision\" xr:uid=\"{0}\" ")
                        .replace("<row r=\"13\"", "<row x14ac:dyDescent=\"0.4\" r=\"13\"")
                        .replace(
                                "</worksheet>",
                                "<phoneticPr fontId=\"1\"/><extLst><ext uri=\"{78C0D931-6437-407d-A8EE-F0AAD7539E65}\""
                                        + " xmlns:x14=\"http://schemas.microsoft.com/office/spreadsheetml/2009/9/main\">"
                                        + "<x14:conditionalFormattings/></ext></extLst></worksheet>"));

        meansTheSame(read(workbook));
    }
}
