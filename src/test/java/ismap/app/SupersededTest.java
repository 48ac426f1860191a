package ismap.app;

import static org.assertj.core.api.Assertions.assertThat;

import ismap.TinyRulebook;
import ismap.drools.DroolsCompiler;
import ismap.evaluation.ActiveRulebook;
import ismap.evaluation.Evaluation;
import ismap.evaluation.Evaluations;
import ismap.evaluation.InForce;
import ismap.evaluation.Revisions;
import ismap.ledger.InMemoryLedger;
import ismap.revision.InMemoryCandidates;
import ismap.revision.InMemoryRevisionStore;
import ismap.revision.NewRevision;
import ismap.rulebook.Digests;
import ismap.rulebook.LoadedRulebook;
import ismap.rulebook.RulebookFiles;
import ismap.rulebook.SourceMap;
import java.lang.management.ManagementFactory;
import java.lang.ref.WeakReference;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What is superseded lets go of its memory, compiled by Drools as in the service. */
@Tag("core")
class SupersededTest {

    private static final int WARM = 6;
    private static final int MORE = 12;

    private final InMemoryRevisionStore store = new InMemoryRevisionStore(Instant::now);
    private final Revisions revisions = new Revisions(store, SupersededTest::read, new DroolsCompiler());
    private final InForce inForce = new InForce(
            revisions,
            store,
            new InMemoryCandidates(),
            (decision, revision, what) -> {
                throw new AssertionError(what);
            },
            active -> {},
            System::nanoTime);
    private final Evaluations evaluations = new Evaluations(
            inForce,
            new InMemoryLedger(store, Instant::now),
            Clock.systemUTC(),
            UUID::randomUUID,
            (decision, revision, what) -> {
                throw new AssertionError(what);
            });

    @Test
    void neitherRulesNorClassesStayBehindPublicationAfterPublication() throws Exception {
        var rules = new ArrayList<WeakReference<Object>>();
        for (int i = 0; i < WARM; i++) {
            rules.add(publishAndDecide(i));
        }
        collect();
        int warm = ManagementFactory.getClassLoadingMXBean().getLoadedClassCount();
        for (int i = WARM; i < WARM + MORE; i++) {
            rules.add(publishAndDecide(i));
        }
        int kept = 1 + Revisions.KEPT;
        for (int i = 0; i < 50 && left(rules) > kept; i++) {
            collect();
        }

        assertThat(left(rules)).as("that in force, and those kept").isEqualTo(kept);
        collect();
        // Each has some 22 classes; the JVM makes a few of its own for what is called often.
        assertThat(ManagementFactory.getClassLoadingMXBean().getLoadedClassCount() - warm)
                .isLessThan(10 * MORE);
    }

    private WeakReference<Object> publishAndDecide(int number) {
        var files = new TreeMap<>(Map.of("number", new byte[] {(byte) number}));
        store.publish(new NewRevision(
                "r-" + number, "sha256:" + number, Digests.ofFiles(new RulebookFiles(files)), "", files));
        inForce.heard(store.head());
        assertThat(evaluations.selfCheck(TinyRulebook.DECISION, Map.of("facts", Map.of("kind", "A"))))
                .isInstanceOfSatisfying(
                        Evaluation.Answered.class,
                        answered -> assertThat(answered.by().revisionId()).isEqualTo("r-" + number));
        return new WeakReference<>(inForce.inForce().map(ActiveRulebook::rules).orElseThrow());
    }

    private static long left(List<WeakReference<Object>> rules) {
        return rules.stream().filter(each -> each.get() != null).count();
    }

    private static void collect() throws InterruptedException {
        System.gc();
        Thread.sleep(20);
    }

    private static LoadedRulebook read(RulebookFiles files) {
        return new LoadedRulebook(Optional.of(TinyRulebook.rulebook()), new SourceMap(Map.of()), List.of());
    }
}
