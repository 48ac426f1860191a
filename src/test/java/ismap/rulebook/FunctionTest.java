package ismap.rulebook;

import static org.assertj.core.api.Assertions.assertThat;

import ismap.decision.DaySet;
import ismap.decision.Value;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

@Tag("core")
class FunctionTest {

    private static final int ROUNDS = 3_000;
    private static final LocalDate BASE = LocalDate.of(2024, 2, 27);

    /**
     * What is certain of a result stays so whatever the unknown arguments turn out to be. `firstKnown` is the one that looks at whether
     * something is known, and says so.
     */
    @ParameterizedTest
    @EnumSource(
            value = Function.class,
            mode = Mode.EXCLUDE,
            names = {"FIRST_KNOWN", "HAPPENED"})
    void knowingMoreNeverContradicts(Function function) {
        Random random = new Random(function.ordinal());
        int compared = 0;
        for (int round = 0; round < ROUNDS; round++) {
            List<Kind> kinds = Kind.of(function, random);
            var known = new ArrayList<Value>();
            var partly = new ArrayList<Value>();
            for (Kind kind : kinds) {
                Value value = kind.random(random);
                known.add(value);
                partly.add(kind != Kind.FIELD && random.nextInt(3) == 0 ? kind.forget(value, random) : value);
            }
            Value before = function.apply(partly);
            Value after = function.apply(known);
            assertThat(allows(before, after))
                    .as("%s%s yields %s, and %s yields %s", function.text(), partly, before, known, after)
                    .isTrue();
            compared += before.isKnown() || before.isNone() ? 1 : 0;
        }
        assertThat(compared).as("some results must have been certain").isPositive();
    }

    /** Whether {@code after} may be what {@code before} turns out to be. */
    private static boolean allows(Value before, Value after) {
        if (before == Value.UNKNOWN) {
            return true;
        }
        if (before instanceof Value.Range range) {
            BigDecimal number = ((Value.Number) after).value();
            BigDecimal low = range.low();
            BigDecimal high = range.high();
            return (low == null || low.compareTo(number) <= 0) && (high == null || number.compareTo(high) <= 0);
        }
        if (before instanceof Value.Days days && after instanceof Value.Days then) {
            return then.certain().covers(days.certain()) && days.possible().covers(then.possible());
        }
        return before.equals(after);
    }

    private enum Kind {
        DAY,
        DAYS,
        NUMBER,
        MONTHS,
        TRUTH,
        CODE,
        CODES,
        NUMBERS,
        TRUTHS,
        RECORDS,
        NAME,
        FIELD;

        static List<Kind> of(Function function, Random random) {
            int several = 1 + random.nextInt(3);
            return switch (function) {
                case FIRST_KNOWN, OR_ELSE -> List.of(DAY, DAY);
                case CHOOSE -> List.of(TRUTH, DAY, DAY);
                case HAPPENED -> List.of(CODE, DAY, DAY, CODES);
                case PERIOD_END, PLUS_DAYS -> List.of(DAY, MONTHS);
                case EARLIEST, LATEST -> java.util.Collections.nCopies(several, DAY);
                case COMPARE -> random.nextBoolean() ? List.of(DAY, DAY) : List.of(NUMBER, NUMBER);
                case POSITION -> List.of(DAY, DAYS);
                case PERIOD -> List.of(DAY, DAY);
                case SINCE, UP_TO -> List.of(DAY);
                case PERIODS -> List.of(RECORDS);
                case UNION, COMMON -> java.util.Collections.nCopies(several, DAYS);
                case MINUS, COVERS, MEETS -> List.of(DAYS, DAYS);
                case CONTAINS -> random.nextBoolean() ? List.of(DAYS, DAY) : List.of(CODES, CODE);
                case DAYS_BETWEEN -> List.of(DAY, DAY);
                case FIELDS, HAVING -> List.of(RECORDS, FIELD);
                case JOINED -> List.of(RECORDS, RECORDS, FIELD);
                case HAS_FORM -> List.of(NAME, FIELD, FIELD);
                case SELECT -> List.of(RECORDS, FIELD, NAME);
                case IS_EMPTY -> List.of(random.nextBoolean() ? CODES : DAYS);
                case COUNT -> List.of(RECORDS);
                case HIGHEST, LOWEST -> List.of(NUMBERS);
                case SUM -> java.util.Collections.nCopies(several, NUMBER);
                case EQUAL -> List.of(CODE, CODE);
                case NOT -> List.of(TRUTH);
                case ANY, ALL -> java.util.Collections.nCopies(several, TRUTH);
                case SOME_OF, EVERY_OF -> List.of(TRUTHS, FIELD);
            };
        }

