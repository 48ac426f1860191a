package ismap.ledger;

import static java.nio.charset.StandardCharsets.UTF_8;

import ismap.json.JsonWriter;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A link of the hash chain: what an entry says, the hash of the entry before it included, and the hash of all that.
 *
 * <p>What people entered is in it only as salted digests: once the salt is gone nothing can be guessed from them, and the chain still holds.
 *
 * @param sequence 1 for the first entry, without a gap
 * @param previous the hash of the entry before, in hexadecimal; {@link #NOTHING} for the first
 * @param recordedAt the database's clock; never before that of the entry before
 * @param content canonical JSON (RFC 8785), UTF-8: the bytes that are hashed
 * @param hash SHA-256 of {@code content}, in hexadecimal
 */
@SuppressWarnings("ArrayRecordComponent") // compared by hash
public record Seal(long sequence, String previous, Instant recordedAt, byte[] content, String hash) {

    /** What the first entry follows. */
    public static final String NOTHING = "0".repeat(64);

    /** The form of {@code content}; no reader ever drops one that it has read. */
    public static final int FORMAT = 1;

    /** Bytes of a salt. */
    public static final int SALT = 32;

    /** Follows the entry of that sequence and hash. */
    public static Seal of(
            long last, String previous, Instant recordedAt, NewRecord record, RevisionDigests revision, byte[] salt) {
        var content = new LinkedHashMap<String, @Nullable Object>();
        content.put("format", FORMAT);
        content.put("kind", "DECISION");
        content.put("sequence", last + 1);
        content.put("previous", previous);
        content.put("recordedAt", recordedAt.toString());
        content.put("recordedBy", record.recordedBy());
        content.put("id", record.id().toString());
        content.put("decision", record.decision());
        content.put("outcome", record.outcome());
        content.put("revision", revision(revision));
        content.put("supersedes", text(record.supersedes()));
        content.put("requestDigest", salted(salt, record.request()));
        content.put("answerDigest", salted(salt, record.answer()));
        content.put("keyDigest", record.key() == null ? null : keyDigest(salt, record.recordedBy(), record.key()));
        return of(last + 1, previous, recordedAt, JsonWriter.canonical(content));
    }

    /** @param content any form of content that has these three in it */
    public static Seal of(long sequence, String previous, Instant recordedAt, byte[] content) {
        return new Seal(sequence, previous, recordedAt, content, sha256(content));
    }

    private static Map<String, String> revision(RevisionDigests revision) {
        var form = new LinkedHashMap<String, String>();
        form.put("id", revision.id());
        form.put("digest", revision.digest());
        form.put("filesDigest", revision.filesDigest());
        return form;
    }

    private static @Nullable String text(@Nullable UUID id) {
        return id == null ? null : id.toString();
    }

    /** SHA-256 over the salt and then the bytes, in hexadecimal. */
    public static String salted(byte[] salt, byte[] bytes) {
        return sha256(salt, bytes);
    }

    /** {@link #salted} over the principal, a line feed and the key. */
    static String keyDigest(byte[] salt, String principal, String key) {
        return salted(salt, (principal + "\n" + key).getBytes(UTF_8));
    }

    static String sha256(byte[]... parts) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (byte[] part : parts) {
                digest.update(part);
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException everyJavaHasIt) {
            throw new IllegalStateException(everyJavaHasIt);
        }
    }

    @Override
    public String toString() {
        return "%d %s %s".formatted(sequence, hash, new String(content, UTF_8));
    }
}
