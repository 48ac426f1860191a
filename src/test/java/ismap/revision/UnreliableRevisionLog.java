package ismap.revision;

import ismap.ledger.StorageUnavailable;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A log whose database is lost at the worst moment: what was to be published is, and nobody is told. */
public final class UnreliableRevisionLog implements RevisionLog {
    private final RevisionLog log;
    private volatile boolean losing;

    public UnreliableRevisionLog(RevisionLog log) {
        this.log = log;
    }

    /** The next publication is the one. */
    public void loseTheNextAnswer() {
        losing = true;
    }

    @Override
    public Map<String, List<RecordedEvent>> events(Collection<String> ids) {
        return log.events(ids);
    }

    @Override
    public List<String> unpublished() {
        return log.unpublished();
    }

    @Override
    public List<PublishedRevision> published(Optional<String> before, int limit) {
        return log.published(before, limit);
    }

    @Override
    public Optional<RecordedEvent> append(NewEvent event, Map<String, byte[]> contents) {
        return log.append(event, contents);
    }

    @Override
    public Publication publish(NewRevision revision, Optional<String> supersedes, List<NewEvent> events) {
        Publication done = log.publish(revision, supersedes, events);
        if (losing) {
            losing = false;
            throw new StorageUnavailable("lost after the commit", new IllegalStateException("test"));
        }
        return done;
    }

    @Override
    public Map<String, byte[]> contents(Collection<String> sha256) {
        return log.contents(sha256);
    }
}
