package ismap.api;

import ismap.evaluation.Evaluations;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.atomic.AtomicInteger;
import org.reactivestreams.Publisher;

/** The batches that run. Together they leave half of the room in the ledger's queue to those who ask one question. */
@Singleton
final class Batches {

    /** A batch waits for its records, not for a thread; what it costs is memory, about two lines of the longest kind. */
    static final int MOST = 32;

    private static final int LINES_OF_ALL = 512;

    private final ExecutorService workers;
    private final AtomicInteger running = new AtomicInteger();

    Batches(@Named(Workers.BATCH) ExecutorService workers) {
        this.workers = workers;
    }

    boolean isFull() {
        return running.get() >= MOST;
    }

    int running() {
        return running.get();
    }

    /**
     * Answers line by line, as the caller sends and reads.
     *
     * @param batch closed when its last line is submitted
     * @param request in pieces of any size
     * @return the lines of the answer, some at a time; for one subscriber
     */
    Publisher<byte[]> answer(Evaluations.Batch batch, String decision, String principal, Publisher<byte[]> request) {
        var run = new BatchRun(question -> question.submit(batch, decision, principal), workers, this::share, () -> {
            running.decrementAndGet();
            batch.close();
        });
        request.subscribe(run.input());
        return subscriber -> {
            running.incrementAndGet();
            run.start(subscriber);
        };
    }

    /** So many lines of one batch may be on their way to their records. */
    private int share() {
        return Math.min(BatchRun.MOST_LINES, LINES_OF_ALL / Math.max(1, running.get()));
    }
}
