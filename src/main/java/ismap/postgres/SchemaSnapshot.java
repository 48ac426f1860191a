package ismap.postgres;

import ismap.backup.Table;
import ismap.backup.TableSource;
import ismap.ledger.Chain;
import ismap.ledger.Checkpoint;
import ismap.ledger.CheckpointStore;
import ismap.ledger.StorageUnavailable;
import ismap.postgres.DatabaseSettings.Server;
import java.io.IOException;
import java.io.OutputStream;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;

/** The schema within one transaction that sees one moment. Nobody who reads or adds waits for it; a migration does. */
final class SchemaSnapshot implements TableSource {

    private static final String HEAD = "select sequence, hash from ismap.entry order by sequence desc limit 1";

    private final @Nullable EmbeddedServer embedded;
    private final Connection connection;
    private final CheckpointStore checkpoints;
    private final List<Table> tables;
    private final String version;

    private SchemaSnapshot(@Nullable EmbeddedServer embedded, Server server, Connection connection)
            throws SQLException {
        this.embedded = embedded;
        this.connection = connection;
        this.checkpoints = new PostgresCheckpoints(Backups.source(server));
        Catalogue catalogue = new Catalogue(connection);
        List<Table> seen = catalogue.tables();
        if (seen.isEmpty() || !catalogue.hasHistory()) {
            throw new StorageRefused(
                    "there is no schema ismap, or nothing in it", "see that the settings are those of the service");
        }
        connection.setReadOnly(true);
        connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
        connection.setAutoCommit(false);
        // The locks first: a table that is rewritten after the snapshot is taken would look empty in it.
        try (var statement = connection.createStatement()) {
            statement.execute("lock table %s, ismap.%s in access share mode"
                    .formatted(
                            String.join(
                                    ", ",
                                    seen.stream()
                                            .map(table -> "ismap." + Catalogue.quoted(table.name()))
                                            .toList()),
                            Catalogue.HISTORY));
        }
        this.version = catalogue
                .version()
                .orElseThrow(() -> new StorageRefused(
                        "the schema ismap was never migrated", "see that the settings are those of the service"));
        this.tables = catalogue.tables();
        if (!tables.equals(seen)) {
            throw new StorageRefused("the schema is being migrated", "try again when the service runs");
        }
    }

    static SchemaSnapshot of(@Nullable EmbeddedServer embedded, Server server) {
        Connection connection = null;
        try {
            connection = Backups.connect(server);
            return new SchemaSnapshot(embedded, server, connection);
        } catch (SQLException e) {
            Backups.close(connection);
            throw Backups.unreachable(server, e);
        } catch (RuntimeException e) {
            Backups.close(connection);
            throw e;
        }
    }

    @Override
    public String schemaVersion() {
        return version;
    }

    @Override
    public List<Table> tables() {
        return tables;
    }

    @Override
    public long copy(Table table, OutputStream out) throws IOException {
        try {
            return connection
                    .unwrap(PGConnection.class)
                    .getCopyAPI()
                    .copyOut("copy %s to stdout".formatted(Catalogue.quoted(table)), out);
        } catch (SQLException e) {
            throw new StorageUnavailable("table %s is not to be read".formatted(table.name()), e);
        }
    }

    @Override
    public SortedMap<String, Long> counters() {
        try {
            return new Catalogue(connection).counters();
        } catch (SQLException e) {
            throw new StorageUnavailable("the counters are not to be read", e);
        }
    }

    @Override
    public Optional<Chain.Head> head() {
        if (!has("entry")) {
            return Optional.empty();
        }
        try (var statement = connection.createStatement();
                ResultSet row = statement.executeQuery(HEAD)) {
            return row.next() ? Optional.of(new Chain.Head(row.getLong(1), row.getString(2))) : Optional.empty();
        } catch (SQLException e) {
            throw new StorageUnavailable("the end of the chain is not to be read", e);
        }
    }

    @Override
    public Optional<Checkpoint> checkpoint() {
        if (!has("checkpoint")) {
            return Optional.empty();
        }
        try {
            return new Catalogue(connection)
                    .ask("select max(sequence) from ismap.checkpoint").map(Long::valueOf).stream()
                            .flatMap(last -> checkpoints.after(last - 1, 1).stream())
                            .findFirst();
        } catch (SQLException e) {
            throw new StorageUnavailable("the last checkpoint is not to be read", e);
        }
    }

    private boolean has(String table) {
        return tables.stream().anyMatch(each -> each.name().equals(table));
    }

    @Override
    public CheckpointStore checkpoints() {
        return checkpoints;
    }

    @Override
    public void close() {
        Backups.close(connection);
        Backups.close(embedded);
    }
}
