package ismap.postgres;

import ismap.ledger.Ledger;
import ismap.ledger.NewRecord;
import ismap.ledger.Receipt;
import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.UUID;

@Singleton
final class PostgresLedger implements Ledger {
    private final RecordRepository records;

    PostgresLedger(RecordRepository records) {
        this.records = records;
    }

    @Override
    public Receipt append(NewRecord record) {
        return Failures.translate("record " + record.id(), () -> records.insertReturning(RecordRow.of(record)))
                .receipt();
    }

    @Override
    public Optional<Receipt> find(UUID id) {
        return Failures.translate("record " + id, () -> records.findById(id)).map(RecordRow::receipt);
    }
}
