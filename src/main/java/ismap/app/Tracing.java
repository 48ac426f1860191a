package ismap.app;

import ismap.evaluation.ActiveRulebook;
import ismap.evaluation.InForce;
import ismap.evaluation.Traces;
import ismap.ledger.StorageUnavailable;
import ismap.regression.Scenario;
import ismap.revision.RevisionStore;
import ismap.rulebook.RulebookFiles;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Traces the revision in force ahead: the first who looks at its rules should not have to wait for all scenarios to be decided. */
final class Tracing implements AutoCloseable {

    /** One trace at work and one that waits: it will look at whatever is in force by then. */
    private final ExecutorService ahead = new ThreadPoolExecutor(
            1,
            1,
            0,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(1),
            work -> {
                Thread quiet = new Thread(work, "trace-ahead");
                quiet.setDaemon(true);
                quiet.setPriority(Thread.MIN_PRIORITY);
                return quiet;
            },
            new ThreadPoolExecutor.DiscardPolicy());

    private volatile @Nullable Traces traces;

    /** @param store where the scenarios of a revision are */
    Traces of(InForce inForce, RevisionStore store) {
        var followed = new Traces(inForce::inForce, active -> scenarios(store, active));
        traces = followed;
        return followed;
    }

    private static Map<String, List<Scenario>> scenarios(RevisionStore store, ActiveRulebook active) {
        return store.find(active.revisionId())
                .map(revision -> Rulebooks.scenarios(new RulebookFiles(revision.files()), active.plans()))
                .orElse(Map.of());
    }

    /** Another revision is in force. */
    void followed() {
        Traces known = traces;
        if (known != null) {
            ahead.execute(() -> trace(known));
        }
    }

    private static void trace(Traces traces) {
        traces.forgetSuperseded();
        try {
            traces.inForce();
        } catch (StorageUnavailable away) {
            // Whoever looks first waits for it.
        }
    }

    @Override
    public void close() {
        ahead.shutdownNow();
    }
}
