package ismap.app;

import static org.assertj.core.api.Assertions.assertThat;

import ismap.Shipped;
import ismap.access.Principal;
import ismap.access.Role;
import ismap.evaluation.ActiveRulebook;
import ismap.evaluation.Audit;
import ismap.evaluation.Evaluations;
import ismap.ledger.Cases;
import ismap.ledger.CheckpointWriter;
import ismap.ledger.Receipt;
import ismap.postgres.Database;
import ismap.postgres.DatabaseSettings;
import ismap.publication.RulebookFolder;
import ismap.revision.NewRevision;
import ismap.rulebook.Digests;
import ismap.rulebook.RulebookFiles;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.DriverManager;
import java.time.Clock;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands {@code backup} and {@code restore}, with an embedded database that is written to meanwhile. */
@Tag("database")
class BackupCommandTest {

    private static final Map<String, Object> REQUEST = Map.of(
            "asOf",
            "2025-06-01",
            "facts",
            Map.of("registrationDecision", "APPROVED", "registrationDecidedOn", "2025-01-01"));

    private static final List<Receipt> ACKNOWLEDGED = new ArrayList<>();
    private static final AtomicInteger NUMBERS = new AtomicInteger();
    private static final ByteArrayOutputStream OUT = new ByteArrayOutputStream();
    private static final ByteArrayOutputStream ERR = new ByteArrayOutputStream();

    @TempDir
    static Path shared;

    private static Path backup = Path.of("");
    private static Path data = Path.of("");
    private static @Nullable Database database;
    private static String revision = "";
    private static long recordedInAll;

    @TempDir
    Path folder;

    @BeforeAll
    static void backUpWhileRecordsAreMade() throws Exception {
        data = dataFolder(shared.resolve("data"));
        backup = shared.resolve("night.zip");
        database = Database.open(DatabaseSettings.from(environment(data)));
        revision = decide(database(), 3);
        issueToken(database(), "desk");
        for (int i = 0; i < 40; i++) {
            ACKNOWLEDGED.add(database().ledger().append(Cases.of(NUMBERS.incrementAndGet(), revision)));
        }
        sign(database());
        Thread others = new Thread(() -> {
            while (!Thread.currentThread().isInterrupted()) {
                database().ledger().append(Cases.of(NUMBERS.incrementAndGet(), revision));
            }
        });
        others.start();
        assertThat(run(environment(data), "backup", backup.toString(), "--with-key"))
                .as(said(ERR))
                .isZero();
        others.interrupt();
        others.join();
        recordedInAll = database().chain().last().orElseThrow().sequence();
    }

    @AfterAll
    static void close() {
        database().close();
    }

    private static Database database() {
        return Objects.requireNonNull(database);
    }

    private static SigningKeys keys(Database database) {
        return new SigningKeys(
                new SigningKeyFile(data.resolve("signing-key")), database.checkpoints(), Clock.systemUTC());
    }

    private static void sign(Database database) {
        keys(database).begin();
        var writer = new CheckpointWriter(database.chain(), database.checkpoints());
        writer.sign(
                writer.added().orElseThrow(),
                keys(database).signer().orElseThrow(),
                Clock.systemUTC().instant().truncatedTo(ChronoUnit.MILLIS));
    }

    /** The variables of an empty database on the server that the service of this test runs. */
    private static Map<String, String> server(String name) throws Exception {
        admin("postgres", "create database " + name);
        admin(name, "create schema ismap authorization ismap_owner");
        return Map.of(
                DatabaseSettings.URL, url(name),
                DatabaseSettings.USERNAME, "ismap_service",
                DatabaseSettings.PASSWORD, password("ismap_service"),
                DatabaseSettings.MIGRATION_USERNAME, "ismap_owner",
                DatabaseSettings.MIGRATION_PASSWORD, password("ismap_owner"),
                DatabaseSettings.DATA_DIR, shared.resolve(name).toString());
    }

    private static String url(String name) throws IOException {
        List<String> lines = Files.readAllLines(data.resolve("postgres").resolve("postmaster.pid"));
        return "jdbc:postgresql://127.0.0.1:%s/%s".formatted(lines.get(3).strip(), name);
    }

    private static String password(String role) throws IOException {
        var passwords = new Properties();
        passwords.load(new StringReader(Files.readString(data.resolve("postgres-passwords"))));
        return passwords.getProperty(role);
    }

