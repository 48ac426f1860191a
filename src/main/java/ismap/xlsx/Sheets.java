package ismap.xlsx;

import ismap.decision.Characters;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The sheets of one workbook by what they are, with a problem for one that is missing, hidden or unknown. */
final class Sheets {

    private final OpenedWorkbook workbook;
    private final Problems problems;

    Sheets(OpenedWorkbook workbook, Problems problems) {
        this.workbook = workbook;
        this.problems = problems;
        workbook.sheets().stream()
                .filter(grid -> grid.hidden() && !isForPeople(grid))
                .forEach(grid -> problems.add(Mistakes.hiddenSheet(grid)));
    }

    /** Names that begin with a low line are lists for Excel's drop-downs. */
    static boolean isForPeople(Grid grid) {
        String name = Characters.code(grid.sheet());
        return name.equals(ListLayout.HOW_TO) || name.equals(ListLayout.PROBLEMS) || name.startsWith("_");
    }

    /** The entries of a sheet that has to be there. */
    List<Entry> list(ListLayout layout) {
        if (workbook.sheet(layout.sheet()).isEmpty()) {
            problems.add(Mistakes.sheetMissing(workbook.place(), layout.sheet()));
        }
        return optionalList(layout);
    }

    List<Entry> optionalList(ListLayout layout) {
        Optional<Grid> grid = workbook.sheet(layout.sheet());
        return grid.map(found -> Body.ofList(found, layout, problems).entries()).orElse(List.of());
    }

    /** Sheets that are none of {@code lists} and not for people. */
    List<Grid> others(ListLayout... lists) {
        List<String> known = Arrays.stream(lists).map(ListLayout::sheet).toList();
        return workbook.sheets().stream()
                .filter(grid -> !known.contains(Characters.code(grid.sheet())) && !isForPeople(grid))
                .toList();
    }

    /** For a workbook that holds lists and nothing else. */
    Sheets only(ListLayout... lists) {
        List<String> known = Arrays.stream(lists).map(ListLayout::sheet).toList();
        others(lists).forEach(grid -> problems.add(Mistakes.sheetUnknown(grid, known)));
        return this;
    }
}
