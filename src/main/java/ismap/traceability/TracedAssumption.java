package ismap.traceability;

import ismap.decision.Place;
import ismap.rulebook.ClauseRegister.Assumption;
import ismap.rulebook.Derivation;
import ismap.traceability.TracedClause.Sourced;
import ismap.traceability.TracedDecision.Matched;
import java.util.LinkedHashMap;
import java.util.List;

/** A reading of the text, and the rows and derived facts that rest on it. */
public record TracedAssumption(
        Assumption assumption, Place place, List<Matched> rows, List<Sourced<Derivation>> derivations) {

    public TracedAssumption {
        rows = List.copyOf(rows);
        derivations = List.copyOf(derivations);
    }

    /** The tables of its rows, each once. */
    public List<TracedTable> tables() {
        var tables = new LinkedHashMap<String, TracedTable>();
        rows.forEach(row -> tables.putIfAbsent(row.table().path(), row.table()));
        return List.copyOf(tables.values());
    }

    public List<String> rowsOf(TracedTable table) {
        return rows.stream()
                .filter(row -> row.table().path().equals(table.path()))
                .map(Matched::row)
                .toList();
    }
}
