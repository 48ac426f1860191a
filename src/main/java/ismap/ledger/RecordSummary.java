package ismap.ledger;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A record without what was asked and answered.
 *
 * @param application with {@code service}, {@code applicant} and {@code assessor}: the caller's opaque identifiers
 */
public record RecordSummary(
        UUID id,
        long sequence,
        Instant recordedAt,
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
        Optional<UUID> supersedes,
        Optional<UUID> supersededBy) {}