    private static void admin(String name, String sql) throws Exception {
        try (var connection = DriverManager.getConnection(url(name), "postgres", password("postgres"));
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static String asked(String name, String sql) throws Exception {
        try (var connection = DriverManager.getConnection(url(name), "postgres", password("postgres"));
                var statement = connection.createStatement();
                var rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getString(1);
        }
    }

    private static int tables(String name) throws Exception {
        return Integer.parseInt(asked(name, "select count(*) from pg_tables where schemaname = 'ismap'"));
    }

    private static Path dataFolder(Path folder) throws IOException {
        Path programs = Path.of("target", "postgres-programs").toAbsolutePath();
        Files.createDirectories(programs);
        Files.createDirectories(folder);
        Files.createSymbolicLink(folder.resolve("postgres-programs"), programs);
        return folder;
    }

    private static Map<String, String> environment(Path data) {
        return Map.of(DatabaseSettings.DATA_DIR, data.toString());
    }

    private static void issueToken(Database database, String name) {
        database.tokens()
                .issue(
                        new Principal(name, Set.of(Role.INTAKE)),
                        Clock.systemUTC().instant().plus(Duration.ofDays(1)),
                        "admin");
    }

    /** @return the revision */
    private static String decide(Database database, int times) {
        RulebookFiles files = RulebookFolder.read(Shipped.FOLDER).files();
        var rulebook = Shipped.checked().rulebook().orElseThrow();
        var stored = database.revisions()
                .publish(new NewRevision(
                        "shipped",
                        Digests.ofRulebook(rulebook),
                        Digests.ofFiles(files),
                        "",
                        new TreeMap<>(files.contents())));
        var active = new ActiveRulebook(
                stored.id(),
                stored.digest(),
                stored.publishedAt(),
                rulebook,
                Shipped.checked().sources(),
                Shipped.checked().plans(),
                Shipped.compiled());
        var evaluations = new Evaluations(
                () -> Optional.of(active),
                database.ledger(),
                Clock.systemUTC(),
                UUID::randomUUID,
                (decision, revision, what) -> {
                    throw new AssertionError(what);
                });
        for (int i = 0; i < times; i++) {
            evaluations.decide("service-validity", REQUEST, "desk", Optional.empty());
        }
        return stored.id();
    }

    @Test
    void restoredElsewhereEverythingAcknowledgedBeforeIsThereAndGoesOn() throws Exception {
        Path elsewhere = dataFolder(folder.resolve("elsewhere"));
        var environment = environment(elsewhere);

        assertThat(run(environment, "restore", backup.toString())).as(said(ERR)).isZero();
        assertThat(said(OUT))
                .contains("0 findings. 1 checkpoints of the backup agree", "The signing key is not in " + elsewhere);

        assertThat(run(environment, "restore", backup.toString())).isEqualTo(1);
        assertThat(said(ERR)).contains("holds data already", "decision_record");

        assertThat(run(environment, "replay", "--to", "3")).as(said(ERR)).isZero();
        assertThat(said(OUT)).contains("3 same");
        try (Database restored = Database.open(DatabaseSettings.from(environment))) {
            for (Receipt receipt : ACKNOWLEDGED) {
                assertThat(restored.ledger()
                                .find(receipt.id())
                                .orElseThrow()
                                .seal()
                                .hash())
                        .isEqualTo(receipt.seal().hash());
            }
            long last = restored.chain().last().orElseThrow().sequence();
            assertThat(last).isBetween(43L, recordedInAll);
            assertThat(keys(restored).signer()).as("the old key signs on").isPresent();

            issueToken(restored, "second desk");
            Receipt next = restored.ledger().append(Cases.of(NUMBERS.incrementAndGet(), revision));
            assertThat(next.seal().sequence()).isEqualTo(last + 1);
            assertThat(new Audit(restored.chain(), restored.checkpoints(), Runnable::run)
                            .verify(Duration.ofMinutes(1))
                            .join()
                            .intact())
                    .isTrue();
        }
    }

    @Test
    void aRestoredDatabaseIsTheSameRowByRowAndKeepsItsTriggers() throws Exception {
        var environment = server("same");
        Path kept = shared.resolve("night.checkpoints.json");
        assertThat(run(environment, "restore", backup.toString(), "--checkpoints", kept.toString()))
                .as(said(ERR))
                .isZero();
        assertThat(said(OUT)).contains("1 of 1 kept elsewhere");

        Path again = folder.resolve("again.zip");
        assertThat(run(environment, "backup", again.toString())).as(said(ERR)).isZero();
        assertThat(files(again).get("manifest.json"))
                .asString(StandardCharsets.UTF_8)
                .isEqualToIgnoringWhitespace(
                        new String(Objects.requireNonNull(files(backup).get("manifest.json")), StandardCharsets.UTF_8)
                                .replaceFirst("\"at\":\"[^\"]+\"", at(again)));
        String triggers =
                "select string_agg(tgrelid::regclass || ' ' || tgname || ' ' || tgenabled::text, ',' order by tgrelid::regclass::text, tgname) "
                        + "from pg_trigger where not tgisinternal";
        assertThat(asked("same", triggers))
                .isEqualTo(asked("ismap", triggers))
                .contains("ismap.decision_record rows_are_final A");
    }

    private static String at(Path file) throws IOException {
        var manifest = Pattern.compile("\"at\":\"[^\"]+\"")
                .matcher(new String(Objects.requireNonNull(files(file).get("manifest.json")), StandardCharsets.UTF_8));
        assertThat(manifest.find()).isTrue();
        return manifest.group();
    }

    @Test
    void theBackupAndTheKeyAreReadableByTheirOwnerAloneAndTheCheckpointsAreBesideThem() throws Exception {
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(backup)))
                .isEqualTo("rw-------");
        Path key = shared.resolve("night.signing-key");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(key)))
                .isEqualTo("rw-------");
        assertThat(key).hasSameTextualContentAs(data.resolve("signing-key"));
        assertThat(shared.resolve("night.checkpoints.json")).content().contains("\"keyId\"", "\"sequence\":43");
    }

    @Test
    void aFileIsNeverWrittenOverAndADatabaseNeverMadeByACopy() throws Exception {
        assertThat(run(environment(folder), "backup", backup.toString())).isEqualTo(2);
        assertThat(run(environment(folder), "backup", folder.toString())).isEqualTo(1);
        assertThat(said(ERR)).contains("there is no database in " + folder);
        assertThat(run(environment(folder), "restore", folder.toString())).isEqualTo(2);
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void aBackupThatIsNotWhatItWasIsRefusedBeforeAnythingIsTouched() throws Exception {
        byte[] whole = Files.readAllBytes(backup);
        for (int at : new int[] {10, 100, whole.length / 2, whole.length - 700, whole.length - 70, whole.length - 1}) {
            byte[] flipped = whole.clone();
            flipped[at] ^= 0x10;
            assertRefused(flipped);
        }
        for (int length : new int[] {0, 1000, whole.length / 2, whole.length - 10}) {
            assertRefused(Arrays.copyOf(whole, length));
        }
        assertRefused(altered("../../evil", text -> text), "does not name: ../../evil");
        assertRefused(altered("tables/token.copy", text -> text + text), "tables/token.copy is damaged");
        assertRefused(altered("tables/token.copy", text -> ""), "tables/token.copy is damaged");
        assertRefused(altered("tables/token.copy", text -> "\0".repeat(50_000_000)), "tables/token.copy is damaged");
        assertRefused(altered("manifest.json", text -> "\0".repeat(50_000_000)), "manifest.json");
        assertRefused(
                altered("manifest.json", text -> text.replace("\"format\":1", "\"format\":2")),
                "does not read backups of the form 2");
        assertRefused(altered("manifest.json", text -> text.replace("\"entry\"", "\"entry; drop\"")), "manifest");
        assertRefused("backup".getBytes(StandardCharsets.UTF_8));
    }

    private void assertRefused(byte[] file, String... words) throws IOException {
        Path damaged = Files.write(folder.resolve("damaged.zip"), file);
        assertThat(run(environment(folder.resolve("nowhere")), "restore", damaged.toString()))
                .isEqualTo(1);
        assertThat(said(ERR)).contains("Nothing was left in the database");
        assertThat(words).allSatisfy(word -> assertThat(said(ERR)).contains(word));
        assertThat(folder.resolve("nowhere")).doesNotExist();
    }

    @Test
    void recordsThatDoNotHoldAreNotKeptUnlessThatIsAskedFor() throws Exception {
        Path forged = Files.write(
                folder.resolve("forged.zip"),
                forged("decision_record", text -> text.replaceFirst("\tEFFECTIVE\t", "\tINEFFECTIVE\t")));
        var environment = server("forged");

        assertThat(run(environment, "restore", forged.toString())).isEqualTo(1);
        assertThat(said(OUT)).contains("#4: \"outcome\" is not what was sealed", "the database was emptied again");
        assertThat(tables("forged")).isZero();

        assertThat(run(environment, "restore", forged.toString(), "--despite-findings"))
                .isEqualTo(1);
        assertThat(said(OUT)).contains("#4: \"outcome\" is not what was sealed", "Restored the backup");
        assertThat(tables("forged")).isGreaterThan(5);
    }

    @Test
    void whatTheDatabaseCannotTakeLeavesNothingBehind() throws Exception {
        Path malformed = Files.write(folder.resolve("malformed.zip"), forged("token", text -> text + "x\n"));
        var environment = server("malformed");

        assertThat(run(environment, "restore", malformed.toString())).isEqualTo(1);
        assertThat(said(ERR)).contains("could not be put into the database", "Nothing was left in the database");
        assertThat(tables("malformed")).isZero();
    }

    @Test
    void aBackupThatIsOlderThanCheckpointsKeptElsewhereSaysWhatIsLostAndIsKept() throws Exception {
        Path later = folder.resolve("later");
        database().ledger().append(Cases.of(NUMBERS.incrementAndGet(), revision));
        sign(database());
        new CheckpointFolder(later, database().checkpoints()).follow();

        assertThat(run(server("older"), "restore", backup.toString(), "--checkpoints", later.toString()))
                .isEqualTo(1);
        assertThat(said(OUT)).contains("0 findings", "1 of 2 kept elsewhere", "is lost");
        assertThat(tables("older")).isGreaterThan(5);
    }

    @Test
    void aCheckpointKeptElsewhereExposesAChainThatWasSealedAnew() throws Exception {
        Path kept = folder.resolve("kept.json");
        Files.writeString(
                kept,
                Files.readString(shared.resolve("night.checkpoints.json"))
                        .replaceFirst("\"sequence\":43", "\"sequence\":42"));

        assertThat(run(server("anew"), "restore", backup.toString(), "--checkpoints", kept.toString()))
                .isEqualTo(1);
        assertThat(said(OUT)).contains("The checkpoint of 42 has a signature that does not hold", "emptied again");
        assertThat(tables("anew")).isZero();
    }

    /** The backup with one file altered, or added, and the manifest as it was. */
    private static byte[] altered(String name, UnaryOperator<String> change) throws IOException {
        Map<String, byte[]> files = files(backup);
        String text = new String(files.getOrDefault(name, new byte[0]), StandardCharsets.UTF_8);
        files.put(name, change.apply(text).getBytes(StandardCharsets.UTF_8));
        return zipped(files);
    }

    /** The backup with one table altered, and a manifest that agrees with it. */
    private static byte[] forged(String table, UnaryOperator<String> change) throws IOException {
        Map<String, byte[]> files = files(backup);
        String name = "tables/" + table + ".copy";
        byte[] before = files.getOrDefault(name, new byte[0]);
        byte[] after = change.apply(new String(before, StandardCharsets.UTF_8)).getBytes(StandardCharsets.UTF_8);
        assertThat(after).isNotEqualTo(before);
        files.put(name, after);
        String manifest = new String(files.getOrDefault("manifest.json", new byte[0]), StandardCharsets.UTF_8)
                .replace(
                        "\"bytes\":%d,\"sha256\":\"%s\"".formatted(before.length, sha256(before)),
                        "\"bytes\":%d,\"sha256\":\"%s\"".formatted(after.length, sha256(after)));
        assertThat(manifest).contains(sha256(after));
        files.put("manifest.json", manifest.getBytes(StandardCharsets.UTF_8));
        return zipped(files);
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException everyJavaHasIt) {
            throw new IllegalStateException(everyJavaHasIt);
        }
    }

    private static Map<String, byte[]> files(Path backup) throws IOException {
        var files = new LinkedHashMap<String, byte[]>();
        try (ZipFile zip = new ZipFile(backup.toFile())) {
            for (ZipEntry entry : zip.stream().toList()) {
                files.put(entry.getName(), zip.getInputStream(entry).readAllBytes());
            }
        }
        return files;
    }

    private static byte[] zipped(Map<String, byte[]> files) throws IOException {
        var zipped = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(zipped)) {
            zip.setComment("0".repeat(64));
            for (var file : files.entrySet()) {
                zip.putNextEntry(new ZipEntry(file.getKey()));
                zip.write(file.getValue());
            }
        }
        byte[] rest = Arrays.copyOf(zipped.toByteArray(), zipped.size() - 64);
        byte[] seal = sha256(rest).getBytes(StandardCharsets.US_ASCII);
        return ByteBuffer.allocate(zipped.size()).put(rest).put(seal).array();
    }

    private static int run(Map<String, String> environment, String... args) {
        OUT.reset();
        ERR.reset();
        return CommandLine.run(
                args,
                environment,
                Clock.systemUTC(),
                new PrintStream(OUT, true, StandardCharsets.UTF_8),
                new PrintStream(ERR, true, StandardCharsets.UTF_8));
    }

    private static String said(ByteArrayOutputStream stream) {
        return stream.toString(StandardCharsets.UTF_8);
    }
}
