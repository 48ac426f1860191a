package ismap.rulebook;

import ismap.decision.DaySet;
import ismap.decision.Periods;
import ismap.decision.Value;
import ismap.decision.Value.Days;
import ismap.decision.Value.Elements;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BinaryOperator;
import java.util.function.UnaryOperator;

/**
 * The closed list of functions of derivations. Each is total: an unknown argument makes the result unknown unless it is certain
 * anyway; what none does is said at each. See {@code docs/rulebook-format.md} for what each means to its author.
 */
public enum Function {
    FIRST_KNOWN("firstKnown", 2, 9, Shape.SAME) {
        @Override
        public Value apply(List<Value> in) {
            return in.stream().filter(Value::isKnown).findFirst().orElse(in.get(in.size() - 1));
        }
    },
    OR_ELSE("orElse", 2, 2, Shape.SAME) {
        @Override
        public Value apply(List<Value> in) {
            return in.get(0).isNone() ? in.get(1) : in.get(0);
        }
    },
    CHOOSE("choose", 3, 3, Shape.CHOICE) {
        @Override
        public Value apply(List<Value> in) {
            if (in.get(0) == Value.UNKNOWN) {
                return in.get(1).equals(in.get(2)) ? in.get(1) : Value.UNKNOWN;
            }
            return isTrue(in.get(0)) ? in.get(1) : in.get(2);
        }
    },
    /** The fact as of a day: none while the day it happens on lies ahead. A list of codes limits it to those that happen. */
    HAPPENED("happened", 4, 4, Shape.FIRST_ARGUMENT) {
        @Override
        public Value apply(List<Value> in) {
            Value stated = in.get(0);
            Value day = in.get(1);
            boolean happens = stated.isKnown()
                    && (((Elements) in.get(3)).values().isEmpty()
                            || ((Elements) in.get(3)).values().contains(stated));
            if (!happens || day.isNone()) {
                return stated;
            }
            return day.isKnown() ? (UnaryTest.compare(day, in.get(2)) > 0 ? Value.NONE : stated) : Value.UNKNOWN;
        }
    },
    PERIOD_END("periodEnd", 2, 2, Shape.DAY_OF_DAY_AND_NUMBER) {
        @Override
        public Value apply(List<Value> in) {
            return strict(in, () -> Value.of(Periods.end(day(in.get(0)), months(in.get(1)))));
        }
    },
    PLUS_DAYS("plusDays", 2, 2, Shape.DAY_OF_DAY_AND_NUMBER) {
        @Override
        public Value apply(List<Value> in) {
            return strict(in, () -> Value.of(day(in.get(0)).plusDays(whole(in.get(1)))));
        }
    },
    /** How many days later the second day is; negative where it is earlier. */
    DAYS_BETWEEN("daysBetween", 2, 2, Shape.DAYS_TO_NUMBER) {
        @Override
        public Value apply(List<Value> in) {
            return strict(
                    in,
                    () -> new Value.Number(BigDecimal.valueOf(
                            day(in.get(1)).toEpochDay() - day(in.get(0)).toEpochDay())));
        }
    },
    EARLIEST("earliest", 1, 9, Shape.DAYS_TO_DAY) {
        @Override
        public Value apply(List<Value> in) {
            return extreme(in, (a, b) -> UnaryTest.compare(a, b) <= 0 ? a : b);
        }
    },
    LATEST("latest", 1, 9, Shape.DAYS_TO_DAY) {
        @Override
        public Value apply(List<Value> in) {
            return extreme(in, (a, b) -> UnaryTest.compare(a, b) >= 0 ? a : b);
        }
    },
    COMPARE("compare", 2, 2, Shape.COMPARISON) {
        @Override
        public Value apply(List<Value> in) {
            return strict(in, () -> {
                int order = Integer.signum(UnaryTest.compare(in.get(0), in.get(1)));
                boolean days = in.get(0) instanceof Value.Day;
                return Value.of(
                        order < 0
                                ? (days ? "BEFORE" : "LESS")
                                : order > 0 ? (days ? "AFTER" : "GREATER") : days ? "SAME" : "EQUAL");
            });
        }
    },
    /** Where a day lies against a set of days without holes, as {@code period} yields it. */
    POSITION("position", 2, 2, Shape.POSITION) {
        @Override
        public Value apply(List<Value> in) {
            if (in.get(0).isNone() || in.get(1).isNone()) {
                return Value.NONE;
            }
            if (!in.get(0).isKnown() || !in.get(1).isKnown()) {
                return Value.UNKNOWN;
            }
            DaySet days = ((Days) in.get(1)).certain();
            LocalDate day = day(in.get(0));
            if (days.contains(day)) {
                return Value.of("WITHIN");
            }
            return Value.of(
                    days.isEmpty() || day.isAfter(days.intervals().get(0).from()) ? "AFTER" : "BEFORE");
        }
    },
    /** Both ends included; none is an open end. An unknown end leaves the days on its side possible and none certain. */
    PERIOD("period", 2, 2, Shape.PERIOD) {
        @Override
        public Value apply(List<Value> in) {
            Value from = in.get(0);
            Value to = in.get(1);
            DaySet possible =
                    DaySet.of(from.isKnown() ? day(from) : DaySet.FIRST, to.isKnown() ? day(to) : DaySet.LAST);
            boolean known = !from.isOpen() && !to.isOpen();
            return new Days(known ? possible : DaySet.EMPTY, possible);
        }
    },
    SINCE("since", 1, 1, Shape.PERIOD) {
        @Override
        public Value apply(List<Value> in) {
            return PERIOD.apply(List.of(in.get(0), Value.NONE));
        }
    },
    UP_TO("upTo", 1, 1, Shape.PERIOD) {
        @Override
        public Value apply(List<Value> in) {
            return PERIOD.apply(List.of(Value.NONE, in.get(0)));
        }
    },
    /** The union of the periods of the elements; the fields default to {@code from} and {@code to}. */
    PERIODS("periods", 1, 3, Shape.PERIODS) {
        @Override
        public Value apply(List<Value> in) {
            if (!(in.get(0) instanceof Elements list)) {
                return in.get(0).isNone() ? Days.known(DaySet.EMPTY) : new Days(DaySet.EMPTY, DaySet.ALL);
            }
            String from = in.size() > 1 ? in.get(1).toString() : "from";
            String to = in.size() > 2 ? in.get(2).toString() : "to";
            var certain = new ArrayList<DaySet>();
            var possible = new ArrayList<DaySet>();
            for (Value element : list.values()) {
                Value.Element fields = (Value.Element) element;
                Days period = (Days) PERIOD.apply(List.of(fields.field(from), fields.field(to)));
                certain.add(period.certain());
                possible.add(period.possible());
            }
            return new Days(DaySet.unionOf(certain), DaySet.unionOf(possible));
        }
    },
    UNION("union", 1, 9, Shape.SETS) {
        @Override
        public Value apply(List<Value> in) {
            return sets(in, DaySet::union);
        }
    },
    COMMON("common", 1, 9, Shape.SETS) {
        @Override
        public Value apply(List<Value> in) {
            return sets(in, DaySet::common);
        }
    },
    MINUS("minus", 2, 2, Shape.SETS) {
        @Override
        public Value apply(List<Value> in) {
            Days a = days(in.get(0));
            Days b = days(in.get(1));
            return new Days(a.certain().minus(b.possible()), a.possible().minus(b.certain()));
        }
    },
    COVERS("covers", 2, 2, Shape.SETS_TO_TRUTH) {
        @Override
        public Value apply(List<Value> in) {
            Days a = days(in.get(0));
            Days b = days(in.get(1));
            if (a.certain().covers(b.possible())) {
                return Value.of(true);
            }
            return a.possible().covers(b.certain()) ? Value.UNKNOWN : Value.of(false);
        }
    },
    MEETS("meets", 2, 2, Shape.SETS_TO_TRUTH) {
        @Override
        public Value apply(List<Value> in) {
            Days a = days(in.get(0));
            Days b = days(in.get(1));
            if (a.certain().meets(b.certain())) {
                return Value.of(true);
            }
            return a.possible().meets(b.possible()) ? Value.UNKNOWN : Value.of(false);
        }
    },
    CONTAINS("contains", 2, 2, Shape.CONTAINS) {
        @Override
        public Value apply(List<Value> in) {
            if (in.get(0) instanceof Days days) {
                return in.get(1).isNone()
                        ? Value.NONE
                        : in.get(1).isKnown() ? inDays(days, day(in.get(1))) : Value.UNKNOWN;
            }
            if (in.get(0) instanceof Elements list) {
                return list.values().isEmpty()
                        ? Value.of(false)
                        : in.get(1).isOpen()
                                ? Value.UNKNOWN
                                : Value.of(list.values().contains(in.get(1)));
            }
            return in.get(0).isNone() ? Value.of(false) : Value.UNKNOWN;
        }
    },
    /** The elements whose field equals the value; none equals nothing. */
    SELECT("select", 3, 3, Shape.FIRST_ARGUMENT) {
        @Override
        public Value apply(List<Value> in) {
            if (!(in.get(0) instanceof Elements list)) {
                return in.get(0);
            }
            if (in.get(2).isOpen()) {
                return list.values().isEmpty() ? list : Value.UNKNOWN;
            }
            return new Elements(list.values().stream()
                    .filter(element -> ((Value.Element) element)
                                    .field(in.get(1).toString())
                                    .equals(in.get(2))
                            && !in.get(2).isNone())
                    .toList());
        }
    },
    /** The values of one field of the elements, in their order; elements without it are passed over. */
    FIELDS("fields", 2, 2, Shape.FIELDS) {
        @Override
        public Value apply(List<Value> in) {
            return in.get(0) instanceof Elements list
                    ? new Elements(list.values().stream()
                            .map(element ->
                                    ((Value.Element) element).field(in.get(1).toString()))
                            .filter(value -> !value.isNone())
                            .toList())
                    : in.get(0);
        }
    },
    /**
     * The elements of the first list, each with the fields of those of the second list that have the same value in the named field;
     * then the elements of the second list that found no partner. What an element has no partner for is none.
     */
    JOINED("joined", 3, 3, Shape.JOIN) {
        @Override
        public Value apply(List<Value> in) {
            if (in.get(0).isOpen() || in.get(1).isOpen()) {
                return Value.UNKNOWN;
            }
            String key = in.get(2).toString();
            var partners = new LinkedHashMap<Value, List<Value.Element>>();
            elements(in.get(1))
                    .forEach(element -> partners.computeIfAbsent(element.field(key), any -> new ArrayList<>())
                            .add(element));
            var joined = new ArrayList<Value>();
            for (Value.Element element : elements(in.get(0))) {
                List<Value.Element> found = partners.remove(element.field(key));
                if (found == null) {
                    joined.add(element);
                } else {
                    found.forEach(partner -> joined.add(together(element, partner)));
                }
            }
            partners.values().forEach(joined::addAll);
            return new Elements(joined);
        }
    },
    /** Whether a text is written in one of the forms, in which # stands for one or more digits and everything else for itself. */
    HAS_FORM("hasForm", 2, 12, Shape.TEXTS_TO_TRUTH) {
        @Override
        public Value apply(List<Value> in) {
            return strict(
                    in,
                    () -> Value.of(in.subList(1, in.size()).stream()
                            .anyMatch(form -> hasForm(in.get(0).toString(), form.toString()))));
        }
    },
    /** The elements of which the field is given; a text of blanks is not. */
    HAVING("having", 2, 2, Shape.HAVING) {
        @Override
        public Value apply(List<Value> in) {
            return in.get(0) instanceof Elements list
                    ? new Elements(list.values().stream()
                            .filter(element -> !isBlank(
                                    ((Value.Element) element).field(in.get(1).toString())))
                            .toList())
                    : in.get(0);
        }
    },
    /** Of a list, of a set of days; of a text, whether it holds nothing but blanks. */
    IS_EMPTY("isEmpty", 1, 1, Shape.LIST_TO_TRUTH) {
        @Override
        public Value apply(List<Value> in) {
            if (in.get(0) instanceof Value.Text) {
                return Value.of(isBlank(in.get(0)));
            }
            if (in.get(0) instanceof Days days) {
                return days.possible().isEmpty()
                        ? Value.of(true)
                        : days.certain().isEmpty() ? Value.UNKNOWN : Value.of(false);
            }
            return in.get(0) instanceof Elements list
                    ? Value.of(list.values().isEmpty())
                    : in.get(0).isNone() ? Value.of(true) : Value.UNKNOWN;
        }
    },
    COUNT("count", 1, 1, Shape.LIST_TO_NUMBER) {
        @Override
        public Value apply(List<Value> in) {
            return in.get(0) instanceof Elements list
                    ? Value.of(list.values().size())
                    : in.get(0).isNone() ? Value.of(0) : Value.Range.between(BigDecimal.ZERO, null);
        }
    },
    HIGHEST("highest", 1, 1, Shape.LIST_TO_NUMBER) {
        @Override
        public Value apply(List<Value> in) {
            return in.get(0) instanceof Elements list
                    ? extreme(list.values(), (a, b) -> UnaryTest.compare(a, b) >= 0 ? a : b)
                    : in.get(0);
        }
    },
    LOWEST("lowest", 1, 1, Shape.LIST_TO_NUMBER) {
        @Override
        public Value apply(List<Value> in) {
            return in.get(0) instanceof Elements list
                    ? extreme(list.values(), (a, b) -> UnaryTest.compare(a, b) <= 0 ? a : b)
                    : in.get(0);
        }
    },
    /** Of numbers; none is passed over, an addend known in part makes the sum a range. */
    SUM("sum", 1, 9, Shape.NUMBERS) {
        @Override
        public Value apply(List<Value> in) {
            Optional<BigDecimal> low = Optional.of(BigDecimal.ZERO);
            Optional<BigDecimal> high = low;
            for (Value addend : in) {
                low = low.flatMap(sum -> lowest(addend).map(sum::add));
                high = high.flatMap(sum -> highest(addend).map(sum::add));
            }
            return Value.Range.between(low.orElse(null), high.orElse(null));
        }
    },
    EQUAL("equal", 2, 2, Shape.EQUALITY) {
        @Override
        public Value apply(List<Value> in) {
            return strict(in, () -> Value.of(in.get(0).equals(in.get(1))));
        }
    },
    NOT("not", 1, 1, Shape.TRUTHS) {
        @Override
        public Value apply(List<Value> in) {
            return strict(in, () -> Value.of(!isTrue(in.get(0))));
        }
    },
    /** Yes if one is; none counts as no. */
    ANY("any", 1, 20, Shape.TRUTHS) {
        @Override
        public Value apply(List<Value> in) {
            return in.stream().anyMatch(Function::isTrue)
                    ? Value.of(true)
                    : in.contains(Value.UNKNOWN) ? Value.UNKNOWN : Value.of(false);
        }
    },
    /** Yes if each is; none counts as no. */
    ALL("all", 1, 20, Shape.TRUTHS) {
        @Override
        public Value apply(List<Value> in) {
            if (in.stream().anyMatch(value -> value.isNone() || (value.isKnown() && !isTrue(value)))) {
                return Value.of(false);
            }
            return in.contains(Value.UNKNOWN) ? Value.UNKNOWN : Value.of(true);
        }
    },
    /** Whether the yes/no field, which may be derived, is yes for some element. */
    SOME_OF("someOf", 2, 2, Shape.ELEMENTS_TO_TRUTH) {
        @Override
        public Value apply(List<Value> in) {
            return in.get(0) instanceof Elements list
                    ? (list.values().isEmpty() ? Value.of(false) : ANY.apply(list.values()))
                    : in.get(0).isNone() ? Value.of(false) : Value.UNKNOWN;
        }
    },
    EVERY_OF("everyOf", 2, 2, Shape.ELEMENTS_TO_TRUTH) {
        @Override
        public Value apply(List<Value> in) {
            return in.get(0) instanceof Elements list
                    ? (list.values().isEmpty() ? Value.of(true) : ALL.apply(list.values()))
                    : in.get(0).isNone() ? Value.of(true) : Value.UNKNOWN;
        }
    };

