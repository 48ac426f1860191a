package ismap.publication;

import ismap.json.JsonWriter;
import ismap.revision.Evidence;
import ismap.revision.NewEvent;
import ismap.revision.RecordedEvent;
import ismap.revision.Refusals;
import ismap.revision.Revision;
import ismap.revision.Revision.Open;
import ismap.revision.RevisionLog;
import ismap.revision.RevisionStore;
import ismap.revision.Transition;
import ismap.rulebook.Digests;
import ismap.rulebook.RulebookFiles;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Runs the checks of drafts, one draft after the other, on a thread that nobody else waits for, and records what they found.
 *
 * <p>A draft may be made to keep its checks busy. Each has so much time; then it is given up, and its thread, which nothing can stop, is
 * counted until it ends. While two such threads are about, no further checks begin.
 */
public final class Checking implements AutoCloseable {

    /** The key of what is wrong with the rulebook itself; the only check of one that cannot be read. */
    static final String PROBLEMS = "problems";

    private static final int QUEUE = 20;
    private static final int MOST_GIVEN_UP = 2;
    private static final int MOST_REMEMBERED = 100;
    private static final int TRIES = 5;
    private static final Duration GRACE = Duration.ofSeconds(2);

    private final RevisionHistory history;
    private final RevisionLog log;
    private final RevisionStore revisions;
    private final CheckRulebook check;
    private final List<Check> checks;
    private final Duration limit;
    private final BiConsumer<String, Throwable> failures;
    private final ConcurrentMap<String, Run> runs = new ConcurrentHashMap<>();
    private final AtomicInteger givenUp = new AtomicInteger();
    private final AtomicReference<@Nullable CheckedBase> lastBase = new AtomicReference<>();
    private final ThreadPoolExecutor worker;

    /**
     * @param checks what is looked at of a rulebook that can be read, in this order
     * @param limit for all checks of one draft
     * @param failures is told of what no check may throw, with the id of the draft
     */
    public Checking(
            RevisionHistory history,
            RevisionLog log,
            RevisionStore revisions,
            CheckRulebook check,
            List<Check> checks,
            Duration limit,
            BiConsumer<String, Throwable> failures) {
        this.history = history;
        this.log = log;
        this.revisions = revisions;
        this.check = check;
        this.checks = List.copyOf(checks);
        this.limit = limit;
        this.failures = failures;
        this.worker = new ThreadPoolExecutor(
                1,
                1,
                0,
                TimeUnit.SECONDS,
                new ArrayBlockingQueue<>(QUEUE),
                work -> thread(work, "checks"),
                new ThreadPoolExecutor.AbortPolicy());
    }

