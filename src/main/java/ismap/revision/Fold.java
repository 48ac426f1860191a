package ismap.revision;

import ismap.revision.Life.Approval;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** Adds up the events of one revision. */
final class Fold {

    private final List<RecordedEvent> events = new ArrayList<>();
    private final SortedSet<String> authors = new TreeSet<>();
    private final SortedMap<String, String> files = new TreeMap<>();
    private final List<Approval> approvals = new ArrayList<>();
    private Optional<String> base = Optional.empty();
    private String note = "";
    private String filesDigest = "";
    private Optional<Evidence> evidence = Optional.empty();
    private Optional<Binding> submission = Optional.empty();
    private Optional<Instant> publishedAt = Optional.empty();
    private Optional<String> digest = Optional.empty();
    private Optional<String> withdraws = Optional.empty();
    private Optional<String> withdrawnBy = Optional.empty();

    void add(RecordedEvent recorded) {
        if (recorded.version() != events.size() + 1) {
            throw new IllegalStateException("event %d of revision %s where event %d is due"
                    .formatted(recorded.version(), recorded.revision(), events.size() + 1));
        }
        events.add(recorded);
        RevisionEvent event = recorded.event();
        if (event instanceof RevisionEvent.Created created) {
            base = created.base();
            note = created.note();
            withdraws = created.withdraws();
            changed(recorded.actor(), created.filesDigest());
            files.putAll(created.files());
        } else if (event instanceof RevisionEvent.FilePut put) {
            changed(recorded.actor(), put.filesDigest());
            files.put(put.path(), put.sha256());
        } else if (event instanceof RevisionEvent.FileRemoved removed) {
            changed(recorded.actor(), removed.filesDigest());
            files.remove(removed.path());
        } else if (event instanceof RevisionEvent.Rebased rebased) {
            changed(recorded.actor(), rebased.filesDigest());
            base = Optional.of(rebased.base());
            files.clear();
            files.putAll(rebased.files());
        } else if (event instanceof RevisionEvent.Checked checked) {
            checked(checked.evidence());
        } else if (event instanceof RevisionEvent.Submitted submitted) {
            submission = Optional.of(submitted.binding());
        } else if (event instanceof RevisionEvent.Approved approved) {
            approvals.add(new Approval(recorded.actor(), recorded.at(), approved.resolution(), approved.binding()));
        } else if (event instanceof RevisionEvent.Published published) {
            publishedAt = Optional.of(recorded.at());
            digest = Optional.of(published.digest());
        } else if (event instanceof RevisionEvent.Withdrawn withdrawn) {
            withdrawnBy = Optional.of(withdrawn.by());
        }
    }

    /** Whoever changes it is one of its authors, and nothing that was found or said of it before holds any more. */
    private void changed(String author, String newDigest) {
        authors.add(author);
        filesDigest = newDigest;
        evidence = Optional.empty();
        digest = Optional.empty();
        voidSubmission();
    }

    /** Checked again, with another result, it is not what was submitted. */
    private void checked(Evidence found) {
        evidence = Optional.of(found);
        digest = found.digest();
        if (!submission.equals(found.binding())) {
            voidSubmission();
        }
    }

    private void voidSubmission() {
        submission = Optional.empty();
        approvals.clear();
    }

    Life life() {
        if (events.isEmpty()) {
            throw new IllegalStateException("a revision without events");
        }
        RecordedEvent first = events.get(0);
        return new Life(
                first.revision(),
                events.size(),
                base,
                note,
                first.actor(),
                first.at(),
                authors,
                files,
                filesDigest,
                evidence,
                submission,
                approvals,
                publishedAt,
                digest,
                withdraws,
                withdrawnBy,
                events);
    }
}
