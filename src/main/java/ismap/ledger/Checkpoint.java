package ismap.ledger;

import ismap.json.JsonWriter;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A signed statement that the chain had this hash at this position. Kept where the database's administrator cannot reach it, it
 * exposes a chain that was rewritten as a whole.
 *
 * @param at when it was signed
 * @param keyId see {@link SigningKey}
 * @param signature Ed25519 over {@link #statement}, in base64
 */
public record Checkpoint(long sequence, String hash, Instant at, String keyId, String signature) {

    private static final Set<String> FIELDS = Set.of("sequence", "hash", "at", "keyId", "signature");

    public static Checkpoint signed(long sequence, String hash, Instant at, Signer signer) {
        byte[] statement = statement(sequence, hash, at, signer.keyId());
        return new Checkpoint(sequence, hash, at, signer.keyId(), Ed25519.text(signer.sign(statement)));
    }

    /** The bytes that are signed: canonical JSON of all but the signature. */
    public byte[] statement() {
        return statement(sequence, hash, at, keyId);
    }

    private static byte[] statement(long sequence, String hash, Instant at, String keyId) {
        return JsonWriter.canonical(unsigned(sequence, hash, at, keyId));
    }

    private static Map<String, Object> unsigned(long sequence, String hash, Instant at, String keyId) {
        var form = new LinkedHashMap<String, Object>();
        form.put("sequence", sequence);
        form.put("hash", hash);
        form.put("at", at.toString());
        form.put("keyId", keyId);
        return form;
    }

    /** {@code {"sequence", "hash", "at", "keyId", "signature"}}. */
    public Map<String, Object> form() {
        Map<String, Object> form = unsigned(sequence, hash, at, keyId);
        form.put("signature", signature);
        return form;
    }

    /** Reads {@link #form}, from JSON as JDK values; empty where it is anything else. */
    public static Optional<Checkpoint> read(@Nullable Object json) {
        return Fields.of(json)
                .filter(fields -> fields.values().keySet().equals(FIELDS))
                .flatMap(Checkpoint::read);
    }

    private static Optional<Checkpoint> read(Fields fields) {
        try {
            if (!(fields.get("sequence") instanceof BigDecimal sequence)) {
                return Optional.empty();
            }
            Instant at = Instant.parse(fields.text("at"));
            var read = new Checkpoint(
                    sequence.longValueExact(), fields.text("hash"), at, fields.text("keyId"), fields.text("signature"));
            // An instant has many ways to be written, and one that was signed.
            return Optional.of(read).filter(one -> Fields.same(one.form(), fields.values()));
        } catch (ArithmeticException | DateTimeException notOne) {
            return Optional.empty();
        }
    }
}
