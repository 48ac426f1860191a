package ismap.revision;

import java.time.Instant;
import org.junit.jupiter.api.Tag;

@Tag("core")
final class InMemoryTakeoversTest extends TakeoversContract {
    private final RevisionStore revisions = new InMemoryRevisionStore(() -> Instant.parse("2026-04-01T00:00:00Z"));
    private final Takeovers takeovers = new InMemoryTakeovers(revisions);

    @Override
    protected Takeovers takeovers() {
        return takeovers;
    }

    @Override
    protected RevisionStore revisions() {
        return revisions;
    }
}
