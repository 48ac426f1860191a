package ismap.postgres;

import ismap.ledger.Receipt;
import ismap.ledger.RecordFilter;
import ismap.ledger.RecordSummary;
import ismap.ledger.Redaction;
import ismap.ledger.Seal;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Questions after many records, as statements on a connection. */
final class SearchRows {

    private static final String SUMMARY = """
            select r.id, r.sequence, r.recorded_at, r.recorded_by, r.decision, r.outcome, r.applicable_day, r.as_of, r.revision_id,
                   r.application, r.service, r.applicant, r.assessor, r.supersedes,
                   (select s.id from ismap.decision_record s where s.supersedes = r.id order by s.sequence desc limit 1)
                       as superseded_by
            from ismap.decision_record r
            """;

    private static final String REDACTIONS = """
            select x.sequence, x.previous, x.recorded_at, x.content, x.hash
            from ismap.redaction d
            join ismap.entry x on x.sequence = d.sequence
            join ismap.decision_record r on r.id = d.record_id
            """;

    private final Connection connection;
    private final List<String> conditions = new ArrayList<>();
    private final List<Object> values = new ArrayList<>();

    SearchRows(Connection connection, RecordFilter filter) throws SQLException {
        this.connection = connection;
        where(filter);
    }

    private void where(RecordFilter filter) throws SQLException {
        equal("r.decision", filter.decision());
        equal("r.outcome", filter.outcome());
        equal("r.revision_id", filter.revision());
        var found = new ArrayList<String>();
        filter.rule().ifPresent(rule -> found.add("rule:" + rule));
        filter.clause().ifPresent(clause -> found.add("clause:" + clause));
        if (!found.isEmpty()) {
            condition("r.found @> ?", connection.createArrayOf("text", found.toArray()));
        }
        filter.reference()
                .ifPresent(reference -> condition(
                        "(r.application = ? or r.service = ? or r.applicant = ? or r.assessor = ?)",
                        reference,
                        reference,
                        reference,
                        reference));
        filter.applicableFrom().ifPresent(day -> condition("r.applicable_day >= ?", day));
        filter.applicableUntil().ifPresent(day -> condition("r.applicable_day < ?", day));
        // As a span of sequences: a page of an old year would else be looked for from the newest record on.
        filter.recordedFrom()
                .ifPresent(from -> condition(
                        "r.sequence >= coalesce((select f.sequence from ismap.decision_record f where f.recorded_at >= ? "
                                + "order by f.recorded_at, f.sequence limit 1), 9223372036854775807)",
                        OffsetDateTime.ofInstant(from, ZoneOffset.UTC)));
        filter.recordedUntil()
                .ifPresent(until -> condition(
                        "r.sequence <= coalesce((select u.sequence from ismap.decision_record u where u.recorded_at < ? "
                                + "order by u.recorded_at desc, u.sequence desc limit 1), 0)",
                        OffsetDateTime.ofInstant(until, ZoneOffset.UTC)));
    }

    private void equal(String column, Optional<String> value) {
        value.ifPresent(text -> condition(column + " = ?", text));
    }

    private void condition(String condition, Object... arguments) {
        conditions.add(condition);
        values.addAll(List.of(arguments));
    }

    List<RecordSummary> newestFirst(long before, int limit) throws SQLException {
        condition("r.sequence < ?", before);
        return page(SUMMARY, "r.sequence desc", limit, SearchRows::summary);
    }

    List<RecordSummary> oldestFirst(long after, int limit) throws SQLException {
        condition("r.sequence > ?", after);
        return page(SUMMARY, "r.sequence asc", limit, SearchRows::summary);
    }

    List<Receipt> receipts(long after, int limit) throws SQLException {
        condition("r.sequence > ?", after);
        return page(RecordRows.SELECT, "r.sequence asc", limit, RecordRows::receipt);
    }

    List<Redaction> redactions(long after, int limit) throws SQLException {
        condition("x.sequence > ?", after);
        return page(REDACTIONS, "x.sequence asc", limit, SearchRows::redaction);
    }

    private static Redaction redaction(ResultSet row) throws SQLException {
        Seal seal = RecordRows.seal(row, "");
        return Redaction.read(seal)
                .orElseThrow(() -> new IllegalStateException("the entry %s says of no redaction".formatted(seal)));
    }

    private interface Row<T> {
        T of(ResultSet row) throws SQLException;
    }

    private <T> List<T> page(String select, String order, int limit, Row<T> reader) throws SQLException {
        String sql = "%s where %s order by %s limit ?".formatted(select, String.join(" and ", conditions), order);
        try (var statement = connection.prepareStatement(sql)) {
            set(statement, limit);
            var page = new ArrayList<T>();
            try (var rows = statement.executeQuery()) {
                while (rows.next()) {
                    page.add(reader.of(rows));
                }
            }
            return page;
        }
    }

    private void set(PreparedStatement statement, int limit) throws SQLException {
        int position = 0;
        for (Object value : values) {
            position++;
            if (value instanceof Array array) {
                statement.setArray(position, array);
            } else {
                statement.setObject(position, value);
            }
        }
        statement.setInt(position + 1, limit);
    }

    private static RecordSummary summary(ResultSet row) throws SQLException {
        return new RecordSummary(
                row.getObject("id", UUID.class),
                row.getLong("sequence"),
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
                Optional.ofNullable(row.getObject("supersedes", UUID.class)),
                Optional.ofNullable(row.getObject("superseded_by", UUID.class)));
    }
}
