package ismap.drools;

import ismap.decision.Value;
import ismap.rulebook.Function;
import ismap.rulebook.UnaryTest;
import ismap.rulebook.UnaryTest.Verdict;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;

/**
 * What printed rules call: the functions of derivations under the names that authors write, and values. Public only because compiled
 * rules live in a package of their own; what each function means is said in {@link Function}.
 */
public final class Functions {

    public static final Value YES = Value.of(true);
    public static final Value NO = Value.of(false);
    public static final Value NONE = Value.NONE;
    public static final Value UNKNOWN = Value.UNKNOWN;

    private Functions() {}

    public static Value text(String text) {
        return Value.of(text);
    }

    public static Value number(String digits) {
        return new Value.Number(new BigDecimal(digits));
    }

    /** @param day a day as a number that reads as one, 20210604 */
    public static Value day(int day) {
        return Value.of(LocalDate.of(day / 10_000, day / 100 % 100, day % 100));
    }

    public static Value list(Value... values) {
        return new Value.Elements(List.of(values));
    }

    public static Value firstKnown(Value... in) {
        return Function.FIRST_KNOWN.apply(List.of(in));
    }

    public static Value orElse(Value... in) {
        return Function.OR_ELSE.apply(List.of(in));
    }

    public static Value choose(Value... in) {
        return Function.CHOOSE.apply(List.of(in));
    }

    public static Value happened(Value... in) {
        return Function.HAPPENED.apply(List.of(in));
    }

    public static Value periodEnd(Value... in) {
        return Function.PERIOD_END.apply(List.of(in));
    }

    public static Value plusDays(Value... in) {
        return Function.PLUS_DAYS.apply(List.of(in));
    }

    public static Value daysBetween(Value... in) {
        return Function.DAYS_BETWEEN.apply(List.of(in));
    }

    public static Value earliest(Value... in) {
        return Function.EARLIEST.apply(List.of(in));
    }

    public static Value latest(Value... in) {
        return Function.LATEST.apply(List.of(in));
    }

    public static Value compare(Value... in) {
        return Function.COMPARE.apply(List.of(in));
    }

    public static Value position(Value... in) {
        return Function.POSITION.apply(List.of(in));
    }

    public static Value period(Value... in) {
        return Function.PERIOD.apply(List.of(in));
    }

    public static Value since(Value... in) {
        return Function.SINCE.apply(List.of(in));
    }

    public static Value upTo(Value... in) {
        return Function.UP_TO.apply(List.of(in));
    }

    public static Value periods(Value... in) {
        return Function.PERIODS.apply(List.of(in));
    }

    public static Value union(Value... in) {
        return Function.UNION.apply(List.of(in));
    }

    public static Value common(Value... in) {
        return Function.COMMON.apply(List.of(in));
    }

    public static Value minus(Value... in) {
        return Function.MINUS.apply(List.of(in));
    }

    public static Value covers(Value... in) {
        return Function.COVERS.apply(List.of(in));
    }

    public static Value meets(Value... in) {
        return Function.MEETS.apply(List.of(in));
    }

    public static Value contains(Value... in) {
        return Function.CONTAINS.apply(List.of(in));
    }

    public static Value select(Value... in) {
        return Function.SELECT.apply(List.of(in));
    }

    public static Value fields(Value... in) {
        return Function.FIELDS.apply(List.of(in));
    }

    public static Value having(Value... in) {
        return Function.HAVING.apply(List.of(in));
    }

    public static Value joined(Value... in) {
        return Function.JOINED.apply(List.of(in));
    }

    public static Value hasForm(Value... in) {
        return Function.HAS_FORM.apply(List.of(in));
    }

    public static Value isEmpty(Value... in) {
        return Function.IS_EMPTY.apply(List.of(in));
    }

    public static Value count(Value... in) {
        return Function.COUNT.apply(List.of(in));
    }

    public static Value highest(Value... in) {
        return Function.HIGHEST.apply(List.of(in));
    }

    public static Value lowest(Value... in) {
        return Function.LOWEST.apply(List.of(in));
    }

    public static Value sum(Value... in) {
        return Function.SUM.apply(List.of(in));
    }

    public static Value equal(Value... in) {
        return Function.EQUAL.apply(List.of(in));
    }

    public static Value not(Value... in) {
        return Function.NOT.apply(List.of(in));
    }

    public static Value any(Value... in) {
        return Function.ANY.apply(List.of(in));
    }

    public static Value all(Value... in) {
        return Function.ALL.apply(List.of(in));
    }

    public static Value someOf(Value... in) {
        return Function.SOME_OF.apply(List.of(in));
    }

    public static Value everyOf(Value... in) {
        return Function.EVERY_OF.apply(List.of(in));
    }

    /** A comparison of a field of an element with a value, for {@link #exists}. */
    public record Match(String field, UnaryTest.Operator operator, Value value) {
        private Verdict on(Value element) {
            if (value.isNone()) {
                return Verdict.NO;
            }
            return value.isKnown() ? operator.test(value).on(((Value.Element) element).field(field)) : Verdict.OPEN;
        }
    }

    public static Match where(String field, String operator, Value value) {
        return new Match(field, UnaryTest.Operator.valueOf(operator), value);
    }

    /** Whether some element of {@code list} matches in every way; unknown where one may and none does. */
    public static Value exists(Value list, Match... matches) {
        if (!(list instanceof Value.Elements elements)) {
            return list.isNone() ? NO : UNKNOWN;
        }
        var verdicts = new ArrayList<Verdict>();
        for (Value element : elements.values()) {
            Verdict all = Verdict.YES;
            for (Match match : matches) {
                Verdict one = match.on(element);
                all = all == Verdict.NO || one == Verdict.NO ? Verdict.NO : one == Verdict.OPEN ? one : all;
            }
            verdicts.add(all);
        }
        return verdicts.contains(Verdict.YES) ? YES : verdicts.contains(Verdict.OPEN) ? UNKNOWN : NO;
    }
}
