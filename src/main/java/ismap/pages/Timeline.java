package ismap.pages;

import ismap.decision.Bilingual;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The days of a plan as a picture: a bar for each line, over one axis. Lengths are units of the drawing, {@link #WIDTH} wide; the same days
 * stand in the table below it.
 *
 * @param today where the day is on which the plan is looked at; empty where it is off the axis
 */
public record Timeline(int height, List<Tick> ticks, List<Bar> bars, Optional<Integer> today) {

    public static final int WIDTH = 960;

    private static final int EDGE = 24;
    private static final int TOP = 36;
    private static final int LINE = 42;
    private static final int MARGIN_DAYS = 20;
    /** Today is shown where it widens the axis by no more than this. */
    private static final int NEAR_DAYS = 200;
    /** So wide is the widest text of a tick, with room beside it. */
    private static final int TICK = 80;

    private static final List<Integer> MONTHS_BETWEEN_TICKS = List.of(1, 2, 3, 6, 12, 24, 60, 120);
    private static final DateTimeFormatter MONTH = DateTimeFormatter.ofPattern("uuuu-MM");

    /** A first day of a month. */
    public record Tick(int x, String text) {}

    /**
     * @param y of its upper edge; its text stands above it
     * @param open whether nothing is said about where it begins, or where it ends
     */
    public record Bar(
            int x, int y, int width, boolean open, String mark, Bilingual said, Bilingual what, Bilingual days) {}

    public Timeline {
        ticks = List.copyOf(ticks);
        bars = List.copyOf(bars);
    }

    /** Empty where there is nothing to draw. */
    static Optional<Timeline> of(List<PlannerPage.Row> rows, LocalDate asOf) {
        List<LocalDate> days = rows.stream()
                .flatMap(row -> Stream.concat(row.from().stream(), row.to().stream()))
                .sorted()
                .toList();
        if (days.isEmpty()) {
            return Optional.empty();
        }
        LocalDate first = days.get(0);
        LocalDate last = days.get(days.size() - 1);
        boolean near = !asOf.isBefore(first.minusDays(NEAR_DAYS)) && !asOf.isAfter(last.plusDays(NEAR_DAYS));
        if (near) {
            first = asOf.isBefore(first) ? asOf : first;
            last = asOf.isAfter(last) ? asOf : last;
        }
        var axis = new Axis(first.minusDays(MARGIN_DAYS), last.plusDays(MARGIN_DAYS));
        var bars = new ArrayList<Bar>();
        for (PlannerPage.Row row : rows) {
            int from = row.from().map(axis::x).orElse(0);
            int to = row.to().map(day -> axis.x(day.plusDays(1))).orElse(WIDTH);
            bars.add(new Bar(
                    from,
                    TOP + bars.size() * LINE + 24,
                    Math.max(to - from, 3),
                    row.from().isEmpty() || row.to().isEmpty(),
                    row.mark(),
                    row.said(),
                    row.what(),
                    row.days()));
        }
        return Optional.of(new Timeline(
                TOP + bars.size() * LINE + EDGE,
                axis.ticks(),
                bars,
                near ? Optional.of(axis.x(asOf)) : Optional.empty()));
    }

    private record Axis(LocalDate first, LocalDate last) {

        int x(LocalDate day) {
            double part = (double) ChronoUnit.DAYS.between(first, day) / ChronoUnit.DAYS.between(first, last);
            return EDGE + (int) Math.round(part * (WIDTH - 2 * EDGE));
        }

        List<Tick> ticks() {
            long months = ChronoUnit.MONTHS.between(first, last) + 1;
            int step = MONTHS_BETWEEN_TICKS.stream()
                    .filter(each -> months / each <= WIDTH / TICK)
                    .findFirst()
                    .orElse(MONTHS_BETWEEN_TICKS.get(MONTHS_BETWEEN_TICKS.size() - 1));
            var ticks = new ArrayList<Tick>();
            for (YearMonth month = YearMonth.of(first.getYear(), 1);
                    !month.atDay(1).isAfter(last);
                    month = month.plusMonths(step)) {
                if (!month.atDay(1).isBefore(first)) {
                    ticks.add(new Tick(x(month.atDay(1)), MONTH.format(month)));
                }
            }
            return ticks;
        }
    }
}
