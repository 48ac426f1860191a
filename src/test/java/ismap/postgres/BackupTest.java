package ismap.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ismap.backup.BackupFile;
import ismap.backup.BackupManifest;
import ismap.backup.BackupRefused;
import ismap.backup.Table;
import ismap.evaluation.Audit;
import ismap.ledger.Cases;
import ismap.ledger.NewRecord;
import ismap.postgres.DatabaseSettings.Embedded;
import ismap.postgres.DatabaseSettings.Server;
import ismap.revision.NewRevisions;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Backups of schemas that are not the newest, and databases that are not quite empty. Each test has databases of its own. */
@Tag("database")
final class BackupTest {

    private static final Instant NOW = Instant.parse("2026-06-01T00:00:00Z");

    private static Path folder = Path.of("");
    private static EmbeddedServer server;

    @TempDir
    Path files;

    @BeforeAll
    static void start() throws IOException {
        folder = TestPostgres.folder();
        server = EmbeddedServer.start(new Embedded(folder, DatabaseSettings.ANY_PORT));
    }

    @AfterAll
    static void stop() throws IOException {
        server.close();
        TestPostgres.delete(folder);
    }

    private static Server database(String name) throws SQLException {
        var url = server.connection().url();
        TestPostgres.execute(url, server.superuser(), List.of("create database " + name));
        var created = url.replaceFirst("/[a-z]+$", "/" + name);
        TestPostgres.execute(created, server.superuser(), List.of("create schema ismap authorization ismap_owner"));
        return new Server(
                created, server.connection().service(), server.connection().migration());
    }

    private static void execute(Server database, String... statements) throws SQLException {
        TestPostgres.execute(database.url(), database.migration(), List.of(statements));
    }

    private static String ask(Server database, String sql) throws SQLException {
        return TestPostgres.ask(database.url(), database.migration(), sql);
    }

    private BackupManifest backUp(Server database) throws IOException {
        try (var source = SchemaSnapshot.of(null, database)) {
            return BackupFile.write(files.resolve("backup.zip"), source, NOW, (table, bytes) -> {});
        }
    }

    private void restore(SchemaRestore target) throws BackupRefused, IOException {
        try (var backup = BackupFile.open(files.resolve("backup.zip"))) {
            backup.check((table, bytes) -> {});
            target.load(backup, (table, bytes) -> {});
        }
    }

    @Test
    void aBackupOfAnEarlierVersionIsRestoredAsItWasAndMigratedOn() throws Exception {
        Server old = database("old");
        Migrations.run(old, "1");
        execute(old, "insert into ismap.revision (id, digest, files_digest, note) values ('r', 'd', 'f', '')");
        for (int number = 1; number <= 3; number++) {
            insertAsVersion1(old, Cases.of(number, "r"));
        }

        BackupManifest manifest = backUp(old);
        assertThat(manifest.schemaVersion()).isEqualTo("1");
        assertThat(manifest.head()).isEmpty();
        assertThat(manifest.rows()).isEqualTo(4);

        try (var target = SchemaRestore.into(null, database("migrated"))) {
            restore(target);
            var verification = new Audit(target.chain(), target.checkpoints(), Runnable::run)
                    .verify(Duration.ofMinutes(1))
                    .join();
            assertThat(verification.firstBad()).isEmpty();
            assertThat(verification.records()).isEqualTo(3);
        }
    }

    private static void insertAsVersion1(Server database, NewRecord record) throws SQLException {
        try (var connection = TestPostgres.connect(database.url(), database.migration());
                var insert = connection.prepareStatement(
                        "insert into ismap.decision_record (id, recorded_by, decision, outcome, applicable_day, as_of, revision_id,"
                                + " application, service, applicant, request, answer) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")) {
            insert.setObject(1, record.id());
            insert.setString(2, record.recordedBy());
            insert.setString(3, record.decision());
            insert.setString(4, record.outcome());
            insert.setObject(5, record.applicableDay());
            insert.setObject(6, record.asOf());
            insert.setString(7, record.revisionId());
            insert.setString(8, record.application());
            insert.setString(9, record.service());
            insert.setString(10, record.applicant());
            insert.setBytes(11, record.request());
            insert.setBytes(12, record.answer());
            insert.executeUpdate();
        }
    }

    @Test
    void aTableThatALaterMigrationMakesIsInTheBackupWithoutBeingNamed() throws Exception {
        Server database = database("later");
        Migrations.run(database);
        execute(
                database,
                "create table ismap.a_note (id bigint primary key generated always as identity,"
                        + " revision_id text not null references ismap.revision, text text not null,"
                        + " length int generated always as (length(text)) stored)",
                "insert into ismap.revision (id, digest, files_digest, note) values ('r', 'd', 'f', '')",
                "insert into ismap.a_note (revision_id, text) values ('r', E'a\\tb\\n登録')");

        BackupManifest manifest = backUp(database);

        assertThat(manifest.parts())
                .filteredOn(part -> part.table().equals(new Table("a_note", List.of("id", "revision_id", "text"))))
                .singleElement()
                .returns(1L, BackupManifest.Part::rows);
        assertThat(manifest.parts().stream().map(part -> part.table().name()))
                .containsSubsequence("revision", "a_note")
                .containsSubsequence("entry", "decision_record")
                .doesNotContain("flyway_schema_history");
        assertThat(manifest.counters()).containsEntry("a_note_id_seq", 1L);

        Server target = database("without");
        try (var restore = SchemaRestore.into(null, target)) {
            assertThatThrownBy(() -> restore(restore))
                    .isInstanceOf(BackupRefused.class)
                    .hasMessageContaining("The tables of the backup are not those of the schema");
        }
        assertThat(tables(target)).isEqualTo("0");
    }

    @Test
    void aBackupOfALaterVersionIsRefusedAndNothingIsLeft() throws Exception {
        Server later = database("newer");
        Migrations.run(later);
        execute(
                later,
                "insert into ismap.flyway_schema_history values (99, '99', 'later', 'SQL', 'V99__later.sql', 1, 'x', now(), 1, true)");
        backUp(later);

        Server target = database("older_service");
        try (var restore = SchemaRestore.into(null, target)) {
            assertThatThrownBy(() -> restore(restore))
                    .isInstanceOf(BackupRefused.class)
                    .hasMessageContaining("newer than this version");
        }
        assertThat(tables(target)).isEqualTo("0");
    }

    private static String tables(Server database) throws SQLException {
        return ask(database, "select count(*) from pg_tables where schemaname = 'ismap'");
    }

    @Test
    void tablesWithoutRowsAsAKilledRestoreLeavesThemAreNoDataAndOneRowIs() throws Exception {
        Server source = database("whole");
        try (var opened = Database.connect(null, source)) {
            opened.revisions().publish(NewRevisions.some());
        }
        backUp(source);
        Server target = database("killed");
        Migrations.run(target, "4");

        try (var restore = SchemaRestore.into(null, target)) {
            restore(restore);
        }
        assertThat(ask(target, "select count(*) from ismap.revision")).isEqualTo("1");

        assertThatThrownBy(() -> SchemaRestore.into(null, target))
                .isInstanceOf(StorageRefused.class)
                .hasMessageContaining("holds data already (revision");
    }
}
