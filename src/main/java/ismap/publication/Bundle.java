package ismap.publication;

import ismap.decision.Bilingual;
import ismap.json.JsonReader;
import ismap.json.JsonWriter;
import ismap.json.Parsed;
import ismap.ledger.KeyRing;
import ismap.ledger.Signer;
import ismap.ledger.SigningKey;
import ismap.revision.NewRevision;
import ismap.revision.StoredRevision;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A published revision as it travels to another installation or to an auditor: its files byte for byte, what is said of them, and the
 * signature of the installation that published it. The same revision has the same {@link #address} whenever it is bundled.
 *
 * <p>A ZIP of {@code bundle.json} (canonical JSON: format, id, digest, filesDigest, note, publishedAt, files with their SHA-256),
 * {@code signature.json} (over the SHA-256 of that), {@code keys.json} (the public keys with their hand-overs) and {@code files/…}.
 */
public final class Bundle {

    /** The form of {@code bundle.json}; no reader ever drops one that it has read. */
    public static final int FORMAT = 1;

    static final String STATEMENT = "bundle.json";
    static final String SIGNATURE = "signature.json";
    static final String KEYS = "keys.json";
    static final String FILES = "files/";

    private final NewRevision revision;
    private final Instant publishedAt;
    private final byte[] statement;
    private final Signature signature;
    private final KeyRing keys;

    Bundle(NewRevision revision, Instant publishedAt, byte[] statement, Signature signature, KeyRing keys) {
        this.revision = revision;
        this.publishedAt = publishedAt;
        this.statement = statement;
        this.signature = signature;
        this.keys = keys;
    }

    /** @param signature Ed25519 over {@link #statement}, in base64 */
    record Signature(String address, Instant signedAt, String keyId, String signature) {

        static Signature of(String address, Instant signedAt, Signer signer) {
            return new Signature(
                    address, signedAt, signer.keyId(), signer.signature(statement(address, signedAt, signer.keyId())));
        }

        byte[] statement() {
            return statement(address, signedAt, keyId);
        }

        private static byte[] statement(String address, Instant signedAt, String keyId) {
            return JsonWriter.canonical(unsigned(address, signedAt, keyId));
        }

        private static Map<String, Object> unsigned(String address, Instant signedAt, String keyId) {
            var form = new LinkedHashMap<String, Object>();
            form.put("content", address);
            form.put("signedAt", signedAt.toString());
            form.put("keyId", keyId);
            return form;
        }

        Map<String, Object> form() {
            Map<String, Object> form = unsigned(address, signedAt, keyId);
            form.put("signature", signature);
            return form;
        }

        static Optional<Signature> read(byte[] json) {
            try {
                if (JsonReader.read(json) instanceof Parsed.Document document
                        && document.value() instanceof Map<?, ?> fields) {
                    var read = new Signature(
                            String.valueOf(fields.get("content")),
                            Instant.parse(String.valueOf(fields.get("signedAt"))),
                            String.valueOf(fields.get("keyId")),
                            String.valueOf(fields.get("signature")));
                    return Optional.of(read)
                            .filter(one ->
                                    Arrays.equals(JsonWriter.canonical(one.form()), JsonWriter.canonical(fields)));
                }
                return Optional.empty();
            } catch (DateTimeException noInstant) {
                return Optional.empty();
            }
        }
    }

    /** @param keys all keys ever used here, that of the signer last */
    public static Bundle of(StoredRevision revision, Signer signer, Instant signedAt, List<SigningKey> keys) {
        byte[] statement = statement(revision);
        return new Bundle(
                new NewRevision(
                        revision.id(), revision.digest(), revision.filesDigest(), revision.note(), revision.files()),
                revision.publishedAt(),
                statement,
                Signature.of(Sha256.of(statement), signedAt, signer),
                new KeyRing(keys));
    }

    static byte[] statement(StoredRevision revision) {
        var files = new LinkedHashMap<String, Object>();
        revision.files().forEach((path, content) -> files.put(path, Sha256.of(content)));
        var form = new LinkedHashMap<String, Object>();
        form.put("format", FORMAT);
        form.put("id", revision.id());
        form.put("digest", revision.digest());
        form.put("filesDigest", revision.filesDigest());
        form.put("note", revision.note());
        form.put("publishedAt", revision.publishedAt().toString());
        form.put("files", files);
        return JsonWriter.canonical(form);
    }

    /** What the bundle of that revision is addressed by, without making it. */
    public static String addressOf(StoredRevision revision) {
        return Sha256.of(statement(revision));
    }

    /** SHA-256 of {@code bundle.json}, in hexadecimal: it stands for every byte of the revision. */
    public String address() {
        return Sha256.of(statement);
    }

    /** As it was published by its origin. */
    public NewRevision revision() {
        return revision;
    }

    /** By the clock of its origin's database. */
    public Instant publishedAt() {
        return publishedAt;
    }

    /** The first key of its origin: what another installation knows that one by. Empty where no key is in order. */
    public Optional<String> origin() {
        return keys.first().map(SigningKey::keyId);
    }

    /** Why the signature proves nothing; empty where it does. */
    Optional<Bilingual> fault() {
        return keys.faults().stream()
                .findFirst()
                .or(() -> keys.fault(
                        new Bilingual("改定版 %s の束".formatted(revision.id()), "The bundle of revision " + revision.id()),
                        signature.keyId(),
                        signature.signedAt(),
                        signature.statement(),
                        signature.signature()))
                .or(() -> signature.address().equals(address())
                        ? Optional.empty()
                        : Optional.of(new Bilingual(
                                "署名は、別の内容（%s）に対するものです。".formatted(signature.address()),
                                "The signature is over another content (%s).".formatted(signature.address()))));
    }

    public byte[] zip() {
        SortedMap<String, byte[]> contents = new TreeMap<>();
        contents.put(STATEMENT, statement);
        contents.put(SIGNATURE, JsonWriter.canonical(signature.form()));
        contents.put(KEYS, JsonWriter.canonical(Map.of("keys", keys.form())));
        revision.files().forEach((path, content) -> contents.put(FILES + path, content));
        return StoredZip.of(contents);
    }
}