        Value random(Random random) {
            if (this != FIELD && this != MONTHS && random.nextInt(6) == 0) {
                return Value.NONE;
            }
            return switch (this) {
                case DAY -> Value.of(BASE.plusDays(random.nextInt(9)));
                case DAYS ->
                    Value.Days.known(DaySet.of(BASE.plusDays(random.nextInt(6)), BASE.plusDays(random.nextInt(9)))
                            .union(random.nextBoolean() ? DaySet.EMPTY : DaySet.of(BASE.plusDays(5), DaySet.LAST)));
                case NUMBER -> Value.of(random.nextInt(7) - 3);
                case MONTHS -> Value.of(random.nextInt(20));
                case TRUTH -> Value.of(random.nextBoolean());
                case CODE, NAME -> Value.of(List.of("A", "B", "C").get(random.nextInt(3)));
                case CODES -> list(random, CODE);
                case NUMBERS -> list(random, NUMBER);
                case TRUTHS -> list(random, TRUTH);
                case RECORDS -> list(random, RECORDS);
                case FIELD -> Value.of("name");
            };
        }

        private static Value list(Random random, Kind element) {
            var values = new ArrayList<Value>();
            for (int i = random.nextInt(4); i > 0; i--) {
                if (element == RECORDS) {
                    LocalDate from = BASE.plusDays(random.nextInt(6));
                    values.add(new Value.Element(Map.of(
                            "name", Value.of(random.nextBoolean() ? "A" : "B"),
                            "from", Value.of(from),
                            "to", random.nextBoolean() ? Value.NONE : Value.of(from.plusDays(random.nextInt(4))))));
                } else {
                    values.add(Optional.of(element.random(random))
                            .filter(Value::isKnown)
                            .orElseGet(() ->
                                    element == CODE ? Value.of("A") : element == TRUTH ? Value.of(true) : Value.of(0)));
                }
            }
            return new Value.Elements(values);
        }

        /** Less than {@code value}: unknown, or known in part. */
        Value forget(Value value, Random random) {
            if (value instanceof Value.Days days && random.nextBoolean()) {
                DaySet doubtful = DaySet.of(BASE.plusDays(random.nextInt(9)), BASE.plusDays(random.nextInt(12)));
                return new Value.Days(
                        days.certain().minus(doubtful), days.possible().union(doubtful));
            }
            if (this == NUMBER && value instanceof Value.Number number && random.nextBoolean()) {
                return Value.Range.between(
                        number.value().subtract(BigDecimal.valueOf(random.nextInt(3))),
                        number.value().add(BigDecimal.ONE));
            }
            return Value.UNKNOWN;
        }
    }

    @ParameterizedTest
    @CsvSource({
        "2022-07-31, 2022-08-01, BEFORE",
        "2022-08-01, 2022-08-01, SAME",
        "2022-08-02, 2022-08-01, AFTER",
    })
    void daysCompareByTheCalendar(LocalDate one, LocalDate other, String order) {
        assertThat(Function.COMPARE.apply(List.of(Value.of(one), Value.of(other))))
                .isEqualTo(Value.of(order));
    }

    @ParameterizedTest
    @CsvSource({
        "5.1.1, true",
        "6.3.1.P, true",
        "10.1.2.20, true",
        "10.1.2.20.P, true",
        "9.4.2.2.B, true",
        "9.4.2.2.PB, true",
        "5.1, false",
        "5.1.1.1.1, false",
        "5.1.1.1., false",
        "5.1.1.B, false",
        "5.1.1.1.BP, false",
        "5..1.1, false",
        "'', false",
        "５.1.1, false",
        "5.1.1.1.P B, false",
    })
    void aFormStandsForEveryIdentifierWrittenSo(String id, boolean written) {
        List<Value> in = new ArrayList<>(List.of(Value.of(id)));
        List.of("#.#.#", "#.#.#.P", "#.#.#.#", "#.#.#.#.P", "#.#.#.#.B", "#.#.#.#.PB")
                .forEach(form -> in.add(Value.of(form)));

        assertThat(Function.HAS_FORM.apply(in)).isEqualTo(Value.of(written));
    }

    @Test
    void joinedListsKeepWhatHasNoPartnerOnEitherSide() {
        Value register = new Value.Elements(List.of(entry("id", "1", "level", "A"), entry("id", "2", "level", "B")));
        Value given = new Value.Elements(
                List.of(entry("id", "3", "reason", "x"), entry("id", "2", "reason", "y"), entry("id", "2")));

        assertThat(Function.JOINED.apply(List.of(register, given, Value.of("id"))))
                .isEqualTo(new Value.Elements(List.of(
                        entry("id", "1", "level", "A"),
                        entry("id", "2", "level", "B", "reason", "y"),
                        entry("id", "2", "level", "B"),
                        entry("id", "3", "reason", "x"))));
    }

    private static Value entry(String... pairs) {
        var fields = new java.util.HashMap<String, Value>();
        for (int i = 0; i < pairs.length; i += 2) {
            fields.put(pairs[i], Value.of(pairs[i + 1]));
        }
        return new Value.Element(fields);
    }
}
