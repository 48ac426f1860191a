package ismap.traceability;

import ismap.decision.Bilingual;
import ismap.decision.Citation;
import ismap.decision.Place;
import ismap.rulebook.DecisionDefinition.Borrowed;
import ismap.rulebook.Table;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A table, as it stands in the workbook of its decision.
 *
 * @param decision the decision in whose workbook it stands
 * @param place its title
 * @param borrowers the decisions that borrow it, and on what terms
 */
public record TracedTable(
        String decision, Table table, Place place, List<TracedRow> rows, Map<String, Borrowed> borrowers) {

    public TracedTable {
        rows = List.copyOf(rows);
        borrowers = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(borrowers));
    }

    public String id() {
        return table.id();
    }

    /** What tells it from every other table. */
    public String path() {
        return decision + "/" + table.id();
    }

    public Bilingual title() {
        return table.title();
    }

    /** What its rows cite, each once; of a table without rows, what it cites itself. */
    public List<Citation> citations() {
        return rows.isEmpty()
                ? table.citation().stream().toList()
                : rows.stream()
                        .flatMap(row -> row.citation().stream())
                        .distinct()
                        .toList();
    }

    /** The readings on which its rows rest, each once. */
    public List<String> assumptions() {
        return rows.stream()
                .flatMap(row -> row.assumption().stream())
                .distinct()
                .toList();
    }

    /** Those of its rows that cite a clause. */
    public List<TracedRow> citing(String document, String clause) {
        return rows.stream()
                .filter(row -> row.citation()
                        .filter(cited -> cited.document().equals(document)
                                && cited.clause().equals(clause))
                        .isPresent())
                .toList();
    }
}
