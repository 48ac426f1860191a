package ismap.evaluation;

import ismap.ledger.Ledger;
import ismap.ledger.Receipt;
import ismap.ledger.RedactionProposal;
import ismap.ledger.Redactions;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;

/**
 * Takes what people entered away from a record: one auditor proposes it, another carries it out. Its methods throw
 * {@link ismap.ledger.StorageUnavailable} where the database cannot be asked.
 */
public final class RedactRecord {

    private final Ledger ledger;
    private final Redactions redactions;
    private final Supplier<UUID> ids;

    /** @param ids of proposals */
    public RedactRecord(Ledger ledger, Redactions redactions, Supplier<UUID> ids) {
        this.ledger = ledger;
        this.redactions = redactions;
        this.ids = ids;
    }

    /** What came of a proposal. */
    public sealed interface Proposed {
        record OnRecord(RedactionProposal proposal) implements Proposed {}

        record UnknownRecord() implements Proposed {}

        record AlreadyRedacted() implements Proposed {}
    }

    public Proposed propose(UUID recordId, String proposedBy, RedactionRequest why) {
        Optional<Receipt> record = ledger.find(recordId);
        if (record.isEmpty()) {
            return new Proposed.UnknownRecord();
        }
        return record.get().isRedacted()
                ? new Proposed.AlreadyRedacted()
                : new Proposed.OnRecord(
                        redactions.propose(ids.get(), recordId, proposedBy, why.reason(), why.legalBasis()));
    }

    /** The record with all that was proposed about it, the first one first; empty where there is no record of that id. */
    public Optional<Proposals> of(UUID recordId) {
        return ledger.find(recordId).map(record -> new Proposals(record, redactions.proposals(recordId)));
    }

    /** What was proposed about a record. */
    public record Proposals(Receipt record, List<RedactionProposal> all) {
        public Proposals {
            all = List.copyOf(all);
        }
    }

    /** @param carriedOutBy not whoever proposed it */
    public Redactions.Result carryOut(UUID recordId, UUID proposal, String carriedOutBy) {
        return redactions.carryOut(recordId, proposal, carriedOutBy);
    }
}
