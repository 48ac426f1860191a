package ismap.cli;

import ismap.regression.Coverage;
import ismap.regression.Mismatch;
import ismap.regression.Scenario;
import ismap.regression.ScenarioResult;
import java.util.List;
import java.util.Locale;

/** How the scenarios went, as text and as JUnit XML. */
final class TestReports {

    /** @param nanos the time that the scenario took */
    record Timed(ScenarioResult result, long nanos) {}

    /** One decision. */
    record Suite(Coverage coverage, List<Timed> results) {
        long failures() {
            return results.stream().filter(timed -> !timed.result().holds()).count();
        }

        String seconds() {
            return TestReports.seconds(results.stream().mapToLong(Timed::nanos).sum());
        }
    }

    /** More than these are counted and not listed. */
    private static final int LISTED = 40;

    private TestReports() {}

    static String text(List<Suite> suites) {
        var text = new StringBuilder();
        for (Suite suite : suites) {
            Coverage coverage = suite.coverage();
            text.append(
                    "%s: %d scenarios, %d fail · rules %d/%d · rows %d/%d · conditions decisive both ways %d/%d (%d %%)%n"
                            .formatted(
                                    coverage.decision(),
                                    coverage.scenarios(),
                                    suite.failures(),
                                    coverage.rulesFired(),
                                    coverage.rules(),
                                    coverage.rowsFired(),
                                    coverage.rows(),
                                    coverage.conditionsDecisive(),
                                    coverage.conditions(),
                                    coverage.percent()));
            suite.results().stream()
                    .map(Timed::result)
                    .filter(result -> !result.holds())
                    .forEach(result -> failure(text, result));
            list(text, "一度も働かない規則 / rules that never fire", coverage.rulesNeverFired());
            list(text, "一度も当てはまらない行 / rows that never match", coverage.neverFired());
            list(
                    text,
                    "決め手にならない条件 / conditions that are never decisive",
                    coverage.neverDecisive().stream()
                            .map(TestReports::condition)
                            .toList());
        }
        return text.toString();
    }

    private static void list(StringBuilder text, String title, List<String> entries) {
        if (entries.isEmpty()) {
            return;
        }
        text.append("  ").append(title).append(": ").append(entries.size()).append('\n');
        entries.stream()
                .limit(LISTED)
                .forEach(entry -> text.append("    ").append(entry).append('\n'));
        if (entries.size() > LISTED) {
            text.append("    … +").append(entries.size() - LISTED).append('\n');
        }
    }

    private static String condition(Coverage.NeverDecisive condition) {
        return "%s %s: %s"
                .formatted(
                        condition.row(),
                        condition.column(),
                        condition.yesMissing()
                                ? condition.noMissing() ? "成立・不成立とも / neither yes nor no" : "成立 / never yes"
                                : "不成立 / never no");
    }

    private static void failure(StringBuilder text, ScenarioResult result) {
        Scenario scenario = result.scenario();
        text.append("  ✗ ").append(scenario.title()).append('\n');
        if (!scenario.sentence().en().isBlank()) {
            text.append("    ").append(scenario.sentence().en()).append('\n');
        }
        text.append("    ").append(scenario.places().get("id")).append('\n');
        for (Mismatch mismatch : result.mismatches()) {
            text.append("    ").append(mismatch.place()).append('\n');
            text.append("      ").append(mismatch.message().ja()).append('\n');
            text.append("      ").append(mismatch.message().en()).append('\n');
        }
    }

    static String junit(List<Suite> suites) {
        var xml = new StringBuilder("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
        xml.append("<testsuites tests=\"%d\" failures=\"%d\">%n"
                .formatted(
                        suites.stream()
                                .mapToInt(suite -> suite.results().size())
                                .sum(),
                        suites.stream().mapToLong(Suite::failures).sum()));
        for (Suite suite : suites) {
            suite(xml, suite);
        }
        return xml.append("</testsuites>\n").toString();
    }

    private static void suite(StringBuilder xml, Suite suite) {
        Coverage coverage = suite.coverage();
        xml.append("  <testsuite name=\"%s\" tests=\"%d\" failures=\"%d\" errors=\"0\" skipped=\"0\" time=\"%s\">%n"
                .formatted(escaped(coverage.decision()), suite.results().size(), suite.failures(), suite.seconds()));
        xml.append("    <properties>\n");
        property(xml, "rules", coverage.rules());
        property(xml, "rules.fired", coverage.rulesFired());
        property(xml, "rows", coverage.rows());
        property(xml, "rows.fired", coverage.rowsFired());
        property(xml, "conditions", coverage.conditions());
        property(xml, "conditions.decisive", coverage.conditionsDecisive());
        xml.append("    </properties>\n");
        for (Timed timed : suite.results()) {
            xml.append("    <testcase classname=\"%s\" name=\"%s\" time=\"%s\""
                    .formatted(
                            escaped("scenarios." + coverage.decision()),
                            escaped(timed.result().scenario().title()),
                            seconds(timed.nanos())));
            if (timed.result().holds()) {
                xml.append("/>\n");
                continue;
            }
            xml.append(">\n");
            for (Mismatch mismatch : timed.result().mismatches()) {
                xml.append("      <failure type=\"%s\" message=\"%s\">%s</failure>%n"
                        .formatted(
                                mismatch.kind(),
                                escaped(mismatch.message().en()),
                                escaped(mismatch.place() + "\n"
                                        + mismatch.message().ja())));
            }
            xml.append("    </testcase>\n");
        }
        xml.append("  </testsuite>\n");
    }

    private static void property(StringBuilder xml, String name, int value) {
        xml.append("      <property name=\"%s\" value=\"%d\"/>%n".formatted(name, value));
    }

    private static String seconds(long nanos) {
        return String.format(Locale.ROOT, "%.3f", nanos / 1e9);
    }

    private static String escaped(String text) {
        var escaped = new StringBuilder();
        text.codePoints().forEach(c -> {
            switch (c) {
                case '&' -> escaped.append("&amp;");
                case '<' -> escaped.append("&lt;");
                case '>' -> escaped.append("&gt;");
                case '"' -> escaped.append("&quot;");
                case '\n' -> escaped.append("&#10;");
                // XML 1.0 knows no other control characters, not even escaped ones.
                default -> escaped.appendCodePoint(c >= ' ' && Character.isDefined(c) || c == '\t' ? c : 0xFFFD);
            }
        });
        return escaped.toString();
    }
}
