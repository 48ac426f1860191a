package ismap.ledger;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.LocalDate;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Records to try a ledger with. */
public final class NewRecords {
    private NewRecords() {}

    public static NewRecord minimal(String revisionId) {
        return record(revisionId, null, null);
    }

    public static NewRecord correcting(UUID superseded, String reason, String revisionId) {
        return record(revisionId, superseded, reason);
    }

    private static NewRecord record(String revisionId, @Nullable UUID superseded, @Nullable String reason) {
        return new NewRecord(
                UUID.randomUUID(),
                "intake-desk",
                null,
                "service-validity",
                "EFFECTIVE_PENDING_RENEWAL",
                LocalDate.of(2022, 10, 1),
                LocalDate.of(2022, 10, 1),
                revisionId,
                null,
                null,
                null,
                null,
                superseded,
                reason,
                "{\"asOf\":\"2022-10-01\"}".getBytes(UTF_8),
                "{\"outcome\":\"EFFECTIVE_PENDING_RENEWAL\"}".getBytes(UTF_8));
    }

    public static NewRecord full(String revisionId, LocalDate applicableDay, LocalDate asOf) {
        return new NewRecord(
                UUID.randomUUID(),
                "窓口",
                "申請-1/" + UUID.randomUUID(),
                "service-validity",
                "EFFECTIVE",
                applicableDay,
                asOf,
                revisionId,
                "申請-1",
                "S-1",
                "A-1",
                "監査-1",
                null,
                null,
                new byte[] {0, 1, -1, 127, -128},
                "{\"message\":\"登録の有効期間\"}".getBytes(UTF_8));
    }
}
