package ismap.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import ismap.api.RevisionServer;
import ismap.cli.Cli;
import ismap.decision.Status;
import ismap.publication.RulebookFolder;
import ismap.publication.SmallWorkbooks;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A rulebook goes from a running service into a folder and back; what a service says is not trusted. */
@Tag("http")
class PushAndPullTest {

    private static final RevisionServer SERVER = new RevisionServer(1);

    @TempDir
    Path folder;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private String token = SERVER.token("editor");
    private String server = "http://127.0.0.1:" + SERVER.port();

    @AfterAll
    static void stop() {
        SERVER.close();
    }

    @Test
    void whatIsInForceIsPulledByteForByteAndPushingItBackMakesNoDraft() {
        assertThat(pull("current")).as(said()).isZero();

        Map<String, byte[]> pulled = RulebookFolder.read(folder).files().contents();
        assertThat(pulled.keySet()).isEqualTo(SmallWorkbooks.files().contents().keySet());
        SmallWorkbooks.files()
                .contents()
                .forEach(
                        (path, content) -> assertThat(pulled.get(path)).as(path).isEqualTo(content));
        assertThat(push()).isZero();
        assertThat(said()).contains("Nothing differs from " + RevisionServer.FIRST);
        assertThat(printed()).isEmpty();
    }

    @Test
    void aChangedFileIsPushedAsADraftAndItsChecksAreClean() throws IOException {
        pull("current");
        change(SmallWorkbooks.TABLE, content(Status.NOT_APPLICABLE));

        assertThat(push()).as(said()).isZero();
        assertThat(said()).contains("→ " + SmallWorkbooks.TABLE, "The checks are clean");
        String draft = printed();
        assertThat(draft).matches("r-[0-9]+");

        Path other = folder.resolve("other");
        assertThat(run("pull", draft, other.toString(), "--server", server))
                .as(said())
                .isZero();
        assertThat(Files.readAllBytes(other.resolve(SmallWorkbooks.TABLE))).isEqualTo(content(Status.NOT_APPLICABLE));
    }

    @Test
    void aMistakeIsShownAtItsPlaceAndIsAFinding() throws IOException {
        pull("current");
        change("parameters.xlsx", "no workbook".getBytes(StandardCharsets.UTF_8));

        assertThat(push()).isEqualTo(Cli.FINDINGS);
        assertThat(printed()).isNotEmpty();
        assertThat(said()).contains("parameters.xlsx", "The checks are not clean");
    }

    @Test
    void aFileThatTheFolderLacksIsTakenOutOfTheDraft() throws IOException {
        pull("current");
        Files.delete(folder.resolve(SmallWorkbooks.SCENARIOS));

        push();
        assertThat(said()).contains("× " + SmallWorkbooks.SCENARIOS);
    }

    @Test
    void aFileThatTheRevisionHasNotStaysUnlessItIsToBeDeleted() throws IOException {
        change("mine.xlsx", content(Status.NOT_APPLICABLE));

        assertThat(pull("current")).isEqualTo(Cli.FINDINGS);
        assertThat(folder.resolve("mine.xlsx")).exists();
        assertThat(run("pull", "current", folder.toString(), "--server", server, "--delete"))
                .isZero();
        assertThat(folder.resolve("mine.xlsx")).doesNotExist();
    }

    @Test
    void nobodyPushesWithoutATokenOfAnEditor() throws IOException {
        pull("current");
        change(SmallWorkbooks.TABLE, content(Status.NOT_APPLICABLE));
        for (String other : new String[] {"", "wrong", SERVER.token("auditor")}) {
            token = other;
            assertThat(push()).isEqualTo(Cli.FINDINGS);
        }
        assertThat(said()).contains("401", "403").doesNotContain("\tat ");
        assertThat(printed()).isEmpty();
    }

    @Test
    void anUnknownRevisionIsSaidToBeUnknown() {
        assertThat(pull("no such/../revision?x=%00#y")).isEqualTo(Cli.FINDINGS);
        assertThat(said()).contains("404").doesNotContain("\tat ");
    }

