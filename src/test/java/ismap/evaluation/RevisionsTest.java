package ismap.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ismap.decision.Bilingual;
import ismap.decision.Place;
import ismap.decision.Problem;
import ismap.evaluation.Revisions.Opened;
import ismap.evaluation.Revisions.Unusable;
import ismap.evaluation.Revisions.Usable;
import ismap.ledger.StorageUnavailable;
import ismap.revision.Head;
import ismap.revision.InMemoryRevisionStore;
import ismap.revision.NewRevision;
import ismap.revision.RevisionStore;
import ismap.revision.StoredRevision;
import ismap.rulebook.Digests;
import ismap.rulebook.LoadedRulebook;
import ismap.rulebook.RulebookFiles;
import ismap.rulebook.SourceMap;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("core")
class RevisionsTest {

    private static final Instant NOW = Instant.parse("2026-04-01T00:00:00Z");

    private final InMemoryRevisionStore store = new InMemoryRevisionStore(() -> NOW);
    private final CountingCompiler compiler = new CountingCompiler();
    private final Revisions revisions = new Revisions(store, RevisionsTest::read, compiler);

    @Test
    void aPublishedRevisionDecidesAgain() {
        publish("r-1");

        try (Opened opened = revisions.open("r-1")) {
            ActiveRulebook rulebook = ((Usable) opened).rulebook();
            assertThat(rulebook.revisionId()).isEqualTo("r-1");
            assertThat(rulebook.publishedAt()).isEqualTo(NOW);
            assertThat(rulebook.plans()).containsKey("small");
        }
    }

    @Test
    void itIsCompiledOnceHoweverManyAskAtOnce() throws Exception {
        publish("r-1");
        var pool = Executors.newFixedThreadPool(8);
        try {
            var asked = new ArrayList<Future<String>>();
            for (int i = 0; i < 40; i++) {
                asked.add(pool.submit(() -> {
                    try (Opened opened = revisions.open("r-1")) {
                        return ((Usable) opened).rulebook().revisionId();
                    }
                }));
            }
            for (Future<String> each : asked) {
                assertThat(each.get()).isEqualTo("r-1");
            }
        } finally {
            pool.shutdown();
        }
        assertThat(compiler.compiled()).isEqualTo(1);
        assertThat(compiler.open()).isEqualTo(1);
    }

    @Test
    void theOneNotAskedForLongestGivesWayAndIsClosed() {
        for (int i = 1; i <= Revisions.KEPT; i++) {
            openAndClose("r-" + i);
        }
        openAndClose("r-1");
        assertThat(compiler.compiled()).isEqualTo(Revisions.KEPT);

        openAndClose("r-new");
        assertThat(compiler.open()).isEqualTo(Revisions.KEPT);

        openAndClose("r-1");
        assertThat(compiler.compiled()).as("r-1 was kept").isEqualTo(Revisions.KEPT + 1);
        openAndClose("r-2");
        assertThat(compiler.compiled()).as("r-2 gave way").isEqualTo(Revisions.KEPT + 2);
    }

    @Test
    void whatSomebodyDecidesWithIsClosedOnlyWhenTheyAreDone() {
        publish("held");
        Opened held = revisions.open("held");
        for (int i = 1; i <= Revisions.KEPT; i++) {
            openAndClose("r-" + i);
        }
        assertThat(compiler.open()).isEqualTo(Revisions.KEPT + 1);

        held.close();
        held.close();
        assertThat(compiler.open()).isEqualTo(Revisions.KEPT);
    }

    @Test
    void theSameContentUnderAnotherNameIsCompiledOnce() {
        publish("r-1", "same");
        publish("r-2", "same");

        try (Opened first = revisions.open("r-1");
                Opened second = revisions.open("r-2")) {
            assertThat(((Usable) first).rulebook().revisionId()).isEqualTo("r-1");
            assertThat(((Usable) second).rulebook().revisionId()).isEqualTo("r-2");
            assertThat(((Usable) second).rulebook().digest()).isEqualTo("sha256:r-2");
        }
        assertThat(compiler.compiled()).isEqualTo(1);
    }

