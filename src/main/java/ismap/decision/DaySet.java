package ismap.decision;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;

/** A set of days as sorted closed intervals that neither touch nor overlap. Open ends are {@link #FIRST} and {@link #LAST}. */
public final class DaySet {

    /** The first and the last day that anything here can speak of; an interval that reaches one of them is open there. */
    public static final LocalDate FIRST = LocalDate.of(1, 1, 1);

    public static final LocalDate LAST = LocalDate.of(9999, 12, 31);

    public static final DaySet EMPTY = new DaySet(List.of());
    public static final DaySet ALL = of(FIRST, LAST);

    /** Both ends included; {@code from} is never after {@code to}. */
    public record Interval(LocalDate from, LocalDate to) {
        public Interval {
            if (from.isAfter(to)) {
                throw new IllegalArgumentException(
                        "interval must not start (%s) after it ends (%s)".formatted(from, to));
            }
        }

        private boolean contains(LocalDate day) {
            return !day.isBefore(from) && !day.isAfter(to);
        }
    }

    private final List<Interval> intervals;

    private DaySet(List<Interval> intervals) {
        this.intervals = intervals;
    }

    /** The days from {@code from} to {@code to}, both included; none where {@code to} is earlier. */
    public static DaySet of(LocalDate from, LocalDate to) {
        return from.isAfter(to) ? EMPTY : new DaySet(List.of(new Interval(from, to)));
    }

    public List<Interval> intervals() {
        return intervals;
    }

    public boolean isEmpty() {
        return intervals.isEmpty();
    }

    public boolean contains(LocalDate day) {
        return intervals.stream().anyMatch(interval -> interval.contains(day));
    }

    public boolean covers(DaySet other) {
        return other.minus(this).isEmpty();
    }

    public boolean meets(DaySet other) {
        return !common(other).isEmpty();
    }

    public DaySet union(DaySet other) {
        return unionOf(List.of(this, other));
    }

    /** The union of any number of sets, in one pass. */
    public static DaySet unionOf(List<DaySet> sets) {
        var sorted = new ArrayList<Interval>();
        sets.forEach(set -> sorted.addAll(set.intervals));
        sorted.sort(Comparator.comparing(Interval::from));
        var merged = new ArrayList<Interval>();
        for (Interval next : sorted) {
            Interval last = merged.isEmpty() ? null : merged.get(merged.size() - 1);
            if (last == null
                    || (last.to().isBefore(LAST)
                            && next.from().isAfter(last.to().plusDays(1)))) {
                merged.add(next);
            } else {
                merged.set(merged.size() - 1, new Interval(last.from(), later(last.to(), next.to())));
            }
        }
        return new DaySet(List.copyOf(merged));
    }

    public DaySet common(DaySet other) {
        var shared = new ArrayList<Interval>();
        for (Interval mine : intervals) {
            for (Interval theirs : other.intervals) {
                LocalDate from = later(mine.from(), theirs.from());
                LocalDate to = mine.to().isBefore(theirs.to()) ? mine.to() : theirs.to();
                if (!from.isAfter(to)) {
                    shared.add(new Interval(from, to));
                }
            }
        }
        shared.sort(Comparator.comparing(Interval::from));
        return new DaySet(List.copyOf(shared));
    }

    public DaySet minus(DaySet other) {
        return common(other.complement());
    }

    /** Every day between {@link #FIRST} and {@link #LAST} that is not in this set. */
    public DaySet complement() {
        var gaps = new ArrayList<Interval>();
        LocalDate next = FIRST;
        for (Interval interval : intervals) {
            if (next.isBefore(interval.from())) {
                gaps.add(new Interval(next, interval.from().minusDays(1)));
            }
            if (!interval.to().isBefore(LAST)) {
                return new DaySet(List.copyOf(gaps));
            }
            next = interval.to().plusDays(1);
        }
        gaps.add(new Interval(next, LAST));
        return new DaySet(List.copyOf(gaps));
    }

    private static LocalDate later(LocalDate a, LocalDate b) {
        return a.isAfter(b) ? a : b;
    }

    @Override
    public boolean equals(@org.jspecify.annotations.Nullable Object other) {
        return other instanceof DaySet that && intervals.equals(that.intervals);
    }

    @Override
    public int hashCode() {
        return Objects.hashCode(intervals);
    }

    /** As staff write it: {@code 2021-12-20..2022-01-31; 2022-03-01..}. */
    @Override
    public String toString() {
        var text = new StringBuilder();
        for (Interval interval : intervals) {
            text.append(text.isEmpty() ? "" : "; ")
                    .append(interval.from().equals(FIRST) ? "" : interval.from())
                    .append("..")
                    .append(interval.to().equals(LAST) ? "" : interval.to());
        }
        return text.toString();
    }
}
