package ismap.evaluation;

import ismap.decision.Bilingual;
import ismap.decision.Place;
import ismap.decision.Problem;
import ismap.evaluation.Revisions.Opened;
import ismap.evaluation.Revisions.Unusable;
import ismap.evaluation.Revisions.Usable;
import ismap.ledger.StorageUnavailable;
import ismap.revision.Candidates;
import ismap.revision.Head;
import ismap.revision.NewRevision;
import ismap.revision.RevisionStore;
import ismap.revision.StoredRevision;
import ismap.rulebook.Digests;
import ismap.rulebook.LoadedRulebook;
import ismap.rulebook.RulebookFiles;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The one reference of an instance to the revision in force. Who decides takes a lease of what it points to and ends with that; a
 * publication points it elsewhere, and what is superseded is let go of by the last who decides with it. A revision that cannot be verified, read
 * or compiled is not pointed to: the one before it serves on, and this instance says that it is not ready. See {@code docs/adr/0015}.
 */
public final class InForce implements Timeline, AutoCloseable {

    /** An instance that knows no better for so long is not ready. */
    public static final Duration PATIENCE = Duration.ofSeconds(2);

    /** What was refused is tried again after so long. */
    private static final long RETRY_NANOS = Duration.ofSeconds(30).toNanos();

    /** So many approved ones are kept ready for their publication. */
    private static final int PREPARED = 3;

    /** So many may wait for revisions to be made ready, for each purpose. */
    private static final int WAITING = 3;

    private final Revisions revisions;
    private final RevisionStore store;
    private final Candidates candidates;
    private final Alarm alarm;
    private final Consumer<ActiveRulebook> flipped;
    private final LongSupplier nanos;

    private final Map<Purpose, Semaphore> waiting =
            Map.of(Purpose.SELF_CHECK, new Semaphore(WAITING), Purpose.RECORD, new Semaphore(WAITING));

    /** What questions ask for is compiled one after the other, so that it never takes the processors from a publication. */
    private final Semaphore compiling = new Semaphore(1, true);

    private final Map<String, Usable> prepared = new HashMap<>();
    private final Map<String, String> complained = new HashMap<>();
    private volatile @Nullable Held held;
    private volatile @Nullable Refused refused;
    private volatile @Nullable Long behindSince;
    private volatile long heardAt;

    /**
     * @param revisions of the same store
     * @param flipped told of what decides from now on
     * @param nanos a clock that only goes forward
     */
    public InForce(
            Revisions revisions,
            RevisionStore store,
            Candidates candidates,
            Alarm alarm,
            Consumer<ActiveRulebook> flipped,
            LongSupplier nanos) {
        this.revisions = revisions;
        this.store = store;
        this.candidates = candidates;
        this.alarm = alarm;
        this.flipped = flipped;
        this.nanos = nanos;
        this.heardAt = nanos.getAsLong();
    }

    /** What decides, and how many decide with it; the reference itself counts as one. */
    private static final class Held {
        private final Usable usable;
        private final long sequence;
        private final AtomicInteger users = new AtomicInteger(1);

        private Held(Usable usable, long sequence) {
            this.usable = usable;
            this.sequence = sequence;
        }

        /** Empty where the last one has left. */
        Optional<Usable> enter() {
            int before = users.getAndUpdate(count -> count == 0 ? 0 : count + 1);
            return before == 0 ? Optional.empty() : Optional.of(new Usable(usable.rulebook(), this::leave));
        }

        void leave() {
            if (users.decrementAndGet() == 0) {
                usable.close();
            }
        }
    }

    private record Refused(String id, Bilingual reason, long at) {}

    // ---- what questions ask

    @Override
    public Optional<ActiveRulebook> inForce() {
        return Optional.ofNullable(held).map(now -> now.usable.rulebook());
    }

    @Override
    public Optional<Usable> lease() {
        for (Held now = held; now != null; now = held) {
            Optional<Usable> lease = now.enter();
            if (lease.isPresent()) {
                return lease;
            }
            // It was superseded, and its last user left, since it was looked at.
        }
        return Optional.empty();
    }

    @Override
    public Optional<String> inForceAt(Instant instant) {
        return store.inForceAt(instant);
    }

    @Override
    public Opened open(String id, Purpose purpose) {
        Optional<Usable> ready = revisions.ready(id);
        return ready.isPresent() ? ready.get() : whenFew(purpose, () -> revisions.open(id));
    }

