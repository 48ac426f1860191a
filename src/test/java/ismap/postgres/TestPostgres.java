package ismap.postgres;

import ismap.postgres.DatabaseSettings.Embedded;
import ismap.postgres.DatabaseSettings.Login;
import ismap.postgres.DatabaseSettings.Server;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.List;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.postgresql.PostgreSQLContainer;

/** The PostgreSQL that the tests of one JVM share: a named one, else a container, else the embedded server. */
final class TestPostgres implements AutoCloseable {
    private static final Login OWNER = new Login("ismap_owner", "owner");
    private static final Login SERVICE = new Login("ismap_service", "service");

    private final Database database;
    private final AutoCloseable rest;

    private TestPostgres(Database database, AutoCloseable rest) {
        this.database = database;
        this.rest = rest;
    }

    static TestPostgres start() throws IOException, SQLException {
        var named = System.getenv();
        if (named.containsKey(DatabaseSettings.URL)) {
            return new TestPostgres(Database.open(DatabaseSettings.from(named)), () -> {});
        }
        return DockerClientFactory.instance().isDockerAvailable() ? container() : embedded();
    }

    private static TestPostgres container() throws SQLException {
        var container = new PostgreSQLContainer("postgres:17-alpine").withDatabaseName("ismap");
        container.start();
        var superuser = new Login(container.getUsername(), container.getPassword());
        execute(container.getJdbcUrl(), superuser, rolesAndSchema());
        return new TestPostgres(Database.open(new Server(container.getJdbcUrl(), SERVICE, OWNER)), container);
    }

    /** What docs/operation.md asks of whoever runs the server. */
    static List<String> rolesAndSchema() {
        return List.of(
                "create role ismap_owner login password 'owner'",
                "create role ismap_service login password 'service'",
                "create schema ismap authorization ismap_owner");
    }

    private static TestPostgres embedded() throws IOException {
        var folder = folder();
        var database = Database.open(new Embedded(folder, DatabaseSettings.ANY_PORT));
        return new TestPostgres(database, () -> delete(folder));
    }

    /** A data folder that need not unpack PostgreSQL's programs again. */
    static Path folder() throws IOException {
        var folder = Files.createTempDirectory("ismap-test-");
        sharePrograms(folder);
        return folder;
    }

    static void sharePrograms(Path dataDir) throws IOException {
        var programs = Path.of("target", "postgres-programs").toAbsolutePath();
        Files.createDirectories(programs);
        Files.createSymbolicLink(dataDir.resolve("postgres-programs"), programs);
    }

    static void delete(Path folder) throws IOException {
        try (var paths = Files.walk(folder)) {
            for (var path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        }
    }

    static void execute(String url, Login login, List<String> statements) throws SQLException {
        try (var connection = connect(url, login);
                var statement = connection.createStatement()) {
            for (var sql : statements) {
                statement.execute(sql);
            }
        }
    }

    static Connection connect(String url, Login login) throws SQLException {
        return DriverManager.getConnection(url, login.username(), login.password());
    }

    static String ask(String url, Login login, String sql) throws SQLException {
        try (var connection = connect(url, login);
                var statement = connection.createStatement();
                var answer = statement.executeQuery(sql)) {
            answer.next();
            return String.valueOf(answer.getString(1));
        }
    }

    Database database() {
        return database;
    }

    @Override
    public void close() throws Exception {
        database.close();
        rest.close();
    }
}
