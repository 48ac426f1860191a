package ismap.postgres;

import ismap.backup.BackupFile;
import ismap.backup.BackupManifest;
import ismap.backup.BackupManifest.Part;
import ismap.backup.BackupRefused;
import ismap.backup.Progress;
import ismap.backup.Table;
import ismap.backup.TableTarget;
import ismap.ledger.Chain;
import ismap.ledger.CheckpointStore;
import ismap.postgres.DatabaseSettings.Server;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;

/** Makes the schema anew out of a backup: migrated to where it was, filled in one transaction, then migrated on. */
final class SchemaRestore implements TableTarget {

    private static final String TRIGGERS = """
            select c.relname, t.tgname, t.tgenabled::text
            from pg_trigger t join pg_class c on c.oid = t.tgrelid
            where not t.tgisinternal and c.relnamespace = (select oid from pg_namespace where nspname = 'ismap')
            """;

    private record Trigger(String table, String name, String state) {}

    private final @Nullable EmbeddedServer embedded;
    private final Server server;
    private final Connection connection;
    private @Nullable Database database;

    private SchemaRestore(@Nullable EmbeddedServer embedded, Server server, Connection connection) {
        this.embedded = embedded;
        this.server = server;
        this.connection = connection;
    }

    static SchemaRestore into(@Nullable EmbeddedServer embedded, Server server) {
        Connection connection = null;
        try {
            connection = Backups.connect(server);
            var full = withRows(connection);
            if (!full.isEmpty()) {
                throw new StorageRefused(
                        "the database holds data already (%s); nothing was changed".formatted(String.join(", ", full)),
                        "restore into an empty one: another folder in %s, or another database in %s"
                                .formatted(DatabaseSettings.DATA_DIR, DatabaseSettings.URL));
            }
            return new SchemaRestore(embedded, server, connection);
        } catch (SQLException e) {
            Backups.close(connection);
            throw Backups.unreachable(server, e);
        } catch (RuntimeException e) {
            Backups.close(connection);
            throw e;
        }
    }

    private static List<String> withRows(Connection connection) throws SQLException {
        var catalogue = new Catalogue(connection);
        var full = new ArrayList<String>();
        for (Table table : catalogue.tables()) {
            if (catalogue.hasRows(table.name())) {
                full.add(table.name());
            }
        }
        return full;
    }

    @Override
    public void load(BackupFile backup, Progress progress) throws BackupRefused {
        BackupManifest manifest = backup.manifest();
        boolean loaded = false;
        try {
            if (!Migrations.knows(server, manifest.schemaVersion())) {
                throw new BackupRefused(
                        "このバックアップのスキーマ（%s）は、このバージョンより新しいものです。作成したバージョンで復元してください。".formatted(manifest.schemaVersion()),
                        "The backup's schema (%s) is newer than this version of the service; restore it with the version that made it."
                                .formatted(manifest.schemaVersion()));
            }
            new Catalogue(connection).drop(); // what a restore that was killed left: tables without rows
            Migrations.run(server, manifest.schemaVersion());
            fill(backup, progress);
            database = Database.connect(null, server);
            loaded = true;
        } catch (SQLException | StorageRefused e) {
            throw new BackupRefused(
                    "データベースに入れられませんでした: %s".formatted(e.getMessage()),
                    "It could not be put into the database: %s".formatted(e.getMessage()),
                    e);
        } catch (IOException e) {
            throw new BackupRefused(
                    "バックアップを読み終えられませんでした: %s".formatted(e.getMessage()),
                    "The backup could not be read to its end: %s".formatted(e.getMessage()),
                    e);
        } finally {
            if (!loaded) {
                clear();
            }
        }
    }

    private void fill(BackupFile backup, Progress progress) throws SQLException, IOException, BackupRefused {
        BackupManifest manifest = backup.manifest();
        var catalogue = new Catalogue(connection);
        connection.setAutoCommit(false);
        try (var statement = connection.createStatement()) {
            List<Table> tables = catalogue.tables();
            fits(manifest, tables);
            List<Trigger> triggers = triggers();
            // A backup has the rows that triggers made as well; and what migrations put into new tables is in it, or
            // was
            // removed.
            for (Table table : tables) {
                statement.execute(
                        "alter table ismap.%s disable trigger user".formatted(Catalogue.quoted(table.name())));
            }
            if (catalogue.hasRows("decision_record")) {
                throw new BackupRefused(
                        "復元中に、サービスがこのデータベースに記録しました。サービスを止め、空のデータベースに復元してください。",
                        "A service recorded into this database meanwhile. Stop it, and restore into an empty database.");
            }
            for (int i = tables.size() - 1; i >= 0; i--) {
                statement.execute("delete from ismap.%s"
                        .formatted(Catalogue.quoted(tables.get(i).name())));
            }
            for (Part part : manifest.parts()) {
                fill(backup, part, progress);
            }
            for (Map.Entry<String, Long> counter : manifest.counters().entrySet()) {
                statement.execute("select setval('ismap.%s', %d)"
                        .formatted(Catalogue.quoted(counter.getKey()), counter.getValue()));
            }
            statement.execute("set constraints all immediate");
            for (Trigger trigger : triggers) {
                statement.execute("alter table ismap.%s %s trigger %s"
                        .formatted(
                                Catalogue.quoted(trigger.table()),
                                switched(trigger.state()),
                                Catalogue.quoted(trigger.name())));
            }
            connection.commit();
            connection.setAutoCommit(true);
            for (Table table : tables) {
                statement.execute("analyze ismap.%s".formatted(Catalogue.quoted(table.name())));
            }
        } catch (SQLException | IOException | BackupRefused | RuntimeException e) {
            connection.rollback();
            throw e;
        } finally {
            connection.setAutoCommit(true);
        }
    }

