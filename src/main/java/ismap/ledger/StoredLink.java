package ismap.ledger;

import java.time.Instant;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What is stored at one position of the chain, believed in nothing: whoever changed a table may have left anything. */
public record StoredLink(long sequence, Optional<Entry> entry, Optional<Row> row, Optional<RedactionRow> redaction) {

    /** One that redacts nothing. */
    public StoredLink(long sequence, Optional<Entry> entry, Optional<Row> row) {
        this(sequence, entry, row, Optional.empty());
    }

    /** A row of {@code entry}. */
    @SuppressWarnings("ArrayRecordComponent") // compared by digests
    public record Entry(String kind, String previous, Instant recordedAt, byte[] content, String hash) {}

    /** A row of {@code redaction} with its proposal. */
    public record RedactionRow(
            UUID recordId, UUID proposal, String proposedBy, String carriedOutBy, String reason, String legalBasis) {}

    /**
     * A row of {@code decision_record}, and the key that names it.
     *
     * @param keyPrincipal of a redacted record, whose key was redacted with it: {@code key} is null then
     * @param found in natural order
     */
    @SuppressWarnings("ArrayRecordComponent") // compared by digests
    public record Row(
            UUID id,
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
            @Nullable UUID supersedes,
            @Nullable String supersedeReason,
            byte @Nullable [] request,
            byte @Nullable [] answer,
            byte @Nullable [] salt,
            @Nullable String keyPrincipal,
            @Nullable String key,
            List<@Nullable String> found) {

        /** Nothing is left of what people entered. */
        boolean isRedacted() {
            return request == null
                    && answer == null
                    && salt == null
                    && key == null
                    && supersedeReason == null
                    && found.isEmpty()
                    && reference().isEmpty();
        }

        /** The columns that repeat what is sealed, as {@link SealedRecord#repeated} names them. */
        Map<String, @Nullable Object> repeated(long sequence) {
            var form = new LinkedHashMap<String, @Nullable Object>();
            form.put("id", id.toString());
            form.put("recordedAt", recordedAt.toString());
            form.put("recordedBy", recordedBy);
            form.put("decision", decision);
            form.put("outcome", outcome);
            form.put("asOf", asOf.toString());
            form.put("applicableDay", applicableDay.toString());
            form.put("sequence", sequence);
            form.put("revision", revisionId);
            form.put("reference", reference());
            form.put("supersedes", supersedes == null ? null : supersedes.toString());
            form.put("reason", supersedeReason);
            return form;
        }

        private Map<String, @Nullable Object> reference() {
            var reference = new LinkedHashMap<String, @Nullable Object>();
            reference.put("application", application);
            reference.put("service", service);
            reference.put("applicant", applicant);
            reference.put("assessor", assessor);
            reference.values().removeIf(value -> value == null);
            return reference;
        }
    }
}
