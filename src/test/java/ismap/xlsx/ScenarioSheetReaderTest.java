package ismap.xlsx;

import static org.assertj.core.api.Assertions.assertThat;

import ismap.decision.Bilingual;
import ismap.decision.Place;
import ismap.decision.Problem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.poi.xssf.usermodel.XSSFWorkbook;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("core")
class ScenarioSheetReaderTest {

    private static final String PATH = "scenarios/licence.xlsx";

    static byte[] workbook() {
        try (XSSFWorkbook workbook = new XSSFWorkbook()) {
            Sample.fill(workbook.createSheet("Scenarios"), """
                    id ¦ scenario_ja ¦ scenario_en ¦ asOf ¦ scheme ¦ staff ¦ services ¦ isListed ¦ filedOn ¦ outcome ¦ findings ¦ values ¦ missing
                    番号
                    L-001 ¦ 要件を満たす申請。 ¦ An application in order. ¦ 令和4年10月1日 ¦ ISMAP ¦ １２ ¦ name: A\\nname: B ¦ はい ¦ 2022-07-31T14:59:59Z ¦ GRANTED ¦ BR-1: SATISFIED\\nBR-2: NOT_APPLICABLE ¦ expiresOn: 2024-01-31 ¦ なし
                    L-002 ¦ 何も分からない申請。 ¦ Nothing is known. ¦ ¦ 不明 ¦ ¦ なし ¦ ¦ 2022/7/31 ¦ INSUFFICIENT_FACTS
                    """);
            return Sample.bytes(workbook);
        } catch (IOException inMemory) {
            throw new UncheckedIOException(inMemory);
        }
    }

    private static ScenarioSheetReader.Read read(Consumer<XSSFWorkbook> edit) {
        return new ScenarioSheetReader().read(PATH, Sample.edited(workbook(), edit));
    }

    @Test
    void aRowIsItsIdItsNameAndTheTextOfItsCells() {
        ScenarioSheetReader.Read read = read(workbook -> {});

        assertThat(read.problems()).isEmpty();
        assertThat(read.rows()).hasSize(2);
        ScenarioRow row = read.rows().get(0);
        assertThat(row.id()).isEqualTo("L-001");
        assertThat(row.name()).isEqualTo(new Bilingual("要件を満たす申請。", "An application in order."));
        assertThat(row.cells()).containsExactlyEntriesOf(new java.util.LinkedHashMap<>(Map.of()) {
            private static final long serialVersionUID = 1L;

            {
                put("asOf", "2022-10-01");
                put("scheme", "ISMAP");
                put("staff", "12");
                put("services", "name: A\nname: B");
                put("isListed", "はい");
                put("filedOn", "2022-07-31T14:59:59Z");
                put("outcome", "GRANTED");
                put("findings", "BR-1: SATISFIED\nBR-2: NOT_APPLICABLE");
                put("values", "expiresOn: 2024-01-31");
                put("missing", "なし");
            }
        });
    }

    @Test
    void blankCellsAreLeftOutButHaveTheirPlace() {
        ScenarioRow row = read(workbook -> {}).rows().get(1);

        assertThat(row.cells()).containsOnlyKeys("scheme", "services", "filedOn", "outcome");
        assertThat(row.cells()).containsEntry("filedOn", "2022-07-31");
        assertThat(row.places())
                .containsEntry("staff", new Place.Cell(PATH, "Scenarios", "F4"))
                .containsEntry("id", new Place.Cell(PATH, "Scenarios", "A4"))
                .containsEntry("missing", new Place.Cell(PATH, "Scenarios", "M4"));
    }

    @Test
    void numbersDaysAndTruthValuesAreTheirText() {
        ScenarioRow row = read(Bad.all(
                        Bad.number("Scenarios!F3", 12),
                        Bad.truth("Scenarios!H3", true),
                        Bad.formatted("Scenarios!D3", 44835, "[$-411]ggge\"年\"m\"月\"d\"日\"")))
                .rows()
                .get(0);

        assertThat(row.cells())
                .containsEntry("staff", "12")
                .containsEntry("isListed", "true")
                .containsEntry("asOf", "2022-10-01");
    }

    @Test
    void theReadingIsAsStrictAsARulebooks() {
        ScenarioSheetReader.Read read = read(Bad.all(
                workbook -> Bad.at(workbook, "Scenarios!F3").setCellFormula("6+6"),
                Bad.set("Scenarios!A4", "L-001"),
                Bad.set("Scenarios!D4", "10/1/2022"),
                Bad.number("Scenarios!J4", 1),
                workbook -> workbook.getSheet("Scenarios").getRow(3).setZeroHeight(true),
                workbook -> workbook.createSheet("memo")));

        assertThat(read.problems())
                .extracting(problem -> problem.code() + " " + problem.places().get(0))
                .containsExactly(
                        "FORMULA scenarios/licence.xlsx Scenarios!F3",
                        "HIDDEN_ROW scenarios/licence.xlsx Scenarios!A4",
                        "DUPLICATE scenarios/licence.xlsx Scenarios!A4",
                        "DATE_EXPECTED scenarios/licence.xlsx Scenarios!D4",
                        "TEXT_EXPECTED scenarios/licence.xlsx Scenarios!J4",
                        "SHEET_UNKNOWN scenarios/licence.xlsx memo");
    }

    @Test
    void aColumnIsMissedAndAWorkbookThatIsNoneIsSaidToBeNone() {
        assertThat(read(Bad.set("Scenarios!J1", "")).problems())
                .extracting(Problem::code)
                .contains(Codes.COLUMN_MISSING);
        assertThat(new ScenarioSheetReader().read(PATH, new byte[0]).problems())
                .extracting(Problem::code)
                .containsExactly(Codes.XLSX_UNREADABLE);
    }
}
