package ismap.pages;

import static org.assertj.core.api.Assertions.assertThat;

import ismap.decision.Bilingual;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("core")
class TimelineTest {

    private static final LocalDate START = LocalDate.of(2024, 4, 1);

    private static PlannerPage.Row row(String from, String to) {
        var text = new Bilingual("日", "day");
        return new PlannerPage.Row(
                "line",
                1,
                "MUST",
                text,
                text,
                text,
                Optional.of(from).filter(day -> !day.isEmpty()).map(LocalDate::parse),
                Optional.of(to).filter(day -> !day.isEmpty()).map(LocalDate::parse),
                false,
                List.of());
    }

    private static Timeline timeline(LocalDate today, PlannerPage.Row... rows) {
        return Timeline.of(List.of(rows), today).orElseThrow();
    }

    @Test
    void aLongerTimeIsAsMuchLongerAndALaterDayFurtherRight() {
        Timeline drawn = timeline(
                START,
                row("2024-05-01", "2024-05-31"),
                row("2024-07-01", "2024-08-31"),
                row("2024-05-20", "2024-05-20"));

        Timeline.Bar month = drawn.bars().get(0);
        Timeline.Bar twoMonths = drawn.bars().get(1);
        assertThat((double) twoMonths.width() / month.width()).isBetween(1.95, 2.05);
        assertThat(twoMonths.x()).isGreaterThan(month.x() + month.width());
        assertThat(drawn.bars().get(2).width()).as("one day can be seen").isBetween(3, 12);
        assertThat(drawn.bars()).noneMatch(Timeline.Bar::open).isSortedAccordingTo((a, b) -> a.y() - b.y());
        assertThat(drawn.height()).isGreaterThan(drawn.bars().get(2).y() + 10);
    }

    @Test
    void whatHasNoFirstOrNoLastDayReachesTheEdge() {
        Timeline drawn = timeline(START, row("", "2024-05-31"), row("2024-05-31", ""));

        assertThat(drawn.bars()).allMatch(Timeline.Bar::open);
        assertThat(drawn.bars().get(0).x()).isZero();
        Timeline.Bar from = drawn.bars().get(1);
        assertThat(from.x() + from.width()).isEqualTo(Timeline.WIDTH);
    }

    @Test
    void todayIsThereWhereItIsNear() {
        assertThat(timeline(START, row("2024-05-01", "2024-05-31")).today())
                .hasValueSatisfying(x -> assertThat(x).isBetween(0, 400));
        assertThat(timeline(START.minusYears(3), row("2024-05-01", "2024-05-31"))
                        .today())
                .isEmpty();
        assertThat(Timeline.of(List.of(), START)).isEmpty();
    }

    @Test
    void monthsAreNamedSoThatTheyDoNotRunIntoEachOther() {
        for (String last : new String[] {"2024-04-02", "2024-12-31", "2026-12-31", "2034-03-31", "2100-01-01"}) {
            List<Timeline.Tick> ticks = timeline(START, row("2024-04-01", last)).ticks();
            assertThat(ticks).as(last).isNotEmpty();
            for (int i = 1; i < ticks.size(); i++) {
                assertThat(ticks.get(i).x() - ticks.get(i - 1).x()).as(last).isGreaterThan(60);
            }
        }
    }
}
