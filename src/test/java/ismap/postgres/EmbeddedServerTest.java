package ismap.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ismap.ledger.NewRecords;
import ismap.ledger.StorageUnavailable;
import ismap.postgres.DatabaseSettings.Embedded;
import ismap.postgres.DatabaseSettings.Login;
import ismap.revision.NewRevisions;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The embedded server against the accidents of real life, each in a data folder of its own. */
@Tag("alone")
@Tag("database")
@Tag("slow")
final class EmbeddedServerTest {
    private Path folder = Path.of("");
    private final List<Process> processes = new ArrayList<>();

    @BeforeEach
    void makeAFolder() throws IOException {
        folder = TestPostgres.folder();
    }

    @AfterEach
    void leaveNothingBehind() throws IOException {
        for (var process : processes) {
            process.destroyForcibly();
        }
        Postmaster.recorded(EmbeddedServer.cluster(folder))
                .filter(Postmaster::isOurs)
                .ifPresent(Postmaster::stop);
        TestPostgres.delete(folder);
    }

    private Database open() {
        return Database.open(new Embedded(folder, DatabaseSettings.ANY_PORT));
    }

    private static EmbeddedServer server(Database database) {
        return Objects.requireNonNull(database.embedded());
    }

    private static UUID recordSomething(Database database) {
        var revision = database.revisions().publish(NewRevisions.some());
        return database.ledger().append(NewRecords.minimal(revision.id())).id();
    }

    @Test
    void keepsItsDataOverARestart() {
        UUID record;
        try (var database = open()) {
            record = recordSomething(database);
        }
        try (var database = open()) {
            assertThat(database.ledger().find(record)).isPresent();
        }
    }

    @Test
    void startsWithinSecondsOnceItIsUnpacked() {
        open().close();

        var start = System.nanoTime();
        try (var database = open()) {
            var took = Duration.ofNanos(System.nanoTime() - start);
            System.out.println("opened again after " + took.toMillis() + " ms");
            assertThat(database.isReachable()).isTrue();
            assertThat(took).isLessThan(Duration.ofSeconds(10)); // about one second alone on a machine
        }
    }

    @Test
    void stopsItsServerWhenItIsClosed() {
        var database = open();
        var postmaster = server(database).postmaster();
        database.close();

        assertThat(postmaster.isOurs()).isFalse();
    }

    @Test
    void takesOverTheServerOfAServiceThatWasKilled() throws Exception {
        var killed = startService();
        killed.process().destroyForcibly().waitFor();
        assertThat(new Postmaster(killed.server(), EmbeddedServer.cluster(folder)).isOurs())
                .as("PostgreSQL outlives a killed service")
                .isTrue();

        try (var database = Database.open(new Embedded(folder, killed.port()))) {
            assertThat(server(database).postmaster().pid()).isNotEqualTo(killed.server());
            assertThat(database.ledger().find(killed.record())).isPresent();
        }
    }

    @Test
    void recoversWhereTheServerWasKilledAsWell() throws Exception {
        var killed = startService();
        killed.process().destroyForcibly().waitFor();
        signal("KILL", killed.server());

        try (var database = open()) {
            assertThat(database.ledger().find(killed.record())).isPresent();
        }
    }

    @Test
    void refusesAFolderThatAnotherServiceUses() throws Exception {
        var other = startService();

        assertThatThrownBy(this::open)
                .isInstanceOf(StorageRefused.class)
                .hasMessageContaining("in use by another service")
                .hasMessageContaining(Long.toString(other.process().pid()));
        assertThat(new Postmaster(other.server(), EmbeddedServer.cluster(folder)).isOurs())
                .as("the other one works on")
                .isTrue();
    }

    @Test
    void refusesAFolderThatIsOpenInTheSameProcess() {
        try (var database = open()) {
            assertThatThrownBy(this::open).isInstanceOf(StorageRefused.class);
            assertThat(database.isReachable()).isTrue();
        }
    }

    @Test
    void leavesAloneAProcessThatOnlyHasTheNumberOfAServerOfOld() throws IOException {
        open().close();
        var bystander = new ProcessBuilder("sleep", "60").start();
        processes.add(bystander);
        leavePidFile(bystander.pid());

        try (var database = open()) {
            assertThat(database.isReachable()).isTrue();
            assertThat(bystander.isAlive()).isTrue();
        }
    }

