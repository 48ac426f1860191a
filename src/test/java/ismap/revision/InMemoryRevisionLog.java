package ismap.revision;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** Keeps the lives of revisions for as long as a test runs. Passes {@link RevisionLogContract}, as the real one does. */
public final class InMemoryRevisionLog implements RevisionLog {
    private final Map<String, List<RecordedEvent>> events = new LinkedHashMap<>();
    private final Map<String, byte[]> contents = new HashMap<>();
    private final InMemoryRevisionStore published;
    private final Supplier<Instant> clock;

    public InMemoryRevisionLog(InMemoryRevisionStore published, Supplier<Instant> clock) {
        this.published = published;
        this.clock = clock;
    }

    @Override
    public synchronized Map<String, List<RecordedEvent>> events(Collection<String> ids) {
        var found = new HashMap<String, List<RecordedEvent>>();
        for (String id : ids) {
            List<RecordedEvent> known = events.get(id);
            if (known != null) {
                found.put(id, List.copyOf(known));
            }
        }
        return found;
    }

    @Override
    public synchronized List<String> unpublished() {
        return events.keySet().stream()
                .filter(id -> published.find(id).isEmpty())
                .toList();
    }

    @Override
    public synchronized List<PublishedRevision> published(Optional<String> before, int limit) {
        List<StoredRevision> newestFirst = published.newestFirst();
        int from = before.map(id ->
                        newestFirst.stream().map(StoredRevision::id).toList().indexOf(id) + 1)
                .orElse(0);
        return newestFirst.stream()
                .skip(from)
                .limit(limit)
                .map(each -> new PublishedRevision(
                        each.id(), each.digest(), each.filesDigest(), each.note(), each.publishedAt()))
                .toList();
    }

    @Override
    public synchronized Optional<RecordedEvent> append(NewEvent event, Map<String, byte[]> contents) {
        if (isStale(event)) {
            return Optional.empty();
        }
        contents.forEach(this.contents::putIfAbsent);
        return Optional.of(add(event));
    }

    @Override
    public synchronized Publication publish(NewRevision revision, Optional<String> supersedes, List<NewEvent> events) {
        Optional<String> inForce = published.inForce().map(StoredRevision::id);
        if (!inForce.equals(supersedes)) {
            return new Publication.Superseded(inForce.orElse(""));
        }
        var versions = new HashMap<String, Integer>();
        for (NewEvent event : events) {
            int before = versions.getOrDefault(event.revision(), version(event.revision()));
            if (event.version() != before + 1) {
                return new Publication.Stale();
            }
            versions.put(event.revision(), event.version());
        }
        StoredRevision stored = published.publish(revision);
        events.forEach(this::add);
        return new Publication.Done(stored);
    }

    @Override
    public synchronized Map<String, byte[]> contents(Collection<String> sha256) {
        var found = new HashMap<String, byte[]>();
        for (String each : sha256) {
            byte[] content = contents.get(each);
            if (content != null) {
                found.put(each, content);
            }
        }
        return found;
    }

    private int version(String id) {
        return events.getOrDefault(id, List.of()).size();
    }

    private boolean isStale(NewEvent event) {
        return event.version() != version(event.revision()) + 1;
    }

    private RecordedEvent add(NewEvent event) {
        var recorded = new RecordedEvent(event.revision(), event.version(), event.actor(), clock.get(), event.event());
        events.computeIfAbsent(event.revision(), none -> new ArrayList<>()).add(recorded);
        return recorded;
    }
}
