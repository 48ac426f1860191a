package ismap.traceability;

import ismap.decision.Citation;
import ismap.decision.Place;
import ismap.regression.Scenario;
import ismap.rulebook.Table;
import java.util.List;
import java.util.Optional;

/**
 * A row of a table.
 *
 * @param place its cell
 * @param citation its own, or that of its table; the assumption likewise
 * @param scenarios those in which it matches, of every decision that asks its table
 */
public record TracedRow(
        Table.Row row,
        Place place,
        Optional<Citation> citation,
        Optional<String> assumption,
        List<Scenario> scenarios) {

    public TracedRow {
        scenarios = List.copyOf(scenarios);
    }

    public String id() {
        return row.id();
    }
}
