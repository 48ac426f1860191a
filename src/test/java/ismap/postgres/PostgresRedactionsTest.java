package ismap.postgres;

import ismap.ledger.Ledger;
import ismap.ledger.RecordSearch;
import ismap.ledger.Redactions;
import ismap.ledger.RedactionsContract;
import ismap.revision.RevisionStore;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;

@Tag("database")
@ExtendWith(PostgresExtension.class)
final class PostgresRedactionsTest extends RedactionsContract {
    private final Database database;

    PostgresRedactionsTest(Database database) {
        this.database = database;
    }

    @Override
    protected Ledger ledger() {
        return database.ledger();
    }

    @Override
    protected Redactions redactions() {
        return database.redactions();
    }

    @Override
    protected RecordSearch search() {
        return database.search();
    }

    @Override
    protected RevisionStore revisions() {
        return database.revisions();
    }
}
