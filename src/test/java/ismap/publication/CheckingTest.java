package ismap.publication;

import static org.assertj.core.api.Assertions.assertThat;

import ismap.drools.DroolsCompiler;
import ismap.publication.Checking.State;
import ismap.revision.InMemoryRevisionLog;
import ismap.revision.InMemoryRevisionStore;
import ismap.revision.NewRevision;
import ismap.revision.Revision;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Checks are bounded: what a draft holds cannot keep others from being checked for long, or bring the service down. */
@Tag("core")
class CheckingTest {

    private static final Duration SOON = Duration.ofMillis(300);

    private final InMemoryRevisionStore store = new InMemoryRevisionStore(() -> Instant.EPOCH);
    private final InMemoryRevisionLog log = new InMemoryRevisionLog(store, () -> Instant.EPOCH);
    private final RevisionHistory history = new RevisionHistory(log, store, 1);
    private final List<Throwable> failures = new ArrayList<>();
    private final Drafting drafting;

    CheckingTest() {
        var files = new TreeMap<>(SmallWorkbooks.files().contents());
        store.publish(new NewRevision("first", "sha256:1", "sha256:2", "", files));
        var number = new AtomicInteger();
        drafting = new Drafting(
                history,
                log,
                store,
                SmallWorkbooks.check(),
                any -> Optional.empty(),
                () -> "r-" + number.incrementAndGet());
    }

    @Test
    void equalFilesHaveEqualEvidence() {
        try (Checking checking = checking(EngineChecks.of(new DroolsCompiler()), Duration.ofMinutes(2))) {
            assertThat(evidence(checking, draft())).isEqualTo(evidence(checking, draft()));
        }
    }

    @Test
    void aCheckThatDoesNotEndIsGivenUpAndOthersGoOn() {
        var ever = new CountDownLatch(1);
        var endless = new Endless(ever);
        try (Checking checking = checking(List.of(endless), SOON)) {
            String first = draft();
            checking.start(first, "editor");
            assertThat(ended(checking, first)).isEqualTo(State.FAILED);
            assertThat(history.revision(first).orElseThrow().life().evidence()).isEmpty();

            String second = draft();
            checking.start(second, "editor");
            assertThat(ended(checking, second)).isEqualTo(State.FAILED);
            assertThat(checking.start(draft(), "editor"))
                    .as("two such threads are about")
                    .isInstanceOf(Revised.Busy.class);

            ever.countDown();
            String third = draft();
            Revised<Checking.Report> started = checking.start(third, "editor");
            for (int i = 0; i < 200 && started instanceof Revised.Busy; i++) {
                pause();
                started = checking.start(third, "editor");
            }
            assertThat(started).as("when they ended").isInstanceOf(Revised.Done.class);
            assertThat(ended(checking, third)).isEqualTo(State.DONE);
        }
    }

    @Test
    void aCheckThatThrowsIsAFailureThatTheOperatorIsToldOf() {
        Check broken = new Check() {
            @Override
            public String name() {
                return "broken";
            }

            @Override
            public Result run(Subject subject, Progress progress) {
                throw new IllegalStateException("a bug");
            }
        };
        try (Checking checking = checking(List.of(broken), Duration.ofMinutes(2))) {
            String id = draft();
            checking.start(id, "editor");
            assertThat(ended(checking, id)).isEqualTo(State.FAILED);
            assertThat(failures)
                    .singleElement()
                    .extracting(Throwable::getMessage)
                    .isEqualTo("a bug");
        }
    }

    @Test
    void whatChangedWhileItWasCheckedIsNotChecked() {
        var changed = new CountDownLatch(1);
        try (Checking checking = checking(List.of(new Endless(changed)), Duration.ofMinutes(2))) {
            String id = draft();
            checking.start(id, "editor");
            drafting.remove(id, SmallWorkbooks.SCENARIOS, "editor", OptionalInt.empty());
            changed.countDown();

            assertThat(checking.report(id).orElseThrow().state()).isEqualTo(State.NONE);
            checking.start(id, "editor");
            assertThat(ended(checking, id)).isEqualTo(State.DONE);
            assertThat(history.revision(id).orElseThrow().life().events()).hasSize(3);
        }
    }

    /** Waits for what nobody interrupts. */
    private record Endless(CountDownLatch until) implements Check {
        @Override
        public String name() {
            return "endless";
        }

        @Override
        public Result run(Subject subject, Progress progress) {
            boolean over = false;
            while (!over) {
                try {
                    until.await();
                    over = true;
                } catch (InterruptedException ignored) {
                    // As a loop in a library would.
                }
            }
            return new Result(List.of(), Map.of());
        }
    }

    private Checking checking(List<Check> checks, Duration limit) {
        // What takes long is the check that is given, not the reading of workbooks on a busy machine.
        CheckedRulebook checked = SmallWorkbooks.check().check(SmallWorkbooks.files());
        assertThat(checked.isClean()).isTrue();
        var check = limit.equals(SOON)
                ? new CheckRulebook(
                        any -> new ismap.rulebook.LoadedRulebook(checked.rulebook(), checked.sources(), List.of()),
                        any -> Map.of())
                : SmallWorkbooks.check();
        return new Checking(history, log, store, check, checks, limit, (id, failure) -> failures.add(failure));
    }

    private String draft() {
        return ((Revised.Done<Revision>) drafting.create(Optional.empty(), "", "editor"))
                .value()
                .id();
    }

    private String evidence(Checking checking, String id) {
        checking.start(id, "editor");
        assertThat(ended(checking, id)).isEqualTo(State.DONE);
        return history.revision(id)
                .orElseThrow()
                .life()
                .evidence()
                .orElseThrow()
                .evidenceDigest();
    }

    private static State ended(Checking checking, String id) {
        for (int i = 0; i < 1200; i++) {
            State state = checking.report(id).orElseThrow().state();
            if (state == State.DONE || state == State.FAILED) {
                return state;
            }
            pause();
        }
        throw new AssertionError("the checks do not end");
    }

    private static void pause() {
        try {
            Thread.sleep(50);
        } catch (InterruptedException stopped) {
            throw new AssertionError(stopped);
        }
    }
}
