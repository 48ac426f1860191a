package ismap.ledger;

import java.time.LocalDate;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A decision to be recorded.
 *
 * @param recordedBy the principal that asked for it
 * @param key the principal's own name for this decision: under one key there is one record
 * @param revisionId the published revision it was decided under
 * @param application with {@code service}, {@code applicant} and {@code assessor}: the caller's opaque identifiers
 * @param supersedes the record that this one corrects; given together with its reason, or neither
 * @param request canonical JSON, as it is hashed and replayed; of no length once the record is redacted, as {@code answer} is then
 * @param answer canonical JSON, as it was answered
 */
@SuppressWarnings("ArrayRecordComponent") // bytes are compared by whoever replays, never by equals
public record NewRecord(
        UUID id,
        String recordedBy,
        @Nullable String key,
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
    public NewRecord {
        if ((supersedes == null) != (supersedeReason == null) && !isRedacted(request, answer)) {
            throw new IllegalArgumentException("record %s supersedes %s for the reason \"%s\"; give both or neither"
                    .formatted(id, supersedes, supersedeReason));
        }
    }

    /** Never of one that is to be recorded: what was asked and answered is gone, with all that repeats it. */
    public boolean isRedacted() {
        return isRedacted(request, answer);
    }

    private static boolean isRedacted(byte[] request, byte[] answer) {
        return request.length == 0 && answer.length == 0;
    }
}
