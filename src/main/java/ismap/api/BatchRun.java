package ismap.api;

import io.micronaut.http.HttpResponse;
import ismap.evaluation.Evaluation;
import java.io.ByteArrayOutputStream;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One batch on its way: pieces of the request come in, lines are submitted, answers go out in the order of the lines. It reads on only
 * where it has room for a line, and has room only where the caller reads. It holds no thread while it waits: whatever happens
 * wakes it, and it then works for a while on one of the batches' threads, never on two.
 */
final class BatchRun {

    /** So many lines may be submitted and not yet answered. */
    static final int MOST_LINES = 256;

    private static final Logger LOG = LoggerFactory.getLogger(BatchRun.class);

    /** So many bytes of lines; one line may be larger. */
    private static final int MOST_BYTES = 1024 * 1024;

    /** An answer is sent in pieces of about so many bytes, or smaller where no more is ready. */
    private static final int PIECE = 64 * 1024;

    /** After so many lines it is another batch's turn. */
    private static final int LINES_A_TURN = 16;

    /** Between two tries of a line for which the ledger had no room. */
    private static final long PAUSE_MILLIS = 20;

    private static final long LONGEST_WAIT_NANOS = TimeUnit.SECONDS.toNanos(30);

    /** @param evaluation empty where the line was refused as it was read */
    private record Submitted(BatchQuestion question, Optional<CompletableFuture<Evaluation>> evaluation) {
        boolean isDone() {
            return evaluation.map(CompletableFuture::isDone).orElse(true);
        }
    }

    private final Function<BatchQuestion, CompletableFuture<Evaluation>> submit;
    private final Executor workers;
    private final IntSupplier share;
    private final Runnable ended;

    /** How often it was woken since it last went to sleep; 0 where it sleeps. */
    private final AtomicInteger wakes = new AtomicInteger();

    private final AtomicLong demand = new AtomicLong();
    private final AtomicReference<byte @Nullable []> arrived = new AtomicReference<>();
    private volatile @Nullable Subscription request;
    private volatile boolean requestEnded;
    private volatile @Nullable Throwable requestFailed;
    private volatile boolean cancelled;

    // All below is touched by the thread that works alone.
    private final Lines lines = new Lines(HttpServer.LARGEST_BODY);
    private final Deque<Submitted> window = new ArrayDeque<>();
    private @Nullable Subscriber<? super byte[]> caller;
    private @Nullable BatchQuestion held;
    private long heldSince;
    private long heldUntil;
    private long bytes;
    private boolean begun;
    private boolean asked;
    private boolean drained;
    private boolean over;

    /**
     * @param submit complete once a record is durable; {@link Evaluation.Unavailable.What#QUEUE} is asked again
     * @param share how many lines may be submitted and not yet answered, at this moment
     * @param ended told once, whichever way it ends
     */
    BatchRun(
            Function<BatchQuestion, CompletableFuture<Evaluation>> submit,
            Executor workers,
            IntSupplier share,
            Runnable ended) {
        this.submit = submit;
        this.workers = workers;
        this.share = share;
        this.ended = ended;
    }

    /** Where the request goes in. */
    Subscriber<byte[]> input() {
        return new Input();
    }

    /** @param subscriber of the answer */
    void start(Subscriber<? super byte[]> subscriber) {
        caller = subscriber;
        subscriber.onSubscribe(new Output());
    }

    private final class Input implements Subscriber<byte[]> {
        @Override
        public void onSubscribe(Subscription subscription) {
            request = subscription;
            wake();
        }

        @Override
        public void onNext(byte[] piece) {
            arrived.set(piece);
            wake();
        }

        @Override
        public void onError(Throwable failure) {
            requestFailed = failure;
            requestEnded = true;
            wake();
        }

        @Override
        public void onComplete() {
            requestEnded = true;
            wake();
        }
    }

    private final class Output implements Subscription {
        @Override
        public void request(long pieces) {
            demand.accumulateAndGet(pieces, (had, more) -> had + more < 0 ? Long.MAX_VALUE : had + more);
            wake();
        }

        @Override
        public void cancel() {
            cancelled = true;
            wake();
        }
    }

    private void wake() {
        if (wakes.getAndIncrement() == 0) {
            go();
        }
    }

    private void go() {
        try {
            workers.execute(this::turn);
        } catch (RejectedExecutionException stopping) {
            // The service stops, and its connections with it.
        }
    }

    private void turn() {
        int seen = wakes.get();
        boolean more = false;
        try {
            more = work();
        } catch (RuntimeException | Error unforeseen) {
            fail(unforeseen);
        }
        if (more || wakes.addAndGet(-seen) != 0) {
            go();
        }
    }

