package ismap.drools;

import ismap.decision.Value;
import ismap.drools.Column.Kind;
import ismap.drools.Column.Part;
import ismap.drools.Column.State;
import ismap.rulebook.UnaryTest;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * What {@link UnaryTest#on} says, as conditions on the fields of a printed fact: once for YES and once for NO, of which the exact
 * opposite is "may match". Nothing here is compared with a field that holds no value without asking for its state first.
 */
final class Constraints {

    private final Column column;
    private final Wording wording;

    Constraints(Column column, Wording wording) {
        this.column = column;
        this.wording = wording;
    }

    /** Where the test says YES. */
    Formula matches(UnaryTest test) {
        return yes(test).given(column.states());
    }

    /** Where the test does not say NO. */
    Formula mayMatch(UnaryTest test) {
        return no(test).negated().given(column.states());
    }

    /** The kind of the constants in {@code tests}. */
    static Kind kindOf(Stream<UnaryTest> tests, String column) {
        List<Kind> kinds = tests.flatMap(Constraints::constants)
                .map(Constraints::kindOf)
                .distinct()
                .toList();
        if (kinds.size() > 1) {
            throw new IllegalArgumentException("column %s is tested as %s at once".formatted(column, kinds));
        }
        return kinds.isEmpty() ? Kind.BARE : kinds.get(0);
    }

    private static Stream<Value> constants(UnaryTest test) {
        if (test instanceof UnaryTest.OneOf oneOf) {
            return oneOf.constants().stream();
        }
        if (test instanceof UnaryTest.Interval interval) {
            return Stream.of(interval.low(), interval.high())
                    .flatMap(bound -> bound == null ? Stream.<Value>empty() : Stream.of(bound));
        }
        if (test instanceof UnaryTest.Not not) {
            return constants(not.test());
        }
        return test instanceof UnaryTest.AnyOf anyOf
                ? anyOf.tests().stream().flatMap(Constraints::constants)
                : Stream.empty();
    }

    private static Kind kindOf(Value constant) {
        if (constant instanceof Value.Text) {
            return Kind.TEXT;
        }
        if (constant instanceof Value.Truth) {
            return Kind.TRUTH;
        }
        if (constant instanceof Value.Day) {
            return Kind.DAY;
        }
        if (constant instanceof Value.Number) {
            return Kind.NUMBER;
        }
        throw new IllegalArgumentException("no test compares with %s".formatted(constant));
    }

    private Formula yes(UnaryTest test) {
        if (test instanceof UnaryTest.Any) {
            return Formula.ALWAYS;
        }
        if (test instanceof UnaryTest.Missing) {
            return Formula.In.of(State.UNKNOWN, State.PARTLY);
        }
        if (test instanceof UnaryTest.IsNone) {
            return Formula.In.of(State.NONE);
        }
        if (test instanceof UnaryTest.Given) {
            return Formula.In.of(State.KNOWN);
        }
        if (test instanceof UnaryTest.OneOf oneOf) {
            return equalsOne(oneOf);
        }
        if (test instanceof UnaryTest.Interval interval) {
            return within(interval);
        }
        if (test instanceof UnaryTest.Not not) {
            return new Formula.All(List.of(Formula.In.of(State.KNOWN, State.PARTLY), no(not.test())));
        }
        if (test instanceof UnaryTest.AnyOf anyOf) {
            return new Formula.Some(anyOf.tests().stream().map(this::yes).toList());
        }
        throw new IllegalArgumentException("the plan left %s in place".formatted(test));
    }

    private Formula no(UnaryTest test) {
        if (test instanceof UnaryTest.Any) {
            return Formula.NEVER;
        }
        if (test instanceof UnaryTest.Missing) {
            return Formula.In.of(State.KNOWN, State.NONE);
        }
        if (test instanceof UnaryTest.IsNone) {
            return Formula.In.of(State.KNOWN, State.PARTLY);
        }
        if (test instanceof UnaryTest.Given) {
            return Formula.In.of(State.NONE);
        }
        if (test instanceof UnaryTest.OneOf oneOf) {
            return mayEqualOne(oneOf).negated();
        }
        if (test instanceof UnaryTest.Interval interval) {
            return mayBeWithin(interval).negated();
        }
        if (test instanceof UnaryTest.Not not) {
            return new Formula.Some(List.of(
                    Formula.In.of(State.NONE),
                    new Formula.All(List.of(Formula.In.of(State.KNOWN, State.PARTLY), yes(not.test())))));
        }
        if (test instanceof UnaryTest.AnyOf anyOf) {
            return new Formula.All(anyOf.tests().stream().map(this::no).toList());
        }
        throw new IllegalArgumentException("the plan left %s in place".formatted(test));
    }

    private Formula equalsOne(UnaryTest.OneOf test) {
        if (test.constants().isEmpty()) {
            return Formula.NEVER;
        }
        String field = column.field(Part.VALUE);
        Formula equal = new Formula.Comparison(
                test.constants().stream()
                        .map(constant -> field + " == " + written(constant))
                        .toList(),
                test.constants().stream()
                        .map(constant -> field + " != " + written(constant))
                        .toList());
        return switch (column.kind()) {
            case TEXT, TRUTH, BARE -> equal;
            case DAY, NUMBER -> new Formula.All(List.of(Formula.In.of(State.KNOWN), equal));
        };
    }

    private Formula mayEqualOne(UnaryTest.OneOf test) {
        Formula partly = switch (column.kind()) {
            case NUMBER ->
                new Formula.All(List.of(
                        Formula.In.of(State.PARTLY),
                        new Formula.Some(test.constants().stream()
                                .map(constant -> mayBeWithin(new UnaryTest.Interval(constant, true, constant, true)))
                                .toList())));
            case TEXT, TRUTH, DAY -> Formula.In.of(State.PARTLY);
            case BARE -> Formula.NEVER;
        };
        return new Formula.Some(List.of(Formula.In.of(State.UNKNOWN), partly, equalsOne(test)));
    }

    /** A number known in part is within where all that it may be is. */
    private Formula within(UnaryTest.Interval interval) {
        var parts = new ArrayList<Formula>();
        Value low = interval.low();
        Value high = interval.high();
        if (column.kind() != Kind.NUMBER || (low == null && high == null)) {
            parts.add(Formula.In.of(State.KNOWN, State.PARTLY));
        }
        if (low != null) {
            parts.addAll(bounded(Part.LEAST, interval.lowIncluded() ? ">=" : ">", low));
        }
        if (high != null) {
            parts.addAll(bounded(Part.MOST, interval.highIncluded() ? "<=" : "<", high));
        }
        return new Formula.All(parts);
    }

    /** A number known in part may be within where something that it may be is. */
    private Formula mayBeWithin(UnaryTest.Interval interval) {
        var parts = new ArrayList<List<Formula>>();
        Value low = interval.low();
        Value high = interval.high();
        if (low != null) {
            parts.add(bounded(Part.MOST, interval.lowIncluded() ? "<" : "<=", low));
        }
        if (high != null) {
            parts.add(bounded(Part.LEAST, interval.highIncluded() ? ">" : ">=", high));
        }
        Formula beyond =
                new Formula.Some(parts.stream().<Formula>map(Formula.All::new).toList());
        return new Formula.All(List.of(
                Formula.In.of(State.KNOWN, State.PARTLY, State.UNKNOWN),
                new Formula.Some(List.of(Formula.In.of(State.UNKNOWN), beyond.negated()))));
    }

    /** The comparison of an end of what the column may be; an end that is not known passes no comparison. */
    private List<Formula> bounded(Part end, String operator, Value constant) {
        if (column.kind() == Kind.DAY) {
            return List.of(comparison(column.field(Part.VALUE), operator, constant));
        }
        String field = column.field(end);
        return List.of(
                new Formula.Comparison(List.of(field + " != null"), List.of(field + " == null")),
                comparison(field, operator, constant));
    }

    private Formula comparison(String field, String operator, Value constant) {
        return new Formula.Comparison(
                List.of(field + " " + operator + " " + written(constant)),
                List.of(field + " " + opposite(operator) + " " + written(constant)));
    }

    private static String opposite(String operator) {
        return switch (operator) {
            case "<" -> ">=";
            case "<=" -> ">";
            case ">" -> "<=";
            case ">=" -> "<";
            default -> throw new IllegalArgumentException(operator);
        };
    }

    private String written(Value constant) {
        if (constant instanceof Value.Text text) {
            return "\"" + wording.text(text.text()) + "\"";
        }
        if (constant instanceof Value.Truth truth) {
            return "\"" + truth + "\"";
        }
        return constant instanceof Value.Day day ? day(day.date()) + "L" : ((Value.Number) constant) + "B";
    }

    /** A day as a number that reads as one, 20210604; in the order of days. */
    static long day(LocalDate day) {
        return day.getYear() * 10_000L + day.getMonthValue() * 100L + day.getDayOfMonth();
    }
}
