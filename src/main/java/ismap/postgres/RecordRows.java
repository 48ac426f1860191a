package ismap.postgres;

import ismap.ledger.NewRecord;
import ismap.ledger.Receipt;
import ismap.ledger.Redaction;
import ismap.ledger.RevisionDigests;
import ismap.ledger.Seal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** The tables {@code entry}, {@code decision_record} and {@code idempotency_key}, as statements on a connection. */
final class RecordRows {

    /** One writer at a time, in all instances: whoever holds it may follow the last entry. The number is this schema's own. */
    private static final long CHAIN_LOCK = 0x1534A9;

    static final String SELECT = """
            select r.id, r.recorded_by, k.key, r.decision, r.outcome, r.applicable_day, r.as_of, r.revision_id,
                   r.application, r.service, r.applicant, r.assessor, r.supersedes, r.supersede_reason,
                   r.request, r.answer, r.salt, e.sequence, e.previous, e.recorded_at, e.content, e.hash,
                   (select s.id from ismap.decision_record s where s.supersedes = r.id order by s.sequence desc limit 1)
                       as superseded_by,
                   x.sequence as x_sequence, x.previous as x_previous, x.recorded_at as x_recorded_at,
                   x.content as x_content, x.hash as x_hash
            from ismap.decision_record r
            join ismap.entry e on e.sequence = r.sequence
            left join ismap.idempotency_key k on k.record_id = r.id
            left join ismap.redaction d on r.salt is null and d.record_id = r.id
            left join ismap.entry x on x.sequence = d.sequence
            """;

    private static final byte[] GONE = {};

    private final Connection connection;

    RecordRows(Connection connection) {
        this.connection = connection;
    }

    /** The last entry of the chain, and the time of whoever comes next. */
    record Head(long sequence, String hash, Instant now) {}

