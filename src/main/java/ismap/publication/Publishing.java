package ismap.publication;

import ismap.decision.Problem;
import ismap.revision.NewEvent;
import ismap.revision.NewRevision;
import ismap.revision.PublishedRevision;
import ismap.revision.RecordedEvent;
import ismap.revision.Refusals;
import ismap.revision.Revision;
import ismap.revision.Revision.Approvable;
import ismap.revision.Revision.Approved;
import ismap.revision.Revision.Draft;
import ismap.revision.Revision.Published;
import ismap.revision.Revision.Seen;
import ismap.revision.RevisionEvent;
import ismap.revision.RevisionLog;
import ismap.revision.RevisionLog.Publication;
import ismap.revision.RevisionStore;
import ismap.revision.StoredRevision;
import ismap.revision.Transition;
import ismap.rulebook.Digests;
import ismap.rulebook.LoadedRulebook;
import ismap.rulebook.RulebookFiles;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.function.Function;
import java.util.function.Supplier;

/** From a draft that was checked to what is in force, and back: submission, approval, publication, withdrawal. */
public final class Publishing {

    private static final int TRIES = 5;

    private final RevisionHistory history;
    private final RevisionLog log;
    private final RevisionStore revisions;
    private final Function<RulebookFiles, LoadedRulebook> reader;
    private final Activation activation;
    private final Supplier<String> ids;

    /** @param reader reads files and refuses a rulebook with mistakes; never throws for what they hold */
    public Publishing(
            RevisionHistory history,
            RevisionLog log,
            RevisionStore revisions,
            Function<RulebookFiles, LoadedRulebook> reader,
            Activation activation,
            Supplier<String> ids) {
        this.history = history;
        this.log = log;
        this.revisions = revisions;
        this.reader = reader;
        this.activation = activation;
        this.ids = ids;
    }

    /** @param warnings why this instance could not decide by it, as things are */
    public record Result(Revision revision, List<Problem> warnings) {
        public Result {
            warnings = List.copyOf(warnings);
        }
    }

    public Revised<Result> submit(String id, String editor, OptionalInt seen) {
        return step(
                id,
                editor,
                seen,
                revision -> revision instanceof Draft draft
                        ? draft.submit()
                        : new Transition.Refused(
                                revision instanceof Published
                                        ? Refusals.publishedIsFinal(id)
                                        : Refusals.submittedAlready()));
    }

    /** Also prepares this instance for it; an approval stands whether or not that goes well. */
    public Revised<Result> approve(String id, String approver, OptionalInt seen, String resolution, Seen digests) {
        Revised<Result> approved = step(
                id,
                approver,
                seen,
                revision -> revision instanceof Approvable submitted
                        ? submitted.approve(approver, resolution, digests)
                        : new Transition.Refused(
                                revision instanceof Published
                                        ? Refusals.publishedIsFinal(id)
                                        : Refusals.notSubmitted()));
        return approved.as(new Drafting.Passed<>() {
            @Override
            public Revised<Result> done(Result result) {
                return new Revised.Done<>(
                        result.revision() instanceof Approved
                                ? new Result(result.revision(), activation.prepare(id))
                                : result);
            }
        });
    }

    /** When it is done, this instance decides by it. */
    public Revised<Result> publish(String id, String approver, OptionalInt seen) {
        int version = 0;
        for (int i = 0; i < TRIES; i++) {
            Optional<Revision> found = history.revision(id);
            if (found.isEmpty()) {
                return new Revised.Unknown<>();
            }
            version = found.get().life().version();
            if (seen.isPresent() && seen.getAsInt() != version) {
                return new Revised.Stale<>(version);
            }
            if (found.get() instanceof Published) {
                return new Revised.Refused<>(Refusals.publishedIsFinal(id));
            }
            if (!(found.get() instanceof Approved approved)) {
                return new Revised.Refused<>(
                        Refusals.notApproved(found.get().life().approvals().size(), history.approvalsNeeded()));
            }
            SortedMap<String, byte[]> files = history.files(approved);
            var rulebookFiles = new RulebookFiles(files);
            LoadedRulebook loaded = reader.apply(rulebookFiles);
            if (loaded.rulebook().isEmpty()) {
                return new Revised.Refused<>(and(Refusals.unreadable(id), loaded.problems()));
            }
            String inForce = history.inForce().map(PublishedRevision::id).orElse("");
            Transition transition = approved.publish(
                    inForce, Digests.ofRulebook(loaded.rulebook().get()), Digests.ofFiles(rulebookFiles));
            if (transition instanceof Transition.Refused refused) {
                return new Revised.Refused<>(refused.why());
            }
            RevisionEvent event = ((Transition.Taken) transition).event();
            var revision = new NewRevision(
                    id,
                    approved.binding().digest(),
                    approved.binding().filesDigest(),
                    approved.life().note(),
                    files);
            Publication publication = log.publish(
                    revision, Optional.of(inForce), List.of(new NewEvent(id, version + 1, approver, event)));
            if (publication instanceof Publication.Done) {
                return inForce(id);
            }
            // Somebody published or changed something in between; what that means for this one, the next look says.
        }
        return new Revised.Stale<>(version);
    }