    @Override
    public Opened openDraft(String id) {
        return whenFew(
                Purpose.SELF_CHECK,
                () -> candidates.find(id).map(this::openDraft).orElseGet(() -> Timeline.unknown(id)));
    }

    private Opened openDraft(NewRevision draft) {
        Opened opened = revisions.open(draft);
        return opened instanceof Unusable unusable
                ? new Unusable(
                        "DRAFT_HAS_MISTAKES",
                        new Bilingual(
                                "案 %s には誤りがあるため、判定に使えません。".formatted(draft.id()),
                                "Draft %s has mistakes, so nothing can be decided by it.".formatted(draft.id())),
                        unusable.problems())
                : opened;
    }

    private interface Opening {
        Opened open();
    }

    private Opened whenFew(Purpose purpose, Opening opening) {
        Semaphore place = java.util.Objects.requireNonNull(waiting.get(purpose));
        if (!place.tryAcquire()) {
            throw new Crowded();
        }
        try {
            compiling.acquireUninterruptibly();
            try {
                return opening.open();
            } finally {
                compiling.release();
            }
        } finally {
            place.release();
        }
    }

    // ---- what is published

    /**
     * Points to the first one.
     *
     * @param loaded what its files say
     * @return why it cannot be decided by; empty where it can
     * @throws StorageUnavailable where the database cannot be asked
     */
    public synchronized Optional<Unusable> begin(StoredRevision revision, LoadedRulebook loaded) {
        long sequence = store.head()
                .filter(head -> head.id().equals(revision.id()))
                .map(Head::sequence)
                .orElse(0L);
        Opened opened = revisions.open(revision, () -> loaded);
        if (opened instanceof Usable usable) {
            pointTo(usable, sequence);
            return Optional.empty();
        }
        return Optional.of((Unusable) opened);
    }

    /** The database was heard from, and says that this one is in force; empty where nothing is published. */
    public void heard(Optional<Head> head) {
        heardAt = nanos.getAsLong();
        head.ifPresent(this::follow);
    }

    /** Something was published here: it decides when this returns, unless the database was lost just now. */
    public void published() {
        try {
            store.head().ifPresent(this::follow);
        } catch (StorageUnavailable lost) {
            // It is committed; whoever watches the database will hear so.
        }
    }

    /** Points to a later one, if it can be decided by. What is heard late never points back. */
    private synchronized void follow(Head head) {
        Held now = held;
        if (now != null && now.sequence >= head.sequence()) {
            return;
        }
        if (behindSince == null) {
            behindSince = nanos.getAsLong();
        }
        Refused before = refused;
        if (before != null && before.id.equals(head.id()) && nanos.getAsLong() - before.at < RETRY_NANOS) {
            return;
        }
        Opened opened;
        try {
            // Read again also where its content is ready: what is in force is what is stored.
            opened = store.find(head.id()).map(revisions::open).orElseGet(() -> Timeline.unknown(head.id()));
        } catch (StorageUnavailable lost) {
            throw lost;
        } catch (RuntimeException fault) {
            refuse(head.id(), fault(head.id(), fault));
            return;
        }
        if (opened instanceof Usable usable) {
            pointTo(usable, head.sequence());
        } else {
            refuse(head.id(), ((Unusable) opened).message());
        }
    }

    private void pointTo(Usable usable, long sequence) {
        Held before = held;
        held = new Held(usable, sequence);
        refused = null;
        behindSince = null;
        if (before != null) {
            before.leave();
        }
        release(usable.rulebook().revisionId());
        flipped.accept(usable.rulebook());
    }

    private void refuse(String id, Bilingual reason) {
        refused = new Refused(id, reason, nanos.getAsLong());
        alarm.revisionRefused(id, reason.en());
    }

    private static Bilingual fault(String id, RuntimeException fault) {
        String what = String.valueOf(fault.getCause() == null ? fault : fault.getCause());
        return new Bilingual(
                "改定版 %s を判定に使える形にできません（%s）。".formatted(id, what),
                "Revision %s cannot be made ready (%s).".formatted(id, what));
    }

    // ---- what is about to be published

