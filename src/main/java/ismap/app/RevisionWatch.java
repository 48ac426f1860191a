package ismap.app;

import ismap.evaluation.InForce;
import ismap.ledger.StorageUnavailable;
import ismap.revision.RevisionNews;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows what others publish: hears of it at once, and looks twice a second in case it did not. What is approved is compiled ahead beside
 * that. Nothing it meets with stops the service.
 */
final class RevisionWatch implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(RevisionWatch.class);
    private static final Duration LOOK = Duration.ofMillis(500);
    private static final long PAUSE_MILLIS = 200;
    private static final long CANDIDATES_NANOS = TimeUnit.SECONDS.toNanos(30);

    private final RevisionNews news;
    private final InForce inForce;
    private final Thread thread = new Thread(this::run, "revision-watch");
    private final ExecutorService ahead = Executors.newSingleThreadExecutor(work -> {
        Thread quiet = new Thread(work, "revision-ahead");
        quiet.setDaemon(true);
        quiet.setPriority(Thread.MIN_PRIORITY);
        return quiet;
    });
    private volatile boolean closed;
    private String complaint = "";

    private RevisionWatch(RevisionNews news, InForce inForce) {
        this.news = news;
        this.inForce = inForce;
    }

    static RevisionWatch start(RevisionNews news, InForce inForce) {
        var watch = new RevisionWatch(news, inForce);
        watch.thread.setDaemon(true);
        watch.thread.start();
        return watch;
    }

    private void run() {
        long lookedAt = System.nanoTime();
        while (!closed) {
            try {
                RevisionNews.Heard heard = news.await(LOOK);
                inForce.heard(heard.head());
                if (heard.candidatesChanged() || System.nanoTime() - lookedAt > CANDIDATES_NANOS) {
                    lookedAt = System.nanoTime();
                    ahead.execute(this::prepare);
                }
                complaint = "";
            } catch (StorageUnavailable away) {
                pause(); // readiness says so
            } catch (RejectedExecutionException closing) {
                return;
            } catch (RuntimeException fault) {
                complain(fault);
                pause();
            }
        }
    }

    private void prepare() {
        try {
            inForce.prepareApproved();
        } catch (StorageUnavailable away) {
            // It is compiled when it is published, or at the next look.
        } catch (RuntimeException fault) {
            complain(fault);
        }
    }

    /** Once for the same reason, and not twice a second. */
    private synchronized void complain(RuntimeException fault) {
        String what = "revisions are not followed: " + fault.getMessage();
        if (!what.equals(complaint)) {
            LOG.error(what, fault);
            complaint = what;
        }
    }

    private void pause() {
        try {
            Thread.sleep(PAUSE_MILLIS);
        } catch (InterruptedException closing) {
            closed = true;
        }
    }

    /** Call it before the database is closed. */
    @Override
    public void close() {
        closed = true;
        ahead.shutdown();
        try {
            thread.join(2 * LOOK.toMillis());
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
        news.close();
    }
}