    private final String text;
    private final int least;
    private final int most;
    private final Shape shape;

    Function(String text, int least, int most, Shape shape) {
        this.text = text;
        this.least = least;
        this.most = most;
        this.shape = shape;
    }

    /** The result for arguments of the right number and types; never null, never throws for a value of those types. */
    public abstract Value apply(List<Value> in);

    /** The name that authors write. */
    public String text() {
        return text;
    }

    public int least() {
        return least;
    }

    public int most() {
        return most;
    }

    /** The type of the result, or empty where the arguments do not fit. */
    public Optional<FactType> result(List<FactType> arguments) {
        return shape.result(arguments);
    }

    /** What arguments it wants, for a message. */
    public String wants() {
        return shape.wants;
    }

    public static Optional<Function> named(String name) {
        return Arrays.stream(values())
                .filter(function -> function.text.equals(name))
                .findFirst();
    }

    private static boolean isTrue(Value value) {
        return value instanceof Value.Truth truth && truth.value();
    }

    private static LocalDate day(Value value) {
        return ((Value.Day) value).date();
    }

    private static int whole(Value value) {
        return ((Value.Number) value).value().intValueExact();
    }

    private static boolean isBlank(Value value) {
        return value.isNone()
                || (value instanceof Value.Text text && text.text().isBlank());
    }

