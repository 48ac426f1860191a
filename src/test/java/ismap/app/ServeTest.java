package ismap.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Starts that are refused: each says why, in both languages, without a stack trace. */
class ServeTest {

    @TempDir
    Path folder;

    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @Test
    @Tag("core")
    void argumentsThatAreNotKnownAreUsage() {
        assertThat(serve(Map.of(), "--producton")).isEqualTo(Serve.USAGE);
    }

    @Test
    @Tag("core")
    void productionWithoutAnOperatorIsRefused() {
        assertThat(serve(Map.of(), "--production")).isEqualTo(Serve.REFUSED);
        assertThat(said()).contains("ISMAP_OPERATOR_NAME");
    }

    @Test
    @Tag("core")
    void aFolderThatIsNotThereIsRefused() {
        assertThat(serve(Map.of("ISMAP_RULEBOOK_DIR", folder.resolve("nowhere").toString())))
                .isEqualTo(Serve.REFUSED);
        assertThat(said()).contains("nowhere").doesNotContain("Exception");
    }

    @Test
    @Tag("database")
    void aServerThatDoesNotAnswerIsRefusedWithAdvice() {
        assertThat(serve(Map.of(
                        "ISMAP_DATASOURCE_URL", "jdbc:postgresql://127.0.0.1:1/ismap",
                        "ISMAP_DATASOURCE_USERNAME", "nobody")))
                .isEqualTo(Serve.REFUSED);
        assertThat(said()).contains("データベース", "127.0.0.1:1", "→").doesNotContain("\tat ");
    }

    @Test
    @Tag("database")
    void aBrokenWorkbookIsRefusedByItsName() throws Exception {
        Path tables = Files.createDirectory(folder.resolve("decision-tables"));
        Files.writeString(tables.resolve("parameters.xlsx"), "no workbook");
        assertThat(serve(Map.of("ISMAP_RULEBOOK_DIR", folder.toString()))).isEqualTo(Serve.REFUSED);
        assertThat(said())
                .contains("parameters.xlsx", "規則集に誤り", "The rulebook has mistakes")
                .doesNotContain("\tat ");
    }

    private int serve(Map<String, String> environment, String... args) {
        var all = new HashMap<>(environment);
        if (!environment.containsKey("ISMAP_DATASOURCE_URL")) {
            all.put("ISMAP_DATA_DIR", folder.resolve("data").toString());
        }
        all.put("ISMAP_PORT", "0");
        var stream = new PrintStream(err, true, StandardCharsets.UTF_8);
        return new Serve(all, Clock.systemUTC(), stream, stream).run(List.of(args));
    }

    private String said() {
        return err.toString(StandardCharsets.UTF_8);
    }
}
