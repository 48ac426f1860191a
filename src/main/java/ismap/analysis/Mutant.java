package ismap.analysis;

import ismap.rulebook.Table;

/**
 * A table with one small mistake in it, of the kind that people make.
 *
 * @param decision whose workbook the table stands in; blank for a table that concludes a fact
 * @param column what was changed of the row; blank for the row as a whole
 * @param before what stood there, and {@code after} what stands there by mistake
 * @param mutated the table with the mistake
 */
public record Mutant(
        String decision,
        String table,
        String row,
        Kind kind,
        String column,
        String before,
        String after,
        Table mutated) {

    public enum Kind {
        ROW_DELETED,
        CONDITION_DROPPED,
        BOUNDARY_SHIFTED,
        CODE_SWAPPED,
        DATE_SHIFTED,
        RESULT_SWAPPED
    }

    /** The same for the same mistake in the same rulebook. */
    public String id() {
        return kind == Kind.ROW_DELETED
                ? row + " " + kind
                : row + " " + kind + " " + column + ": " + (before.isEmpty() ? "-" : before) + " → "
                        + (after.isEmpty() ? "-" : after);
    }
}
