package ismap.xlsx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ismap.decision.Characters;
import ismap.decision.Problem;
import ismap.decision.WrittenDates;
import ismap.rulebook.FactType;
import ismap.rulebook.UnaryTest;
import ismap.rulebook.UnaryTests;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.apache.poi.xssf.usermodel.XSSFCell;
import org.apache.poi.xssf.usermodel.XSSFCellStyle;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Hundreds of forms of one day, 1 April 2024: each is that day, or a problem, and never another day. */
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

    private interface Form {
        void write(XSSFCell cell);
    }

    /** What becomes of each form in a cell for a day: the day that was read, or the codes of the problems. */
    private static Map<String, String> read(Map<String, Form> forms) {
        byte[] workbook = Sample.edited(Sample.bytesOf("clauses.xlsx"), book -> {
            int row = 2;
            for (Map.Entry<String, Form> form : forms.entrySet()) {
                Bad.at(book, "Documents!A" + ++row).setCellValue("document-" + row);
                form.getValue().write(Bad.at(book, "Documents!D" + row));
            }
        });
        Grid grid = OpenedWorkbook.of("clauses.xlsx", workbook, Limits.DEFAULT)
                .sheet("Documents")
                .orElseThrow();
        Problems problems = new Problems();
        var days = new ArrayList<Optional<LocalDate>>();
        for (Entry entry : Body.ofList(grid, ListLayout.DOCUMENTS, problems).entries()) {
            days.add(entry.day("edition"));
        }
        var outcomes = new LinkedHashMap<String, String>();
        forms.keySet().forEach(form -> {
            int row = outcomes.size() + 3;
            String wrong = problems.inSheetOrder().stream()
                    .filter(problem -> problem.isError()
                            && problem.places().get(0).toString().endsWith("!D" + row))
                    .map(Problem::code)
                    .collect(Collectors.joining("+"));
            Optional<LocalDate> day = days.get(row - 3);
            assertThat(day.isPresent())
                    .as("%s is either a day or a problem", form)
                    .isEqualTo(wrong.isEmpty());
            outcomes.put(form, day.map(LocalDate::toString).orElse(wrong));
        });
        return outcomes;
    }

    private static String inCondition(String form) {
        try {
            UnaryTest test = new UnaryTests(FactType.DAY, Set.of()).read(">= " + WrittenDates.withIsoDays(form));
            return UnaryTests.write(test).replace(">= ", "");
        } catch (WrittenDates.NoSuchDay | UnaryTests.Unreadable refused) {
            return "PROBLEM";
        }
    }

    @Test
    void everyFormIsTheSameDayOrAProblemAndNeverAnotherDay() {
        var forms = new LinkedHashMap<String, Form>();
        DateForms.typed().forEach(text -> forms.put("typed " + text, cell -> cell.setCellValue(text)));
        DateForms.builtIn()
                .forEach(id ->
                        forms.put("built-in format " + id, cell -> dated(cell, 0, style -> style.setDataFormat(id))));
        DateForms.formats().forEach(format -> {
            forms.put("format " + format, cell -> dated(cell, 0, style -> format(style, cell, format)));
            forms.put("at noon, format " + format, cell -> dated(cell, 0.5, style -> format(style, cell, format)));
        });
        Map<String, String> outcomes = new LinkedHashMap<>(read(forms));
        DateForms.typed().forEach(text -> outcomes.put("in a condition " + text, inCondition(text)));

        long same = outcomes.values().stream().filter(DAY.toString()::equals).count();
        System.out.printf(
                "%d forms of one day: %d read as it, %d are problems%n", outcomes.size(), same, outcomes.size() - same);
        assertThat(outcomes).hasSizeGreaterThan(600);
        assertThat(same).isGreaterThan(250);
        outcomes.forEach((form, outcome) ->
                assertThat(outcome).as(form).matches(form.startsWith("at noon") ? "[A-Z_+]+" : DAY + "|[A-Z_+]+"));
    }

    private static void dated(XSSFCell cell, double time, Consumer<XSSFCellStyle> look) {
        XSSFCellStyle style = cell.getSheet().getWorkbook().createCellStyle();
        look.accept(style);
        cell.setCellValue(Bad.serial(DAY) + time);
        cell.setCellStyle(style);
    }

    private static void format(XSSFCellStyle style, XSSFCell cell, String format) {
        style.setDataFormat(cell.getSheet().getWorkbook().createDataFormat().getFormat(format));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2024-04-01 (R6.4.1)",
                "令和6年4月1日（2024年4月1日）",
                "令和6年（2024年）4月1日",
                "令和6年(2024)4月1日",
                "2024年（令和6年）4月1日",
                "二〇二四年（令和六年）四月一日"
            })
    void aDayInBothCalendarsIsRead(String text) throws Exception {
        assertThat(WrittenDates.read(text)).contains(DAY);
    }

    @ParameterizedTest
    @ValueSource(strings = {"2024-04-01 (R5.4.1)", "令和6年（2025年）4月1日", "2024年（平成35年）4月1日"})
    void calendarsThatDisagreeAreRefused(String text) {
        assertThatThrownBy(() -> WrittenDates.read(text)).isInstanceOf(WrittenDates.NoSuchDay.class);
    }
}
