package ismap;

import static org.assertj.core.api.Assertions.assertThat;

import ismap.decision.Value;
import ismap.publication.RulebookFolder;
import ismap.rulebook.Parameter;
import ismap.rulebook.Rulebook;
import ismap.rulebook.Table;
import ismap.soak.ServiceUnderTest;
import ismap.xlsx.RulebookWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands of {@code docs/revising.md}, run one after the other as they stand there; {@code # → …} is what each has to print. */
@Tag("http")
@Tag("slow")
class RevisingDocTest {

    private static final Path DOCUMENT = Path.of("docs", "revising.md");
    private static final Pattern BLOCK = Pattern.compile("```bash\n(.*?)```", Pattern.DOTALL);
    private static final LocalDate CHANGE = LocalDate.of(2027, 4, 1);
    private static final String MONTHS = "serviceValidityMonths";

    @TempDir
    private Path folder;

    /** @param expected what the output has to contain */
    private record Step(String commands, List<String> expected) {}

    @Test
    void everyCommandOfTheDocumentDoesWhatItSays() throws Exception {
        try (var service = new ServiceUnderTest(folder.resolve("data"), List.of())) {
            List<Step> steps = steps(service.port());
            assertThat(steps).hasSizeGreaterThan(10);
            for (Step step : steps) {
                if (step.commands().contains("@parameters.xlsx")) {
                    edit(folder.resolve("parameters.xlsx"));
                }
                String printed = run(step.commands());
                for (String expected : step.expected()) {
                    assertThat(printed).as(step.commands()).contains(expected);
                }
            }
        }
    }

    private static List<Step> steps(int port) throws IOException {
        String text = Files.readString(DOCUMENT)
                .replace("http://127.0.0.1:8080", "http://127.0.0.1:" + port)
                .replace("ADMIN=choose-one", "ADMIN=" + ServiceUnderTest.TOKEN);
        return BLOCK.matcher(text)
                .results()
                .flatMap(block -> cut(block.group(1)).stream())
                .toList();
    }

    /** A block is cut behind each expectation, so that what is expected is of the commands right before it. */
    private static List<Step> cut(String block) {
        var steps = new ArrayList<Step>();
        var commands = new StringBuilder();
        var expected = new ArrayList<String>();
        for (String line : block.split("\n")) {
            if (line.startsWith("# → ")) {
                expected.add(line.substring(4));
                continue;
            }
            if (!expected.isEmpty()) {
                steps.add(new Step(commands.toString(), List.copyOf(expected)));
                commands.setLength(0);
                expected.clear();
            }
            commands.append(line).append('\n');
        }
        steps.add(new Step(commands.toString(), List.copyOf(expected)));
        return steps;
    }

    /** In one folder, with what earlier commands have set. */
    private String run(String commands) throws IOException, InterruptedException {
        Path said = folder.resolve("said");
        String script = "touch state; . ./state\n" + commands + "\n{ declare -f; declare -p API ADMIN; "
                + "declare -p EDITOR APPROVER AUDITOR BASE DRAFT 2>/dev/null || true; } > state\n";
        Process bash = new ProcessBuilder("bash", "-c", script)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(said.toFile())
                .start();
        assertThat(bash.waitFor(3, TimeUnit.MINUTES)).as("ended: %s", commands).isTrue();
        return Files.readString(said, StandardCharsets.UTF_8);
    }

    /** What the reader does in a spreadsheet program. */
    private static void edit(Path workbook) throws IOException {
        assertThat(Files.readAllBytes(workbook))
                .as("byte for byte what is shipped")
                .isEqualTo(
                        RulebookFolder.read(Shipped.FOLDER).files().contents().get("parameters.xlsx"));
        Rulebook shipped = Shipped.checked().rulebook().orElseThrow();
        Parameter before = Objects.requireNonNull(shipped.parameters().get(MONTHS));
        Parameter.Dated first = before.values().get(0);
        var parameters = new TreeMap<>(shipped.parameters());
        parameters.put(
                MONTHS,
                new Parameter(
                        MONTHS,
                        before.referenceDays(),
                        before.label(),
                        List.of(
                                dated(first, first.value(), first.from(), CHANGE),
                                dated(first, Value.of(18), CHANGE, Table.FOREVER))));
        var changed = new Rulebook(
                shipped.formatVersion(),
                shipped.vocabulary(),
                shipped.clauses(),
                parameters,
                shipped.derivations(),
                shipped.concluded(),
                shipped.decisions());
        Files.write(
                workbook,
                Objects.requireNonNull(new RulebookWriter()
                        .write(changed, Shipped.checked().sources())
                        .get("parameters.xlsx")));
    }

    private static Parameter.Dated dated(Parameter.Dated like, Value value, LocalDate from, LocalDate until) {
        return new Parameter.Dated(value, like.unit(), from, until, like.citation(), like.note());
    }
}
