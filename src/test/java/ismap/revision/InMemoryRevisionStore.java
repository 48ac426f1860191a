package ismap.revision;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** Keeps revisions for as long as a test runs. Passes {@link RevisionStoreContract}, as the real one does. */
public final class InMemoryRevisionStore implements RevisionStore {
    private final Map<String, StoredRevision> published = new LinkedHashMap<>();
    private final Supplier<Instant> clock;

    public InMemoryRevisionStore(Supplier<Instant> clock) {
        this.clock = clock;
    }

    @Override
    public synchronized Optional<StoredRevision> inForce() {
        return published.values().stream().reduce((earlier, later) -> later);
    }

    @Override
    public synchronized Optional<Head> head() {
        return inForce()
                .map(last ->
                        new Head(last.id(), published.size(), last.digest(), last.filesDigest(), last.publishedAt()));
    }

    @Override
    public synchronized Optional<String> inForceAt(Instant instant) {
        return published.values().stream()
                .filter(revision -> !revision.publishedAt().isAfter(instant))
                .map(StoredRevision::id)
                .reduce((earlier, later) -> later);
    }

    @Override
    public synchronized boolean knows(String id) {
        return published.containsKey(id);
    }

    @Override
    public synchronized Optional<StoredRevision> find(String id) {
        return Optional.ofNullable(published.get(id));
    }

    synchronized List<StoredRevision> newestFirst() {
        var all = new ArrayList<>(published.values());
        Collections.reverse(all);
        return all;
    }

    @Override
    public synchronized StoredRevision publish(NewRevision revision) {
        var stored = new StoredRevision(
                revision.id(),
                revision.digest(),
                revision.filesDigest(),
                revision.note(),
                clock.get().truncatedTo(ChronoUnit.MICROS),
                revision.files());
        if (published.putIfAbsent(revision.id(), stored) != null) {
            throw new IllegalArgumentException("revision %s exists".formatted(revision.id()));
        }
        return stored;
    }
}
