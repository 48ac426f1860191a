package ismap.evaluation;

import ismap.json.JsonWriter;
import ismap.ledger.NewRecord;
import ismap.ledger.Receipt;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a replay needs of a record.
 *
 * @param request JSON, UTF-8, as is {@code answer}; both of no length where the record was redacted
 */
@SuppressWarnings("ArrayRecordComponent") // compared by the replay
public record Recorded(
        UUID id, long sequence, String revision, String decision, LocalDate asOf, byte[] request, byte[] answer) {

    private static final byte[] GONE = {};

    /** What was asked and answered is gone. */
    boolean isRedacted() {
        return request.length == 0 && answer.length == 0;
    }

    public static Recorded of(Receipt receipt) {
        NewRecord record = receipt.record();
        return new Recorded(
                record.id(),
                receipt.seal().sequence(),
                record.revisionId(),
                record.decision(),
                record.asOf(),
                record.request(),
                record.answer());
    }

    /** From a receipt as {@link Records#form} has it, read as JSON; empty where it is none. */
    public static Optional<Recorded> read(@Nullable Object json) {
        if (json instanceof Map<?, ?> receipt
                && receipt.get("id") instanceof String id
                && receipt.get("sequence") instanceof java.math.BigDecimal sequence
                && receipt.get("revision") instanceof String revision
                && receipt.get("decision") instanceof String decision
                && receipt.get("asOf") instanceof String asOf
                && (receipt.containsKey("redacted")
                        || (receipt.get("request") instanceof Map && receipt.get("answer") instanceof Map))) {
            boolean redacted = receipt.containsKey("redacted");
            try {
                return Optional.of(new Recorded(
                        UUID.fromString(id),
                        sequence.longValueExact(),
                        revision,
                        decision,
                        LocalDate.parse(asOf),
                        redacted ? GONE : JsonWriter.canonical(receipt.get("request")),
                        redacted ? GONE : JsonWriter.canonical(receipt.get("answer"))));
            } catch (IllegalArgumentException | DateTimeException | ArithmeticException noReceipt) {
                return Optional.empty();
            }
        }
        return Optional.empty();
    }
}
