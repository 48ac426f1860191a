package ismap.ledger;

import ismap.revision.InMemoryRevisionStore;
import ismap.revision.RevisionStore;
import java.time.Instant;
import org.junit.jupiter.api.Tag;

@Tag("core")
final class InMemoryRedactionsTest extends RedactionsContract {
    private static final Instant NOW = Instant.parse("2026-04-01T00:00:00Z");

    private final InMemoryRevisionStore revisions = new InMemoryRevisionStore(() -> NOW);
    private final InMemoryLedger ledger = new InMemoryLedger(revisions, () -> NOW);

    @Override
    protected Ledger ledger() {
        return ledger;
    }

    @Override
    protected Redactions redactions() {
        return ledger;
    }

    @Override
    protected RecordSearch search() {
        return ledger;
    }

    @Override
    protected RevisionStore revisions() {
        return revisions;
    }
}