    @Test
    void leavesAloneAPostgresThatServesAnotherFolder() throws IOException {
        open().close();
        var elsewhere = TestPostgres.folder();
        try (var other = Database.open(new Embedded(elsewhere, DatabaseSettings.ANY_PORT))) {
            leavePidFile(server(other).postmaster().pid());

            try (var database = open()) {
                assertThat(database.isReachable()).isTrue();
                assertThat(other.isReachable()).isTrue();
            }
        } finally {
            TestPostgres.delete(elsewhere);
        }
    }

    @Test
    void startsOverThePidFileOfADeadServer() throws IOException, InterruptedException {
        open().close();
        var dead = new ProcessBuilder("true").start();
        dead.waitFor();
        leavePidFile(dead.pid());

        try (var database = open()) {
            assertThat(database.isReachable()).isTrue();
        }
    }

    private void leavePidFile(long pid) throws IOException {
        var cluster = EmbeddedServer.cluster(folder);
        Files.writeString(
                Postmaster.pidFile(cluster),
                "%d\n%s\n1700000000\n54321\n\n127.0.0.1\n  1  1\nready   \n".formatted(pid, cluster));
    }

    @Test
    void namesAPortThatIsTaken() throws IOException {
        try (var taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            var settings = new Embedded(folder, taken.getLocalPort());

            assertThatThrownBy(() -> Database.open(settings))
                    .asInstanceOf(InstanceOfAssertFactories.type(StorageRefused.class))
                    .satisfies(refused -> {
                        assertThat(refused).hasMessageContaining("port " + taken.getLocalPort());
                        assertThat(refused.advice()).contains("ISMAP_DATABASE_PORT");
                    });
        }
        open().close();
    }

    @Test
    void listensWhereItIsTold() throws IOException, SQLException {
        int port;
        try (var free = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            port = free.getLocalPort();
        }
        try (var database = Database.open(new Embedded(folder, port))) {
            assertThat(database.server().url()).contains("127.0.0.1:" + port);
            assertThat(database.isReachable()).isTrue();
        }
    }

    @Test
    void refusesAFolderOfAnotherMajorVersionAndChangesNothing() throws IOException {
        open().close();
        var version = EmbeddedServer.cluster(folder).resolve("PG_VERSION");
        Files.writeString(version, "15\n");

        assertThatThrownBy(this::open)
                .asInstanceOf(InstanceOfAssertFactories.type(StorageRefused.class))
                .satisfies(refused -> {
                    assertThat(refused)
                            .hasMessageContaining("PostgreSQL 15")
                            .hasMessageContaining("PostgreSQL " + Binaries.MAJOR);
                    assertThat(refused.advice()).contains("backup");
                });
        Files.writeString(version, Binaries.MAJOR + "\n");
        open().close();
    }

    @Test
    void refusesAFolderThatHoldsSomethingElse() throws IOException {
        Files.createDirectories(EmbeddedServer.cluster(folder));
        Files.writeString(EmbeddedServer.cluster(folder).resolve("letter.txt"), "Dear …");

        assertThatThrownBy(this::open).isInstanceOf(StorageRefused.class).hasMessageContaining("no PostgreSQL data");
        assertThat(EmbeddedServer.cluster(folder).resolve("letter.txt")).exists();
    }

    @Test
    void beginsAgainWhereTheFirstStartWasCutOff() throws IOException {
        var unfinished = folder.resolve("postgres-unfinished");
        Files.createDirectories(unfinished.resolve("base"));
        Files.writeString(unfinished.resolve("PG_VERSION"), "17\n");

        try (var database = open()) {
            assertThat(database.isReachable()).isTrue();
            assertThat(unfinished).doesNotExist();
        }
    }

    @Test
    void knowsTheVersionOfItsPrograms() {
        var said = Command.run(
                List.of(Binaries.unpackInto(folder.resolve("postgres-programs")).program("postgres"), "--version"));

        assertThat(said.output()).startsWith("postgres (PostgreSQL) " + Binaries.MAJOR + ".");
    }

    @Test
    void unpacksItsProgramsWhereThereAreNone() throws IOException {
        var programs = Binaries.unpackInto(folder.resolve("elsewhere"));

        assertThat(Command.run(List.of(programs.program("initdb"), "--version")).exitCode())
                .isZero();
    }