    /** Waits for its turn, and then nobody else can follow the last entry until the transaction ends, one way or another. */
    Head lock() throws SQLException {
        try (var statement = connection.createStatement()) {
            // Whoever stalls while holding the lock is thrown out by the server, and whoever waits does not wait for
            // long.
            statement.execute(
                    "set local lock_timeout = '800ms'; set local idle_in_transaction_session_timeout = '1500ms'; "
                            + "select pg_advisory_xact_lock(" + CHAIN_LOCK + ")");
        }
        var head = "select sequence, hash, recorded_at, clock_timestamp() from (values (1)) as one left join "
                + "(select * from ismap.entry order by sequence desc limit 1) as last on true";
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery(head)) {
            rows.next();
            Instant now = instant(rows, 4);
            String hash = rows.getString(2);
            if (hash == null) {
                return new Head(0, Seal.NOTHING, now);
            }
            Instant last = instant(rows, 3);
            return new Head(rows.getLong(1), hash, last.isAfter(now) ? last : now);
        }
    }

    Optional<RevisionDigests> revision(String id) throws SQLException {
        try (var select = connection.prepareStatement("select digest, files_digest from ismap.revision where id = ?")) {
            select.setString(1, id);
            try (var rows = select.executeQuery()) {
                return rows.next()
                        ? Optional.of(new RevisionDigests(id, rows.getString(1), rows.getString(2)))
                        : Optional.empty();
            }
        }
    }

    /** Takes the keys of those that have one. @return the ids of the records whose key was free */
    List<UUID> takeKeys(List<NewRecord> keyed) throws SQLException {
        var taken = new ArrayList<UUID>();
        if (keyed.isEmpty()) {
            return taken;
        }
        try (var insert = connection.prepareStatement("insert into ismap.idempotency_key (principal, key, record_id) "
                + "select t.principal, t.key, t.record_id "
                + "from unnest(?::text[], ?::text[], ?::text[], ?::uuid[]) as t (principal, key, digest, record_id) "
                + "where not exists (select from ismap.redacted_key x where x.principal = t.principal and x.digest = t.digest) "
                + "on conflict do nothing returning record_id")) {
            insert.setArray(
                    1, array("text", keyed.stream().map(NewRecord::recordedBy).toArray()));
            insert.setArray(2, array("text", keyed.stream().map(NewRecord::key).toArray()));
            insert.setArray(
                    3,
                    array(
                            "text",
                            keyed.stream()
                                    .map(record ->
                                            Redaction.keyDigest(record.recordedBy(), String.valueOf(record.key())))
                                    .toArray()));
            insert.setArray(4, array("uuid", keyed.stream().map(NewRecord::id).toArray()));
            try (var rows = insert.executeQuery()) {
                while (rows.next()) {
                    taken.add(rows.getObject(1, UUID.class));
                }
            }
        }
        return taken;
    }

    private java.sql.Array array(String type, Object[] elements) throws SQLException {
        return connection.createArrayOf(type, elements);
    }

    /** @param found what each record can be found by, by its id */
    void insert(List<Receipt> receipts, Map<UUID, String[]> found) throws SQLException {
        try (var entry = connection.prepareStatement(
                        "insert into ismap.entry (sequence, kind, previous, recorded_at, content, hash) "
                                + "values (?, 'DECISION', ?, ?, ?, ?)");
                var record = connection.prepareStatement(
                        "insert into ismap.decision_record (id, recorded_at, recorded_by, decision, outcome, applicable_day, "
                                + "as_of, revision_id, application, service, applicant, assessor, supersedes, supersede_reason, "
                                + "request, answer, sequence, salt, found) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")) {
            for (Receipt receipt : receipts) {
                Seal seal = receipt.seal();
                entry.setLong(1, seal.sequence());
                entry.setString(2, seal.previous());
                entry.setObject(3, OffsetDateTime.ofInstant(seal.recordedAt(), ZoneOffset.UTC));
                entry.setBytes(4, seal.content());
                entry.setString(5, seal.hash());
                entry.addBatch();
                set(record, receipt);
                record.setArray(19, array("text", java.util.Objects.requireNonNull(found.get(receipt.id()))));
                record.addBatch();
            }
            entry.executeBatch();
            record.executeBatch();
        }
    }

    private static void set(PreparedStatement insert, Receipt receipt) throws SQLException {
        NewRecord record = receipt.record();
        insert.setObject(1, record.id());
        insert.setObject(2, OffsetDateTime.ofInstant(receipt.recordedAt(), ZoneOffset.UTC));
        insert.setString(3, record.recordedBy());
        insert.setString(4, record.decision());
        insert.setString(5, record.outcome());
        insert.setObject(6, record.applicableDay());
        insert.setObject(7, record.asOf());
        insert.setString(8, record.revisionId());
        insert.setString(9, record.application());
        insert.setString(10, record.service());
        insert.setString(11, record.applicant());
        insert.setString(12, record.assessor());
        insert.setObject(13, record.supersedes(), Types.OTHER);
        insert.setString(14, record.supersedeReason());
        insert.setBytes(15, record.request());
        insert.setBytes(16, record.answer());
        insert.setLong(17, receipt.seal().sequence());
        insert.setBytes(18, receipt.salt());
    }

    Optional<Receipt> find(UUID id) throws SQLException {
        try (var select = connection.prepareStatement(SELECT + "where r.id = ?")) {
            select.setObject(1, id);
            return one(select);
        }
    }

    Optional<Receipt> find(String principal, String key) throws SQLException {
        try (var select = connection.prepareStatement(SELECT
                + "where r.id = (select record_id from ismap.idempotency_key where principal = ? and key = ? "
                + "union all select record_id from ismap.redacted_key where principal = ? and digest = ?)")) {
            select.setString(1, principal);
            select.setString(2, key);
            select.setString(3, principal);
            select.setString(4, Redaction.keyDigest(principal, key));
            return one(select);
        }
    }

    /** Those of the ids that are on record. */
    Map<UUID, Receipt> find(List<UUID> ids) throws SQLException {
        var found = new LinkedHashMap<UUID, Receipt>();
        try (var select = connection.prepareStatement(SELECT + "where r.id = any (?)")) {
            select.setArray(1, array("uuid", ids.toArray()));
            try (var rows = select.executeQuery()) {
                while (rows.next()) {
                    Receipt receipt = receipt(rows);
                    found.put(receipt.id(), receipt);
                }
            }
        }
        return found;
    }

    private static Optional<Receipt> one(PreparedStatement select) throws SQLException {
        try (var rows = select.executeQuery()) {
            return rows.next() ? Optional.of(receipt(rows)) : Optional.empty();
        }
    }

    static Receipt receipt(ResultSet row) throws SQLException {
        return new Receipt(
                new NewRecord(
                        row.getObject("id", UUID.class),
                        row.getString("recorded_by"),
                        row.getString("key"),
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
                        content(row, "request"),
                        content(row, "answer")),
                seal(row, ""),
                content(row, "salt"),
                Optional.ofNullable(row.getObject("superseded_by", UUID.class)),
                row.getObject("x_sequence") == null ? Optional.empty() : Redaction.read(seal(row, "x_")));
    }

    private static byte[] content(ResultSet row, String column) throws SQLException {
        byte[] bytes = row.getBytes(column);
        return bytes == null ? GONE : bytes;
    }

    /** @param prefix of the columns of an entry */
    static Seal seal(ResultSet row, String prefix) throws SQLException {
        return new Seal(
                row.getLong(prefix + "sequence"),
                row.getString(prefix + "previous"),
                row.getObject(prefix + "recorded_at", OffsetDateTime.class).toInstant(),
                row.getBytes(prefix + "content"),
                row.getString(prefix + "hash"));
    }

    private static Instant instant(ResultSet row, int column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }
}
