package ismap.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import ismap.decision.Problem;
import ismap.evaluation.RecordQuery.Format;
import ismap.ledger.RecordFilter;
import ismap.ledger.RecordSearch;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Tag("core")
class RecordQueryTest {

    @Test
    void nothingGivenLeavesAllRecords() {
        RecordQuery query = RecordQuery.page(Map.of("decision", List.of(" "))).query();

        assertThat(query.filter()).isEqualTo(RecordFilter.NONE);
        assertThat(query.limit()).isEqualTo(RecordQuery.LIMIT);
        assertThat(query.before()).isEqualTo(RecordSearch.END);
    }

    @Test
    void aDayOfRecordingIsADayInJapanAndAnInstantIsAnInstant() {
        RecordFilter filter = read("recordedFrom", "2026-04-01", "recordedUntil", "2026-04-02T00:00:00 09:00")
                .query()
                .filter();

        assertThat(filter.recordedFrom()).contains(Instant.parse("2026-03-31T15:00:00Z"));
        assertThat(filter.recordedUntil()).contains(Instant.parse("2026-04-01T15:00:00Z"));
    }

    @Test
    void everyFilterIsRead() {
        RecordQuery query = read(
                        "decision", "small",
                        "outcome", "YES",
                        "rule", "R-1",
                        "clause", "basic-regulations 3.5",
                        "reference", "S-1",
                        "applicableFrom", "2026-01-01",
                        "applicableUntil", "2026-02-01",
                        "limit", "7",
                        "after", "99")
                .query();

        assertThat(query.filter().clause()).contains("basic-regulations 3.5");
        assertThat(query.filter().applicableUntil()).contains(LocalDate.of(2026, 2, 1));
        assertThat(query.limit()).isEqualTo(7);
        assertThat(query.before()).isEqualTo(99);
    }

    @Test
    void allMistakesComeBackAtOnce() {
        var read = RecordQuery.page(new TreeMap<>(Map.of(
                "applicableFrom", List.of("2026-02-30"),
                "recordedUntil", List.of("yesterday"),
                "clause", List.of("3.5"),
                "limit", List.of("0"),
                "after", List.of("-1"),
                "rule", List.of("R-1", "R-2"),
                "colour", List.of("red"))));

        assertThat(read.problems())
                .extracting(problem -> problem.places().get(0).toString() + " " + problem.code())
                .containsExactlyInAnyOrder(
                        "/query/applicableFrom WRONG_VALUE",
                        "/query/recordedUntil WRONG_VALUE",
                        "/query/clause WRONG_VALUE",
                        "/query/limit WRONG_VALUE",
                        "/query/after WRONG_VALUE",
                        "/query/rule PARAMETER_TWICE",
                        "/query/colour UNKNOWN_FIELD");
    }

    @ParameterizedTest
    @CsvSource({"2026-04-01,2026-04-01", "2026-04-02,2026-04-01"})
    void aPeriodThatDoesNotEndAfterItBeginsIsAMistake(String from, String until) {
        assertThat(read("applicableFrom", from, "applicableUntil", until).problems())
                .extracting(Problem::code)
                .containsExactly("PERIOD_EMPTY");
    }

    @ParameterizedTest
    @CsvSource({
        "recordedFrom,+999999999-12-31T23:59:59Z",
        "recordedFrom,0000-01-01",
        "applicableFrom,0000-01-01",
        "limit,501",
        "limit,٣",
        "after,99999999999999999999"
    })
    void whatNoDatabaseCanCompareIsAMistake(String name, String value) {
        assertThat(read(name, value).problems()).extracting(Problem::code).containsExactly("WRONG_VALUE");
    }

    @Test
    void anExportHasAFormatAndNoPages() {
        assertThat(RecordQuery.export(Map.of("format", List.of("CSV"))).query().format())
                .isEqualTo(Format.CSV);
        assertThat(RecordQuery.export(Map.of("format", List.of("pdf"), "limit", List.of("5")))
                        .problems())
                .extracting(Problem::code)
                .containsExactlyInAnyOrder("WRONG_VALUE", "UNKNOWN_FIELD");
    }

    private static RecordQuery.Read read(String... namesAndValues) {
        var parameters = new TreeMap<String, List<String>>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            parameters.put(namesAndValues[i], List.of(namesAndValues[i + 1]));
        }
        return RecordQuery.page(parameters);
    }
}
