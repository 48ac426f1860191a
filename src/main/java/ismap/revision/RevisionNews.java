package ismap.revision;

import java.time.Duration;
import java.util.Optional;

/** Hears of what others publish and approve, apart from all that decides. For one thread. */
public interface RevisionNews extends AutoCloseable {

    /**
     * Waits until something is announced, but not longer than told; then asks which revision is in force. An announcement may be lost, what is
     * in force is always asked. The first time, and the first after it was away, it does not wait.
     *
     * @throws ismap.ledger.StorageUnavailable where the database cannot be asked; call it again
     */
    Heard await(Duration atMost);

    /**
     * @param head the one in force; empty only before the first
     * @param candidatesChanged whether something was approved, or may have been without being heard
     */
    record Heard(Optional<Head> head, boolean candidatesChanged) {}

    @Override
    void close();
}
