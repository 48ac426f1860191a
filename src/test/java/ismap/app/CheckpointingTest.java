package ismap.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ismap.json.JsonReader;
import ismap.json.Parsed;
import ismap.ledger.Cases;
import ismap.ledger.Checkpoint;
import ismap.ledger.CheckpointWriter;
import ismap.ledger.InMemoryCheckpoints;
import ismap.ledger.InMemoryLedger;
import ismap.ledger.KeyRing;
import ismap.ledger.SigningKey;
import ismap.revision.InMemoryRevisionStore;
import ismap.revision.NewRevision;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Keys in files, checkpoints in files and in the store. */
@Tag("core")
class CheckpointingTest {

    private static final Instant NOW = Instant.parse("2026-06-01T00:00:00Z");
    private static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);

    @TempDir
    Path folder;

    private final InMemoryCheckpoints store = new InMemoryCheckpoints();
    private final InMemoryRevisionStore revisions = new InMemoryRevisionStore(() -> NOW);
    private final InMemoryLedger ledger = new InMemoryLedger(revisions, () -> NOW);
    private final CheckpointWriter writer = new CheckpointWriter(ledger, store);

    private SigningKeys keys(String file) {
        return new SigningKeys(new SigningKeyFile(folder.resolve(file)), store, CLOCK);
    }

    @BeforeEach
    void publish() {
        revisions.publish(new NewRevision("r", "d", "f", "", new TreeMap<>()));
    }

    private void record(int from, int to) {
        for (int i = from; i <= to; i++) {
            ledger.append(Cases.of(i, "r"));
        }
    }

    @Test
    void theFirstStartMakesAKeyThatOnlyItsOwnerMayRead() throws IOException {
        keys("key").begin();
        keys("key").begin();

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("key"))))
                .isEqualTo("rw-------");
        assertThat(store.keys()).hasSize(1);
        assertThat(keys("key").signer().orElseThrow().keyId())
                .isEqualTo(store.keys().get(0).keyId());
    }

    @Test
    void aKeyThatOthersMayReadIsRefused() throws IOException {
        keys("key").begin();
        Files.setPosixFilePermissions(folder.resolve("key"), PosixFilePermissions.fromString("rw-r-----"));

        assertThatThrownBy(() -> keys("key").signer())
                .isInstanceOf(SigningKeyFile.Unusable.class)
                .hasMessageContaining("chmod 600");
    }

    @Test
    void whoeverDoesNotHoldTheKeySignsNothing() {
        keys("key").begin();
        keys("another").begin();

        assertThat(keys("another").signer()).isEmpty();
        assertThat(store.keys()).hasSize(1);
    }

    @Test
    void aKeyIsReplacedByOneThatItSigned() {
        keys("key").begin();
        SigningKey first = store.keys().get(0);
        SigningKey second = keys("key").rotate().orElseThrow();
        SigningKey third = keys("key").rotate().orElseThrow();

        assertThat(second.previous()).isEqualTo(first.keyId());
        assertThat(new KeyRing(store.keys()).faults()).isEmpty();
        assertThat(keys("key").signer().orElseThrow().keyId()).isEqualTo(third.keyId());
        assertThat(folder.resolve("key.next")).doesNotExist();
    }

    @Test
    void aHandOverThatWasCutOffIsFinishedByWhoeverSignsNext() throws IOException {
        keys("key").begin();
        byte[] old = Files.readAllBytes(folder.resolve("key"));
        SigningKey second = keys("key").rotate().orElseThrow();
        Files.move(folder.resolve("key"), folder.resolve("key.next"));
        Files.write(folder.resolve("key"), old);
        Files.setPosixFilePermissions(folder.resolve("key"), PosixFilePermissions.fromString("rw-------"));

        assertThat(keys("key").signer().orElseThrow().keyId()).isEqualTo(second.keyId());
        assertThat(folder.resolve("key.next")).doesNotExist();
    }

    @Test
    void theEndIsSignedAfterAMinuteOrAThousandEntriesAndNotTwice() {
        keys("key").begin();
        record(1, 1);
        writer.sign(writer.due(NOW).orElseThrow(), keys("key").signer().orElseThrow(), NOW);
        assertThat(writer.due(NOW.plusSeconds(600))).isEmpty();
        record(2, 2);
        assertThat(writer.due(NOW.plusSeconds(59))).isEmpty();
        assertThat(writer.due(NOW.plusSeconds(60))).isPresent();
        assertThat(writer.added()).isPresent();
        record(3, 1001);
        assertThat(writer.due(NOW)).isPresent();
    }

    @Test
    void whatWasAddedIsSignedAndExportedWhenTheServiceStops() throws IOException {
        Path exported = folder.resolve("checkpoints");
        keys("key").begin();
        try (var checkpointing =
                Checkpointing.start(writer, keys("key"), Optional.of(new CheckpointFolder(exported, store)), CLOCK)) {
            record(1, 5);
            assertThat(checkpointing).isNotNull();
        }

        Checkpoint last = store.last().orElseThrow();
        assertThat(last.sequence()).isEqualTo(5);
        assertThat(new KeyRing(store.keys()).fault(last)).isEmpty();
        assertThat(read(exported.resolve("checkpoint-000000000005.json"))).contains(last);
        try (Stream<Path> files = Files.list(exported)) {
            assertThat(files.map(Path::getFileName).map(Path::toString))
                    .contains("keys.json")
                    .noneMatch(name -> name.endsWith(".unfinished"));
        }
    }

    private static Optional<Checkpoint> read(Path file) throws IOException {
        return Checkpoint.read(((Parsed.Document) JsonReader.read(Files.readAllBytes(file))).value());
    }
}
