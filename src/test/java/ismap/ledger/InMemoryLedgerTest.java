package ismap.ledger;

import ismap.revision.InMemoryRevisionStore;
import ismap.revision.RevisionStore;
import java.time.Instant;
import org.junit.jupiter.api.Tag;

@Tag("core")
final class InMemoryLedgerTest extends LedgerContract {
    private final InMemoryRevisionStore revisions = new InMemoryRevisionStore(this::databaseClock);
    private final InMemoryLedger ledger = new InMemoryLedger(revisions, this::databaseClock);

    @Override
    protected Ledger ledger() {
        return ledger;
    }

    @Override
    protected RevisionStore revisions() {
        return revisions;
    }

    @Override
    protected Instant databaseClock() {
        return Instant.parse("2026-04-01T00:00:00Z");
    }
}
