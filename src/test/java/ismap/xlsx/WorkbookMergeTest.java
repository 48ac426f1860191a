package ismap.xlsx;

import static ismap.TinyRulebook.row;
import static ismap.TinyRulebook.test;
import static org.assertj.core.api.Assertions.assertThat;

import ismap.decision.Place;
import ismap.decision.Problem;
import ismap.decision.Status;
import ismap.publication.SmallWorkbooks;
import ismap.rulebook.Rulebook;
import ismap.rulebook.RulebookFiles;
import ismap.rulebook.Table;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What two people changed in one workbook comes together by rows; what both changed is for a person. */
@Tag("core")
class WorkbookMergeTest {

    private static final String PATH = SmallWorkbooks.TABLE;
    private static final Table.Row A = row("T-1/1", Status.SATISFIED, test("kind", "A"));
    private static final Table.Row B = row("T-1/2", Status.NOT_SATISFIED, test("kind", "B"));
    private static final Table.Row C = row("T-1/3", Status.WARNING, test("kind", "C"));
    private static final Table.Row OTHER_B = row("T-1/2", Status.PROHIBITED, test("kind", "B"));
    private static final Table.Row OTHER_C = row("T-1/3", Status.DUTY_MET, test("kind", "C"));

    @Test
    void changesOfDifferentRowsComeTogether() {
        WorkbookMerge.Merged merged = merge(book(A, B, C), book(A, OTHER_B, C), book(A, B, OTHER_C));
        assertThat(merged.conflicts()).isEmpty();
        assertThat(read(merged)).isEqualTo(SmallWorkbooks.rulebook(A, OTHER_B, OTHER_C));
    }

    @Test
    void aRowThatBothChangedStaysAsTheOthersHaveItAndIsListedWithBothValues() {
        WorkbookMerge.Merged merged = merge(
                book(A, B, C), book(A, OTHER_B, C), book(A, row("T-1/2", Status.DUTY_MET, test("kind", "B")), OTHER_C));
        assertThat(read(merged)).isEqualTo(SmallWorkbooks.rulebook(A, OTHER_B, OTHER_C));
        Problem conflict = merged.conflicts().get(0);
        assertThat(merged.conflicts()).hasSize(1);
        assertThat(conflict.code()).isEqualTo("ROW_CHANGED_TWICE");
        assertThat(((Place.Cell) conflict.places().get(0)).sheet()).isEqualTo("T-1");
        assertThat(conflict.message().en()).contains("T-1/2");
        assertThat(conflict.value()).contains("DUTY_MET");
        assertThat(conflict.expected()).contains("PROHIBITED");
    }

    @Test
    void theSameChangeByBothIsNoConflict() {
        WorkbookMerge.Merged merged = merge(book(A, B, C), book(A, OTHER_B, C), book(A, OTHER_B, OTHER_C));
        assertThat(merged.conflicts()).isEmpty();
        assertThat(read(merged)).isEqualTo(SmallWorkbooks.rulebook(A, OTHER_B, OTHER_C));
    }

    @Test
    void aNewRowGoesWhereItsAuthorPutItAndARemovedOneGoes() {
        Table.Row between = row("T-1/4", Status.WARNING, test("kind", "B"));
        WorkbookMerge.Merged merged = merge(book(A, B, C), book(A, OTHER_B, C), book(A, B, between));
        assertThat(merged.conflicts()).isEmpty();
        assertThat(ids(merged)).containsExactly("T-1/1", "T-1/2", "T-1/4");

        WorkbookMerge.Merged both = merge(
                book(A, B, C), book(A, B, C, row("T-1/5", Status.WARNING, test("kind", "C"))), book(A, between, B, C));
        assertThat(both.conflicts()).isEmpty();
        assertThat(ids(both)).containsExactly("T-1/1", "T-1/4", "T-1/2", "T-1/3", "T-1/5");
    }

    @Test
    void aRowThatOneRemovedAndTheOtherChangedIsListed() {
        assertThat(merge(book(A, B, C), book(A, OTHER_B, C), book(A, C)).conflicts())
                .hasSize(1);
        assertThat(merge(book(A, B, C), book(A, C), book(A, OTHER_B, C)).conflicts())
                .hasSize(1);
    }

    @Test
    void whatIsNoWorkbookIsNotMerged() {
        assertThat(WorkbookMerge.of(PATH, book(A, B, C), book(A, B), new byte[] {1, 2, 3}))
                .isEmpty();
    }

    private static WorkbookMerge.Merged merge(byte[] base, byte[] theirs, byte[] mine) {
        return WorkbookMerge.of(PATH, base, theirs, mine).orElseThrow();
    }

    private static byte[] book(Table.Row... rows) {
        return Objects.requireNonNull(new RulebookWriter()
                .write(SmallWorkbooks.rulebook(rows), Set.of())
                .get(PATH));
    }

    private static Rulebook read(WorkbookMerge.Merged merged) {
        var files = new TreeMap<>(SmallWorkbooks.files().contents());
        files.put(PATH, merged.workbook());
        return SmallWorkbooks.read(new RulebookFiles(files)).rulebook().orElseThrow();
    }

    private static List<String> ids(WorkbookMerge.Merged merged) {
        Optional<Grid> sheet =
                OpenedWorkbook.of(PATH, merged.workbook(), Limits.DEFAULT).sheet("T-1");
        return sheet.orElseThrow().rows().values().stream()
                .map(row -> String.valueOf(row.get(0)))
                .filter(id -> id.startsWith("T-1/"))
                .toList();
    }
}
