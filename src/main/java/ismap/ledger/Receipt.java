package ismap.ledger;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * A record that is durable, and its place in the chain.
 *
 * @param salt of its digests
 * @param supersededBy the record that corrects this one
 */
@SuppressWarnings("ArrayRecordComponent") // compared by the hash of the seal
public record Receipt(NewRecord record, Seal seal, byte[] salt, Optional<UUID> supersededBy) {
    public UUID id() {
        return record.id();
    }

    public Instant recordedAt() {
        return seal.recordedAt();
    }
}
