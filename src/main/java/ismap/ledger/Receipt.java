package ismap.ledger;

import java.time.Instant;
import java.util.UUID;

/** A record that is durable, and the database's clock when it became so. */
public record Receipt(NewRecord record, Instant recordedAt) {
    public UUID id() {
        return record.id();
    }
}
