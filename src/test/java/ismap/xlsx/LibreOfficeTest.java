package ismap.xlsx;

import static org.assertj.core.api.Assertions.assertThat;

import ismap.rulebook.Digests;
import ismap.rulebook.LoadedRulebook;
import ismap.rulebook.Rulebook;
import ismap.rulebook.RulebookFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Saving a workbook again in LibreOffice changes its bytes and a good deal of its XML, and must not change what it says. */
@Tag("libreoffice")
class LibreOfficeTest {

    @TempDir
    Path folder;

    @Test
    void aRulebookSavedAgainByLibreOfficeReadsBackToAnEqualOne() throws Exception {
        LoadedRulebook first = Sample.read(Sample.files());
        Rulebook rulebook = first.rulebook().orElseThrow();

        LoadedRulebook again = Sample.read(savedAgain(new RulebookWriter().write(rulebook, first.sources())));

        assertThat(again.problems()).isEmpty();
        assertThat(again.rulebook()).contains(rulebook);
        assertThat(Digests.ofRulebook(again.rulebook().orElseThrow())).isEqualTo(Digests.ofRulebook(rulebook));
    }

    @Test
    void theRulebookThatShipsIsTheSameAfterwards() throws Exception {
        RulebookFiles shipped = Folder.shipped();
        var workbooks = new java.util.TreeMap<>(shipped.contents());
        workbooks.keySet().removeIf(path -> path.contains("/"));
        LoadedRulebook before = Folder.reader().read(shipped);

        var saved = new java.util.TreeMap<>(shipped.contents());
        saved.putAll(savedAgain(workbooks).contents());
        LoadedRulebook after = Folder.reader().read(new RulebookFiles(saved));

        assertThat(after.problems()).isEmpty();
        assertThat(Digests.ofRulebook(after.rulebook().orElseThrow()))
                .isEqualTo(Digests.ofRulebook(before.rulebook().orElseThrow()));
    }

    @Test
    void plainWorkbooksWithoutLayoutSurviveItToo() throws Exception {
        LoadedRulebook again = Sample.read(savedAgain(Sample.files().contents()));

        assertThat(again.problems()).isEmpty();
        assertThat(again.rulebook()).isEqualTo(Sample.read(Sample.files()).rulebook());
    }

    /** A truth value comes back as the formula TRUE(), an era date with another format, and they are read all the same. */
    @Test
    void cellsThatPeopleTypeMeanTheSameAfterwards() throws Exception {
        byte[] typed = Sample.edited(Sample.bytesOf("licence.xlsx"), Bad.typed());
        LoadedRulebook before = Sample.read(Sample.with("licence.xlsx", typed));

        LoadedRulebook after =
                Sample.read(savedAgain(Sample.with("licence.xlsx", typed).contents()));

        assertThat(before.problems()).isEmpty();
        assertThat(after.problems()).isEmpty();
        assertThat(after.rulebook())
                .isEqualTo(before.rulebook())
                .isEqualTo(Sample.read(Sample.files()).rulebook());
    }

    @Test
    void scenariosSurviveItToo() throws Exception {
        byte[] bytes = ScenarioSheetReaderTest.workbook();
        RulebookFiles saved = savedAgain(Map.of("scenarios.xlsx", bytes));

        assertThat(new ScenarioSheetReader()
                        .read("scenarios.xlsx", saved.contents().getOrDefault("scenarios.xlsx", new byte[0])))
                .isEqualTo(new ScenarioSheetReader().read("scenarios.xlsx", bytes));
    }

    /** Keys are safe from accidents, and nothing is in the way of those who change rows. */
    @Test
    void rowsOfAProtectedSheetCanBeChangedAddedAndTakenOutAndItsKeysCannot() throws Exception {
        LoadedRulebook first = Sample.read(Sample.files());
        var written = new java.util.TreeMap<>(
                new RulebookWriter().write(first.rulebook().orElseThrow(), first.sources()));

        byte[] edited = new LibreOffice(folder)
                .edited(
                        written.getOrDefault("licence.xlsx", new byte[0]),
                        "BR-1",
                        type("L13", "満たします（改）。"),
                        "sheet.Rows.insertByIndex(13, 1)",
                        type("A14", "BR-1/5"),
                        type("E14", "PENDING, none"),
                        type("I14", "REFER_TO_COMMITTEE"),
                        type("L14", "新しい行です。"),
                        type("M14", "A new row."),
                        "sheet.Rows.removeByIndex(15, 1)",
                        type("A12", "Row"),
                        type("B1", "BR-9"),
                        type("E12", "decisions"),
                        "sheet.Rows.removeByIndex(11, 1)",
                        "sheet.Rows.removeByIndex(3, 1)",
                        "sheet.Columns.removeByIndex(4, 1)");
        written.put("licence.xlsx", edited);
        LoadedRulebook after = Sample.read(new RulebookFiles(written));

        assertThat(after.problems()).isEmpty();
        assertThat(java.util.Objects.requireNonNull(
                                after.rulebook().orElseThrow().decisions().get("licence"))
                        .rules()
                        .get(0)
                        .rows())
                .extracting(row ->
                        row.id() + " " + row.message().ja().lines().findFirst().orElse(""))
                .containsExactly("BR-1/1 満たします（改）。", "BR-1/5 新しい行です。", "BR-1/2 満たしません。", "BR-1/4 対象外です。");
    }

