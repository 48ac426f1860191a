package ismap.evaluation;

import ismap.evaluation.Replay.Unreplayable;
import ismap.evaluation.Revisions.Opened;
import ismap.evaluation.Revisions.Unusable;
import ismap.evaluation.Revisions.Usable;

/** Decides records again, each under the revision it was decided under. */
public final class Replays {

    private final Revisions revisions;
    private final Replayer replayer;

    public Replays(Revisions revisions, Alarm alarm) {
        this.revisions = revisions;
        this.replayer = new Replayer(alarm);
    }

    /** @throws ismap.ledger.StorageUnavailable where the database cannot be asked */
    public Replay replay(Recorded record) {
        if (record.isRedacted()) {
            return Replayer.redacted(record);
        }
        try (Opened opened = revisions.open(record.revision())) {
            if (opened instanceof Usable usable) {
                return replayer.replay(record, usable.rulebook());
            }
            Unusable reason = (Unusable) opened;
            return new Unreplayable(record, reason.code(), reason.message());
        }
    }
}
