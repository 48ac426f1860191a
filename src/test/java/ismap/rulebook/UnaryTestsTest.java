package ismap.rulebook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ismap.decision.Value;
import ismap.rulebook.UnaryTest.Verdict;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("core")
class UnaryTestsTest {

    private static final FactType MODEL = new FactType.Code(List.of("IAAS", "PAAS", "SAAS"));

    @ParameterizedTest
    @CsvSource({
        "'>= 16', 16, YES",
        "'>= 16', 15, NO",
        "'16以上', 16, YES",
        "'１６以上', 15, NO",
        "'16超', 16, NO",
        "'16未満', 15, YES",
        "'≧16', 16, YES",
        "'≦16', 17, NO",
        "'[1..3]', 3, YES",
        "'[1..3)', 3, NO",
        "'(1..3]', 1, NO",
        "'[1..]', 99, YES",
        "'1, 3', 3, YES",
        "'1, 3', 2, NO",
        "'not(2)', 3, YES",
        "'!= 2', 2, NO",
        "'-', 7, YES",
        "'', 7, YES",
        "'given', 7, YES",
        "'1,000', 1, YES",
        "'16.0', 16, YES",
    })
    void numbersAreReadAsStaffWriteThem(String cell, BigDecimal number, Verdict verdict) throws UnaryTests.Unreadable {
        assertThat(new UnaryTests(FactType.NUMBER, Set.of()).read(cell).on(new Value.Number(number)))
                .isEqualTo(verdict);
    }

    @ParameterizedTest
    @ValueSource(strings = {"IAAS", "IAAS, PAAS", "not(SAAS)", "given"})
    void whatIsUnknownOrNonePassesNoOrdinaryTest(String cell) throws UnaryTests.Unreadable {
        UnaryTest test = new UnaryTests(MODEL, Set.of()).read(cell);
        assertThat(test.on(Value.UNKNOWN)).isEqualTo(Verdict.OPEN);
        assertThat(test.on(Value.NONE)).isEqualTo(Verdict.NO);
    }

    @Test
    void missingIsOnlyTheUnknownAndNoneOnlyTheNone() {
        assertThat(UnaryTest.MISSING.matches(Value.UNKNOWN)).isTrue();
        assertThat(UnaryTest.MISSING.matches(Value.NONE)).isFalse();
        assertThat(UnaryTest.NONE.matches(Value.NONE)).isTrue();
        assertThat(UnaryTest.NONE.matches(Value.UNKNOWN)).isFalse();
    }

    @Test
    void aSumKnownInPartDecidesWhatItCan() throws UnaryTests.Unreadable {
        UnaryTest test = new UnaryTests(FactType.NUMBER, Set.of()).read(">= 10");
        assertThat(test.on(Value.Range.between(BigDecimal.valueOf(12), BigDecimal.valueOf(20))))
                .isEqualTo(Verdict.YES);
        assertThat(test.on(Value.Range.between(BigDecimal.valueOf(2), BigDecimal.valueOf(20))))
                .isEqualTo(Verdict.OPEN);
        assertThat(test.on(Value.Range.between(BigDecimal.valueOf(2), BigDecimal.valueOf(9))))
                .isEqualTo(Verdict.NO);
    }

    @ParameterizedTest
    @ValueSource(strings = {"5五", "sixteen", ">=", "[1...3]", "1 2", "2024-01-01"})
    void whatIsNoNumberIsRefused(String cell) {
        assertThatThrownBy(() -> new UnaryTests(FactType.NUMBER, Set.of()).read(cell))
                .isInstanceOf(UnaryTests.Unreadable.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"2021-02-30", "2021/06/04", "20210604", "yesterday"})
    void whatIsNoDayIsRefused(String cell) {
        assertThatThrownBy(() -> new UnaryTests(FactType.DAY, Set.of()).read(cell))
                .isInstanceOf(UnaryTests.Unreadable.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"-", "missing", "none", "given", "IAAS", "IAAS, PAAS", "not(SAAS)", "none, IAAS"})
    void aWrittenTestReadsBackAsItself(String cell) throws UnaryTests.Unreadable {
        UnaryTests tests = new UnaryTests(MODEL, Set.of());
        UnaryTest test = tests.read(cell);
        assertThat(tests.read(UnaryTests.write(test))).isEqualTo(test);
    }

    @Test
    void daysCompareAsDays() throws UnaryTests.Unreadable {
        UnaryTest test = new UnaryTests(FactType.DAY, Set.of()).read("< 2021-06-04");
        assertThat(test.matches(Value.of(LocalDate.of(2021, 6, 3)))).isTrue();
        assertThat(test.matches(Value.of(LocalDate.of(2021, 6, 4)))).isFalse();
    }

    @Test
    void aParameterMayStandForANumber() throws UnaryTests.Unreadable {
        UnaryTest test = new UnaryTests(FactType.NUMBER, Set.of("threshold")).read(">= threshold");
        assertThat(test).isEqualTo(new UnaryTest.Against(UnaryTest.Operator.AT_LEAST, "threshold"));
    }
}
