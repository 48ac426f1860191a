package ismap.evaluation;

import ismap.json.JsonWriter;
import ismap.ledger.Entry;
import ismap.ledger.Ledger;
import ismap.ledger.NewRecord;
import ismap.ledger.Receipt;
import ismap.ledger.Redaction;
import ismap.ledger.StorageUnavailable;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Finds what was decided. */
public final class Records {

    private final Ledger ledger;

    public Records(Ledger ledger) {
        this.ledger = ledger;
    }

    /** What came of looking for a record. */
    public sealed interface Found {
        /** @param body JSON, UTF-8 */
        @SuppressWarnings("ArrayRecordComponent") // sent as it is, never compared
        record OnRecord(byte[] body) implements Found {}

        record NotOnRecord() implements Found {}

        record Unavailable() implements Found {}
    }

    /**
     * The receipt: who asked what when, and the answer as it was given.
     *
     * @param shown whether a record of that principal may be shown; for whom it may not, it is not there
     */
    public Found find(UUID id, Predicate<String> shown) {
        try {
            return ledger.find(id)
                    .filter(receipt -> shown.test(receipt.record().recordedBy()))
                    .<Found>map(receipt -> new Found.OnRecord(JsonWriter.write(form(receipt))))
                    .orElseGet(Found.NotOnRecord::new);
        } catch (StorageUnavailable unavailable) {
            return new Found.Unavailable();
        }
    }

    /** As a line of an export. */
    static Map<String, @Nullable Object> form(Entry entry) {
        return entry instanceof Receipt receipt ? form(receipt) : ((Redaction) entry).form();
    }

    /** As {@code GET /api/v1/records/{id}} gives it: with salt, request and answer, or {@code redacted} in their place. */
    public static Map<String, @Nullable Object> form(Receipt receipt) {
        NewRecord record = receipt.record();
        var form = new LinkedHashMap<String, @Nullable Object>();
        form.put("id", record.id().toString());
        form.put("recordedAt", receipt.recordedAt().toString());
        form.put("recordedBy", record.recordedBy());
        form.put("decision", record.decision());
        form.put("outcome", record.outcome());
        form.put("asOf", record.asOf().toString());
        form.put("applicableDay", record.applicableDay().toString());
        form.put("sequence", receipt.seal().sequence());
        form.put("revision", record.revisionId());
        form.put("reference", reference(record.application(), record.service(), record.applicant(), record.assessor()));
        form.put(
                "supersedes",
                Optional.ofNullable(record.supersedes()).map(UUID::toString).orElse(null));
        form.put("reason", record.supersedeReason());
        form.put("supersededBy", receipt.supersededBy().map(UUID::toString).orElse(null));
        form.put("seal", new JsonWriter.Written(receipt.seal().content()));
        form.put("hash", receipt.seal().hash());
        if (receipt.isRedacted()) {
            form.put("redacted", receipt.redaction().map(Redaction::form).orElse(null));
            return form;
        }
        form.put("salt", HexFormat.of().formatHex(receipt.salt()));
        form.put("request", new JsonWriter.Written(record.request()));
        form.put("answer", new JsonWriter.Written(record.answer()));
        return form;
    }

    /** Those that were given. */
    static Map<String, String> reference(
            @Nullable String application,
            @Nullable String service,
            @Nullable String applicant,
            @Nullable String assessor) {
        var reference = new LinkedHashMap<String, String>();
        put(reference, "application", application);
        put(reference, "service", service);
        put(reference, "applicant", applicant);
        put(reference, "assessor", assessor);
        return reference;
    }

    private static void put(Map<String, String> reference, String name, @Nullable String value) {
        if (value != null) {
            reference.put(name, value);
        }
    }
}
