package ismap.xlsx;

import static org.assertj.core.api.Assertions.assertThat;

import ismap.rulebook.LoadedRulebook;
import ismap.rulebook.RulebookFiles;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.poi.xssf.usermodel.XSSFWorkbook;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A workbook says which one it is, whatever its file is called. */
@Tag("core")
class StampTest {

    private static Map<String, byte[]> write(RulebookFiles files) {
        LoadedRulebook loaded = Sample.read(files);
        assertThat(loaded.problems()).isEmpty();
        return new RulebookWriter().write(loaded.rulebook().orElseThrow(), loaded.sources());
    }

    private static byte[] licence() {
        return write(Sample.files()).getOrDefault("licence.xlsx", new byte[0]);
    }

    private static Stamp stamp(byte[] bytes) {
        return Stamp.of(bytes).orElseThrow();
    }

    private static Stamp stampAfter(Consumer<XSSFWorkbook> edit) {
        return stamp(Sample.edited(licence(), edit));
    }

    @Test
    void everyWorkbookThatIsWrittenSaysWhichOneItIs() {
        write(Sample.files()).forEach((path, bytes) -> {
            assertThat(stamp(bytes).path()).isEqualTo(path);
            assertThat(stamp(bytes).format()).isEqualTo(1);
            assertThat(stamp(bytes).digest()).matches("sha256:[0-9a-f]{64}");
        });
    }

    @Test
    void scenariosToo() {
        String path = "scenarios/licence.xlsx";
        var rows = new ScenarioSheetReader()
                .read(path, ScenarioSheetReaderTest.workbook())
                .rows();

        byte[] written = ScenarioSheetWriter.write(
                path, rows, Sample.read(Sample.files()).rulebook());

        assertThat(stamp(written).path()).isEqualTo(path);
    }

    @Test
    void aProgramThatDropsThePropertiesLeavesTheStampInTheSheet() {
        Stamp stamp = stampAfter(workbook -> {
            var properties = workbook.getProperties().getCustomProperties().getUnderlyingProperties();
            while (properties.sizeOfPropertyArray() > 0) {
                properties.removeProperty(0);
            }
        });

        assertThat(stamp).isEqualTo(stamp(licence()));
    }

    @Test
    void withoutTheSheetItStandsInTheProperties() {
        assertThat(stampAfter(workbook -> workbook.removeSheetAt(0))).isEqualTo(stamp(licence()));
    }

    @Test
    void whatIsTypedIntoTheSheetDoesNotCount() {
        assertThat(stampAfter(workbook -> workbook.getSheetAt(0).forEach(row -> {
                    if (row.getCell(0).toString().equals("ismap.workbook")) {
                        row.getCell(1).setCellValue("../../etc/passwd");
                    }
                })))
                .isEqualTo(stamp(licence()));
    }

    @Test
    void aWorkbookThatNobodyStampedHasNone() {
        assertThat(Stamp.of(Sample.bytesOf("licence.xlsx"))).isEmpty();
        assertThat(Stamp.of(new byte[0])).isEmpty();
        assertThat(Stamp.of(Sample.edited(
                        Sample.bytesOf("licence.xlsx"),
                        workbook -> workbook.getProperties()
                                .getCustomProperties()
                                .addProperty("ismap.workbook", "../../etc/passwd"))))
                .isEmpty();
    }

    /** Otherwise a changed parameter would make all copies of all workbooks look old. */
    @Test
    void theDigestIsOfTheRowsOfThisWorkbookAlone() {
        Map<String, byte[]> before = write(Sample.files());
        Map<String, byte[]> after = write(Sample.with("parameters.xlsx", Bad.set("Parameters!B3", "17")));

        var changed = new ArrayList<String>();
        before.forEach((path, bytes) -> {
            if (!stamp(bytes)
                    .digest()
                    .equals(stamp(after.getOrDefault(path, new byte[0])).digest())) {
                changed.add(path);
            }
        });
        assertThat(changed).isEqualTo(List.of("parameters.xlsx"));
    }

    @Test
    void newLabelsChangeTheHeadsOfOtherWorkbooksAndNotTheirDigests() {
        Map<String, byte[]> after = write(Sample.with("vocabulary.xlsx", Bad.set("Facts!I6", "決定")));

        assertThat(after.get("licence.xlsx")).isNotEqualTo(licence());
        assertThat(stamp(after.getOrDefault("licence.xlsx", new byte[0])).digest())
                .isEqualTo(stamp(licence()).digest());
    }
}
