package ismap.decision;

/** Where something stands that a person wrote. */
public sealed interface Place {

    /** A cell of a workbook, {@code B12}; a column alone, {@code B}, or blank for the sheet as a whole. */
    record Cell(String workbook, String sheet, String cell) implements Place {
        @Override
        public String toString() {
            return workbook + (sheet.isEmpty() ? "" : " " + sheet) + (cell.isEmpty() ? "" : "!" + cell);
        }
    }

    /** A line of a rule file, counted from 1. */
    record Line(String file, int line) implements Place {
        @Override
        public String toString() {
            return file + ":" + line;
        }
    }

    /** A JSON pointer (RFC 6901) into a request. */
    record Pointer(String pointer) implements Place {
        @Override
        public String toString() {
            return pointer;
        }
    }
}
