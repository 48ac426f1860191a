package ismap.cli;

import static org.assertj.core.api.Assertions.assertThat;

import ismap.Shipped;
import ismap.drools.DroolsCompiler;
import ismap.publication.TakeOver;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The documents that commands write are committed as they write them. */
@Tag("docs")
class GeneratedDocumentsTest {

    private static String written(String... command) {
        var out = new StringWriter();
        var err = new StringWriter();
        var tools = new CliTools(
                Shipped.check(),
                new DroolsCompiler(),
                DroolsCompiler::printed,
                (path, workbook, problems) -> workbook,
                active -> {
                    throw new AssertionError("nothing is decided");
                },
                Clock.fixed(Instant.EPOCH, ZoneOffset.UTC),
                new TakeOver(any -> Shipped.loaded()),
                Optional.empty(),
                instead -> {
                    throw new AssertionError("nothing here looks at records");
                },
                () -> {
                    throw new AssertionError("nothing here copies a database");
                },
                diff -> "workbook".getBytes(java.nio.charset.StandardCharsets.UTF_8));
        int code = new Cli(tools, new PrintWriter(out), new PrintWriter(err)).run(command);
        assertThat(code).as(err.toString()).isEqualTo(Cli.CLEAN);
        return out.toString();
    }

    private static void isCommitted(String document, String written) throws IOException {
        Path committed = Path.of(document);
        String standing = Files.exists(committed) ? Files.readString(committed) : "";
        assertThat(standing.equals(written))
                .as("%s is not what the sources say any more: run dev/docs and commit it with them", document)
                .isTrue();
    }

    @Test
    void theTraceabilityOfTheShippedRulebook() throws IOException {
        String written = written("traceability", Shipped.FOLDER.toString());
        assertThat(written("traceability", Shipped.FOLDER.toString())).isEqualTo(written);
        isCommitted("docs/traceability.md", written);
    }

    @Test
    void theProblems() throws IOException {
        isCommitted("docs/problems.md", written("problems"));
    }
}
