package ismap.postgres;

import ismap.ledger.Receipt;
import ismap.ledger.RecordFilter;
import ismap.ledger.RecordSearch;
import ismap.ledger.RecordSummary;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.ForkJoinPool;
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
        return ask(filter, rows -> rows.newestFirst(before, limit));
    }

    @Override
    public List<RecordSummary> oldestFirst(RecordFilter filter, long after, int limit) {
        return ask(filter, rows -> rows.oldestFirst(after, limit));
    }

    @Override
    public List<Receipt> receipts(RecordFilter filter, long after, int limit) {
        return ask(filter, rows -> rows.receipts(after, limit));
    }

    private interface Question<T> {
        T ask(SearchRows rows) throws SQLException;
    }

    private <T> T ask(RecordFilter filter, Question<T> question) {
        try (var connection = dataSource.getConnection()) {
            connection.setAutoCommit(false);
            // The pool sets both back: the statement's with the transaction, the network's when it takes the
            // connection.
            connection.setNetworkTimeout(ForkJoinPool.commonPool(), LONGEST_MILLIS + 1000);
            try (var statement = connection.createStatement()) {
                statement.execute("set local statement_timeout = " + LONGEST_MILLIS);
            }
            T answer = question.ask(new SearchRows(connection, filter));
            connection.rollback();
            return answer;
        } catch (SQLException e) {
            throw Failures.translated("search for records", e);
        }
    }
}
