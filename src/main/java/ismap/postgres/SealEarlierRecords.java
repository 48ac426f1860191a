package ismap.postgres;

import ismap.json.JsonReader;
import ismap.json.JsonWriter;
import ismap.json.Parsed;
import ismap.ledger.NewRecord;
import ismap.ledger.RevisionDigests;
import ismap.ledger.Seal;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.UUID;
import org.flywaydb.core.api.MigrationVersion;
import org.flywaydb.core.api.migration.Context;
import org.flywaydb.core.api.migration.JavaMigration;
import org.jspecify.annotations.Nullable;

/** Version 3: seals the records that were made before there was a chain, in the order in which they were recorded. */
final class SealEarlierRecords implements JavaMigration {

    private static final String EARLIER = """
            select d.*, v.digest, v.files_digest
            from ismap.decision_record d join ismap.revision v on v.id = d.revision_id
            where d.sequence is null order by d.recorded_at, d.id
            """;

    @Override
    public String getDescription() {
        return "seal earlier records";
    }

    @Override
    public MigrationVersion getVersion() {
        return MigrationVersion.fromVersion("3");
    }

    @Override
    public @Nullable Integer getChecksum() {
        return null;
    }

    @Override
    public boolean canExecuteInTransaction() {
        return true;
    }

    @Override
    public void migrate(Context context) throws SQLException {
        Connection connection = context.getConnection();
        try (var statement = connection.createStatement()) {
            statement.execute("alter table ismap.decision_record disable trigger rows_are_final");
            sealAll(connection);
            statement.execute("alter table ismap.decision_record enable always trigger rows_are_final");
            statement.execute("alter table ismap.decision_record alter column sequence set not null");
        }
    }

    private static void sealAll(Connection connection) throws SQLException {
        var random = new SecureRandom();
        long last = 0;
        String previous = Seal.NOTHING;
        try (var select = connection.createStatement();
                var rows = select.executeQuery(EARLIER);
                var entry = connection.prepareStatement(
                        "insert into ismap.entry (sequence, kind, previous, recorded_at, content, hash) values (?, 'DECISION', ?, ?, ?, ?)");
                var update = connection.prepareStatement(
                        "update ismap.decision_record set sequence = ?, salt = ?, answer = ? where id = ?")) {
            while (rows.next()) {
                byte[] salt = new byte[Seal.SALT];
                random.nextBytes(salt);
                var at = rows.getObject("recorded_at", OffsetDateTime.class);
                var revision = new RevisionDigests(
                        rows.getString("revision_id"), rows.getString("digest"), rows.getString("files_digest"));
                NewRecord record = record(rows);
                Seal seal = Seal.of(last, previous, at.toInstant(), record, revision, salt);
                last = seal.sequence();
                previous = seal.hash();
                // What is sealed is canonical from here on; earlier answers were written in another order of keys.
                entry.setLong(1, last);
                entry.setString(2, seal.previous());
                entry.setObject(3, at);
                entry.setBytes(4, seal.content());
                entry.setString(5, previous);
                entry.executeUpdate();
                update.setLong(1, last);
                update.setBytes(2, salt);
                update.setBytes(3, record.answer());
                update.setObject(4, record.id());
                update.executeUpdate();
            }
        }
    }

    private static NewRecord record(ResultSet row) throws SQLException {
        return new NewRecord(
                row.getObject("id", UUID.class),
                row.getString("recorded_by"),
                null,
                row.getString("decision"),
                row.getString("outcome"),
                row.getObject("applicable_day", LocalDate.class),
                row.getObject("as_of", LocalDate.class),
                row.getString("revision_id"),
                row.getString("application"),
                row.getString("service"),
                row.getString("applicant"),
                row.getString("assessor"),
                row.getObject("supersedes", UUID.class),
                row.getString("supersede_reason"),
                row.getBytes("request"),
                canonical(row.getBytes("answer")));
    }

    private static byte[] canonical(byte[] json) {
        return JsonReader.read(json) instanceof Parsed.Document document
                ? JsonWriter.canonical(document.value())
                : json;
    }
}
