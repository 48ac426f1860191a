package ismap.postgres;

import ismap.backup.TableSource;
import ismap.backup.TableTarget;
import ismap.postgres.DatabaseSettings.Embedded;
import ismap.postgres.DatabaseSettings.Server;
import java.nio.file.Files;
import java.sql.Connection;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.postgresql.ds.PGSimpleDataSource;

/** Opens databases to be copied, and to be filled. Both are done as the schema's owner. */
public final class Backups {

    private Backups() {}

    /** Also beside a running service, whose embedded server is then shared. Changes nothing. @throws StorageRefused if it cannot be opened, and why */
    public static TableSource source(DatabaseSettings settings) {
        if (!(settings instanceof Embedded own)) {
            return SchemaSnapshot.of(null, (Server) settings);
        }
        if (!Files.exists(EmbeddedServer.cluster(own.dataDir()))) {
            throw new StorageRefused(
                    "there is no database in %s".formatted(own.dataDir()),
                    "name the service's data folder in %s, or its server in %s"
                            .formatted(DatabaseSettings.DATA_DIR, DatabaseSettings.URL));
        }
        Server running = EmbeddedServer.beside(own.dataDir()).orElse(null);
        if (running != null) {
            return SchemaSnapshot.of(null, running);
        }
        var embedded = EmbeddedServer.start(own);
        try {
            return SchemaSnapshot.of(embedded, embedded.connection());
        } catch (RuntimeException e) {
            embedded.close();
            throw e;
        }
    }

    /** @throws StorageRefused if it cannot be opened, or a service runs on it, or it holds data already */
    public static TableTarget target(DatabaseSettings settings) {
        if (!(settings instanceof Embedded own)) {
            return SchemaRestore.into(null, (Server) settings);
        }
        var embedded = EmbeddedServer.start(own);
        try {
            return SchemaRestore.into(embedded, embedded.connection());
        } catch (RuntimeException e) {
            embedded.close();
            throw e;
        }
    }

    /** Of its own, with all the patience that a long copy needs. */
    static Connection connect(Server server) throws SQLException {
        var source = source(server);
        Connection connection = source.getConnection();
        try (var statement = connection.createStatement()) {
            statement.execute("set statement_timeout = 0; set lock_timeout = 0; "
                    + "set idle_in_transaction_session_timeout = 0; set timezone = 'UTC'; set datestyle = 'ISO, YMD'; "
                    + "set intervalstyle = 'postgres'; set bytea_output = 'hex'; set extra_float_digits = 1");
            return connection;
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
    }

    static PGSimpleDataSource source(Server server) {
        var source = new PGSimpleDataSource();
        source.setUrl(server.url());
        source.setUser(server.migration().username());
        source.setPassword(server.migration().password());
        source.setLoginTimeout(10);
        source.setSocketTimeout(0);
        source.setTcpKeepAlive(true);
        source.setApplicationName("ismap-backup");
        return source;
    }

    static StorageRefused unreachable(Server server, SQLException e) {
        return new StorageRefused(
                "the database does not answer %s: %s".formatted(server.migration(), e.getMessage()),
                "see that the server runs, and that the settings are those of the service",
                e);
    }

    static void close(@Nullable AutoCloseable connection) {
        try {
            if (connection != null) {
                connection.close();
            }
        } catch (Exception gone) {
            // What was to be ended has ended.
        }
    }
}
