package ismap.postgres;

import io.micronaut.core.annotation.Nullable;
import io.micronaut.data.annotation.GeneratedValue;
import io.micronaut.data.annotation.Id;
import io.micronaut.data.annotation.MappedEntity;
import ismap.ledger.NewRecord;
import ismap.ledger.Receipt;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Objects;
import java.util.UUID;

// Micronaut's own Nullable: it does not see JSpecify's on a record, and refuses to read a null there.
/** A row of {@code decision_record}. */
@SuppressWarnings("ArrayRecordComponent")
@MappedEntity(value = "decision_record", schema = "ismap")
record RecordRow(
        @Id UUID id,
        @GeneratedValue @Nullable Instant recordedAt,
        String recordedBy,
        String decision,
        String outcome,
        LocalDate applicableDay,
        LocalDate asOf,
        String revisionId,
        @Nullable String application,
        @Nullable String service,
        @Nullable String applicant,
        @Nullable String assessor,
        @Nullable UUID supersedes,
        @Nullable String supersedeReason,
        byte[] request,
        byte[] answer) {
    static RecordRow of(NewRecord record) {
        return new RecordRow(
                record.id(),
                null,
                record.recordedBy(),
                record.decision(),
                record.outcome(),
                record.applicableDay(),
                record.asOf(),
                record.revisionId(),
                record.application(),
                record.service(),
                record.applicant(),
                record.assessor(),
                record.supersedes(),
                record.supersedeReason(),
                record.request(),
                record.answer());
    }

    Receipt receipt() {
        return new Receipt(
                new NewRecord(
                        id,
                        recordedBy,
                        decision,
                        outcome,
                        applicableDay,
                        asOf,
                        revisionId,
                        application,
                        service,
                        applicant,
                        assessor,
                        supersedes,
                        supersedeReason,
                        request,
                        answer),
                Objects.requireNonNull(recordedAt, "a row has the database's clock"));
    }
}
