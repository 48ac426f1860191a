package ismap.revision;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Keeps takeovers for as long as a test runs. Passes {@link TakeoversContract}, as the real ones do. */
public final class InMemoryTakeovers implements Takeovers {
    private final RevisionStore revisions;
    private final List<Takeover> taken = new ArrayList<>();

    public InMemoryTakeovers(RevisionStore revisions) {
        this.revisions = revisions;
    }

    @Override
    public synchronized Optional<Takeover> latest(String origin) {
        return taken.stream()
                .filter(one -> one.origin().equals(origin))
                .max(Comparator.comparing(Takeover::publishedAt));
    }

    @Override
    public synchronized Optional<StoredRevision> publish(NewRevision revision, Takeover from) {
        if (latest(from.origin())
                        .filter(latest -> !from.publishedAt().isAfter(latest.publishedAt()))
                        .isPresent()
                || revisions.find(revision.id()).isPresent()) {
            return Optional.empty();
        }
        taken.add(from);
        return Optional.of(revisions.publish(revision));
    }
}
