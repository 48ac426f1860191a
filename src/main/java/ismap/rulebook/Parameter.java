package ismap.rulebook;

import ismap.decision.Bilingual;
import ismap.decision.Citation;
import ismap.decision.Value;
import java.time.LocalDate;
import java.util.List;

/**
 * A number or a day that the regulations set, dated.
 *
 * @param referenceDays date facts of which the day may decide what is in force, instead of the applicable day
 */
public record Parameter(String name, List<String> referenceDays, Bilingual label, List<Dated> values) {

    /** A value from a day on (included) until a day (excluded). {@link Value#UNKNOWN} is a cell left blank: nobody has set it. */
    public record Dated(Value value, String unit, LocalDate from, LocalDate until, Citation citation, String note) {
        public boolean inForce(LocalDate day) {
            return !day.isBefore(from) && day.isBefore(until);
        }
    }

    /** The value on {@code day}; none where no row is in force then. */
    public Value on(LocalDate day) {
        return values.stream()
                .filter(dated -> dated.inForce(day))
                .map(Dated::value)
                .findFirst()
                .orElse(Value.NONE);
    }

    /** The name under which a parameter without a value is missing, and may be supposed. */
    public static String asFact(String parameter) {
        return "parameter:" + parameter;
    }

    /** The type of its values; while nobody has set one, it may stand anywhere. */
    public FactType type() {
        if (values.stream().anyMatch(dated -> dated.value() instanceof Value.Number)) {
            return FactType.NUMBER;
        }
        return values.stream().anyMatch(dated -> dated.value() instanceof Value.Day) ? FactType.DAY : FactType.NOTHING;
    }
}
