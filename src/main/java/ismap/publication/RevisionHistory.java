package ismap.publication;

import ismap.revision.Candidates;
import ismap.revision.NewRevision;
import ismap.revision.PublishedRevision;
import ismap.revision.RecordedEvent;
import ismap.revision.Revision;
import ismap.revision.RevisionLog;
import ismap.revision.RevisionStore;
import ismap.revision.StoredRevision;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * All revisions as they stand, published or not, and their files. Every method throws {@link ismap.ledger.StorageUnavailable} where
 * the database cannot be asked.
 */
public final class RevisionHistory implements Candidates {

    private final RevisionLog log;
    private final RevisionStore revisions;
    private final int approvals;

    /** @param approvals how many different people have to approve a revision */
    public RevisionHistory(RevisionLog log, RevisionStore revisions, int approvals) {
        this.log = log;
        this.revisions = revisions;
        this.approvals = approvals;
    }

    public int approvalsNeeded() {
        return approvals;
    }

    public Optional<Revision> revision(String id) {
        List<RecordedEvent> events = log.events(List.of(id)).getOrDefault(id, List.of());
        return events.isEmpty()
                ? revisions.find(id).map(stored -> Revision.ofBefore(header(stored), Sha256.byPath(stored.files())))
                : Optional.of(Revision.of(events, approvals));
    }

    /** With one event more. */
    Revision after(Revision revision, RecordedEvent event) {
        var events = new ArrayList<>(revision.life().events());
        events.add(event);
        return Revision.of(events, approvals);
    }

    /** Those not published, oldest first. */
    public List<Revision> open() {
        List<String> ids = log.unpublished();
        Map<String, List<RecordedEvent>> events = log.events(ids);
        return ids.stream()
                .map(id -> events.getOrDefault(id, List.of()))
                .filter(known -> !known.isEmpty())
                .map(known -> Revision.of(known, approvals))
                .toList();
    }

    /** Newest first; of those older than events are, without their files. @param before see {@link RevisionLog#published} */
    public List<Revision> published(Optional<String> before, int limit) {
        List<PublishedRevision> headers = log.published(before, limit);
        Map<String, List<RecordedEvent>> events =
                log.events(headers.stream().map(PublishedRevision::id).toList());
        return headers.stream()
                .map(header -> Optional.ofNullable(events.get(header.id()))
                        .map(known -> Revision.of(known, approvals))
                        .orElseGet(() -> Revision.ofBefore(header, new TreeMap<>())))
                .toList();
    }

    /** So many of the published ones, newest first, without their lives and files. */
    public List<PublishedRevision> latest(int limit) {
        return log.published(Optional.empty(), limit);
    }

    public Optional<PublishedRevision> inForce() {
        return latest(1).stream().findFirst();
    }

    /** As they are stored now, by path. */
    public SortedMap<String, byte[]> files(Revision revision) {
        if (revision instanceof Revision.Published) {
            return revisions
                    .find(revision.id())
                    .map(StoredRevision::files)
                    .orElseThrow(() -> new IllegalStateException(
                            "revision %s is published and cannot be found".formatted(revision.id())));
        }
        SortedMap<String, String> names = revision.life().files();
        Map<String, byte[]> contents = log.contents(names.values());
        var files = new TreeMap<String, byte[]>();
        names.forEach((path, sha256) -> files.put(
                path,
                Objects.requireNonNull(
                        contents.get(sha256), () -> "no content of %s in %s".formatted(path, revision.id()))));
        return files;
    }

    /** A file as it was at that version; empty where there was none, or where it is kept as published alone. */
    public Optional<byte[]> earlier(Revision revision, int version, String path) {
        List<RecordedEvent> events = revision.life().events();
        if (version < 1 || version > events.size()) {
            return Optional.empty();
        }
        return Optional.ofNullable(Revision.of(events.subList(0, version), approvals)
                        .life()
                        .files()
                        .get(path))
                .flatMap(sha256 ->
                        Optional.ofNullable(log.contents(List.of(sha256)).get(sha256)));
    }

    /** What the checks of its files, as they are, found: canonical JSON. */
    public Optional<byte[]> evidence(Revision revision) {
        return revision.life()
                .evidence()
                .map(evidence -> Objects.requireNonNull(
                        log.contents(List.of(evidence.sha256())).get(evidence.sha256()),
                        () -> "no evidence of %s".formatted(revision.id())));
    }

    @Override
    public Optional<NewRevision> find(String id) {
        return revision(id)
                .filter(Revision.Open.class::isInstance)
                .map(open -> new NewRevision(
                        id,
                        open.life().digest().orElse(""),
                        open.life().filesDigest(),
                        open.life().note(),
                        files(open)));
    }

    @Override
    public List<String> approved() {
        return open().stream()
                .filter(Revision.Approved.class::isInstance)
                .map(Revision::id)
                .toList();
    }

    private static PublishedRevision header(StoredRevision stored) {
        return new PublishedRevision(
                stored.id(), stored.digest(), stored.filesDigest(), stored.note(), stored.publishedAt());
    }
}