    @Test
    void losesNothingInAPowerCut() throws SQLException {
        try (var database = open()) {
            var server = database.server();
            for (var setting : List.of("fsync", "full_page_writes", "synchronous_commit", "data_checksums")) {
                assertThat(TestPostgres.ask(server.url(), server.service(), "show " + setting))
                        .as(setting)
                        .isEqualTo("on");
            }
        }
    }

    @Test
    void listensOnThisMachineOnly() throws SQLException {
        try (var database = open()) {
            var url = database.server().url();
            assertThat(TestPostgres.ask(url, server(database).superuser(), "show listen_addresses"))
                    .isEqualTo("127.0.0.1");
            assertThat(TestPostgres.ask(url, server(database).superuser(), "show unix_socket_directories"))
                    .isEmpty();
        }
    }

    @Test
    void demandsAPassword() throws SQLException {
        try (var database = open()) {
            var url = database.server().url();
            for (var name : List.of("postgres", "ismap_owner", "ismap_service", "nobody")) {
                for (var password : List.of("", "postgres", "ismap")) {
                    assertThatThrownBy(() -> TestPostgres.connect(url, new Login(name, password)))
                            .as("%s with \"%s\"", name, password)
                            .isInstanceOf(SQLException.class);
                }
            }
            assertThat(TestPostgres.ask(
                            url,
                            server(database).superuser(),
                            "select string_agg(distinct auth_method, ',') from pg_hba_file_rules"))
                    .isEqualTo("scram-sha-256");
            assertThat(TestPostgres.ask(
                            url,
                            server(database).superuser(),
                            "select bool_and(rolpassword like 'SCRAM-SHA-256$%') from pg_authid where rolcanlogin"))
                    .isEqualTo("t");
        }
    }

