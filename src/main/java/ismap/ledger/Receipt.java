package ismap.ledger;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * A record that is durable, and its place in the chain.
 *
 * @param record of a redacted record, what is left of it: request and answer are of no length
 * @param salt of its digests; of no length where the record is redacted
 * @param supersededBy the record that corrects this one
 * @param redaction how its content went
 */
@SuppressWarnings("ArrayRecordComponent") // compared by the hash of the seal
public record Receipt(
        NewRecord record, Seal seal, byte[] salt, Optional<UUID> supersededBy, Optional<Redaction> redaction)
        implements Entry {

    /** With all its content. */
    public Receipt(NewRecord record, Seal seal, byte[] salt, Optional<UUID> supersededBy) {
        this(record, seal, salt, supersededBy, Optional.empty());
    }

    public UUID id() {
        return record.id();
    }

    public Instant recordedAt() {
        return seal.recordedAt();
    }

    /** What was asked and answered is gone; if nobody says how, {@link #redaction} is empty. */
    public boolean isRedacted() {
        return record.isRedacted();
    }
}
