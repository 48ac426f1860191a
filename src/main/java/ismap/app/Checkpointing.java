package ismap.app;

import ismap.ledger.Chain;
import ismap.ledger.CheckpointWriter;
import ismap.ledger.Signer;
import ismap.ledger.StorageUnavailable;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Signs the end of the chain while the service runs, and once more when it stops. Nothing it meets with stops the service. */
final class Checkpointing implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Checkpointing.class);
    private static final long PERIOD_MILLIS = 2000;

    private final CheckpointWriter writer;
    private final SigningKeys keys;
    private final Optional<CheckpointFolder> folder;
    private final Clock clock;
    private final Thread thread = new Thread(this::run, "checkpoints");
    private volatile boolean closed;
    private String complaint = "";

    private Checkpointing(CheckpointWriter writer, SigningKeys keys, Optional<CheckpointFolder> folder, Clock clock) {
        this.writer = writer;
        this.keys = keys;
        this.folder = folder;
        this.clock = clock;
    }

    static Checkpointing start(
            CheckpointWriter writer, SigningKeys keys, Optional<CheckpointFolder> folder, Clock clock) {
        var checkpointing = new Checkpointing(writer, keys, folder, clock);
        checkpointing.thread.setDaemon(true);
        checkpointing.thread.start();
        return checkpointing;
    }

    private void run() {
        attempt(this::export);
        while (!closed) {
            attempt(() -> sign(writer.due(now())));
            try {
                Thread.sleep(PERIOD_MILLIS);
            } catch (InterruptedException closing) {
                return;
            }
        }
    }

    private interface Work {
        void run() throws IOException;
    }

    private void attempt(Work work) {
        try {
            work.run();
            complaint = "";
        } catch (StorageUnavailable gone) {
            // Readiness says so; what was added meanwhile is signed when it is back.
        } catch (SigningKeyFile.Unusable unusable) {
            complain(unusable.what().ja() + " / " + unusable.what().en(), unusable);
        } catch (IOException | RuntimeException failure) {
            complain("checkpoints are not written: " + failure.getMessage(), failure);
        }
    }

    /** Once for the same reason, and not every other second. */
    private void complain(String what, Exception failure) {
        if (!what.equals(complaint)) {
            LOG.error(what, failure);
            complaint = what;
        }
    }

    private void sign(Optional<Chain.Head> end) throws IOException {
        if (end.isEmpty()) {
            return;
        }
        Optional<Signer> signer = keys.signer();
        if (signer.isEmpty()) {
            throw new IllegalStateException(
                    "the signing key that the database names is not in the file of this instance");
        }
        writer.sign(end.get(), signer.get(), now());
        export();
    }

    private void export() throws IOException {
        if (folder.isPresent()) {
            folder.get().follow();
        }
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }

    /** Signs what was added since the last time. Call it when nothing is recorded any more, and before the database is closed. */
    @Override
    public void close() {
        closed = true;
        thread.interrupt();
        try {
            thread.join(5000);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return;
        }
        attempt(() -> sign(writer.added()));
    }
}