    /** @return whether there is more to do at once */
    private boolean work() {
        if (caller == null || request == null || over) {
            return false;
        }
        if (cancelled) {
            end();
            return false;
        }
        if (!begun && demand.get() > 0) {
            begun = true;
            // The header of the answer goes out with the first piece, and says the revision before there is a line.
            pass(new byte[0]);
        }
        for (int i = 0; i < LINES_A_TURN; i++) {
            if (!step() && !send()) {
                return false;
            }
        }
        send();
        return true;
    }

    /** Does one thing for the next line; false where there is no room for it, or only something from outside can help. */
    private boolean step() {
        boolean room = window.isEmpty() || (window.size() < share.getAsInt() && bytes < MOST_BYTES);
        if (held != null) {
            return room && System.nanoTime() - heldUntil >= 0 && submit(held);
        }
        if (drained) {
            if (window.isEmpty() && !over) {
                finish();
            }
            return false;
        }
        if (!room) {
            return false;
        }
        Optional<Lines.Line> line = lines.next();
        return line.isPresent() ? submit(BatchQuestion.read(line.get())) : read();
    }

    private boolean read() {
        boolean wasLast = requestEnded;
        byte[] piece = arrived.getAndSet(null);
        if (piece != null) {
            asked = false;
            lines.add(piece);
            return true;
        }
        if (wasLast) {
            drained = true;
            // Where the request was cut off, its last line may be half of one.
            return requestFailed != null
                    || lines.rest().map(BatchQuestion::read).map(this::submit).orElse(true);
        }
        if (!asked) {
            asked = true;
            Objects.requireNonNull(request).request(1);
        }
        return false;
    }

    private boolean submit(BatchQuestion question) {
        if (question.isRefused()) {
            add(new Submitted(question, Optional.empty()));
            return true;
        }
        CompletableFuture<Evaluation> evaluation = submit.apply(question);
        if (isTurnedAway(evaluation) && mayWait(question)) {
            return false;
        }
        held = null;
        add(new Submitted(question, Optional.of(evaluation)));
        evaluation.whenComplete((any, failure) -> wake());
        return true;
    }

    private void add(Submitted submitted) {
        window.add(submitted);
        bytes += submitted.question.weight();
    }

    private static boolean isTurnedAway(CompletableFuture<Evaluation> evaluation) {
        return evaluation.isDone()
                && !evaluation.isCompletedExceptionally()
                && evaluation.join() instanceof Evaluation.Unavailable unavailable
                && unavailable.what() == Evaluation.Unavailable.What.QUEUE;
    }

    /** Keeps the line to try it again soon; false where that was done for long enough. */
    private boolean mayWait(BatchQuestion question) {
        long now = System.nanoTime();
        if (held == null) {
            held = question;
            heldSince = now;
        } else if (now - heldSince > LONGEST_WAIT_NANOS) {
            return false;
        }
        heldUntil = now + TimeUnit.MILLISECONDS.toNanos(PAUSE_MILLIS);
        CompletableFuture.delayedExecutor(PAUSE_MILLIS, TimeUnit.MILLISECONDS, Runnable::run)
                .execute(this::wake);
        return true;
    }

    /** @return whether there was something to send, and somebody who reads it */
    private boolean send() {
        boolean sent = false;
        while (demand.get() > 0 && isNextDone()) {
            var piece = new ByteArrayOutputStream();
            while (piece.size() < PIECE && isNextDone()) {
                Submitted next = window.remove();
                bytes -= next.question.weight();
                piece.writeBytes(answer(next));
            }
            pass(piece.toByteArray());
            sent = true;
        }
        return sent;
    }

    private void pass(byte[] piece) {
        demand.updateAndGet(pieces -> pieces == Long.MAX_VALUE ? pieces : pieces - 1);
        Objects.requireNonNull(caller).onNext(piece);
    }

    private boolean isNextDone() {
        Submitted next = window.peek();
        return next != null && next.isDone();
    }

    private static byte[] answer(Submitted submitted) {
        if (submitted.evaluation.isEmpty()) {
            return submitted.question.refusal();
        }
        HttpResponse<byte[]> response;
        try {
            response = submitted.evaluation.get().join().as(new Sent());
        } catch (CompletionException unforeseen) {
            LOG.error("a line of a batch failed", new Unexpected.WithoutMessage(unforeseen));
            response = Problems.of(ProblemKind.INTERNAL);
        }
        return submitted.question.answer(response);
    }

    private void finish() {
        Subscriber<? super byte[]> reader = Objects.requireNonNull(caller);
        Throwable failure = requestFailed;
        end();
        if (failure == null) {
            reader.onComplete();
        } else {
            reader.onError(failure);
        }
    }

    private void fail(Throwable unforeseen) {
        LOG.error("a batch failed", new Unexpected.WithoutMessage(unforeseen));
        if (!over) {
            end();
            Objects.requireNonNull(caller).onError(unforeseen);
        }
    }

    private void end() {
        over = true;
        window.clear();
        held = null;
        Objects.requireNonNull(request).cancel();
        ended.run();
    }
}
