package ismap.xlsx;

import ismap.decision.Bilingual;
import java.util.List;

/**
 * What a cell offers to whoever selects it.
 *
 * @param values to choose from; empty for none
 * @param hint shown beside the cell while it is selected; blank for none
 */
record Choice(List<String> values, Rest rest, Bilingual hint) {

    /** What becomes of a value that is not among those offered. */
    enum Rest {
        /** The reader would refuse it, so the spreadsheet does. */
        REFUSED,
        /** It may be right, as {@code not(IAAS)} is; the spreadsheet asks whether it was meant. */
        ASKED,
        WELCOME
    }

    Choice {
        values = List.copyOf(values);
    }

    static Choice only(List<String> values) {
        return new Choice(values, Rest.REFUSED, Bilingual.EMPTY);
    }

    static Choice only(String... values) {
        return only(List.of(values));
    }

    static Choice mostly(List<String> values) {
        return new Choice(values, Rest.ASKED, Bilingual.EMPTY);
    }

    static Choice mostly(String... values) {
        return mostly(List.of(values));
    }

    static Choice any(List<String> values) {
        return new Choice(values, Rest.WELCOME, Bilingual.EMPTY);
    }

    Choice hint(String ja, String en) {
        return new Choice(values, rest, new Bilingual(ja, en));
    }
}
