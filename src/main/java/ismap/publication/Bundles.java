package ismap.publication;

import ismap.ledger.CheckpointStore;
import ismap.ledger.Signer;
import ismap.revision.RevisionStore;
import ismap.revision.StoredRevision;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.function.Supplier;

/** Makes bundles of published revisions. Its methods throw {@link ismap.ledger.StorageUnavailable} where the database cannot be asked. */
public final class Bundles {

    private final RevisionStore revisions;
    private final CheckpointStore keys;
    private final Supplier<Optional<Signer>> signer;
    private final Clock clock;

    /** @param signer whoever may sign now; empty where the key is not here */
    public Bundles(RevisionStore revisions, CheckpointStore keys, Supplier<Optional<Signer>> signer, Clock clock) {
        this.revisions = revisions;
        this.keys = keys;
        this.signer = signer;
        this.clock = clock;
    }

    /** What came of asking for one. */
    public sealed interface Made {

        record Bundled(Bundle bundle) implements Made {}

        record UnknownRevision() implements Made {}

        /** The signing key is not here. */
        record Unsigned() implements Made {}
    }

    /** What the bundle of a published revision is addressed by; empty where there is no such revision. */
    public Optional<String> address(String revisionId) {
        return revisions.find(revisionId).map(Bundle::addressOf);
    }

    public Made make(String revisionId) {
        Optional<StoredRevision> revision = revisions.find(revisionId);
        if (revision.isEmpty()) {
            return new Made.UnknownRevision();
        }
        return signer.get()
                .<Made>map(by -> new Made.Bundled(
                        Bundle.of(revision.get(), by, clock.instant().truncatedTo(ChronoUnit.SECONDS), keys.keys())))
                .orElseGet(Made.Unsigned::new);
    }
}