    @Test
    void whoeverMeansToChangeAKeyTakesTheProtectionOffWithoutAPassword() throws Exception {
        LoadedRulebook first = Sample.read(Sample.files());
        var written = new java.util.TreeMap<>(
                new RulebookWriter().write(first.rulebook().orElseThrow(), first.sources()));

        byte[] edited = new LibreOffice(folder)
                .edited(
                        written.getOrDefault("licence.xlsx", new byte[0]),
                        "BR-1",
                        "sheet.unprotect(\"\")",
                        type("A12", "Row"));
        written.put("licence.xlsx", edited);

        assertThat(Sample.read(new RulebookFiles(written)).problems())
                .extracting(problem -> problem.code() + " " + problem.places().get(0))
                .contains("KEY_ROW_MISSING licence.xlsx BR-1!A1");
    }

    /** Writes as a person at the keyboard does: LibreOffice refuses it where the cell is locked. */
    private static String type(String cell, String text) {
        return "sheet.getCellRangeByName(\"%s\").setDataArray(Array(Array(\"%s\")))".formatted(cell, text);
    }

    @Test
    void anAnnotatedCopyIsMendedInLibreOfficeAndItsRemarksAreStillThere() throws Exception {
        byte[] wrong = Sample.edited(
                Sample.bytesOf("licence.xlsx"), Bad.all(Bad.set("BR-1!G14", "5五"), Bad.set("BR-1!B15", "R6.4.1")));
        byte[] copy = AnnotatedWorkbook.of(
                "licence.xlsx",
                wrong,
                Sample.read(Sample.with("licence.xlsx", wrong)).problems());

        byte[] mended =
                new LibreOffice(folder).edited(copy, "BR-1", "sheet.getCellRangeByName(\"G14\").setString(\">= 16\")");
        LoadedRulebook loaded = Sample.read(Sample.with("licence.xlsx", mended));

        assertThat(loaded.problems()).isEmpty();
        assertThat(loaded.rulebook()).isEqualTo(Sample.read(Sample.files()).rulebook());
        Sample.edited(mended, workbook -> {
            assertThat(Bad.at(workbook, "BR-1!G14").getCellComment().getString().getString())
                    .contains("CONDITION_UNREADABLE");
            assertThat(workbook.getSheet("誤りの一覧")
                            .getRow(4)
                            .getCell(1)
                            .getHyperlink()
                            .getLocation())
                    .contains("BR-1")
                    .contains("G14");
        });
        byte[] next = AnnotatedWorkbook.of("licence.xlsx", mended, loaded.problems());
        Sample.edited(next, workbook -> {
            assertThat(Bad.at(workbook, "BR-1!G14").getCellComment()).isNull();
            assertThat(Bad.at(workbook, "BR-1!B15").getCellComment().getString().getString())
                    .containsOnlyOnce("2024-04-01 と読みました");
        });
    }

    @Test
    void theStampAndTheLayoutSurviveIt() throws Exception {
        LoadedRulebook first = Sample.read(Sample.files());
        Map<String, byte[]> written =
                new RulebookWriter().write(first.rulebook().orElseThrow(), first.sources());

        savedAgain(written).contents().forEach((path, bytes) -> {
            assertThat(Stamp.of(bytes)).isPresent().isEqualTo(Stamp.of(written.getOrDefault(path, new byte[0])));
            Sample.edited(
                    bytes,
                    workbook -> workbook.forEach(sheet -> {
                        if (!sheet.getSheetName().startsWith("_")) {
                            assertThat(sheet.getProtect()).isTrue();
                        }
                    }));
        });
    }

    @Test
    void aWorkbookThatWasSavedAgainIsWrittenToTheSameBytesAsTheOneThatWasNot() throws Exception {
        LoadedRulebook first = Sample.read(Sample.files());
        Map<String, byte[]> written =
                new RulebookWriter().write(first.rulebook().orElseThrow(), first.sources());

        LoadedRulebook again = Sample.read(savedAgain(written));

        assertThat(new RulebookWriter().write(again.rulebook().orElseThrow(), again.sources()))
                .containsExactlyInAnyOrderEntriesOf(written);
    }

    private RulebookFiles savedAgain(Map<String, byte[]> files) throws IOException, InterruptedException {
        return new LibreOffice(folder).savedAgain(files);
    }
}
