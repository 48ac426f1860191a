package ismap.xlsx;

import ismap.decision.Place;
import ismap.decision.Problem;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Gathers problems while workbooks are read, and puts them in sheet order at the end. */
final class Problems {

    private static final Pattern ADDRESS = Pattern.compile("([A-Z]*)([0-9]*)");

    private final List<Problem> found = new ArrayList<>();
    private final Map<String, Integer> workbooks = new LinkedHashMap<>();
    private final Map<String, Integer> sheets = new LinkedHashMap<>();

    void add(Problem problem) {
        found.add(problem);
    }

    void addAll(Collection<Problem> problems) {
        found.addAll(problems);
    }

    /** Fixes the order in which workbooks and their sheets are shown. */
    void order(OpenedWorkbook workbook) {
        workbooks.putIfAbsent(workbook.path(), workbooks.size());
        workbook.sheets().forEach(grid -> sheets.putIfAbsent(key(grid.workbook(), grid.sheet()), sheets.size()));
    }

    boolean hasErrors() {
        return found.stream().anyMatch(Problem::isError);
    }

    /** By workbook, sheet, row and column; what stands in no workbook comes last. Each problem once. */
    List<Problem> inSheetOrder() {
        return found.stream()
                .distinct()
                .sorted(Comparator.comparingInt(this::workbook)
                        .thenComparingInt(this::sheet)
                        .thenComparingInt(problem -> row(problem))
                        .thenComparingInt(problem -> column(problem)))
                .toList();
    }

    private static String key(String workbook, String sheet) {
        return workbook + "\n" + sheet;
    }

    private int workbook(Problem problem) {
        return problem.places().get(0) instanceof Place.Cell cell
                ? workbooks.getOrDefault(cell.workbook(), Integer.MAX_VALUE - 1)
                : Integer.MAX_VALUE;
    }

    private int sheet(Problem problem) {
        if (!(problem.places().get(0) instanceof Place.Cell cell)
                || cell.sheet().isEmpty()) {
            return -1;
        }
        return sheets.getOrDefault(key(cell.workbook(), cell.sheet()), Integer.MAX_VALUE);
    }

    private static int row(Problem problem) {
        Matcher address = address(problem);
        return address.matches() && !address.group(2).isEmpty() ? Integer.parseInt(address.group(2)) : 0;
    }

    private static int column(Problem problem) {
        Matcher address = address(problem);
        int column = 0;
        if (address.matches()) {
            for (char letter : address.group(1).toCharArray()) {
                column = column * 26 + (letter - 'A' + 1);
            }
        }
        return column;
    }

    private static Matcher address(Problem problem) {
        return ADDRESS.matcher(problem.places().get(0) instanceof Place.Cell cell ? cell.cell() : "");
    }
}