    @Test
    void nothingStaysOpenAfterTheEnd() {
        publish("held");
        Opened held = revisions.open("held");
        openAndClose("r-1");

        revisions.close();
        assertThat(compiler.open()).isEqualTo(1);
        held.close();
        assertThat(compiler.open()).isEqualTo(0);
    }

    @Test
    void oneThatIsNotStoredIsUnknown() {
        assertThat(reason("never")).isEqualTo("REVISION_UNKNOWN");
    }

    @Test
    void oneWhoseBytesChangedIsAltered() {
        store.publish(new NewRevision("r-1", "", "sha256:0", "", files("a")));

        assertThat(reason("r-1")).isEqualTo("REVISION_ALTERED");
        assertThat(compiler.compiled()).isEqualTo(0);
    }

    @Test
    void oneThatCannotBeReadSaysWhy() {
        publish("r-1", "unreadable");

        try (Opened opened = revisions.open("r-1")) {
            assertThat(((Unusable) opened).code()).isEqualTo("REVISION_UNREADABLE");
            assertThat(((Unusable) opened).message().ja()).contains("r-1", "数ではありません");
        }
    }

    @Test
    void aDatabaseThatWasAwayIsAskedAgain() {
        publish("r-1");
        var away = new AtomicBoolean(true);
        var found = new Revisions(new Sometimes(away), RevisionsTest::read, compiler);
        assertThatThrownBy(() -> found.open("r-1")).isInstanceOf(StorageUnavailable.class);

        away.set(false);
        try (Opened opened = found.open("r-1")) {
            assertThat(opened).isInstanceOf(Usable.class);
        }
    }

    private String reason(String id) {
        try (Opened opened = revisions.open(id)) {
            return ((Unusable) opened).code();
        }
    }

    private void openAndClose(String id) {
        if (store.find(id).isEmpty()) {
            publish(id);
        }
        try (Opened opened = revisions.open(id)) {
            assertThat(opened).isInstanceOf(Usable.class);
        }
    }

    private void publish(String id) {
        publish(id, "content of " + id);
    }

    private void publish(String id, String content) {
        var files = files(content);
        store.publish(new NewRevision(id, "sha256:" + id, Digests.ofFiles(new RulebookFiles(files)), "", files));
    }

    private static TreeMap<String, byte[]> files(String content) {
        return new TreeMap<>(Map.of("small.xlsx", content.getBytes(StandardCharsets.UTF_8)));
    }

    private static LoadedRulebook read(RulebookFiles files) {
        var sources = new SourceMap(Map.of());
        String content = new String(
                java.util.Objects.requireNonNull(files.contents().get("small.xlsx")), StandardCharsets.UTF_8);
        return content.equals("unreadable")
                ? new LoadedRulebook(
                        Optional.empty(),
                        sources,
                        List.of(Problem.error(
                                "NUMBER_EXPECTED",
                                new Place.Cell("small.xlsx", "", ""),
                                new Bilingual("数ではありません。", "Not a number."),
                                Bilingual.EMPTY)))
                : new LoadedRulebook(Optional.of(SmallRulebook.rulebook()), sources, List.of());
    }

    private final class Sometimes implements RevisionStore {
        private final AtomicBoolean away;

        Sometimes(AtomicBoolean away) {
            this.away = away;
        }

        @Override
        public Optional<StoredRevision> inForce() {
            return store.inForce();
        }

        @Override
        public Optional<Head> head() {
            return store.head();
        }

        @Override
        public Optional<String> inForceAt(Instant instant) {
            return store.inForceAt(instant);
        }

        @Override
        public boolean knows(String id) {
            return store.knows(id);
        }

        @Override
        public Optional<StoredRevision> find(String id) {
            if (away.get()) {
                throw new StorageUnavailable("away", new IllegalStateException());
            }
            return store.find(id);
        }

        @Override
        public StoredRevision publish(NewRevision revision) {
            return store.publish(revision);
        }
    }
}
