package ismap.app;

import static org.assertj.core.api.Assertions.assertThat;

import ismap.Shipped;
import ismap.access.Role;
import ismap.postgres.Database;
import ismap.postgres.DatabaseSettings;
import ismap.publication.RulebookFolder;
import ismap.revision.NewRevision;
import ismap.rulebook.Digests;
import ismap.rulebook.RulebookFiles;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands {@code bundle}, {@code import} and {@code token} on embedded databases that no service runs on. */
@Tag("database")
class BundleCommandTest {

    @TempDir
    Path folder;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    private Map<String, String> environment(String name) {
        return Map.of(DatabaseSettings.DATA_DIR, folder.resolve(name).toString());
    }

    @Test
    void aRevisionTravelsToAnotherInstallationAndAnAlteredOneDoesNot() throws Exception {
        Map<String, String> here = environment("here");
        Map<String, String> there = environment("there");
        String key = publish(there);
        Path bundle = folder.resolve("shipped.zip");

        assertThat(run(there, "bundle", "current", bundle.toString()))
                .as(said(err))
                .isZero();
        assertThat(said(out)).contains(key);
        assertThat(run(there, "bundle", "current", bundle.toString()))
                .as("it is there")
                .isEqualTo(2);
        assertThat(run(there, "bundle", "none", folder.resolve("no.zip").toString()))
                .isEqualTo(1);

        assertThat(run(Map.of(), "import", "--check", "--trust", key, bundle.toString()))
                .as(said(err))
                .isZero();
        assertThat(run(here, "import", bundle.toString())).isEqualTo(1);
        assertThat(said(err)).contains("BUNDLE_NOT_TRUSTED");
        Path altered = folder.resolve("altered.zip");
        byte[] bytes = Files.readAllBytes(bundle);
        bytes[bytes.length / 2] ^= 1;
        Files.write(altered, bytes);
        assertThat(run(here, "import", "--trust", key, altered.toString())).isEqualTo(1);

        assertThat(run(here, "import", "--trust", key, bundle.toString()))
                .as(said(err))
                .isZero();
        assertThat(run(here, "import", bundle.toString())).isZero();
        assertThat(said(out)).contains("here already");
        try (Database database = Database.open(DatabaseSettings.from(here))) {
            var taken = database.revisions().inForce().orElseThrow();
            assertThat(taken.id()).isEqualTo("r-1");
            assertThat(Digests.ofFiles(new RulebookFiles(taken.files()))).isEqualTo(taken.filesDigest());
        }
        givesAndTakesATokenOnce(here);
    }

    /** @return the id of its first key */
    private static String publish(Map<String, String> environment) {
        RulebookFiles files = RulebookFolder.read(Shipped.FOLDER).files();
        try (Database database = Database.open(DatabaseSettings.from(environment))) {
            var file = new SigningKeyFile(
                    Settings.from(environment, false).settings().signingKey());
            new SigningKeys(file, database.checkpoints(), Clock.systemUTC()).begin();
            database.revisions()
                    .publish(new NewRevision(
                            "r-1",
                            Digests.ofRulebook(Shipped.checked().rulebook().orElseThrow()),
                            Digests.ofFiles(files),
                            "初版",
                            new TreeMap<>(files.contents())));
            return database.checkpoints().keys().get(0).keyId();
        }
    }

    private void givesAndTakesATokenOnce(Map<String, String> environment) {
        assertThat(run(environment, "token", "desk-1", "--roles", "intake,auditor"))
                .as(said(err))
                .isZero();
        String token = said(out).strip();
        assertThat(run(environment, "token", "desk-1", "--roles", "intake")).isEqualTo(1);
        try (Database database = Database.open(DatabaseSettings.from(environment))) {
            assertThat(database.tokens().find(token).orElseThrow().roles())
                    .containsExactlyInAnyOrder(Role.INTAKE, Role.AUDITOR);
        }
        assertThat(run(environment, "token", "desk-1", "--revoke")).isZero();
        assertThat(run(environment, "token", "desk-1", "--revoke")).isEqualTo(1);
        assertThat(run(environment, "token", "admin", "--roles", "intake")).isEqualTo(2);
        assertThat(run(environment, "token", "desk-1", "--roles", "king")).isEqualTo(2);
        assertThat(run(environment, "token", "desk-1")).isEqualTo(2);
    }

    private int run(Map<String, String> environment, String... args) {
        out.reset();
        err.reset();
        return CommandLine.run(
                args,
                environment,
                Clock.systemUTC(),
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8));
    }

    private static String said(ByteArrayOutputStream stream) {
        return stream.toString(StandardCharsets.UTF_8);
    }
}
