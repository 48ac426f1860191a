package ismap.revision;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("core")
final class InMemoryRevisionStoreTest extends RevisionStoreContract {
    private final RevisionStore revisions = new InMemoryRevisionStore(this::databaseClock);

    @Override
    protected RevisionStore revisions() {
        return revisions;
    }

    @Override
    protected Instant databaseClock() {
        return Instant.parse("2026-04-01T00:00:00Z");
    }

    @Test
    void nothingIsInForceBeforeTheFirst() {
        assertThat(revisions.inForce()).isEmpty();
    }
}