    /** Publishes the content of the revision before the one in force again, as a revision of its own. */
    public Revised<Result> withdraw(String id, String approver, OptionalInt seen, String reason) {
        int version = 0;
        for (int i = 0; i < TRIES; i++) {
            Optional<Revision> found = history.revision(id);
            if (found.isEmpty()) {
                return new Revised.Unknown<>();
            }
            version = found.get().life().version();
            if (seen.isPresent() && seen.getAsInt() != version) {
                return new Revised.Stale<>(version);
            }
            List<PublishedRevision> last = log.published(Optional.empty(), 2);
            String inForce = last.isEmpty() ? "" : last.get(0).id();
            if (!(found.get() instanceof Published published)) {
                return new Revised.Refused<>(Refusals.notInForce(id, inForce));
            }
            String successor = ids.get();
            Transition transition = published.withdraw(inForce, reason, successor);
            if (transition instanceof Transition.Refused refused) {
                return new Revised.Refused<>(refused.why());
            }
            if (last.size() < 2) {
                return new Revised.Refused<>(Refusals.noPredecessor(id));
            }
            StoredRevision predecessor = revisions.find(last.get(1).id()).orElseThrow();
            if (!readsAsItWas(predecessor)) {
                return new Revised.Refused<>(Refusals.unreadable(predecessor.id()));
            }
            Publication publication = log.publish(
                    new NewRevision(
                            successor, predecessor.digest(), predecessor.filesDigest(), reason, predecessor.files()),
                    Optional.of(id),
                    withdrawal(published, predecessor, successor, approver, reason, transition));
            if (publication instanceof Publication.Done) {
                return inForce(successor);
            }
        }
        return new Revised.Stale<>(version);
    }

    private static List<NewEvent> withdrawal(
            Published withdrawn,
            StoredRevision predecessor,
            String successor,
            String approver,
            String reason,
            Transition transition) {
        var events = new ArrayList<NewEvent>();
        events.add(new NewEvent(
                successor,
                1,
                approver,
                new RevisionEvent.Created(
                        Optional.of(withdrawn.id()),
                        reason,
                        Sha256.byPath(predecessor.files()),
                        predecessor.filesDigest(),
                        Optional.of(withdrawn.id()))));
        events.add(new NewEvent(
                successor, 2, approver, new RevisionEvent.Published(predecessor.digest(), predecessor.filesDigest())));
        if (withdrawn.life().version() > 0) { // else it is older than events are; its successor says what became of it
            events.add(new NewEvent(
                    withdrawn.id(), withdrawn.life().version() + 1, approver, ((Transition.Taken) transition).event()));
        }
        return events;
    }

    private boolean readsAsItWas(StoredRevision revision) {
        var files = new RulebookFiles(revision.files());
        return Digests.ofFiles(files).equals(revision.filesDigest())
                && reader.apply(files)
                        .rulebook()
                        .map(Digests::ofRulebook)
                        .filter(revision.digest()::equals)
                        .isPresent();
    }

    private Revised<Result> inForce(String id) {
        activation.published();
        return new Revised.Done<>(new Result(history.revision(id).orElseThrow(), List.of()));
    }

    private static List<Problem> and(Problem first, List<Problem> rest) {
        var all = new ArrayList<>(List.of(first));
        rest.stream().filter(Problem::isError).forEach(all::add);
        return all;
    }

    private Revised<Result> step(String id, String actor, OptionalInt seen, Function<Revision, Transition> take) {
        int version = 0;
        for (int i = 0; i < TRIES; i++) {
            Optional<Revision> found = history.revision(id);
            if (found.isEmpty()) {
                return new Revised.Unknown<>();
            }
            version = found.get().life().version();
            if (seen.isPresent() && seen.getAsInt() != version) {
                return new Revised.Stale<>(version);
            }
            Transition transition = take.apply(found.get());
            if (transition instanceof Transition.Refused refused) {
                return new Revised.Refused<>(refused.why());
            }
            RevisionEvent event = ((Transition.Taken) transition).event();
            Optional<RecordedEvent> recorded = log.append(new NewEvent(id, version + 1, actor, event), Map.of());
            if (recorded.isPresent()) {
                return new Revised.Done<>(new Result(history.after(found.get(), recorded.get()), List.of()));
            }
        }
        return new Revised.Stale<>(version);
    }
}
