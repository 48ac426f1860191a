package ismap.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("core")
class CsvTest {

    @Test
    void whatSeparatesCellsOrLinesIsQuoted() {
        assertThat(Csv.line(List.of("a", "b,c", "say \"x\"", "two\nlines", "")))
                .isEqualTo("a,\"b,c\",\"say \"\"x\"\"\",\"two\nlines\",\r\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "＝1", "=HYPERLINK(\"http://x\",\"y\")", "-1\n=2"})
    void whatASpreadsheetWouldCalculateIsAText(String formula) {
        assertThat(Csv.line(List.of(formula))).matches("(?s)\"?'.*");
    }

    @Test
    void aDayAndAnIdentifierStayAsTheyAre() {
        assertThat(Csv.line(List.of("2026-04-01", "S-1", "申請=1"))).isEqualTo("2026-04-01,S-1,申請=1\r\n");
    }
}
