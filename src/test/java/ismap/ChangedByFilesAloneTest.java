package ismap;

import static org.assertj.core.api.Assertions.assertThat;

import ismap.decision.Decision;
import ismap.decision.Place;
import ismap.decision.Problem;
import ismap.decision.Value;
import ismap.drools.DrlDerivationReader;
import ismap.drools.DroolsCompiler;
import ismap.publication.RulebookFolder;
import ismap.rulebook.Answers;
import ismap.rulebook.Digests;
import ismap.rulebook.FactReader;
import ismap.rulebook.Interpreter;
import ismap.rulebook.LoadedRulebook;
import ismap.rulebook.Parameter;
import ismap.rulebook.Plan;
import ismap.rulebook.Reasoning;
import ismap.rulebook.Rulebook;
import ismap.rulebook.RulebookFiles;
import ismap.rulebook.Table;
import ismap.xlsx.RulebookWriter;
import ismap.xlsx.WorkbookRulebookReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the Committee changes in a file changes the answers, and nothing else does; no line of code is touched. */
class ChangedByFilesAloneTest {

    private static final String MONTHS = "serviceValidityMonths";
    private static final Map<String, Object> REGISTRATION = Map.of(
            "registrationDecision",
            "APPROVED",
            "registrationDecidedOn",
            "2025-01-01",
            "assessmentPeriodEnd",
            "2024-09-30");

    @TempDir
    private Path folder;

    @Test
    @Tag("libreoffice")
    void sixteenMonthsMadeEighteenInLibreOfficeChangeTheAnswersAndNothingElse() throws Exception {
        LoadedRulebook changed = read(withParameters(parametersEdited("16", "float", "18")));

        assertThat(errors(changed)).isEmpty();
        assertThat(value(changed, REGISTRATION, "expiresOn")).isEqualTo("2026-03-31");
        assertThat(value(shipped(), REGISTRATION, "expiresOn")).isEqualTo("2026-01-31");
        Rulebook before = shipped().rulebook().orElseThrow();
        Rulebook after = changed.rulebook().orElseThrow();
        assertThat(after).isEqualTo(withMonths(before, List.of(dated(before, 18, Table.ALWAYS, Table.FOREVER))));
        assertThat(Digests.ofRulebook(after)).isNotEqualTo(Digests.ofRulebook(before));
    }

    @Test
    @Tag("libreoffice")
    void aNumberWithAKanjiInItIsNamedAtItsCell() throws Exception {
        LoadedRulebook changed = read(withParameters(parametersEdited("16", "string", "5五")));

        assertThat(changed.rulebook()).isEmpty();
        assertThat(errors(changed)).singleElement().satisfies(problem -> {
            assertThat(problem.places()).containsExactly(new Place.Cell("parameters.xlsx", "Parameters", "B3"));
            assertThat(problem.value()).isEqualTo("5五");
            assertThat(problem.message().ja()).contains("5五");
            assertThat(problem.advice().ja()).isNotBlank();
        });
    }

    @Test
    @Tag("core")
    void aLongerPeriodFromALaterDayIsOnlyForRegistrationsDecidedFromThatDayOn() {
        LocalDate change = LocalDate.of(2025, 1, 1);
        Rulebook before = shipped().rulebook().orElseThrow();
        LoadedRulebook changed = read(files(withMonths(
                before, List.of(dated(before, 16, Table.ALWAYS, change), dated(before, 18, change, Table.FOREVER)))));

        assertThat(errors(changed)).isEmpty();
        for (LocalDate decided = change.minusDays(3);
                decided.isBefore(change.plusDays(3));
                decided = decided.plusDays(1)) {
            var facts = new HashMap<>(REGISTRATION);
            facts.put("registrationDecidedOn", decided.toString());
            assertThat(value(changed, facts, "expiresOn"))
                    .as("decided on %s", decided)
                    .isEqualTo(decided.isBefore(change) ? "2026-01-31" : "2026-03-31");
        }
    }

    @Test
    @Tag("core")
    void aRenewalIsVestedByTheDayOfItsOwnDecision() {
        LocalDate change = LocalDate.of(2025, 1, 1);
        Rulebook before = shipped().rulebook().orElseThrow();
        LoadedRulebook changed = read(files(withMonths(
                before, List.of(dated(before, 16, Table.ALWAYS, change), dated(before, 18, change, Table.FOREVER)))));
        var facts = new HashMap<String, Object>(Map.of(
                "registrationDecision", "APPROVED",
                "registrationDecidedOn", "2024-02-01",
                "assessmentPeriodEnd", "2023-09-30",
                "renewalFiledAt", "2025-01-15",
                "renewalDecision", "APPROVED",
                "renewalDecidedOn", "2025-02-01",
                "renewalAssessmentPeriodEnd", "2024-09-30"));

        assertThat(value(changed, facts, "expiresOn")).isEqualTo("2025-01-31");
        assertThat(value(changed, facts, "renewedExpiresOn")).isEqualTo("2026-03-31");
    }

    // ---- the shipped rulebook and changes of it