    /**
     * Reads and compiles one that is approved.
     *
     * @return why it cannot be decided by here; empty where it can
     * @throws StorageUnavailable where the database cannot be asked
     */
    public List<Problem> prepare(String id) {
        Optional<NewRevision> candidate = candidates.find(id);
        if (candidate.isEmpty()) {
            return List.of(problem(Timeline.unknown(id)));
        }
        if (!Digests.ofFiles(new RulebookFiles(candidate.get().files()))
                .equals(candidate.get().filesDigest())) {
            return List.of(problem(new Unusable(
                    "REVISION_ALTERED",
                    new Bilingual(
                            "改定版 %s のファイルは、承認されたものと一致しません。".formatted(id),
                            "The files of revision %s are not those that were approved.".formatted(id)))));
        }
        Opened opened;
        try {
            opened = revisions.open(candidate.get());
        } catch (RuntimeException fault) {
            return List.of(problem(new Unusable("REVISION_UNREADABLE", fault(id, fault))));
        }
        if (opened instanceof Usable usable) {
            keep(id, usable);
            return List.of();
        }
        Unusable unusable = (Unusable) opened;
        List<Problem> errors =
                unusable.problems().stream().filter(Problem::isError).toList();
        return errors.isEmpty() ? List.of(problem(unusable)) : errors;
    }

    private static Problem problem(Unusable unusable) {
        return Problem.error(
                unusable.code(),
                new Place.Pointer(""),
                unusable.message(),
                new Bilingual("運営者に知らせてください。", "Tell the operator."));
    }

    private void keep(String id, Usable usable) {
        Usable former;
        synchronized (prepared) {
            former = prepared.put(id, usable);
        }
        if (former != null) {
            former.close();
        }
    }

    private void release(String id) {
        Usable done;
        synchronized (prepared) {
            done = prepared.remove(id);
        }
        if (done != null) {
            done.close();
        }
    }

    /**
     * Makes those ready that could be published at any moment, and lets go of the others.
     *
     * @throws StorageUnavailable where the database cannot be asked
     */
    public void prepareApproved() {
        List<String> approved = candidates.approved();
        List<String> wanted = approved.subList(Math.max(0, approved.size() - PREPARED), approved.size());
        List<String> kept;
        synchronized (prepared) {
            kept = new ArrayList<>(prepared.keySet());
        }
        kept.stream().filter(id -> !wanted.contains(id)).forEach(this::release);
        wanted.forEach(id -> prepare(id).stream().findFirst().ifPresent(problem -> complain(id, problem)));
    }

    /** Once for the same reason, however often it is tried. */
    private void complain(String id, Problem problem) {
        release(id);
        String reason = problem.message().en();
        boolean isNew;
        synchronized (prepared) {
            isNew = !reason.equals(complained.put(id, reason));
        }
        if (isNew) {
            alarm.revisionRefused(id, reason);
        }
    }

    // ---- how it stands

    /** Whether the database was heard from lately. */
    public boolean hears() {
        return nanos.getAsLong() - heardAt <= PATIENCE.toNanos();
    }

    /** Whether what is published last, as far as is known, is what decides; a moment to get there is granted. */
    public boolean isCurrent() {
        Long behind = behindSince;
        return held != null && refused == null && (behind == null || nanos.getAsLong() - behind <= PATIENCE.toNanos());
    }

    /** Why this instance is not ready; empty where it is. */
    public List<Bilingual> reasons() {
        var reasons = new ArrayList<Bilingual>();
        if (!hears()) {
            reasons.add(new Bilingual(
                    "データベースから2秒以上応答がありません。公表された改定版を見落としている可能性があります。",
                    "The database has not been heard from for 2 seconds; a publication may have been missed."));
        }
        Refused last = refused;
        Held now = held;
        if (now == null) {
            reasons.add(new Bilingual("公表された改定版がありません。", "No published revision is compiled."));
        } else if (last != null) {
            reasons.add(new Bilingual(
                    "公表された改定版 %s を使えないため、%s による判定を続けています。%s"
                            .formatted(last.id, now.usable.rulebook().revisionId(), last.reason.ja()),
                    "Revision %s was published and cannot be used here; %s serves on. %s"
                            .formatted(last.id, now.usable.rulebook().revisionId(), last.reason.en())));
        } else if (!isCurrent()) {
            reasons.add(new Bilingual(
                    "公表された改定版への切替えが終わっていません。", "A revision was published and is not yet the one that decides here."));
        }
        return reasons;
    }

    /** Lets go of what decides and of what was prepared; close the revisions next. */
    @Override
    public synchronized void close() {
        List<Usable> rest;
        synchronized (prepared) {
            rest = List.copyOf(prepared.values());
            prepared.clear();
        }
        rest.forEach(Usable::close);
        Held last = held;
        held = null;
        if (last != null) {
            last.leave();
        }
    }
}