    @Test
    void keepsPasswordsWhereItsOwnerAloneMayReadThem() throws IOException {
        open().close();
        var passwords = folder.resolve("postgres-passwords");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(passwords)))
                .isEqualTo("rw-------");

        Files.setPosixFilePermissions(passwords, PosixFilePermissions.fromString("rw-r--r--"));
        assertThatThrownBy(this::open).isInstanceOf(StorageRefused.class).hasMessageContaining("others may read");
    }

    @Test
    void makesNewPasswordsWhereTheirFileIsLost() throws IOException {
        UUID record;
        Login old;
        try (var database = open()) {
            record = recordSomething(database);
            old = database.server().service();
        }
        Files.delete(folder.resolve("postgres-passwords"));

        try (var database = open()) {
            assertThat(database.ledger().find(record)).isPresent();
            assertThatThrownBy(() -> TestPostgres.connect(database.server().url(), old))
                    .isInstanceOf(SQLException.class);
        }
        assertThat(folder.resolve("postgres-unfinished.password")).doesNotExist();
    }

    @Test
    void survivesACtrlCThatTheServiceHasNotFinishedWith() throws IOException {
        try (var database = open()) {
            var server = server(database).postmaster();
            assertThat(session(server.pid()))
                    .as("the terminal's signals go to one session")
                    .isEqualTo(server.pid())
                    .isNotEqualTo(session(ProcessHandle.current().pid()));
        }
    }

    private static long session(long pid) throws IOException {
        var stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
        return Long.parseLong(stat.substring(stat.lastIndexOf(')') + 2).split(" ")[3]);
    }

    @Test
    void aServerThatWasKilledIsStartedAgain() throws Exception {
        for (var how : List.of("KILL", "QUIT")) { // QUIT is what an immediate stop sends
            try (var database = open()) {
                var record = recordSomething(database);
                long killed = server(database).postmaster().pid();
                signal(how, killed);
                var end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
                while ((server(database).postmaster().pid() == killed || !database.isReachable())
                        && System.nanoTime() < end) {
                    Thread.sleep(50);
                }
                assertThat(database.ledger().find(record))
                        .as("and it is back after " + how)
                        .isPresent();
                recordSomething(database);
            }
        }
    }

    @Test
    void aDatabaseThatHangsIsSaidToBeUnavailable() throws Exception {
        try (var database = open()) {
            var record = recordSomething(database);
            var processesOfServer = new ArrayList<Long>();
            ProcessHandle.of(server(database).postmaster().pid())
                    .orElseThrow()
                    .descendants()
                    .forEach(each -> {
                        processesOfServer.add(each.pid());
                    });
            processesOfServer.add(server(database).postmaster().pid());
            for (var pid : processesOfServer) {
                signal("STOP", pid);
            }
            try {
                assertUnavailableSoon(database, record);
            } finally {
                for (var pid : processesOfServer) {
                    signal("CONT", pid);
                }
            }
            assertThat(database.ledger().find(record)).as("and it is back").isPresent();
        }
    }

    private static void assertUnavailableSoon(Database database, UUID record) {
        for (int i = 0; i < 3; i++) {
            var start = System.nanoTime();
            assertThatThrownBy(() -> database.ledger().find(record)).isInstanceOf(StorageUnavailable.class);
            var took = Duration.ofNanos(System.nanoTime() - start);
            System.out.println("unavailable after " + took.toMillis() + " ms");
            assertThat(took).isLessThan(Duration.ofSeconds(4));
        }
        assertThatThrownBy(() -> database.revisions().inForce()).isInstanceOf(StorageUnavailable.class);
        assertThatThrownBy(() -> database.revisions().publish(NewRevisions.some()))
                .isInstanceOf(StorageUnavailable.class);
        assertThatThrownBy(() -> database.ledger().append(NewRecords.minimal("any")))
                .isInstanceOf(StorageUnavailable.class);
        assertThat(database.isReachable()).isFalse();
    }

    @Test
    void runsForRootInANamespace() {
        assumeTrue(root());
        assertRunsAs(List.of(Account::namespace), "a user namespace");
    }

    @Test
    void runsForRootUnderAnAccountWhereNamespacesAreRefused() throws IOException {
        assumeTrue(root());
        letOthersEnter();
        assertRunsAs(List.of(EmbeddedServerTest::refused, () -> Account.named("nobody")), "the account nobody");
    }

    @Test
    void goesBackAndForthBetweenAccounts() throws IOException {
        assumeTrue(root());
        letOthersEnter();
        assertRunsAs(List.of(() -> Account.named("nobody")), "the account nobody");
        assertRunsAs(List.of(Account::namespace), "a user namespace");
        assertRunsAs(List.of(() -> Account.named("nobody")), "the account nobody");
    }

    @Test
    void saysSoWhereRootHasNoWayToRunIt() {
        assumeTrue(root());
        // The folder is root's own: nobody may not enter it.
        List<Account.Way> ways = List.of(EmbeddedServerTest::refused, Optional::empty, () -> Account.named("nobody"));

        assertThatThrownBy(() -> EmbeddedServer.start(new Embedded(folder, DatabaseSettings.ANY_PORT), ways))
                .isInstanceOf(StorageRefused.class)
                .hasMessageContaining("runs as root");
    }

    /** As in a container that forbids user namespaces: unshare says so and fails. */
    private static Optional<Account> refused() {
        return Account.through("a refused namespace", List.of("unshare", "--user", "--map-users=refused", "--"));
    }

    private void letOthersEnter() throws IOException {
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx--x--x"));
    }

    private void assertRunsAs(List<Account.Way> ways, String account) {
        var settings = new Embedded(folder, DatabaseSettings.ANY_PORT);
        UUID record;
        try (var server = EmbeddedServer.start(settings, ways);
                var database = Database.connect(null, server.connection())) {
            record = recordSomething(database);
            assertThat(server.toString()).contains(account);
        }
        try (var server = EmbeddedServer.start(settings, ways);
                var database = Database.connect(null, server.connection())) {
            assertThat(database.ledger().find(record)).isPresent();
        }
    }

    private static boolean root() {
        return Command.run(List.of("id", "-u")).output().equals("0");
    }

    private static void signal(String name, long pid) {
        Command.run(List.of("/bin/sh", "-c", "kill -" + name + " " + pid));
    }

    private record Service(Process process, UUID record, long server, int port) {}

    private Service startService() throws IOException {
        var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        var process = new ProcessBuilder(
                        java,
                        "-cp",
                        System.getProperty("java.class.path"),
                        ServiceProcess.class.getName(),
                        folder.toString(),
                        "0")
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        processes.add(process);
        var said = process.inputReader(StandardCharsets.UTF_8);
        for (var line = said.readLine(); line != null; line = said.readLine()) {
            if (line.startsWith("READY ")) {
                var words = line.split(" ");
                return new Service(
                        process, UUID.fromString(words[1]), Long.parseLong(words[2]), Integer.parseInt(words[3]));
            }
        }
        throw new IllegalStateException("the service ended before it was ready");
    }
}