    private static List<Value.Element> elements(Value list) {
        return list instanceof Elements of
                ? of.values().stream().map(Value.Element.class::cast).toList()
                : List.of();
    }

    private static Value together(Value.Element element, Value.Element partner) {
        var fields = new LinkedHashMap<>(element.fields());
        fields.putAll(partner.fields());
        return new Value.Element(fields);
    }

    /** In one pass over the text: a run of digits is as long as it can be, since no form has a digit behind a #. */
    private static boolean hasForm(String text, String form) {
        int at = 0;
        for (int i = 0; i < form.length(); i++) {
            if (form.charAt(i) == '#') {
                int from = at;
                while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
                    at++;
                }
                if (at == from) {
                    return false;
                }
            } else if (at >= text.length() || text.charAt(at++) != form.charAt(i)) {
                return false;
            }
        }
        return at == text.length();
    }

    /** @throws ArithmeticException where it is no length of a period */
    private static int months(Value value) {
        int months = whole(value);
        if (months < 0) {
            throw new ArithmeticException("a period has no negative length");
        }
        return months;
    }

    private static Days days(Value value) {
        return value instanceof Days days
                ? days
                : value.isNone() ? Days.known(DaySet.EMPTY) : new Days(DaySet.EMPTY, DaySet.ALL);
    }

    private static Value inDays(Days days, LocalDate day) {
        return days.certain().contains(day)
                ? Value.of(true)
                : days.possible().contains(day) ? Value.UNKNOWN : Value.of(false);
    }

    /** None if one is none, else unknown if one is; else what {@code result} yields. A day beyond the calendar and a period without a length are unknown. */
    private static Value strict(List<Value> in, java.util.function.Supplier<Value> result) {
        if (in.stream().anyMatch(Value::isNone)) {
            return Value.NONE;
        }
        if (in.stream().anyMatch(Value::isOpen)) {
            return Value.UNKNOWN;
        }
        try {
            return result.get();
        } catch (DateTimeException | ArithmeticException beyondCalendar) {
            return Value.UNKNOWN;
        }
    }

    private static Value extreme(List<Value> in, BinaryOperator<Value> better) {
        if (in.stream().anyMatch(Value::isOpen)) {
            return Value.UNKNOWN;
        }
        return in.stream().filter(Value::isKnown).reduce(better).orElse(Value.NONE);
    }

    private static Value sets(List<Value> in, BinaryOperator<DaySet> combine) {
        return in.stream()
                .map(Function::days)
                .reduce((a, b) ->
                        new Days(combine.apply(a.certain(), b.certain()), combine.apply(a.possible(), b.possible())))
                .orElseThrow();
    }

    private static Optional<BigDecimal> lowest(Value value) {
        return bound(value, range -> range.low() == null ? Value.UNKNOWN : new Value.Number(range.low()));
    }

    private static Optional<BigDecimal> highest(Value value) {
        return bound(value, range -> range.high() == null ? Value.UNKNOWN : new Value.Number(range.high()));
    }

    private static Optional<BigDecimal> bound(Value value, java.util.function.Function<Value.Range, Value> side) {
        UnaryOperator<Value> known =
                any -> any instanceof Value.Range range ? side.apply(range) : any.isNone() ? Value.of(0) : any;
        return known.apply(value) instanceof Value.Number number ? Optional.of(number.value()) : Optional.empty();
    }

    /** What arguments a function wants and what type it yields. */
    private enum Shape {
        SAME("values of one type") {
            @Override
            Optional<FactType> result(List<FactType> in) {
                return in.stream().allMatch(type -> type.fits(in.get(0))) ? Optional.of(widest(in)) : Optional.empty();
            }
        },
        CHOICE("a yes/no and two values of one type") {
            @Override
            Optional<FactType> result(List<FactType> in) {
                return is(in, 0, FactType.TRUTH) && in.get(1).fits(in.get(2))
                        ? Optional.of(widest(in.subList(1, 3)))
                        : Optional.empty();
            }
        },
        FIRST_ARGUMENT("a list, the name of a field and a value") {
            @Override
            Optional<FactType> result(List<FactType> in) {
                return Optional.of(in.get(0));
            }
        },
        DAY_OF_DAY_AND_NUMBER("a day and a number") {
            @Override
            Optional<FactType> result(List<FactType> in) {
                return when(is(in, 0, FactType.DAY) && is(in, 1, FactType.NUMBER), FactType.DAY);
            }
        },
        DAYS_TO_NUMBER("two days") {
            @Override
            Optional<FactType> result(List<FactType> in) {
                return when(all(in, FactType.DAY), FactType.NUMBER);
            }
        },
        FIELDS("a list and the name of a field") {
            @Override
            Optional<FactType> result(List<FactType> in) {
                return fieldsOf(in.get(0)).isPresent() && is(in, 1, FactType.TEXT)
                        ? named(in.get(1))
                                .map(fieldsOf(in.get(0)).get()::get)
                                .map(field -> new FactType.ListOf(field.type()))
                        : Optional.empty();
            }
        },
        HAVING("a list and the name of a field") {
            @Override
            Optional<FactType> result(List<FactType> in) {
                return when(
                        fieldsOf(in.get(0))
                                .filter(fields -> named(in.get(1))
                                        .filter(fields::containsKey)
                                        .isPresent())
                                .isPresent(),
                        in.get(0));
            }
        },
        JOIN("two lists and the name of a field that both have") {
            @Override
            Optional<FactType> result(List<FactType> in) {
                Optional<Map<String, FactType.Field>> a = fieldsOf(in.get(0));
                Optional<Map<String, FactType.Field>> b = fieldsOf(in.get(1));
                Optional<String> key = named(in.get(2));
                if (a.isEmpty()
                        || b.isEmpty()
                        || key.filter(a.get()::containsKey)
                                .filter(b.get()::containsKey)
                                .isEmpty()) {
                    return Optional.empty();
                }
                var fields = new LinkedHashMap<>(a.get());
                fields.putAll(b.get());
                return Optional.of(new FactType.ListOf(new FactType.RecordOf("Joined", fields)));
            }
        },
        TEXTS_TO_TRUTH("texts") {
            @Override
            Optional<FactType> result(List<FactType> in) {
                return when(all(in, FactType.TEXT), FactType.TRUTH);
            }
        },
        DAYS_TO_DAY("days") {
            @Override
            Optional<FactType> result(List<FactType> in) {
                return when(all(in, FactType.DAY), FactType.DAY);
            }
        },
        COMPARISON("two days or two numbers") {
            @Override
            Optional<FactType> result(List<FactType> in) {
                return when(all(in, FactType.DAY) || all(in, FactType.NUMBER), FactType.ORDER);
            }
        },
        POSITION("a day and a set of days") {
            @Override
            Optional<FactType> result(List<FactType> in) {
                return when(is(in, 0, FactType.DAY) && is(in, 1, FactType.DAYS), FactType.ORDER);
            }
        },
        PERIOD("days") {
            @Override
            Optional<FactType> result(List<FactType> in) {
                return when(all(in, FactType.DAY), FactType.DAYS);
            }
        },
        PERIODS("a list and the names of its fields for the first and the last day") {
            @Override
            Optional<FactType> result(List<FactType> in) {
                boolean records =
                        in.get(0) instanceof FactType.ListOf list && list.element() instanceof FactType.RecordOf;
                return when(records && all(in.subList(1, in.size()), FactType.TEXT), FactType.DAYS);
            }
        },
        SETS("sets of days") {
            @Override
            Optional<FactType> result(List<FactType> in) {
                return when(all(in, FactType.DAYS), FactType.DAYS);
            }
        },
        SETS_TO_TRUTH("sets of days") {
            @Override
            Optional<FactType> result(List<FactType> in) {
                return when(all(in, FactType.DAYS), FactType.TRUTH);
            }
        },
        CONTAINS("a set of days and a day, or a list and a value") {
            @Override
            Optional<FactType> result(List<FactType> in) {
                boolean days = is(in, 0, FactType.DAYS) && is(in, 1, FactType.DAY);
                boolean list =
                        in.get(0) instanceof FactType.ListOf of && in.get(1).fits(of.element());
                return when(days || list, FactType.TRUTH);
            }
        },
        LIST_TO_TRUTH("a list, a set of days or a text") {
            @Override
            Optional<FactType> result(List<FactType> in) {
                return when(
                        in.get(0) instanceof FactType.ListOf || is(in, 0, FactType.DAYS) || is(in, 0, FactType.TEXT),
                        FactType.TRUTH);
            }
        },
        LIST_TO_NUMBER("a list") {
            @Override
            Optional<FactType> result(List<FactType> in) {
                return when(in.get(0) instanceof FactType.ListOf, FactType.NUMBER);
            }
        },
        NUMBERS("numbers") {
            @Override
            Optional<FactType> result(List<FactType> in) {
                return when(all(in, FactType.NUMBER), FactType.NUMBER);
            }
        },
        EQUALITY("two values of one type") {
            @Override
            Optional<FactType> result(List<FactType> in) {
                return when(in.get(0).fits(in.get(1)), FactType.TRUTH);
            }
        },
        TRUTHS("yes/no values") {
            @Override
            Optional<FactType> result(List<FactType> in) {
                return when(all(in, FactType.TRUTH), FactType.TRUTH);
            }
        },
        ELEMENTS_TO_TRUTH("a list and the name of a yes/no field") {
            @Override
            Optional<FactType> result(List<FactType> in) {
                return when(in.get(0) instanceof FactType.ListOf && is(in, 1, FactType.TEXT), FactType.TRUTH);
            }
        };

        private final String wants;

        Shape(String wants) {
            this.wants = wants;
        }

        abstract Optional<FactType> result(List<FactType> in);

        private static boolean is(List<FactType> in, int index, FactType type) {
            return in.get(index).fits(type);
        }

        private static boolean all(List<FactType> in, FactType type) {
            return in.stream().allMatch(each -> each.fits(type));
        }

        private static Optional<Map<String, FactType.Field>> fieldsOf(FactType type) {
            return type instanceof FactType.ListOf list && list.element() instanceof FactType.RecordOf fields
                    ? Optional.of(fields.fields())
                    : Optional.empty();
        }

        /** The text of a literal: its type is the one code it is. */
        private static Optional<String> named(FactType type) {
            return type instanceof FactType.Code code && code.codes().size() == 1
                    ? Optional.of(code.codes().get(0))
                    : Optional.empty();
        }

        private static Optional<FactType> when(boolean fits, FactType type) {
            return fits ? Optional.of(type) : Optional.empty();
        }

        /** Codes of all of them together, so that a choice between two codes has both. */
        private static FactType widest(List<FactType> in) {
            List<FactType> types =
                    in.stream().filter(type -> type != FactType.NOTHING).toList();
            if (types.isEmpty()) {
                return FactType.NOTHING;
            }
            if (types.stream().allMatch(FactType.Code.class::isInstance)) {
                var codes = new ArrayList<String>();
                types.forEach(type -> ((FactType.Code) type)
                        .codes().stream().filter(code -> !codes.contains(code)).forEach(codes::add));
                return new FactType.Code(List.copyOf(codes));
            }
            return types.get(0);
        }
    }
}
