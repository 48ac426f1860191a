package ismap.drools;

import ismap.rulebook.Plan;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A decision as DRL, with what has to be known to run it.
 *
 * @param packageName of the printed rules
 * @param rows by the id with which rules report a row
 */
record PrintedDecision(
        Plan plan,
        String packageName,
        String text,
        List<Layer> layers,
        Wording.Lexicon lexicon,
        Map<String, RowRef> rows) {

    /** Definitions that only read what lower layers define. {@code facts} are inserted, the rules fire, then the tables conclude. */
    record Layer(List<FactShape> facts, List<PlacedTable> tables) {}

    /**
     * A printed fact type.
     *
     * @param list the list of which each element has one such fact; empty for the one of the case
     * @param rules how many rules look at it; each fires at most once for each fact
     */
    record FactShape(String type, Optional<String> list, List<Column> columns, int rules) {}

    /**
     * A table of the plan.
     *
     * @param number of the table among those of the decision
     * @param list the list of which each element is asked
     */
    record PlacedTable(Plan.Definition.ByTable definition, int number, List<String> rows, Optional<String> list) {}

    /**
     * @param table the number of its table
     * @param index of the row in {@link PlacedTable#rows}
     */
    record RowRef(int table, int index) {}
}
