package ismap.postgres;

import ismap.ledger.Ledger;
import ismap.ledger.NewRecord;
import ismap.ledger.Receipt;
import java.sql.SQLException;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import javax.sql.DataSource;

/** The record of decisions in PostgreSQL. */
final class PostgresLedger implements Ledger, AutoCloseable {
    private final DataSource dataSource;
    private final GroupCommit sealer;

    PostgresLedger(DataSource dataSource) {
        this.dataSource = dataSource;
        this.sealer = new GroupCommit(dataSource);
    }

    @Override
    public CompletableFuture<Receipt> submit(NewRecord record) {
        return sealer.submit(record);
    }

    @Override
    public Optional<Receipt> find(UUID id) {
        return ask("record " + id, rows -> rows.find(id));
    }

    @Override
    public Optional<Receipt> find(String principal, String key) {
        return ask("record of a key", rows -> rows.find(principal, key));
    }

    private interface Question<T> {
        T ask(RecordRows rows) throws SQLException;
    }

    private <T> T ask(String what, Question<T> question) {
        try (var connection = dataSource.getConnection()) {
            return question.ask(new RecordRows(connection));
        } catch (SQLException e) {
            throw Failures.translated(what, e);
        }
    }

    @Override
    public void close() {
        sealer.close();
    }
}
