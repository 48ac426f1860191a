package ismap.ledger;

import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Proposals to redact records, and the one way to carry one out. Its methods throw {@link StorageUnavailable} where the database cannot be
 * asked; whether a redaction arrived is not known then.
 */
public interface Redactions {

    /** What came of carrying out a proposal. */
    sealed interface Result {
        record CarriedOut(Redaction redaction) implements Result {}

        record Refused(Why why) implements Result {}

        /** Why nothing was done. */
        enum Why {
            /** The record has no such proposal. */
            UNKNOWN_PROPOSAL,
            OWN_PROPOSAL,
            ALREADY_REDACTED
        }
    }

    /**
     * Adds a proposal, and says when.
     *
     * @throws IllegalArgumentException where the record does not exist
     */
    RedactionProposal propose(UUID id, UUID recordId, String proposedBy, String reason, String legalBasis);

    /** Those about that record, the first one first. */
    List<RedactionProposal> proposals(UUID recordId);

    /** Takes the content of the record away and adds the entry that says so, both or neither. */
    Result carryOut(UUID recordId, UUID proposal, String carriedOutBy);

    /** The proposal of that id, where it is about that record. */
    default Optional<RedactionProposal> proposal(UUID recordId, UUID id) {
        return proposals(recordId).stream()
                .filter(proposal -> proposal.id().equals(id))
                .findFirst();
    }
}