    private static LoadedRulebook shipped() {
        return read(RulebookFolder.read(Shipped.FOLDER).files());
    }

    private static LoadedRulebook read(RulebookFiles files) {
        return new WorkbookRulebookReader(new DrlDerivationReader()).read(files);
    }

    private static List<Problem> errors(LoadedRulebook loaded) {
        return loaded.problems().stream().filter(Problem::isError).toList();
    }

    /** The workbooks of a changed rulebook, beside the shipped DRL. */
    private static RulebookFiles files(Rulebook rulebook) {
        var files = new TreeMap<>(new RulebookWriter().write(rulebook, shipped().sources()));
        RulebookFolder.read(Shipped.FOLDER).files().contents().forEach((path, bytes) -> {
            if (path.endsWith(".drl")) {
                files.put(path, bytes);
            }
        });
        return new RulebookFiles(files);
    }

    private static Rulebook withMonths(Rulebook rulebook, List<Parameter.Dated> values) {
        var parameters = new TreeMap<>(rulebook.parameters());
        Parameter months = java.util.Objects.requireNonNull(parameters.get(MONTHS));
        parameters.put(MONTHS, new Parameter(MONTHS, months.referenceDays(), months.label(), values));
        return new Rulebook(
                rulebook.formatVersion(),
                rulebook.vocabulary(),
                rulebook.clauses(),
                parameters,
                rulebook.derivations(),
                rulebook.concluded(),
                rulebook.decisions());
    }

    /** @param from {@link Table#ALWAYS} for the first day that is shipped */
    private static Parameter.Dated dated(Rulebook rulebook, long months, LocalDate from, LocalDate until) {
        Parameter.Dated first = java.util.Objects.requireNonNull(
                        rulebook.parameters().get(MONTHS))
                .values()
                .get(0);
        boolean asShipped = from.equals(Table.ALWAYS);
        return new Parameter.Dated(
                Value.of(months), first.unit(), asShipped ? first.from() : from, until, first.citation(), first.note());
    }

    private static String value(LoadedRulebook loaded, Map<String, Object> facts, String name) {
        return String.valueOf(decide(loaded, "service-validity", facts).values().get(name));
    }

    /** Decided by both engines, which agree. */
    private static Decision decide(LoadedRulebook loaded, String decision, Map<String, Object> raw) {
        LocalDate asOf = LocalDate.of(2025, 6, 1);
        Rulebook rulebook = loaded.rulebook().orElseThrow();
        Plan plan = Plan.of(
                rulebook, java.util.Objects.requireNonNull(rulebook.decisions().get(decision)));
        FactReader.Result read = FactReader.read(plan, raw);
        assertThat(read.problems()).isEmpty();
        Reasoning reasoning = Interpreter.reason(plan, read.facts(), asOf);
        try (var compiled = new DroolsCompiler().compile(Map.of(decision, plan))) {
            assertThat(compiled.reason(decision, read.facts(), asOf)).isEqualTo(reasoning);
        }
        return Answers.answer(plan, loaded.sources(), read.facts(), asOf, reasoning);
    }

    // ---- LibreOffice

    private static RulebookFiles withParameters(byte[] parameters) {
        var files = new TreeMap<>(RulebookFolder.read(Shipped.FOLDER).files().contents());
        files.put("parameters.xlsx", parameters);
        return new RulebookFiles(files);
    }

    /** The shipped parameters with another value in the row of the sixteen months, edited in LibreOffice's own format and saved by it. */
    private byte[] parametersEdited(String from, String type, String to) throws IOException, InterruptedException {
        Path shipped = Shipped.FOLDER.resolve("decision-tables/parameters.xlsx");
        convert("fods", shipped);
        Path flat = folder.resolve("parameters.fods");
        String text = Files.readString(flat);
        var row = Pattern.compile(
                        "(?s)<table:table-row(?:(?!</table:table-row>).)*>" + MONTHS + "<.*?</table:table-row>")
                .matcher(text);
        assertThat(row.find()).isTrue();
        String value = type.equals("float") ? " office:value=\"" + to + "\"" : "";
        String edited = row.group()
                .replaceFirst(
                        "office:value-type=\"float\" office:value=\"" + from + "\" calcext:value-type=\"float\"",
                        "office:value-type=\"" + type + "\"" + value + " calcext:value-type=\"" + type + "\"")
                .replaceFirst("<text:p>" + from + "</text:p>", "<text:p>" + to + "</text:p>");
        assertThat(edited).isNotEqualTo(row.group());
        Files.writeString(flat, text.replace(row.group(), edited));
        convert("xlsx", flat);
        return Files.readAllBytes(folder.resolve("parameters.xlsx"));
    }

    private void convert(String format, Path file) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        "soffice",
                        "-env:UserInstallation=" + folder.resolve("profile").toUri(),
                        "--headless",
                        "--convert-to",
                        format,
                        "--outdir",
                        folder.toString(),
                        file.toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("log").toFile())
                .start();
        assertThat(process.waitFor(120, TimeUnit.SECONDS)).isTrue();
    }
}
