package ismap.postgres;

import ismap.revision.RevisionStore;
import ismap.revision.Takeovers;
import ismap.revision.TakeoversContract;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;

@Tag("database")
@ExtendWith(PostgresExtension.class)
final class PostgresTakeoversTest extends TakeoversContract {
    private final Database database;

    PostgresTakeoversTest(Database database) {
        this.database = database;
    }

    @Override
    protected Takeovers takeovers() {
        return database.takeovers();
    }

    @Override
    protected RevisionStore revisions() {
        return database.revisions();
    }
}
