package ismap.revision;

import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/** A revision as it stands, with the steps that are open to it. Each step gives the event to record; recording it is another's task. */
public sealed interface Revision {

    /** The contract's words. */
    enum State {
        DRAFT,
        SUBMITTED,
        APPROVED,
        PUBLISHED
    }

    Life life();

    State state();

    default String id() {
        return life().id();
    }

    /** Not published yet: its files may change, and whatever was said of them before is void then. */
    sealed interface Open extends Revision {

        default RevisionEvent put(String path, String sha256, long size, String filesDigest) {
            return new RevisionEvent.FilePut(path, sha256, size, filesDigest);
        }

        default RevisionEvent remove(String path, String filesDigest) {
            return new RevisionEvent.FileRemoved(path, filesDigest);
        }

        default RevisionEvent rebase(String base, SortedMap<String, String> files, String filesDigest) {
            return new RevisionEvent.Rebased(base, files, filesDigest);
        }

        /** Of the files as they are now; of others it says nothing. */
        default Transition checked(Evidence evidence) {
            return evidence.filesDigest().equals(life().filesDigest())
                    ? new Transition.Taken(new RevisionEvent.Checked(evidence))
                    : new Transition.Refused(Refusals.checksNotCurrent());
        }
    }

    /** Being written. */
    record Draft(Life life) implements Open {
        @Override
        public State state() {
            return State.DRAFT;
        }

        public Transition submit() {
            if (life.evidence().isEmpty()) {
                return new Transition.Refused(Refusals.checksNotCurrent());
            }
            return life.evidence()
                    .get()
                    .binding()
                    .<Transition>map(binding -> new Transition.Taken(new RevisionEvent.Submitted(binding)))
                    .orElseGet(() -> new Transition.Refused(Refusals.checksNotClean()));
        }
    }

    /** What may be approved: by people who had no hand in it, each once. */
    sealed interface Approvable extends Open {

        Binding binding();

        /** @param seen the digests that the approver looked at, as far as they say so */
        default Transition approve(String approver, String resolution, Seen seen) {
            if (life().authors().contains(approver)) {
                return new Transition.Refused(Refusals.ownRevision(approver));
            }
            if (life().approvals().stream().anyMatch(given -> given.by().equals(approver))) {
                return new Transition.Refused(Refusals.approvedAlready(approver));
            }
            return seen.is(binding())
                    ? new Transition.Taken(new RevisionEvent.Approved(resolution, binding()))
                    : new Transition.Refused(Refusals.contentChanged());
        }
    }

    /** What somebody says they looked at; what they do not say is not compared. */
    record Seen(Optional<String> digest, Optional<String> filesDigest, Optional<String> evidenceDigest) {

        public static final Seen WHATEVER_IT_IS = new Seen(Optional.empty(), Optional.empty(), Optional.empty());

        boolean is(Binding binding) {
            return digest.filter(said -> !said.equals(binding.digest())).isEmpty()
                    && filesDigest
                            .filter(said -> !said.equals(binding.filesDigest()))
                            .isEmpty()
                    && evidenceDigest
                            .filter(said -> !said.equals(binding.evidenceDigest()))
                            .isEmpty();
        }
    }

    /** Waits for approval. */
    record Submitted(Life life, Binding binding) implements Approvable {
        @Override
        public State state() {
            return State.SUBMITTED;
        }
    }

    /** Approved by as many as are needed. */
    record Approved(Life life, Binding binding) implements Approvable {
        @Override
        public State state() {
            return State.APPROVED;
        }

        /**
         * @param digest of the rulebook that the files are read as now; with {@code filesDigest} it has to be what was approved
         * @param filesDigest of the files as they are stored now
         */
        public Transition publish(String inForce, String digest, String filesDigest) {
            if (!life.base().equals(Optional.of(inForce))) {
                return new Transition.Refused(
                        Refusals.baseSuperseded(life.base().orElse(""), inForce));
            }
            boolean same = digest.equals(binding.digest())
                    && filesDigest.equals(binding.filesDigest())
                    && life.approvals().stream()
                            .allMatch(approval -> approval.binding().equals(binding));
            return same
                    ? new Transition.Taken(new RevisionEvent.Published(digest, filesDigest))
                    : new Transition.Refused(Refusals.contentChanged());
        }
    }

    /** Final: what it says is never changed; at most another takes its place. */
    record Published(Life life) implements Revision {
        @Override
        public State state() {
            return State.PUBLISHED;
        }

        /** @param successor the id under which its predecessor's content is published again */
        public Transition withdraw(String inForce, String reason, String successor) {
            return inForce.equals(life.id())
                    ? new Transition.Taken(new RevisionEvent.Withdrawn(reason, successor))
                    : new Transition.Refused(Refusals.notInForce(life.id(), inForce));
        }

        /** One that was published before the lives of revisions were kept. */
        static Published of(PublishedRevision header, SortedMap<String, String> files) {
            return new Published(new Life(
                    header.id(),
                    0,
                    Optional.empty(),
                    header.note(),
                    RecordedEvent.SERVICE,
                    header.publishedAt(),
                    new TreeSet<>(),
                    files,
                    header.filesDigest(),
                    Optional.empty(),
                    Optional.empty(),
                    List.of(),
                    Optional.of(header.publishedAt()),
                    Optional.of(header.digest()),
                    Optional.empty(),
                    Optional.empty(),
                    List.of()));
        }
    }

    /**
     * @param events at least one, by their versions
     * @param approvals how many different people have to approve
     */
    static Revision of(List<RecordedEvent> events, int approvals) {
        var fold = new Fold();
        events.forEach(fold::add);
        Life life = fold.life();
        if (life.publishedAt().isPresent()) {
            return new Published(life);
        }
        return life.submission()
                .<Revision>map(binding -> life.approvals().size() >= approvals
                        ? new Approved(life, binding)
                        : new Submitted(life, binding))
                .orElseGet(() -> new Draft(life));
    }

    /** A published revision of which there are no events, because it is older than they are. */
    static Revision ofBefore(PublishedRevision header, SortedMap<String, String> files) {
        return Published.of(header, new TreeMap<>(files));
    }
}
