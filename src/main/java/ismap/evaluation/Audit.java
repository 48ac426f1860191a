package ismap.evaluation;

import ismap.ledger.Chain;
import ismap.ledger.ChainVerifier;
import ismap.ledger.Checkpoint;
import ismap.ledger.CheckpointStore;
import ismap.ledger.KeyRing;
import ismap.ledger.StoredCheckpoints;
import ismap.ledger.Verification;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Shows that the chain of records is whole, and what was signed about it. Its methods throw StorageUnavailable where the database is not there. */
public final class Audit {

    /** So many checkpoints are handed out at once. */
    public static final int PAGE = 1000;

    /** How long a result waits for those who did not wait for it. */
    private static final Duration KEPT = Duration.ofMinutes(1);

    private final Chain chain;
    private final CheckpointStore checkpoints;
    private final Executor executor;

    private @Nullable CompletableFuture<Verification> running;

    /** @param executor walks the chain; one walk at a time */
    public Audit(Chain chain, CheckpointStore checkpoints, Executor executor) {
        this.chain = chain;
        this.checkpoints = checkpoints;
        this.executor = executor;
    }

    /**
     * Walks the whole chain; whoever asks during a walk hears the result of that one. It fails with a TimeoutException for whoever does not
     * want to wait any longer; the walk goes on, and asked again within {@link #KEPT} there is its result.
     */
    public synchronized CompletableFuture<Verification> verify(Duration patience) {
        CompletableFuture<Verification> walk = running;
        if (walk == null) {
            walk = CompletableFuture.supplyAsync(this::walk, executor);
            running = walk;
        }
        CompletableFuture<Verification> asked = walk;
        return asked.copy()
                .orTimeout(patience.toMillis(), TimeUnit.MILLISECONDS)
                .whenComplete((verification, failure) -> heard(asked));
    }

    private synchronized void heard(CompletableFuture<Verification> walk) {
        if (walk.isDone()) {
            forget(walk);
        } else {
            Executor later = CompletableFuture.delayedExecutor(KEPT.toMillis(), TimeUnit.MILLISECONDS);
            walk.whenComplete((verification, failure) -> later.execute(() -> forget(walk)));
        }
    }

    private synchronized void forget(CompletableFuture<Verification> walk) {
        if (walk.equals(running)) {
            running = null;
        }
    }

    private Verification walk() {
        // Read before the walk's snapshot is taken: whatever a checkpoint of then states is in the snapshot.
        long signed = checkpoints.last().map(Checkpoint::sequence).orElse(0L);
        var verifier =
                new ChainVerifier(new StoredCheckpoints(checkpoints, 0, signed), new KeyRing(checkpoints.keys()));
        chain.walk(Long.MIN_VALUE, verifier::accept);
        return verifier.finish(chain.keyWithoutRecord());
    }

    /** At most {@link #PAGE} of those after that sequence. */
    public List<Checkpoint> checkpoints(long after) {
        return checkpoints.after(after, PAGE);
    }

    public KeyRing keys() {
        return new KeyRing(checkpoints.keys());
    }
}
