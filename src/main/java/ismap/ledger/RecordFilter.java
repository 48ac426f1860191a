package ismap.ledger;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;

/**
 * Which records; what is empty leaves all.
 *
 * @param rule one whose finding has another status than {@code NOT_APPLICABLE}
 * @param clause one that such a finding cites: document and clause, {@code basic-regulations 3.5}
 * @param reference an identifier of the application, the service, the applicant or the assessor
 * @param applicableFrom included, as is {@code recordedFrom}
 * @param applicableUntil excluded, as is {@code recordedUntil}
 * @param revision the one under which they were decided
 */
public record RecordFilter(
        Optional<String> decision,
        Optional<String> outcome,
        Optional<String> rule,
        Optional<String> clause,
        Optional<String> reference,
        Optional<LocalDate> applicableFrom,
        Optional<LocalDate> applicableUntil,
        Optional<Instant> recordedFrom,
        Optional<Instant> recordedUntil,
        Optional<String> revision) {

    /** All records. */
    public static final RecordFilter NONE = new RecordFilter(
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());

    /** The same, of those alone that were decided under one revision. */
    public RecordFilter under(String revisionId) {
        return new RecordFilter(
                decision,
                outcome,
                rule,
                clause,
                reference,
                applicableFrom,
                applicableUntil,
                recordedFrom,
                recordedUntil,
                Optional.of(revisionId));
    }
}
