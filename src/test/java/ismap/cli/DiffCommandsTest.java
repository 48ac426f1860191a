package ismap.cli;

import static ismap.TinyRulebook.row;
import static ismap.TinyRulebook.test;
import static org.assertj.core.api.Assertions.assertThat;

import ismap.TinyRulebook;
import ismap.decision.Status;
import ismap.publication.CheckRulebook;
import ismap.publication.TakeOver;
import ismap.regression.ScenarioText;
import ismap.rulebook.LoadedRulebook;
import ismap.rulebook.Rulebook;
import ismap.rulebook.RulebookFiles;
import ismap.rulebook.SourceMap;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** diff, impact and mutate over folders whose one file says which of two small rulebooks they are. */
@Tag("core")
class DiffCommandsTest {

    private static final Rulebook OTHER = TinyRulebook.rulebook(
            Map.of(),
            Optional.empty(),
            row("T-1/1", Status.SATISFIED, test("kind", "A")),
            row("T-1/2", Status.SATISFIED, test("kind", "B")),
            row("T-1/3", Status.WARNING, test("kind", "C")));

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir
    private Path temp;

    private String before = "";
    private String after = "";

    @BeforeEach
    void folders() throws IOException {
        before = folder("before", "1");
        after = folder("after", "2");
    }

    private String folder(String name, String content) throws IOException {
        Path folder = Files.createDirectories(temp.resolve(name));
        Files.writeString(folder.resolve("vocabulary.xlsx"), content);
        return folder.toString();
    }

    private static LoadedRulebook read(RulebookFiles files) {
        byte[] content = java.util.Objects.requireNonNull(files.contents().get("vocabulary.xlsx"));
        return new LoadedRulebook(
                Optional.of(content[0] == '1' ? TinyRulebook.rulebook() : OTHER), new SourceMap(Map.of()), List.of());
    }

    private int run(String... args) {
        var tools = new CliTools(
                new CheckRulebook(
                        DiffCommandsTest::read,
                        files -> Map.of(
                                TinyRulebook.DECISION,
                                new ScenarioText.Sheet(
                                        List.of(TinyRulebook.line("S-1", "kind", "A", "findings", "T-1: SATISFIED")),
                                        List.of()))),
                TinyRulebook.compiler(),
                plan -> "",
                (path, workbook, problems) -> workbook,
                active -> {
                    throw new AssertionError("nothing is decided");
                },
                Clock.systemUTC(),
                new TakeOver(DiffCommandsTest::read),
                Optional.empty(),
                instead -> {
                    throw new AssertionError("no database is asked");
                },
                () -> {
                    throw new AssertionError("no database is copied");
                },
                diff -> "a workbook".getBytes(StandardCharsets.UTF_8));
        return new Cli(tools, new PrintWriter(out, true), new PrintWriter(err, true)).run(args);
    }

    @Test
    void twoFoldersOfOneRulebookDoNotDiffer() {
        assertThat(run("diff", before, before)).isEqualTo(Cli.CLEAN);
        assertThat(out.toString()).contains("There is no difference.");
    }

    @Test
    void aDifferenceIsToldInEachForm() throws IOException {
        assertThat(run("diff", before, after)).isEqualTo(Cli.FINDINGS);
        assertThat(out.toString()).contains("status: NOT_SATISFIED → SATISFIED", "{\"kind\":\"B\"}", "NO → YES");
        out.getBuffer().setLength(0);

        assertThat(run("diff", before, after, "--format", "json")).isEqualTo(Cli.FINDINGS);
        assertThat(out.toString()).startsWith("{\"identical\":false");

        Path file = temp.resolve("diff.xlsx");
        assertThat(run("diff", before, after, "--format", "xlsx", "--out", file.toString()))
                .isEqualTo(Cli.FINDINGS);
        assertThat(file).hasContent("a workbook");
    }

    @Test
    void aWorkbookCannotBePrinted() {
        assertThat(run("diff", before, after, "--format", "xlsx")).isEqualTo(Cli.USAGE);
        assertThat(run("diff", before)).isEqualTo(Cli.USAGE);
    }

    @Test
    void mistakesThatNoScenarioNoticesAreToldWithACase() {
        assertThat(run("mutate", before)).isEqualTo(Cli.CLEAN);
        assertThat(out.toString()).contains("T-1/2 ROW_DELETED", "{\"kind\":\"B\"}");
        assertThat(run("mutate", before, "--threshold", "90")).isEqualTo(Cli.FINDINGS);
        assertThat(run("mutate", before, "--threshold", "101")).isEqualTo(Cli.USAGE);
    }

    @Test
    void recordsOfAFileAreDecidedUnderTheFolder() throws IOException {
        String receipt = """
                {"id":"00000000-0000-0000-0000-000000000001","sequence":1,"revision":"r-1","decision":"tiny","asOf":"2022-10-01",\
                "request":{"facts":{"kind":"B"}},"answer":{"outcome":"NO","values":{"filedBy":null},"findings":[{"rule":"T-1","row":"T-1/2",\
                "status":"NOT_SATISFIED","citation":{"document":"doc","clause":"1"}}]}}
                """;
        Path records = Files.writeString(temp.resolve("records.ndjson"), receipt);

        assertThat(run("impact", before, "--records", records.toString()))
                .as(out.toString())
                .isEqualTo(Cli.CLEAN);
        out.getBuffer().setLength(0);
        assertThat(run("impact", after, "--records", records.toString())).isEqualTo(Cli.FINDINGS);
        assertThat(out.toString())
                .contains("\"different\":1", "\"byOutcome\":{\"tiny: NO → YES\":1}", "\"byClause\":{\"doc 1\":1}");
        assertThat(run("impact", after, "--records", records.toString(), "--datasource", "jdbc:x"))
                .isEqualTo(Cli.USAGE);
        Files.writeString(records, "{}\n");
        assertThat(run("impact", after, "--records", records.toString())).isEqualTo(Cli.USAGE);
    }
}
