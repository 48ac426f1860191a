package ismap.revision;

import java.time.Instant;
import org.junit.jupiter.api.Tag;

@Tag("core")
final class InMemoryRevisionLogTest extends RevisionLogContract {
    private final InMemoryRevisionStore store = new InMemoryRevisionStore(() -> Instant.EPOCH);
    private final RevisionLog log = new InMemoryRevisionLog(store, () -> Instant.EPOCH);

    @Override
    protected RevisionLog log() {
        return log;
    }

    @Override
    protected RevisionStore store() {
        return store;
    }
}
