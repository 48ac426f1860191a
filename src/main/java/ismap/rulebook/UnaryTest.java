package ismap.rulebook;

import ismap.decision.Value;
import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A test on one value, in the sense of S-FEEL's unary tests, over three values.
 *
 * <p>What is unknown or none passes no test but {@link Any}, {@link Missing} and {@link IsNone}; so every engine may treat a test as
 * two-valued. {@link #on} tells more: {@link Verdict#OPEN} is a no that may turn into a yes once more is known.
 */
public sealed interface UnaryTest {

    enum Verdict {
        YES,
        NO,
        OPEN
    }

    UnaryTest ANY = new Any();
    UnaryTest MISSING = new Missing();
    UnaryTest NONE = new IsNone();
    UnaryTest GIVEN = new Given();

    Verdict on(Value value);

    default boolean matches(Value value) {
        return on(value) == Verdict.YES;
    }

    /** What passes exactly where a value or none fails this test; unknown passes neither. */
    default UnaryTest opposite() {
        if (this == GIVEN || this == NONE) {
            return this == GIVEN ? NONE : GIVEN;
        }
        if (matches(Value.NONE)) {
            return new Not(this);
        }
        return this instanceof Not not ? new AnyOf(List.of(not.test(), NONE)) : new AnyOf(List.of(new Not(this), NONE));
    }

    record Any() implements UnaryTest {
        @Override
        public Verdict on(Value value) {
            return Verdict.YES;
        }
    }

    record Missing() implements UnaryTest {
        @Override
        public Verdict on(Value value) {
            return value.isOpen() ? Verdict.YES : Verdict.NO;
        }
    }

    record IsNone() implements UnaryTest {
        @Override
        public Verdict on(Value value) {
            return value.isNone() ? Verdict.YES : value == Value.UNKNOWN ? Verdict.OPEN : Verdict.NO;
        }
    }

    /** A value, whichever. */
    record Given() implements UnaryTest {
        @Override
        public Verdict on(Value value) {
            return value.isKnown() ? Verdict.YES : value.isNone() ? Verdict.NO : Verdict.OPEN;
        }
    }

    record OneOf(List<Value> constants) implements UnaryTest {
        @Override
        public Verdict on(Value value) {
            if (value.isNone()) {
                return Verdict.NO;
            }
            if (value.isKnown()) {
                return constants.contains(value) ? Verdict.YES : Verdict.NO;
            }
            return value == Value.UNKNOWN
                            || constants.stream()
                                    .anyMatch(constant -> ofConstant(constant).on(value) != Verdict.NO)
                    ? Verdict.OPEN
                    : Verdict.NO;
        }

        private static UnaryTest ofConstant(Value constant) {
            return constant instanceof Value.Number ? new Interval(constant, true, constant, true) : ANY;
        }
    }

    /** Between two numbers or two days; a bound left out (null) is no bound. */
    record Interval(
            @Nullable Value low,
            boolean lowIncluded,
            @Nullable Value high,
            boolean highIncluded) implements UnaryTest {

        @Override
        public Verdict on(Value value) {
            if (value instanceof Value.Range range) {
                return onRange(range);
            }
            if (!value.isKnown()) {
                return value.isNone() ? Verdict.NO : Verdict.OPEN;
            }
            return above(value) && below(value) ? Verdict.YES : Verdict.NO;
        }

        private boolean above(Value value) {
            return low == null || compare(value, low) > 0 || (lowIncluded && compare(value, low) == 0);
        }

        private boolean below(Value value) {
            return high == null || compare(value, high) < 0 || (highIncluded && compare(value, high) == 0);
        }

        private Verdict onRange(Value.Range range) {
            BigDecimal least = range.low();
            BigDecimal most = range.high();
            boolean allAbove = low == null || (least != null && above(new Value.Number(least)));
            boolean allBelow = high == null || (most != null && below(new Value.Number(most)));
            boolean someAbove = most == null || above(new Value.Number(most));
            boolean someBelow = least == null || below(new Value.Number(least));
            return allAbove && allBelow ? Verdict.YES : someAbove && someBelow ? Verdict.OPEN : Verdict.NO;
        }
    }

    record Not(UnaryTest test) implements UnaryTest {
        @Override
        public Verdict on(Value value) {
            if (value.isNone() || value == Value.UNKNOWN) {
                return value.isNone() ? Verdict.NO : Verdict.OPEN;
            }
            return switch (test.on(value)) {
                case YES -> Verdict.NO;
                case NO -> Verdict.YES;
                case OPEN -> Verdict.OPEN;
            };
        }
    }

    record AnyOf(List<UnaryTest> tests) implements UnaryTest {
        @Override
        public Verdict on(Value value) {
            Verdict best = Verdict.NO;
            for (UnaryTest test : tests) {
                Verdict verdict = test.on(value);
                if (verdict == Verdict.YES) {
                    return Verdict.YES;
                }
                best = verdict == Verdict.OPEN ? Verdict.OPEN : best;
            }
            return best;
        }
    }

    /** Against a parameter; the plan replaces it by the parameter's constants before any engine sees it. */
    record Against(Operator operator, String parameter) implements UnaryTest {
        @Override
        public Verdict on(Value value) {
            throw new IllegalStateException("parameter %s was not expanded".formatted(parameter));
        }

        UnaryTest with(Value constant) {
            return operator.test(constant);
        }
    }

    enum Operator {
        EQUAL(""),
        LESS("<"),
        AT_MOST("<="),
        GREATER(">"),
        AT_LEAST(">=");

        private final String sign;

        Operator(String sign) {
            this.sign = sign;
        }

        public String sign() {
            return sign;
        }

        /** The test of this operator against a known value. */
        public UnaryTest test(Value constant) {
            return switch (this) {
                case EQUAL -> new OneOf(List.of(constant));
                case LESS -> new Interval(null, false, constant, false);
                case AT_MOST -> new Interval(null, false, constant, true);
                case GREATER -> new Interval(constant, false, null, false);
                case AT_LEAST -> new Interval(constant, true, null, false);
            };
        }
    }

    /** Orders two values of the same type. */
    static int compare(Value a, Value b) {
        if (a instanceof Value.Number x && b instanceof Value.Number y) {
            return x.value().compareTo(y.value());
        }
        if (a instanceof Value.Day x && b instanceof Value.Day y) {
            return x.date().compareTo(y.date());
        }
        throw new IllegalArgumentException("cannot order %s and %s".formatted(a, b));
    }
}
