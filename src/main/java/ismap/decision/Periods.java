package ismap.decision;

import java.time.LocalDate;
import java.time.YearMonth;

/**
 * The counting of periods that the regulations express in months.
 *
 * <p>Source: Civil Code arts. 140 (the triggering day is not counted), 141 and 143 (calendar periods), as the catalogue's
 * section 2.1 applies them to clause 3.5 and 4.4 of the Basic Regulations.
 */
public final class Periods {

    private Periods() {}

    /**
     * The last day, included, of a period of whole months.
     *
     * @param trigger the day that sets the period off; it is not counted itself
     * @param months the length; negative lengths are not periods of the regulations and are refused
     */
    public static LocalDate end(LocalDate trigger, int months) {
        if (months < 0) {
            throw new IllegalArgumentException(
                    "a period has no negative length (%d months from %s)".formatted(months, trigger));
        }
        LocalDate first = trigger.plusDays(1);
        YearMonth last = YearMonth.from(first).plusMonths(months);
        // Art. 143(2): without a corresponding day the period ends with the month. `plusMonths(n).minusDays(1)` loses a
        // day there.
        return first.getDayOfMonth() > last.lengthOfMonth()
                ? last.atEndOfMonth()
                : last.atDay(first.getDayOfMonth()).minusDays(1);
    }
}
