package ismap.analysis;

import java.time.LocalDate;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Requests that are answered otherwise in one and the same way, with one that is.
 *
 * @param name of the rule or the value; blank for an outcome
 * @param before the row that decided and its status; of a value, how it was known; of an outcome, which
 * @param columns where that is, as cells of the table before and after; all of them together
 * @param cases how many of those that were asked are of this kind
 */
public record Region(
        What what, String name, Side before, Side after, List<Column> columns, int cases, Example example) {

    public Region {
        columns = List.copyOf(columns);
    }

    public enum What {
        RULE,
        VALUE,
        /** Which outcome the same findings call for. */
        OUTCOME,
        /** One of the two has no answer, which its publication should have barred. */
        FAILURE
    }

    /** @param row blank where no row is meant */
    public record Side(String row, String result) {
        @Override
        public String toString() {
            return row.isEmpty() ? result : row + " " + result;
        }
    }

    /** @param before the test of the row that matched before; blank for any */
    public record Column(String name, String before, String after) {}

    /**
     * A request, decided under both.
     *
     * @param facts as a request states them; nothing can be left out and the answers still differ so
     * @param derived what follows from the facts and is not the same
     */
    public record Example(
            Map<String, @Nullable Object> facts,
            LocalDate asOf,
            String outcomeBefore,
            String outcomeAfter,
            List<Column> derived) {
        public Example {
            facts = Collections.unmodifiableMap(new LinkedHashMap<>(facts));
            derived = List.copyOf(derived);
        }
    }

    /** Whether the example comes to another outcome, and not only to another finding or value. */
    public boolean changesOutcome() {
        return !example.outcomeBefore().equals(example.outcomeAfter());
    }
}
