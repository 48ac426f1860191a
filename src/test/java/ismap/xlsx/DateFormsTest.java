package ismap.xlsx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.LocalDate;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Forty forms of one day, 1 April 2024, and what only looks like one. */
@Tag("core")
class DateFormsTest {

    private static final LocalDate DAY = LocalDate.of(2024, 4, 1);

    private static Optional<LocalDate> fromOf(
            java.util.function.Consumer<org.apache.poi.xssf.usermodel.XSSFWorkbook> edit) {
        return Sample.read(Sample.with("licence.xlsx", edit))
                .rulebook()
                .map(rulebook -> java.util.Objects.requireNonNull(
                                rulebook.decisions().get("licence"))
                        .rules()
                        .get(0)
                        .rows()
                        .get(2)
                        .from());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2024-04-01",
                "2024-4-1",
                "２０２４－０４－０１",
                "2024−04−01",
                "2024‐04‐01",
                "2024–04–01",
                "2024ー04ー01",
                "2024/4/1",
                "2024/04/01",
                "２０２４／４／１",
                "2024.4.1",
                "2024年4月1日",
                "2024年04月01日",
                "２０２４年４月１日",
                " 2024 年 4 月 1 日　",
                "2024年4月1日（月）",
                "2024年4月1日 月曜日",
                "2024/4/1(月)",
                "令和6年4月1日",
                "令和６年４月１日",
                "令和 6年 4月 1日",
                "令和6年4月1日（月）",
                "㋿6年4月1日",
                "令和六年四月一日",
                "二〇二四年四月一日",
                "R6.4.1",
                "R6/4/1",
                "R06.04.01",
                "Ｒ６．４．１",
                "r6.4.1",
                "R6年4月1日",
                "令和6.4.1",
                "2024-04-01\u200B",
                "\uFEFF2024-04-01"
            })
    void writtenAsText(String text) {
        assertThat(fromOf(Bad.set("BR-1!B15", text))).contains(DAY);
    }

    @ParameterizedTest
    @ValueSource(ints = {14, 15, 22, 27, 28, 29, 30, 31, 36, 50, 51, 54, 57, 58})
    void asADateCellWithABuiltInFormat(int format) {
        assertThat(fromOf(Bad.formatted("BR-1!B15", Bad.serial(DAY), format))).contains(DAY);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "yyyy-mm-dd",
                "yyyy/m/d",
                "yyyy\"年\"m\"月\"d\"日\"",
                "[$-411]ggge\"年\"m\"月\"d\"日\";@",
                "[$-1030411]ggge\\年m\\月d\\日;@",
                "[$-411]ge.m.d;@",
                "[$-411]yyyy/m/d(aaa)",
                "[$-ja-JP-x-gannen]ggge\"年\"m\"月\"d\"日\";@",
                "[$-F800]dddd, mmmm dd, yyyy",
                "m/d/yyyy",
                "d-mmm-yy",
                "[Red]yyyy/mm/dd",
                "yyyy/m/d h:mm"
            })
    void asADateCellWithACustomFormat(String format) {
        assertThat(fromOf(Bad.formatted("BR-1!B15", Bad.serial(DAY), format))).contains(DAY);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "General",
                "0",
                "#,##0",
                "0.00E+00",
                "#,##0\"日\"",
                "@",
                "0%",
                "G/標準",
                "[h]:mm",
                "h:mm AM/PM",
                "_ * #,##0_ ;"
            })
    void aNumberWithAnotherFormatIsNoDate(String format) {
        assertThat(fromOf(Bad.formatted("BR-1!B15", Bad.serial(DAY), format))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "令和元年5月1日, 2019-05-01",
        "令和1年5月1日, 2019-05-01",
        "平成31年4月30日, 2019-04-30",
        "平成元年1月8日, 1989-01-08",
        "昭和64年1月7日, 1989-01-07",
        "H31.4.30, 2019-04-30",
        "R元.5.1, 2019-05-01",
        "令和十二年十二月三十一日, 2030-12-31",
        "2024-02-29, 2024-02-29"
    })
    void erasBeginAndEndOnTheirDays(String text, LocalDate day) throws Exception {
        assertThat(WrittenDates.read(text)).contains(day);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "令和6年2月30日",
                "平成31年5月1日",
                "平成36年4月1日",
                "令和0年4月1日",
                "昭和64年1月8日",
                "2023-02-29",
                "2024-13-01",
                "2024年4月1日（火）"
            })
    void whatIsNoDayOfTheCalendarIsRefused(String text) {
        assertThatThrownBy(() -> WrittenDates.read(text)).isInstanceOf(WrittenDates.NoSuchDay.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "4/1/2024",
                "1-Apr-24",
                "24/4/1",
                "20240401",
                "2024年4月",
                "4月1日",
                "2024-04/01",
                "令和6年度",
                "45383",
                "2024-04-01T00:00:00",
                "月",
                "日"
            })
    void whatIsWrittenOtherwiseIsNotGuessed(String text) throws Exception {
        assertThat(WrittenDates.read(text)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "< 令和3年6月4日;< 2021-06-04",
                "[2022年11月1日..令和7年3月31日];[2022-11-01..2025-03-31]",
                ">= R3.6.4;>= 2021-06-04",
                "2021/6/4以上;2021-06-04以上",
                "[2022-11-01..2025-03-31];[2022-11-01..2025-03-31]",
                "startDay;startDay",
                "not(2021.6.4);not(2021-06-04)"
            })
    void daysInsideAConditionAreFound(String condition, String iso) throws Exception {
        assertThat(WrittenDates.withIsoDays(condition)).isEqualTo(iso);
    }

    @Test
    void furiganaIsNoPartOfACellsText() {
        byte[] workbook = Bad.part(Sample.bytesOf("vocabulary.xlsx"), "xl/sharedStrings.xml", xml -> {
            assertThat(xml).contains("制度区分</t>");
            return xml.replace("制度区分</t>", "制度区分</t><rPh sb=\"0\" eb=\"4\"><t>セイドクブン</t></rPh>");
        });

        assertThat(Sample.read(Sample.with("vocabulary.xlsx", workbook)).rulebook())
                .isPresent()
                .isEqualTo(Sample.read(Sample.files()).rulebook());
    }

    @Test
    void circledNumbersStayInTextsAndFullWidthLettersGoFromCodes() {
        assertThat(Characters.prose("①号　の㈱Ａ ")).isEqualTo("①号　の㈱Ａ");
        assertThat(Characters.code("ＢＲ－３．５　Ａ")).isEqualTo("BR-3.5 A");
    }
}
