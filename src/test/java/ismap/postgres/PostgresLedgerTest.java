package ismap.postgres;

import ismap.ledger.Ledger;
import ismap.ledger.LedgerContract;
import ismap.revision.RevisionStore;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;

@Tag("database")
@ExtendWith(PostgresExtension.class)
final class PostgresLedgerTest extends LedgerContract {
    private final Database database;

    PostgresLedgerTest(Database database) {
        this.database = database;
    }

    @Override
    protected Ledger ledger() {
        return database.ledger();
    }

    @Override
    protected RevisionStore revisions() {
        return database.revisions();
    }

    @Override
    protected Instant databaseClock() {
        return clock(database);
    }

    static Instant clock(Database database) {
        try (var connection = database.dataSource().getConnection();
                var statement = connection.createStatement();
                var answer = statement.executeQuery("select clock_timestamp()")) {
            answer.next();
            return answer.getObject(1, OffsetDateTime.class).toInstant();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
