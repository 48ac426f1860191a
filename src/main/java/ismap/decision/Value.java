package ismap.decision;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a fact: a value, {@link #NONE} (known not to be) or {@link #UNKNOWN} (nobody has said). Never null.
 *
 * <p>{@link Range} and {@link Days} may be known in part; such a value is not {@link #isKnown() known}, though a test on it may
 * already be certain.
 */
public sealed interface Value {

    Value NONE = Special.NONE;
    Value UNKNOWN = Special.UNKNOWN;

    /** Whether this is a value and known entirely; neither none nor unknown is. */
    default boolean isKnown() {
        return true;
    }

    default boolean isNone() {
        return this == NONE;
    }

    /** Whether something about it is still open: unknown, or known in part only. */
    default boolean isOpen() {
        return !isKnown() && !isNone();
    }

    static Value of(boolean truth) {
        return truth ? Truth.YES : Truth.NO;
    }

    static Value of(LocalDate day) {
        return new Day(day);
    }

    static Value of(String text) {
        return new Text(text);
    }

    static Value of(long number) {
        return new Number(BigDecimal.valueOf(number));
    }

    static Value orNone(@Nullable Value value) {
        return value == null ? NONE : value;
    }

    /** The two that are not values. */
    enum Special implements Value {
        NONE,
        UNKNOWN;

        @Override
        public boolean isKnown() {
            return false;
        }
    }

    /** A code of an enumeration, or free text; the vocabulary says which. */
    record Text(String text) implements Value {
        @Override
        public String toString() {
            return text;
        }
    }

    record Truth(boolean value) implements Value {
        static final Truth YES = new Truth(true);
        static final Truth NO = new Truth(false);

        @Override
        public String toString() {
            return Boolean.toString(value);
        }
    }

    /** A decimal number without trailing zeros, so that 16 and 16.0 are one value. */
    record Number(BigDecimal value) implements Value {
        public Number {
            value = value.signum() == 0 ? BigDecimal.ZERO : value.stripTrailingZeros();
            value = value.scale() < 0 ? value.setScale(0) : value;
        }

        @Override
        public String toString() {
            return value.toPlainString();
        }
    }

    /** A number of which only bounds are known, both included; null is no bound. An unknown addend makes a sum such a range. */
    record Range(@Nullable BigDecimal low, @Nullable BigDecimal high) implements Value {

        /** The range, or the number where both bounds are the same. */
        public static Value between(@Nullable BigDecimal low, @Nullable BigDecimal high) {
            if (low == null && high == null) {
                return UNKNOWN;
            }
            return low != null && high != null && low.compareTo(high) == 0 ? new Number(low) : new Range(low, high);
        }

        @Override
        public boolean isKnown() {
            return false;
        }
    }

    /** A calendar day in Asia/Tokyo. */
    record Day(LocalDate date) implements Value {
        @Override
        public String toString() {
            return date.toString();
        }
    }

    /** A list of elements; an empty one is a known "none of them". */
    record Elements(List<Value> values) implements Value {
        public Elements {
            values = List.copyOf(values);
        }

        @Override
        public String toString() {
            return String.join(", ", values.stream().map(Object::toString).toList());
        }
    }

    /** An element with named fields; a field left out is none. */
    record Element(Map<String, Value> fields) implements Value {
        public Element {
            fields = java.util.Collections.unmodifiableMap(new TreeMap<>(fields));
        }

        public Value field(String name) {
            return orNone(fields.get(name));
        }

        @Override
        public String toString() {
            return fields.toString();
        }
    }

    /** A set of days: those that certainly belong to it, and those that possibly do. They are the same once it is known. */
    record Days(DaySet certain, DaySet possible) implements Value {

        public static Days known(DaySet days) {
            return new Days(days, days);
        }

        @Override
        public boolean isKnown() {
            return certain.equals(possible);
        }

        @Override
        public String toString() {
            return isKnown() ? certain.toString() : "certainly " + certain + ", possibly " + possible;
        }
    }
}
