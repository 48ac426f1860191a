package ismap.xlsx;

import static org.assertj.core.api.Assertions.assertThat;

import ismap.analysis.DecisionDiff;
import ismap.analysis.Diff;
import ismap.decision.Place;
import ismap.decision.Problem;
import ismap.regression.Acknowledgement;
import ismap.rulebook.Digests;
import ismap.rulebook.RulebookFiles;
import ismap.rulebook.Table;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("core")
class AcknowledgementSheetTest {

    private static Acknowledgement accepted(String region, String clause, String who, LocalDate until, String cell) {
        return new Acknowledgement(
                "SCENARIO_DECIDED_OTHERWISE",
                region,
                "改正による",
                clause,
                who,
                until,
                new Place.Cell(AcknowledgementSheet.PATH, "Acknowledgements", cell));
    }

    private static RulebookFiles with(Acknowledgement... acknowledgements) {
        var files = new TreeMap<>(Sample.files().contents());
        files.put(AcknowledgementSheet.PATH, AcknowledgementSheet.write(List.of(acknowledgements)));
        return new RulebookFiles(files);
    }

    @Test
    void whatIsWrittenIsReadBack() {
        Acknowledgement dated = accepted("licence L-001", "", "課長", LocalDate.of(2027, 3, 31), "A3");
        Acknowledgement forever = accepted("licence L-002", "", "課長", Table.FOREVER, "A4");

        Acknowledgement.Read read = AcknowledgementSheet.read(with(dated, forever));

        assertThat(read.problems()).isEmpty();
        assertThat(read.acknowledgements()).containsExactly(dated, forever);
        assertThat(AcknowledgementSheet.read(Sample.files())).isEqualTo(Acknowledgement.Read.NOTHING);
    }

    @Test
    void whatIsWrongWithItIsToldWithTheRulebookAndTheRulebookStaysTheSame() {
        Acknowledgement fine = accepted("licence L-001", "", "課長", Table.FOREVER, "A3");

        assertThat(Sample.read(with(fine)).problems()).isEmpty();
        assertThat(Digests.ofRulebook(Sample.read(with(fine)).rulebook().orElseThrow()))
                .isEqualTo(Digests.ofRulebook(
                        Sample.read(Sample.files()).rulebook().orElseThrow()));
        assertThat(Sample.read(with(
                                accepted("licence L-001", "no-document 1", "", Table.FOREVER, "A3"),
                                accepted("licence L-001", "", "課長", Table.FOREVER, "A4")))
                        .problems())
                .extracting(Problem::code)
                .contains("VALUE_MISSING", "CLAUSE_UNKNOWN");
    }

    @Test
    void theOneThatShipsIsEmptyAndInOrder() {
        assertThat(Folder.shipped().contents()).containsKey(AcknowledgementSheet.PATH);
        assertThat(AcknowledgementSheet.read(Folder.shipped())).isEqualTo(Acknowledgement.Read.NOTHING);
        assertThat(Folder.shipped().contents().get(AcknowledgementSheet.PATH))
                .isEqualTo(AcknowledgementSheet.write(List.of()));
    }

    @Test
    void aDifferenceIsAWorkbookOfThreeSheets() {
        var diff = new Diff(
                List.of(),
                List.of(new DecisionDiff("licence", DecisionDiff.Verdict.UNCHANGED, List.of(), List.of(), 0, false)));

        OpenedWorkbook workbook = OpenedWorkbook.of("diff.xlsx", DiffWorkbook.of(diff, Map::toString), Limits.DEFAULT);

        assertThat(workbook.problems()).isEmpty();
        assertThat(workbook.sheets()).extracting(Grid::sheet).containsExactly("Decisions", "Answers", "Changes");
        assertThat(workbook.sheets().get(0).cell(2, 1)).contains(new Content.Text("UNCHANGED"));
    }
}
