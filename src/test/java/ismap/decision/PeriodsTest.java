package ismap.decision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("core")
class PeriodsTest {

    private static final LocalDate FIRST = LocalDate.of(2019, 1, 1);
    private static final LocalDate LAST = LocalDate.of(2032, 12, 31);

    /** The table of section 2.1 of the catalogue: end of the assessment period, then 16 months by reading A. */
    @Test
    void sixteenMonthsEndAsTheCatalogueWorksThemOut() throws IOException {
        String catalogue = Files.readString(Path.of("docs/regulations/regulations.md"));
        Matcher row = Pattern.compile("(?m)^\\| (\\d{4}-\\d{2}-\\d{2}) \\| \\**(\\d{4}-\\d{2}-\\d{2})\\** \\|")
                .matcher(catalogue);
        var worked = new ArrayList<String>();
        while (row.find()) {
            LocalDate end = LocalDate.parse(row.group(1));
            assertThat(Periods.end(end, 16)).as("16 months from %s", end).isEqualTo(row.group(2));
            worked.add(row.group(1));
        }
        assertThat(worked).hasSize(8);
    }

    /** Art. 143(2): the period ends on the day before the corresponding day, or with the month where there is none. */
    @Test
    void everyPeriodOfEveryDayEndsBeforeItsCorrespondingDayOrWithTheMonth() {
        for (LocalDate trigger = FIRST; !trigger.isAfter(LAST); trigger = trigger.plusDays(1)) {
            LocalDate first = trigger.plusDays(1);
            for (int months = 0; months <= 48; months++) {
                LocalDate dayAfter = Periods.end(trigger, months).plusDays(1);
                int wantedMonth = Math.floorMod(first.getMonthValue() - 1 + months, 12) + 1;
                if (dayAfter.getDayOfMonth() == first.getDayOfMonth()) {
                    assertThat(dayAfter.getMonthValue())
                            .as("%s + %d", trigger, months)
                            .isEqualTo(wantedMonth);
                } else {
                    LocalDate end = dayAfter.minusDays(1);
                    assertThat(dayAfter.getDayOfMonth())
                            .as("%s + %d ends with its month", trigger, months)
                            .isEqualTo(1);
                    assertThat(end.getMonthValue())
                            .as("%s + %d", trigger, months)
                            .isEqualTo(wantedMonth);
                    assertThat(end.lengthOfMonth())
                            .as("%s + %d has no corresponding day", trigger, months)
                            .isLessThan(first.getDayOfMonth());
                }
            }
        }
    }

    @Test
    void aLaterTriggerNeverEndsEarlier() {
        for (int months : new int[] {0, 1, 3, 4, 12, 16, 18, 24}) {
            for (LocalDate day = FIRST; day.isBefore(LAST); day = day.plusDays(1)) {
                assertThat(Periods.end(day.plusDays(1), months)).isAfterOrEqualTo(Periods.end(day, months));
            }
        }
    }

    @Test
    void monthEndLeadsToMonthEnd() {
        for (LocalDate day = FIRST; day.isBefore(LAST); day = day.plusMonths(1)) {
            LocalDate monthEnd = day.withDayOfMonth(day.lengthOfMonth());
            LocalDate end = Periods.end(monthEnd, 16);
            assertThat(end.getDayOfMonth()).as("16 months from %s", monthEnd).isEqualTo(end.lengthOfMonth());
        }
    }

    @Test
    void twoYearsFromALeapDayEndOnTheLastOfFebruary() {
        assertThat(Periods.end(LocalDate.of(2022, 2, 28), 24)).isEqualTo("2024-02-29");
        assertThat(Periods.end(LocalDate.of(2024, 2, 29), 24)).isEqualTo("2026-02-28");
    }

    @Test
    void aNegativePeriodIsABugThatShowsItself() {
        assertThatThrownBy(() -> Periods.end(FIRST, -1))
                .hasMessageContaining("-1")
                .hasMessageContaining("2019-01-01");
    }
}
