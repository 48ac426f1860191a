package ismap.ledger;

import java.time.Instant;
import java.util.UUID;

/**
 * That what people entered is to be taken away from a record. Somebody else than who proposes it carries it out.
 *
 * @param reason in the proposer's words, as {@code legalBasis}: both stay in the chain for ever
 */
public record RedactionProposal(
        UUID id, UUID recordId, Instant proposedAt, String proposedBy, String reason, String legalBasis) {}
