package ismap.revision;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The lives of revisions: events that are only ever added, and the contents of files, each once. Every method throws
 * {@link ismap.ledger.StorageUnavailable} where the database cannot be asked.
 */
public interface RevisionLog {

    /** Of these revisions, each by its versions; what has no events is left out. */
    Map<String, List<RecordedEvent>> events(Collection<String> ids);

    /** Those that have events and are not published, oldest first. */
    List<String> unpublished();

    /** Without their files, newest first. @param before only those published before this one; empty for the newest */
    List<PublishedRevision> published(Optional<String> before, int limit);

    /**
     * Adds one event, and the contents that it speaks of.
     *
     * @param contents by SHA-256; those already there are left as they are
     * @return empty where that version is there already, and nothing was added
     */
    Optional<RecordedEvent> append(NewEvent event, Map<String, byte[]> contents);

    /** What came of a publication. */
    sealed interface Publication {
        record Done(StoredRevision revision) implements Publication {}

        /** Another revision is in force than the one that was to be superseded. */
        record Superseded(String inForce) implements Publication {}

        /** One of the events came too late; nothing was published. */
        record Stale() implements Publication {}
    }

    /**
     * Publishes with all its events, or does nothing. Others who publish wait meanwhile, on whatever instance.
     *
     * @param supersedes the revision that has to be in force until then; empty for the first of all
     * @throws IllegalArgumentException if a revision of that id is published
     */
    Publication publish(NewRevision revision, Optional<String> supersedes, List<NewEvent> events);

    /** By SHA-256, those that are there. */
    Map<String, byte[]> contents(Collection<String> sha256);
}
