package ismap.ledger;

import static java.nio.charset.StandardCharsets.UTF_8;

import ismap.json.JsonWriter;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The event that a record was redacted: request, answer, salt and all that repeats them are gone, and its seal holds.
 *
 * @param recordSequence the place of the record in the chain
 * @param proposal that it carried out
 * @param seal its own place; what it says has no fact in it
 */
public record Redaction(
        UUID recordId,
        long recordSequence,
        UUID proposal,
        String proposedBy,
        String carriedOutBy,
        String reason,
        String legalBasis,
        Seal seal)
        implements Entry {

    /** What an entry of the chain is called that says this. */
    public static final String KIND = "REDACTION";

    private static final Set<String> SEALED = Set.of(
            "format",
            "kind",
            "sequence",
            "previous",
            "recordedAt",
            "recordId",
            "recordSequence",
            "proposal",
            "proposedBy",
            "carriedOutBy",
            "reason",
            "legalBasis");

    /** Follows the entry of that sequence and hash. */
    public static Redaction of(
            long last,
            String previous,
            Instant at,
            RedactionProposal proposal,
            long recordSequence,
            String carriedOutBy) {
        var content = new LinkedHashMap<String, Object>();
        content.put("format", Seal.FORMAT);
        content.put("kind", KIND);
        content.put("sequence", last + 1);
        content.put("previous", previous);
        content.put("recordedAt", at.toString());
        content.put("recordId", proposal.recordId().toString());
        content.put("recordSequence", recordSequence);
        content.put("proposal", proposal.id().toString());
        content.put("proposedBy", proposal.proposedBy());
        content.put("carriedOutBy", carriedOutBy);
        content.put("reason", proposal.reason());
        content.put("legalBasis", proposal.legalBasis());
        return new Redaction(
                proposal.recordId(),
                recordSequence,
                proposal.id(),
                proposal.proposedBy(),
                carriedOutBy,
                proposal.reason(),
                proposal.legalBasis(),
                Seal.of(last + 1, previous, at, JsonWriter.canonical(content)));
    }

    /** What the content of that seal says; empty where it is no redaction, or one of a form that is not known. */
    public static Optional<Redaction> read(Seal seal) {
        return Fields.read(seal.content()).flatMap(content -> read(content, seal));
    }

    private static Optional<Redaction> read(Fields content, Seal seal) {
        if (!content.values().keySet().equals(SEALED)
                || !Fields.same(content.get("format"), Seal.FORMAT)
                || !KIND.equals(content.get("kind"))
                || !(content.get("recordSequence") instanceof BigDecimal recordSequence)) {
            return Optional.empty();
        }
        try {
            return Optional.of(new Redaction(
                    UUID.fromString(content.text("recordId")),
                    recordSequence.longValueExact(),
                    UUID.fromString(content.text("proposal")),
                    content.text("proposedBy"),
                    content.text("carriedOutBy"),
                    content.text("reason"),
                    content.text("legalBasis"),
                    seal));
        } catch (IllegalArgumentException | ArithmeticException unreadable) {
            return Optional.empty();
        }
    }

    /** What is kept of a caller's key: it still tells a request that is sent again, and nothing to who cannot guess the key. */
    public static String keyDigest(String principal, String key) {
        return Seal.sha256((principal + "\n" + key).getBytes(UTF_8));
    }

    /** Whether two people took part, and the record stands before it: whatever else is written, no redaction is without. */
    boolean isLawful() {
        return !proposedBy.isEmpty()
                && !carriedOutBy.isEmpty()
                && !proposedBy.equals(carriedOutBy)
                && !reason.isEmpty()
                && !legalBasis.isEmpty()
                && recordSequence > 0
                && recordSequence < seal.sequence();
    }

    /** {@code {"seal", "hash"}}: a line of an export, and what the receipt of the record says. */
    public Map<String, @Nullable Object> form() {
        var form = new LinkedHashMap<String, @Nullable Object>();
        form.put("seal", new JsonWriter.Written(seal.content()));
        form.put("hash", seal.hash());
        return form;
    }
}
