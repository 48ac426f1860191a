package ismap.ledger;

import ismap.revision.RevisionStore;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/** Keeps records for as long as a test runs. Passes {@link LedgerContract}, as the real one does. */
public final class InMemoryLedger implements Ledger {
    private final Map<UUID, Receipt> receipts = new ConcurrentHashMap<>();
    private final RevisionStore revisions;
    private final Supplier<Instant> clock;

    public InMemoryLedger(RevisionStore revisions, Supplier<Instant> clock) {
        this.revisions = revisions;
        this.clock = clock;
    }

    @Override
    public Receipt append(NewRecord record) {
        if (revisions.find(record.revisionId()).isEmpty()) {
            throw new IllegalArgumentException("revision %s does not exist".formatted(record.revisionId()));
        }
        var superseded = record.supersedes();
        if (superseded != null && !receipts.containsKey(superseded)) {
            throw new IllegalArgumentException("record %s does not exist".formatted(superseded));
        }
        var receipt = new Receipt(record, clock.get().truncatedTo(ChronoUnit.MICROS));
        if (receipts.putIfAbsent(record.id(), receipt) != null) {
            throw new IllegalArgumentException("record %s exists".formatted(record.id()));
        }
        return receipt;
    }

    @Override
    public Optional<Receipt> find(UUID id) {
        return Optional.ofNullable(receipts.get(id));
    }
}