    @Test
    void aServerThatIsDownIsSaidToBeDown() {
        server = "http://127.0.0.1:1";

        assertThat(pull("current")).isEqualTo(Cli.FINDINGS);
        assertThat(said()).contains("127.0.0.1:1", "応答しません", "does not answer").doesNotContain("null", "\tat ");
        Path nowhere = folder.resolve("nowhere");
        run("pull", "current", nowhere.toString(), "--server", server);
        assertThat(nowhere).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost:8080", "ftp://127.0.0.1/", "8080", "file:///tmp"})
    void whatIsNoAddressIsSaidToBeNone(String address) {
        server = address;

        assertThat(pull("current")).isEqualTo(Cli.FINDINGS);
        assertThat(said()).contains("is no address").doesNotContain("\tat ");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "../evil.xlsx",
                "/tmp/evil.xlsx",
                "scenarios/../../evil.xlsx",
                "rules/../evil.drl",
                "..\\\\evil.xlsx",
                "C:evil.xlsx",
                ".hidden.xlsx",
                "evil.sh",
                "scenarios/deeper/evil.xlsx",
                "evil\\u0007.xlsx",
                "evil\\n.xlsx",
                ""
            })
    void aNameThatLeadsElsewhereIsRefusedAndNothingIsWritten(String path) throws IOException {
        try (var liar = new Liar("good.xlsx", path)) {
            assertThat(run("pull", "x", folder.resolve("inside").toString(), "--server", liar.address()))
                    .isEqualTo(Cli.FINDINGS);
        }
        assertThat(said()).contains("is no file of a rulebook").doesNotContain("\tat ");
        assertThat(filesBelow(folder)).isEmpty();
    }

    @Test
    void aFileThatIsNotWhatTheServiceSaysItIsIsNotWritten() throws IOException {
        try (var liar = new Liar("good.xlsx")) {
            assertThat(run("pull", "x", folder.toString(), "--server", liar.address()))
                    .isEqualTo(Cli.FINDINGS);
        }
        assertThat(said()).contains("SHA-256");
        assertThat(filesBelow(folder)).isEmpty();
    }

    @Test
    void aFolderThatIsAFileIsSaidToBeOne() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "");

        assertThat(run("pull", "current", file.toString(), "--server", server)).isEqualTo(Cli.FINDINGS);
        assertThat(said()).contains(file.toString()).doesNotContain("\tat ");
    }

    // ---- who is asked, and what came of it

    /** Names files of any name, each with the SHA-256 of something else. */
    private static final class Liar implements AutoCloseable {
        private final HttpServer server;

        Liar(String... jsonPaths) throws IOException {
            String files = String.join(
                    ",",
                    Stream.of(jsonPaths)
                            .map(path -> "{\"path\":\"%s\",\"sha256\":\"00\"}".formatted(path))
                            .toList());
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            server.createContext("/", exchange -> {
                byte[] body = "{\"files\":[%s]}".formatted(files).getBytes(StandardCharsets.UTF_8);
                exchange.sendResponseHeaders(200, body.length);
                exchange.getResponseBody().write(body);
                exchange.close();
            });
            server.start();
        }

        String address() {
            return "http://127.0.0.1:" + server.getAddress().getPort();
        }

        @Override
        public void close() {
            server.stop(0);
        }
    }

    private static byte[] content(Status ofC) {
        return Objects.requireNonNull(SmallWorkbooks.files(ofC).contents().get(SmallWorkbooks.TABLE));
    }

    private void change(String path, byte[] content) throws IOException {
        Files.write(folder.resolve(path), content);
    }

    private static java.util.List<Path> filesBelow(Path folder) throws IOException {
        try (Stream<Path> paths = Files.walk(folder)) {
            return paths.filter(Files::isRegularFile).toList();
        }
    }

    private int pull(String revision) {
        return run("pull", revision, folder.toString(), "--server", server);
    }

    private int push() {
        return run("push", folder.toString(), "--server", server, "--note", "試し");
    }

    private int run(String... args) {
        return CommandLine.run(
                args,
                Map.of("ISMAP_TOKEN", token),
                Clock.systemUTC(),
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8));
    }

    private String printed() {
        return out.toString(StandardCharsets.UTF_8).strip();
    }

    private String said() {
        return err.toString(StandardCharsets.UTF_8);
    }
}
