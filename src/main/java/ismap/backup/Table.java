package ismap.backup;

import java.util.List;

/** A table of the schema, with the columns that are stored and not computed, in their order. */
public record Table(String name, List<String> columns) {
    public Table {
        columns = List.copyOf(columns);
    }
}
