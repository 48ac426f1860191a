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
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/** Traces the revision in force ahead: the first who looks at its rules should not have to wait for all scenarios to be decided. */
final class Tracing implements AutoCloseable {

    private final ExecutorService ahead = Executors.newSingleThreadExecutor(work -> {
        Thread quiet = new Thread(work, "trace-ahead");
        quiet.setDaemon(true);
        quiet.setPriority(Thread.MIN_PRIORITY);
        return quiet;
    });
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
            try {
                ahead.execute(() -> trace(known));
            } catch (RejectedExecutionException closing) {
                // Nobody will look.
            }
        }
    }

    private static void trace(Traces traces) {
        traces.forget();
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
