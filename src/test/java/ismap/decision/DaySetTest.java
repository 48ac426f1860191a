package ismap.decision;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("core")
class DaySetTest {

    private static final LocalDate START = LocalDate.of(2024, 2, 20);

    @Test
    void neighbouringPeriodsBecomeOne() {
        DaySet joined = DaySet.of(day(0), day(3)).union(DaySet.of(day(4), day(6)));
        assertThat(joined).isEqualTo(DaySet.of(day(0), day(6)));
    }

    @Test
    void aPeriodThatEndsBeforeItBeginsHasNoDays() {
        assertThat(DaySet.of(day(1), day(0))).isEqualTo(DaySet.EMPTY);
    }

    @Test
    void everythingButEverythingIsNothing() {
        assertThat(DaySet.ALL.complement()).isEqualTo(DaySet.EMPTY);
        assertThat(DaySet.EMPTY.complement()).isEqualTo(DaySet.ALL);
        assertThat(DaySet.ALL.union(DaySet.ALL)).isEqualTo(DaySet.ALL);
    }

    @Test
    void setsOfDaysAgreeWithCountingDayByDay() {
        Random random = new Random(20200603);
        for (int round = 0; round < 2_000; round++) {
            DaySet a = random(random);
            DaySet b = random(random);
            boolean covers = true;
            boolean meets = false;
            for (int i = -2; i < 34; i++) {
                LocalDate day = day(i);
                assertThat(a.union(b).contains(day)).isEqualTo(a.contains(day) || b.contains(day));
                assertThat(a.common(b).contains(day)).isEqualTo(a.contains(day) && b.contains(day));
                assertThat(a.minus(b).contains(day)).isEqualTo(a.contains(day) && !b.contains(day));
                assertThat(a.complement().contains(day)).isEqualTo(!a.contains(day));
                covers &= a.contains(day) || !b.contains(day);
                meets |= a.contains(day) && b.contains(day);
            }
            assertThat(a.covers(b)).isEqualTo(covers);
            assertThat(a.meets(b)).isEqualTo(meets);
        }
    }

    private static DaySet random(Random random) {
        DaySet set = DaySet.EMPTY;
        for (int i = random.nextInt(4); i > 0; i--) {
            int from = random.nextInt(30);
            set = set.union(DaySet.of(day(from), day(from + random.nextInt(6) - 1)));
        }
        return set;
    }

    private static LocalDate day(int offset) {
        return START.plusDays(offset);
    }
}