    private static Thread thread(Runnable work, String name) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        thread.setPriority(Thread.MIN_PRIORITY);
        return thread;
    }

    /** How far the checks of a draft are. */
    public enum State {
        /** Its files, as they are, have not been checked, as far as this instance knows. */
        NONE,
        RUNNING,
        DONE,
        /** They did not end, or the service failed; nothing was recorded. */
        FAILED
    }

    /** @param done of {@code total}, in the check's own measure; both 0 before it begins */
    public record Part(String name, State state, long done, long total) {}

    /**
     * @param parts while they run
     * @param evidence canonical JSON, when they are done
     */
    public record Report(Revision revision, State state, List<Part> parts, Optional<byte[]> evidence) {
        public Report {
            parts = List.copyOf(parts);
        }
    }

    /** Begins, or goes on waiting where the same files are being checked already. */
    public Revised<Report> start(String id, String editor) {
        Optional<Revision> found = history.revision(id);
        if (found.isEmpty()) {
            return new Revised.Unknown<>();
        }
        if (!(found.get() instanceof Open draft)) {
            return new Revised.Refused<>(Refusals.publishedIsFinal(id));
        }
        synchronized (runs) {
            Run running = runs.get(id);
            if (running != null && running.goesOn()) {
                if (running.filesDigest.equals(draft.life().filesDigest())) {
                    return new Revised.Done<>(report(draft, running));
                }
                running.cancelled = true; // of files that are not there any more
            }
            if (givenUp.get() >= MOST_GIVEN_UP) {
                return new Revised.Busy<>();
            }
            Run run = new Run(id, editor, draft.life().filesDigest());
            try {
                worker.execute(() -> supervise(run));
            } catch (RejectedExecutionException full) {
                return new Revised.Busy<>();
            }
            runs.put(id, run);
            forgetOld();
            return new Revised.Done<>(report(draft, run));
        }
    }

    public Optional<Report> report(String id) {
        return history.revision(id).map(revision -> {
            Run run = runs.get(id);
            return run != null && run.filesDigest.equals(revision.life().filesDigest()) && run.state != State.DONE
                    ? report(revision, run)
                    : history.evidence(revision)
                            .map(evidence -> new Report(revision, State.DONE, List.of(), Optional.of(evidence)))
                            .orElseGet(() -> new Report(revision, State.NONE, List.of(), Optional.empty()));
        });
    }

    private static Report report(Revision revision, Run run) {
        return new Report(revision, run.state, run.parts(), Optional.empty());
    }

    private void forgetOld() {
        if (runs.size() > MOST_REMEMBERED) {
            runs.values().removeIf(run -> !run.goesOn());
        }
    }

    /** On the one thread of all checks: waits for this draft's own thread no longer than it may take. */
    private void supervise(Run run) {
        Thread thread = thread(
                () -> {
                    try {
                        run(run);
                    } catch (CancellationException givenUp) {
                        run.state = State.FAILED;
                    } catch (RuntimeException | OutOfMemoryError | StackOverflowError failure) {
                        run.state = State.FAILED;
                        failures.accept(run.id, failure);
                    }
                },
                "check-" + run.id);
        thread.start();
        try {
            thread.join(limit.toMillis());
            if (thread.isAlive()) {
                run.cancelled = true;
                thread.interrupt();
                thread.join(GRACE.toMillis());
            }
        } catch (InterruptedException closing) {
            run.cancelled = true;
            thread.interrupt();
        }
        if (thread.isAlive()) {
            run.state = State.FAILED;
            givenUp.incrementAndGet();
            Thread burial = thread(
                    () -> {
                        try {
                            thread.join();
                        } catch (InterruptedException closing) {
                            Thread.currentThread().interrupt();
                        }
                        givenUp.decrementAndGet();
                    },
                    "given-up-" + run.id);
            burial.start();
        }
    }

    private void run(Run run) {
        Optional<Revision> found = history.revision(run.id);
        if (found.isEmpty()
                || !(found.get() instanceof Open draft)
                || !draft.life().filesDigest().equals(run.filesDigest)) {
            run.state = State.FAILED; // changed or published while it waited
            return;
        }
        var files = new RulebookFiles(history.files(draft));
        run.begin(PROBLEMS);
        CheckedRulebook checked = check.check(files);
        Optional<CheckedRulebook> base = draft.life().base().flatMap(this::base);
        run.end(PROBLEMS);
        var results = new LinkedHashMap<String, Check.@Nullable Result>();
        results.put(PROBLEMS, new Check.Result(checked.problems(), Map.of()));
        var subject = new Check.Subject(files, checked, base);
        for (Check each : checks) {
            run.begin(each.name());
            results.put(each.name(), checked.rulebook().isPresent() ? each.run(subject, run.progress(each)) : null);
            run.end(each.name());
        }
        Optional<String> digest = checked.rulebook().map(Digests::ofRulebook);
        record(run, EvidenceForm.of(run.filesDigest, digest, draft.life().base(), results));
    }

    /** Many drafts have one base; on the thread of a run alone, one after the other. */
    private Optional<CheckedRulebook> base(String id) {
        CheckedBase known = lastBase.get();
        if (known == null || !known.id().equals(id)) {
            known = revisions
                    .find(id)
                    .map(stored -> new CheckedBase(id, check.check(new RulebookFiles(stored.files()))))
                    .orElse(null);
            lastBase.set(known);
        }
        return Optional.ofNullable(known)
                .map(CheckedBase::checked)
                .filter(read -> read.rulebook().isPresent());
    }

    private record CheckedBase(String id, CheckedRulebook checked) {}

    private void record(Run run, EvidenceForm found) {
        byte[] whole = JsonWriter.canonical(found.form());
        String sha256 = Sha256.of(whole);
        var evidence =
                new Evidence(run.filesDigest, found.digest(), "sha256:" + sha256, found.isClean(), found.counts());
        for (int i = 0; i < TRIES; i++) {
            Optional<Revision> now = history.revision(run.id);
            if (now.isEmpty() || !(now.get() instanceof Open draft)) {
                break;
            }
            Transition transition = draft.checked(evidence);
            if (transition instanceof Transition.Refused) {
                break; // changed meanwhile: of what it is now, this says nothing
            }
            Optional<RecordedEvent> recorded = log.append(
                    new NewEvent(
                            run.id, draft.life().version() + 1, run.editor, ((Transition.Taken) transition).event()),
                    Map.of(sha256, whole));
            if (recorded.isPresent()) {
                run.state = State.DONE;
                return;
            }
        }
        run.state = State.FAILED;
    }

    /** The checks of one draft as it was when somebody asked for them. */
    private final class Run {
        private final String id;
        private final String editor;
        private final String filesDigest;
        private final Map<String, Part> parts = new LinkedHashMap<>();
        private volatile State state = State.RUNNING;
        private volatile boolean cancelled;

        Run(String id, String editor, String filesDigest) {
            this.id = id;
            this.editor = editor;
            this.filesDigest = filesDigest;
            parts.put(PROBLEMS, new Part(PROBLEMS, State.NONE, 0, 0));
            checks.forEach(each -> parts.put(each.name(), new Part(each.name(), State.NONE, 0, 0)));
        }

        boolean goesOn() {
            return state == State.RUNNING && !cancelled;
        }

        List<Part> parts() {
            synchronized (parts) {
                return new ArrayList<>(parts.values());
            }
        }

        void begin(String part) {
            set(new Part(part, State.RUNNING, 0, 0));
        }

        void end(String part) {
            synchronized (parts) {
                parts.computeIfPresent(part, (name, now) -> new Part(name, State.DONE, now.total(), now.total()));
            }
        }

        Check.Progress progress(Check each) {
            return (done, total) -> set(new Part(each.name(), State.RUNNING, done, total));
        }

        /** Also the place at which a run that was given up ends. */
        private void set(Part part) {
            if (cancelled || Thread.currentThread().isInterrupted()) {
                throw new CancellationException();
            }
            synchronized (parts) {
                parts.put(part.name(), part);
            }
        }
    }

    /** Does not wait: what was being checked can be checked again. */
    @Override
    public void close() {
        worker.shutdownNow();
    }
}
