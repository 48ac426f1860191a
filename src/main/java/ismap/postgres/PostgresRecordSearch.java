package ismap.postgres;

import ismap.ledger.Entry;
import ismap.ledger.Receipt;
import ismap.ledger.RecordFilter;
import ismap.ledger.RecordSearch;
import ismap.ledger.RecordSummary;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ForkJoinPool;
import java.util.stream.Stream;
import javax.sql.DataSource;

/**
 * Looks through the records in PostgreSQL. A question may take longer here than where somebody waits for a decision: filters that no index
 * serves together are answered by reading on.
 */
final class PostgresRecordSearch implements RecordSearch {

    private static final int LONGEST_MILLIS = 10_000;

    private final DataSource dataSource;

    PostgresRecordSearch(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    @Override
    public List<RecordSummary> newestFirst(RecordFilter filter, long before, int limit) {
        return ask(connection -> new SearchRows(connection, filter).newestFirst(before, limit));
    }

    @Override
    public List<RecordSummary> oldestFirst(RecordFilter filter, long after, int limit) {
        return ask(connection -> new SearchRows(connection, filter).oldestFirst(after, limit));
    }

    @Override
    public List<Receipt> receipts(RecordFilter filter, long after, int limit) {
        return ask(connection -> new SearchRows(connection, filter).receipts(after, limit));
    }

    /** A redaction that comes between the two questions must not be seen by one of them alone. */
    @Override
    public List<Entry> entries(RecordFilter filter, long after, int limit) {
        return ask(connection -> Stream.<Entry>concat(
                        new SearchRows(connection, filter).receipts(after, limit).stream(),
                        new SearchRows(connection, filter).redactions(after, limit).stream())
                .sorted(Comparator.comparing((Entry entry) -> entry.seal().sequence()))
                .limit(limit)
                .toList());
    }

    private interface Question<T> {
        T ask(Connection connection) throws SQLException;
    }

    private <T> T ask(Question<T> question) {
        try (var connection = dataSource.getConnection()) {
            connection.setAutoCommit(false);
            // The pool sets both back: the statement's with the transaction, the network's when it takes the
            // connection.
            connection.setNetworkTimeout(ForkJoinPool.commonPool(), LONGEST_MILLIS + 1000);
            try (var statement = connection.createStatement()) {
                statement.execute("set transaction isolation level repeatable read; set local statement_timeout = "
                        + LONGEST_MILLIS);
            }
            T answer = question.ask(connection);
            connection.rollback();
            return answer;
        } catch (SQLException e) {
            throw Failures.translated("search for records", e);
        }
    }
}
