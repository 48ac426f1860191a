package ismap.regression;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The catalogue of the regulations as it is written: the tables of {@code docs/regulations/regulations.md}. */
final class Regulations {

    private static final Path FOLDER = Path.of("docs/regulations");
    private static final Pattern RULE = Pattern.compile("[A-Z]{2,}(?:-[A-Z0-9][A-Za-z0-9.]*)*-(?:\\d+|x|R)");

    /** @param discretion whether the column H/D says that somebody may, and need not */
    record Rule(String id, boolean discretion) {}

    private Regulations() {}

    /** What section 3 lists, area by area; some rules stand in two. */
    static List<Rule> rules() {
        var rules = new LinkedHashMap<String, Rule>();
        for (Map<String, String> row : tables(3)) {
            RULE.matcher(cell(row, "Id"))
                    .results()
                    .forEach(id -> rules.put(
                            id.group(),
                            new Rule(id.group(), row.getOrDefault("H/D", "").equals("D"))));
        }
        return List.copyOf(rules.values());
    }

    /** Section 4: each clause of the Basic Regulations, and what is said of its coverage. */
    static Map<String, String> clauses() {
        var clauses = new LinkedHashMap<String, String>();
        for (Map<String, String> row : tables(4)) {
            clauses.put(
                    cell(row, "Clause").replace("Suppl. ", "supplementary-").replace(" (lead)", ""),
                    cell(row, "Covered by / why not"));
        }
        return clauses;
    }

    /** The rules that a cell of section 4 names; a group such as {@code BR-3.6-x} names none. */
    static List<String> named(String cell) {
        return Contract.rules(cell.replace("..", " … -")).stream()
                .filter(rule -> !rule.endsWith("-x"))
                .toList();
    }

    /** Section 6: the ids of the readings that could be others. */
    static List<String> ambiguities() {
        return tables(6).stream().map(row -> cell(row, "No.")).toList();
    }

    /** Section 5: the rules that each change switches, in its words. */
    static Map<String, String> switches() {
        var switches = new LinkedHashMap<String, String>();
        tables(5)
                .forEach(row -> switches.merge(
                        cell(row, "Date"), cell(row, "Rule ids to switch"), (one, other) -> one + "; " + other));
        return switches;
    }

    /** The rows of {@code control-ids.csv}: what stands in each column. */
    static List<Map<String, String>> controls() {
        List<String> lines = read("control-ids.csv").lines().toList();
        return rows(
                Stream.of(lines.get(0).split(",")).toList(),
                lines.subList(1, lines.size()).stream()
                        .map(line -> List.of(line.split(",", -1)))
                        .toList());
    }

    private static List<Map<String, String>> tables(int section) {
        String document = read("regulations.md");
        int start = document.indexOf("\n## %d. ".formatted(section));
        String text = document.substring(start, document.indexOf("\n## ", start + 1));
        var found = new ArrayList<Map<String, String>>();
        List<List<String>> table = new ArrayList<>();
        for (String line : (text + "\n").split("\n", -1)) {
            if (line.startsWith("|")) {
                table.add(Stream.of(line.substring(1).split("\\|", -1))
                        .map(String::strip)
                        .toList());
            } else if (!table.isEmpty()) {
                found.addAll(rows(table.get(0), table.subList(2, table.size())));
                table = new ArrayList<>();
            }
        }
        return found;
    }

    private static List<Map<String, String>> rows(List<String> columns, List<List<String>> lines) {
        return lines.stream()
                .map(cells -> {
                    Map<String, String> row = new LinkedHashMap<>();
                    for (int i = 0; i < columns.size() && i < cells.size(); i++) {
                        row.put(columns.get(i), cells.get(i));
                    }
                    return row;
                })
                .toList();
    }

    private static String cell(Map<String, String> row, String column) {
        return java.util.Objects.requireNonNull(row.get(column), column);
    }

    private static String read(String file) {
        try {
            return Files.readString(FOLDER.resolve(file));
        } catch (IOException lost) {
            throw new UncheckedIOException(lost);
        }
    }
}
