package ismap.evaluation;

import ismap.decision.Bilingual;
import ismap.evaluation.Revisions.Opened;
import ismap.evaluation.Revisions.Unusable;
import ismap.evaluation.Revisions.Usable;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;

/** Which revision a question is answered by. */
public interface Timeline {

    /** The one in force, to read in; whoever decides takes a {@link #lease}. Empty before there is one. */
    Optional<ActiveRulebook> inForce();

    /** The one in force, to decide by until it is closed, whatever is published meanwhile. Needs no database. */
    Optional<Usable> lease();

    /**
     * The id of the one that was in force then; empty before the first was published.
     *
     * @throws ismap.ledger.StorageUnavailable where the database cannot be asked
     */
    Optional<String> inForceAt(Instant instant);

    /**
     * A published one, made ready where it is not. It may take seconds, and so few may wait for it at once.
     *
     * @throws ismap.ledger.StorageUnavailable where the database cannot be asked
     * @throws Crowded where too many wait already
     */
    Opened open(String id, Purpose purpose);

    /** As {@link #open}, for one that is not published yet. */
    Opened openDraft(String id);

    /** Those who ask for one purpose never take the place of those who ask for another. */
    enum Purpose {
        SELF_CHECK,
        RECORD
    }

    /** Too many wait for revisions to be made ready. */
    final class Crowded extends RuntimeException {
        private static final long serialVersionUID = 1L;

        public Crowded() {
            super("too many wait for revisions to be made ready");
        }
    }

    /** Knows the one in force alone, and closes nothing. */
    static Timeline only(Supplier<Optional<ActiveRulebook>> inForce) {
        return new Timeline() {
            @Override
            public Optional<ActiveRulebook> inForce() {
                return inForce.get();
            }

            @Override
            public Optional<Usable> lease() {
                return inForce.get().map(active -> new Usable(active, () -> {}));
            }

            @Override
            public Optional<String> inForceAt(Instant instant) {
                return inForce.get()
                        .filter(active -> !active.publishedAt().isAfter(instant))
                        .map(ActiveRulebook::revisionId);
            }

            @Override
            public Opened open(String id, Purpose purpose) {
                return inForce.get()
                        .filter(active -> active.revisionId().equals(id))
                        .<Opened>map(active -> new Usable(active, () -> {}))
                        .orElseGet(() -> unknown(id));
            }

            @Override
            public Opened openDraft(String id) {
                return unknown(id);
            }
        };
    }

    /** There is no such one. */
    static Unusable unknown(String id) {
        return new Unusable(
                "REVISION_UNKNOWN",
                new Bilingual(
                        "改定版 %s は、このデータベースにありません。".formatted(id),
                        "There is no revision %s in this database.".formatted(id)));
    }
}
