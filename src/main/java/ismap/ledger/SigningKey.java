package ismap.ledger;

import ismap.json.JsonWriter;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The public half of a key that checkpoints are signed with.
 *
 * @param keyId SHA-256 of the public key's DER, in hexadecimal
 * @param publicKey X.509 SubjectPublicKeyInfo, DER, in base64
 * @param from the first day (Tokyo) it signs on; it signs until the day its successor begins, that day included
 * @param previous the key that handed over to this one; null for the first
 * @param handOver Ed25519 by {@code previous} (by itself, for the first) over {@link #statement}, in base64
 */
public record SigningKey(
        String keyId,
        String publicKey,
        LocalDate from,
        @Nullable String previous,
        String handOver) {

    private static final Set<String> FIELDS = Set.of("keyId", "publicKey", "from", "until", "previous", "handOver");

    /** The key that nobody handed over to. */
    public static SigningKey first(Signer signer, LocalDate from) {
        return signed(signer, signer, from, null);
    }

    /** The old key's last act is to sign the new one. */
    public static SigningKey successor(Signer old, Signer successor, LocalDate from) {
        return signed(old, successor, from, old.keyId());
    }

    private static SigningKey signed(Signer by, Signer signer, LocalDate from, @Nullable String previous) {
        String publicKey = Ed25519.text(signer.publicKey());
        byte[] statement = statement(signer.keyId(), publicKey, from, previous);
        return new SigningKey(signer.keyId(), publicKey, from, previous, Ed25519.text(by.sign(statement)));
    }

    /** What the key before signs: canonical JSON of {@code {"from", "keyId", "previous", "publicKey"}}. */
    public byte[] statement() {
        return statement(keyId, publicKey, from, previous);
    }

    private static byte[] statement(String keyId, String publicKey, LocalDate from, @Nullable String previous) {
        var form = new LinkedHashMap<String, @Nullable Object>();
        form.put("keyId", keyId);
        form.put("publicKey", publicKey);
        form.put("from", from.toString());
        form.put("previous", previous);
        return JsonWriter.canonical(form);
    }

    /** {@code {"keyId", "publicKey", "from", "until", "previous", "handOver"}}. */
    Map<String, @Nullable Object> form(Optional<LocalDate> until) {
        var form = new LinkedHashMap<String, @Nullable Object>();
        form.put("keyId", keyId);
        form.put("publicKey", publicKey);
        form.put("from", from.toString());
        form.put("until", until.map(LocalDate::toString).orElse(null));
        form.put("previous", previous);
        form.put("handOver", handOver);
        return form;
    }

    /** Reads the form, from JSON as JDK values; empty where it is anything else. */
    public static Optional<SigningKey> read(@Nullable Object json) {
        return Fields.of(json)
                .filter(fields -> fields.values().keySet().equals(FIELDS))
                .flatMap(SigningKey::read);
    }

    private static Optional<SigningKey> read(Fields fields) {
        try {
            var key = new SigningKey(
                    fields.text("keyId"),
                    fields.text("publicKey"),
                    LocalDate.parse(fields.text("from")),
                    fields.get("previous") instanceof String previous ? previous : null,
                    fields.text("handOver"));
            Optional<LocalDate> until = Optional.of(fields.text("until"))
                    .filter(day -> !day.isEmpty())
                    .map(LocalDate::parse);
            return Optional.of(key).filter(one -> Fields.same(one.form(until), fields.values()));
        } catch (DateTimeException noDay) {
            return Optional.empty();
        }
    }
}
