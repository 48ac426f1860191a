package ismap.evaluation;

import ismap.evaluation.Revisions.Opened;
import ismap.evaluation.Revisions.Usable;
import ismap.ledger.Ledger;
import ismap.ledger.Receipt;
import ismap.ledger.RecordSearch;
import ismap.ledger.Redactions;
import ismap.revision.RevisionStore;
import ismap.rulebook.Rulebook;
import java.util.Optional;
import java.util.UUID;

/**
 * What was decided, to look through, to decide again and to hand out. Its methods throw {@link ismap.ledger.StorageUnavailable} where the
 * database cannot be asked.
 */
public final class Archive {

    private final Ledger ledger;
    private final RecordSearch search;
    private final RevisionStore store;
    private final Revisions revisions;
    private final Replays replays;
    private final RedactRecord redact;

    /** @param revisions of the same store */
    public Archive(
            Ledger ledger,
            RecordSearch search,
            Redactions redactions,
            RevisionStore store,
            Revisions revisions,
            Alarm alarm) {
        this.ledger = ledger;
        this.search = search;
        this.store = store;
        this.revisions = revisions;
        this.replays = new Replays(revisions, alarm);
        this.redact = new RedactRecord(ledger, redactions, UUID::randomUUID);
    }

    public RedactRecord redact() {
        return redact;
    }

    public RecordSearch search() {
        return search;
    }

    /** Empty where there is no record of that id, as in the methods below. */
    public Optional<Receipt> find(UUID id) {
        return ledger.find(id);
    }

    public Optional<Replay> replay(UUID id) {
        return find(id).map(Recorded::of).map(replays::replay);
    }

    public Optional<CaseFile> caseFile(UUID id) {
        return find(id).map(receipt -> new CaseFile(
                receipt,
                store.find(receipt.record().revisionId()),
                rulebook(receipt),
                replays.replay(Recorded.of(receipt))));
    }

    /** The rulebook that a record was decided by; empty where it cannot be read any more. */
    public Optional<Rulebook> rulebook(Receipt receipt) {
        try (Opened opened = revisions.open(receipt.record().revisionId())) {
            return opened instanceof Usable usable
                    ? Optional.of(usable.rulebook().rulebook())
                    : Optional.empty();
        }
    }
}
