package ismap.traceability;

import static org.assertj.core.api.Assertions.assertThat;

import ismap.Shipped;
import ismap.TinyRulebook;
import ismap.decision.Bilingual;
import ismap.decision.Value;
import ismap.rulebook.Rulebook;
import ismap.rulebook.Table;
import ismap.rulebook.UnaryTest;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Tests as people read them. */
@Tag("core")
class WordsTest {

    private final Words words = new Words(TinyRulebook.rulebook());

    private static Bilingual of(String ja, String en) {
        return new Bilingual(ja, en);
    }

    @Test
    void boundsOfNumbersAndOfDaysHaveTheirOwnWords() {
        var sixteen = Value.of(16);
        var day = Value.of(LocalDate.of(2021, 6, 4));
        assertThat(words.test("months", UnaryTest.Operator.AT_LEAST.test(sixteen)))
                .isEqualTo(of("16以上", "at least 16"));
        assertThat(words.test("filedAt", UnaryTest.Operator.LESS.test(day)))
                .isEqualTo(of("2021年6月4日より前", "before 4 June 2021"));
        assertThat(words.test("months", new UnaryTest.Interval(Value.of(1), true, Value.of(3), false)))
                .isEqualTo(of("1以上、3未満", "at least 1 and less than 3"));
    }

    @Test
    void whatMayBeAnythingIsBlank() {
        assertThat(words.test("kind", UnaryTest.ANY).isBlank()).isTrue();
    }

    @Test
    void codesComeWithTheirLabels() {
        var shipped = new Words(Shipped.checked().rulebook().orElseThrow());
        var test = new UnaryTest.AnyOf(List.of(UnaryTest.NONE, new UnaryTest.OneOf(List.of(Value.of("PENDING")))));
        assertThat(shipped.test("renewalDecision", test).ja()).startsWith("なし、").endsWith("（PENDING）");
        assertThat(shipped.test("renewalDecision", new UnaryTest.Not(test)).en())
                .startsWith("other than none or ");
    }

    @Test
    void theLastDayIsShownIncluded() {
        LocalDate from = LocalDate.of(2022, 11, 1);
        assertThat(Words.days(from, LocalDate.of(2025, 4, 1)))
                .isEqualTo(of("2022年11月1日から2025年3月31日まで", "1 November 2022 to 31 March 2025"));
        assertThat(Words.days(from, Table.FOREVER)).isEqualTo(of("2022年11月1日から", "from 1 November 2022"));
        assertThat(Words.days(Table.ALWAYS, Table.FOREVER).isBlank()).isTrue();
    }

    /** Whoever reads a page reads words; the machine's name shows only where a sheet has nothing else. */
    @Test
    void everyColumnOfTheShippedRulebookHasANameInBothLanguages() {
        Rulebook rulebook = Shipped.checked().rulebook().orElseThrow();
        var shipped = new Words(rulebook);
        rulebook.decisions().values().stream()
                .flatMap(decision -> decision.rules().stream())
                .flatMap(table -> table.columns().stream())
                .distinct()
                .forEach(column -> assertThat(shipped.name(column)).as(column).satisfies(name -> {
                    assertThat(name.ja()).isNotBlank().isNotEqualTo(column);
                    assertThat(name.en()).isNotBlank();
                }));
    }
}
