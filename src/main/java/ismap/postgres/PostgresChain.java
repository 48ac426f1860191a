package ismap.postgres;

import ismap.ledger.Chain;
import ismap.ledger.StoredLink;
import ismap.ledger.StoredLink.Entry;
import ismap.ledger.StoredLink.RedactionRow;
import ismap.ledger.StoredLink.Row;
import ismap.postgres.PagedRows.Placed;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * The chain in PostgreSQL. A walk is one snapshot read in pages by sequence: a cursor over the whole would be one statement, and a
 * statement may not take as long as a walk does.
 */
final class PostgresChain implements Chain {

    private static final String ENTRIES = """
            select sequence, kind, previous, recorded_at, content, hash
            from ismap.entry where sequence > ? order by sequence limit ?
            """;

    private static final String RECORDS = """
            select r.*, coalesce(k.principal, g.principal) as key_principal, k.key
            from (select * from ismap.decision_record where sequence > ? order by sequence limit ?) r
            left join ismap.idempotency_key k on k.record_id = r.id
            left join ismap.redacted_key g on g.record_id = r.id
            order by r.sequence
            """;

    private static final String REDACTIONS = """
            select d.sequence, d.record_id, d.proposal_id, d.proposed_by, d.carried_out_by,
                   coalesce(p.reason, '') as reason, coalesce(p.legal_basis, '') as legal_basis
            from (select * from ismap.redaction where sequence > ? order by sequence limit ?) d
            left join ismap.redaction_proposal p on p.id = d.proposal_id and p.record_id = d.record_id and p.proposed_by = d.proposed_by
            order by d.sequence
            """;

    private static final String LAST = "select sequence, hash from ismap.entry order by sequence desc limit 1";

    private static final String KEYS = """
            select k.record_id, exists (select from ismap.decision_record r where r.id = k.record_id)
            from ismap.idempotency_key k
            where k.record_id >= ?
            order by k.record_id limit ?
            """;

    private static final int KEYS_PAGE = 2000;
    private static final UUID LEAST = new UUID(0, 0);

    private final DataSource dataSource;

    PostgresChain(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    @Override
    public void walk(long afterSequence, Consumer<StoredLink> consumer) {
        try (Connection connection = dataSource.getConnection()) {
            connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
            connection.setReadOnly(true);
            connection.setAutoCommit(false);
            walk(connection, afterSequence, consumer);
            connection.rollback();
        } catch (SQLException e) {
            throw Failures.translated("walk along the chain", e);
        }
    }

    private static void walk(Connection connection, long afterSequence, Consumer<StoredLink> consumer)
            throws SQLException {
        try (var entries = new PagedRows<>(connection, ENTRIES, afterSequence, PostgresChain::entry);
                var records = new PagedRows<>(connection, RECORDS, afterSequence, PostgresChain::record);
                var redactions = new PagedRows<>(connection, REDACTIONS, afterSequence, PostgresChain::redaction)) {
            Placed<Entry> entry = entries.next();
            Placed<Row> record = records.next();
            Placed<RedactionRow> redaction = redactions.next();
            while (entry != null || record != null || redaction != null) {
                long sequence = Math.min(Math.min(sequence(entry), sequence(record)), sequence(redaction));
                boolean hasEntry = sequence(entry) == sequence;
                boolean hasRecord = sequence(record) == sequence;
                boolean hasRedaction = sequence(redaction) == sequence;
                consumer.accept(new StoredLink(
                        sequence,
                        row(hasEntry ? entry : null),
                        row(hasRecord ? record : null),
                        row(hasRedaction ? redaction : null)));
                entry = hasEntry ? entries.next() : entry;
                record = hasRecord ? records.next() : record;
                redaction = hasRedaction ? redactions.next() : redaction;
            }
        }
    }

    private static long sequence(@Nullable Placed<?> placed) {
        return placed == null ? Long.MAX_VALUE : placed.sequence();
    }

    private static <T> Optional<T> row(@Nullable Placed<T> placed) {
        return Optional.ofNullable(placed).map(Placed::row);
    }

    private static Placed<Entry> entry(ResultSet row) throws SQLException {
        return new Placed<>(
                row.getLong("sequence"),
                new Entry(
                        row.getString("kind"),
                        row.getString("previous"),
                        row.getObject("recorded_at", OffsetDateTime.class).toInstant(),
                        row.getBytes("content"),
                        row.getString("hash")));
    }

    private static Placed<Row> record(ResultSet row) throws SQLException {
        return new Placed<>(
                row.getLong("sequence"),
                new Row(
                        row.getObject("id", UUID.class),
                        row.getObject("recorded_at", OffsetDateTime.class).toInstant(),
                        row.getString("recorded_by"),
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
                        row.getBytes("answer"),
                        row.getBytes("salt"),
                        row.getString("key_principal"),
                        row.getString("key"),
                        sorted((String[]) row.getArray("found").getArray())));
    }

    private static Placed<RedactionRow> redaction(ResultSet row) throws SQLException {
        return new Placed<>(
                row.getLong("sequence"),
                new RedactionRow(
                        row.getObject("record_id", UUID.class),
                        row.getObject("proposal_id", UUID.class),
                        row.getString("proposed_by"),
                        row.getString("carried_out_by"),
                        row.getString("reason"),
                        row.getString("legal_basis")));
    }

    private static List<@Nullable String> sorted(@Nullable String[] found) {
        return Arrays.stream(found)
                .sorted(Comparator.nullsFirst(Comparator.naturalOrder()))
                .toList();
    }

    @Override
    public Optional<Head> last() {
        try (Connection connection = dataSource.getConnection();
                var statement = connection.createStatement();
                var rows = statement.executeQuery(LAST)) {
            return rows.next() ? Optional.of(new Head(rows.getLong(1), rows.getString(2))) : Optional.empty();
        } catch (SQLException e) {
            throw Failures.translated("end of the chain", e);
        }
    }

    @Override
    public Optional<UUID> keyWithoutRecord() {
        try (Connection connection = dataSource.getConnection();
                var select = connection.prepareStatement(KEYS)) {
            UUID last = LEAST;
            while (true) {
                select.setObject(1, last);
                select.setInt(2, KEYS_PAGE);
                int read = 0;
                try (var rows = select.executeQuery()) {
                    while (rows.next()) {
                        last = rows.getObject(1, UUID.class);
                        read++;
                        if (!rows.getBoolean(2)) {
                            return Optional.of(last);
                        }
                    }
                }
                if (read < KEYS_PAGE) {
                    return Optional.empty();
                }
            }
        } catch (SQLException e) {
            throw Failures.translated("keys without a record", e);
        }
    }
}