    private void fits(BackupManifest manifest, List<Table> tables) throws BackupRefused, SQLException {
        var stored = manifest.parts().stream().map(Part::table).toList();
        var byName = Comparator.comparing(Table::name);
        boolean fits = stored.stream()
                .sorted(byName)
                .toList()
                .equals(tables.stream().sorted(byName).toList());
        if (!fits) {
            throw new BackupRefused(
                    "バックアップの表が、スキーマ %s の表と異なります。".formatted(manifest.schemaVersion()),
                    "The tables of the backup are not those of the schema %s.".formatted(manifest.schemaVersion()));
        }
        try (var statement = connection.createStatement()) {
            for (String counter : manifest.counters().keySet()) {
                try (ResultSet row =
                        statement.executeQuery("select to_regclass('ismap.%s')".formatted(Catalogue.quoted(counter)))) {
                    if (!row.next() || row.getString(1) == null) {
                        throw new BackupRefused(
                                "バックアップの連番 %s は、スキーマ %s にありません。".formatted(counter, manifest.schemaVersion()),
                                "The counter %s of the backup is not in the schema %s."
                                        .formatted(counter, manifest.schemaVersion()));
                    }
                }
            }
        }
    }

    private void fill(BackupFile backup, Part part, Progress progress) throws SQLException, IOException, BackupRefused {
        try (var in = new Told(backup.open(part), part.table().name(), progress)) {
            long rows = connection
                    .unwrap(PGConnection.class)
                    .getCopyAPI()
                    .copyIn("copy %s from stdin".formatted(Catalogue.quoted(part.table())), in);
            if (rows != part.rows()) {
                throw new BackupRefused(
                        "表 %s の行は %d 行のはずですが、%d 行でした。".formatted(part.table().name(), part.rows(), rows),
                        "Table %s has %d rows, and not the %d of the manifest."
                                .formatted(part.table().name(), rows, part.rows()));
            }
            progress.copied(part.table().name(), part.bytes());
        }
    }

    private List<Trigger> triggers() throws SQLException {
        var triggers = new ArrayList<Trigger>();
        try (var statement = connection.createStatement();
                ResultSet row = statement.executeQuery(TRIGGERS)) {
            while (row.next()) {
                triggers.add(new Trigger(row.getString(1), row.getString(2), row.getString(3)));
            }
        }
        return triggers;
    }

    private static String switched(String state) {
        return switch (state) {
            case "A" -> "enable always";
            case "R" -> "enable replica";
            case "D" -> "disable";
            default -> "enable";
        };
    }

    @Override
    public Chain chain() {
        return loaded().chain();
    }

    @Override
    public CheckpointStore checkpoints() {
        return loaded().checkpoints();
    }

    private Database loaded() {
        Database there = database;
        if (there == null) {
            throw new IllegalStateException("nothing is loaded");
        }
        return there;
    }

    @Override
    public Map<Long, String> hashes(Collection<Long> sequences) {
        var hashes = new HashMap<Long, String>();
        try (var select =
                connection.prepareStatement("select sequence, hash from ismap.entry where sequence = any(?)")) {
            select.setArray(1, connection.createArrayOf("bigint", sequences.toArray()));
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    hashes.put(row.getLong(1), row.getString(2));
                }
            }
        } catch (SQLException e) {
            throw Failures.translated("hashes of entries", e);
        }
        return hashes;
    }

    @Override
    public void clear() {
        Database opened = database;
        if (opened != null) {
            opened.close();
            database = null;
        }
        try {
            if (!connection.getAutoCommit()) {
                connection.rollback();
            }
            connection.setAutoCommit(false);
            new Catalogue(connection).drop();
            connection.commit();
            connection.setAutoCommit(true);
        } catch (SQLException e) {
            throw new StorageRefused(
                    "what was restored could not be taken away again: " + e.getMessage(),
                    "restore into another empty database, and drop this one",
                    e);
        }
    }

    @Override
    public void close() {
        Backups.close(database);
        Backups.close(connection);
        Backups.close(embedded);
    }

    /** Says how far it is. */
    private static final class Told extends FilterInputStream {
        private final String table;
        private final Progress progress;
        private long bytes;
        private long told;

        Told(InputStream in, String table, Progress progress) {
            super(in);
            this.table = table;
            this.progress = progress;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            int read = super.read(buffer, offset, length);
            bytes += Math.max(read, 0);
            if (bytes - told >= Progress.STEP) {
                told = bytes;
                progress.copied(table, bytes);
            }
            return read;
        }
    }
}
