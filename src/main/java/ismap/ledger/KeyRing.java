package ismap.ledger;

import ismap.decision.Bilingual;
import ismap.rulebook.FactReader;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** All signing keys ever used, each handed over by the one before. Only the first is trusted for being there. */
public final class KeyRing {

    private final Map<String, SigningKey> trusted = new LinkedHashMap<>();
    private final Map<String, SigningKey> successors = new HashMap<>();
    private final List<SigningKey> keys;
    private final List<Bilingual> faults = new ArrayList<>();

    /** @param keys the first one first */
    public KeyRing(List<SigningKey> keys) {
        this.keys = List.copyOf(keys);
        for (SigningKey key : keys) {
            Optional<Bilingual> fault = fault(key);
            fault.ifPresent(faults::add);
            if (fault.isEmpty()) {
                trusted.put(key.keyId(), key);
                String previous = key.previous();
                if (previous != null) {
                    successors.put(previous, key);
                }
            }
        }
    }

    /** Reads {@link #form}, from JSON as JDK values; what cannot be read is among the {@link #faults}. */
    public static KeyRing read(List<?> json) {
        var ring = new KeyRing(
                json.stream().flatMap(key -> SigningKey.read(key).stream()).toList());
        if (!Fields.same(ring.form(), json)) {
            ring.faults.add(
                    new Bilingual(
                            "公開鍵の一覧に、鍵として読めないもの、又は次の鍵の始まる日と合わない until があります。",
                            "Among the keys is one that cannot be read, or an \"until\" that is not the day on which the next key begins."));
        }
        return ring;
    }

    private Optional<Bilingual> fault(SigningKey key) {
        Optional<byte[]> publicKey = Ed25519.bytes(key.publicKey());
        if (publicKey.isEmpty()
                || !Seal.sha256(publicKey.get()).equals(key.keyId())
                || trusted.containsKey(key.keyId())) {
            return wrong(
                    key,
                    "keyId が公開鍵のSHA-256ではないか、二度現れます",
                    "its keyId is not the SHA-256 of its public key, or stands twice");
        }
        String previous = key.previous();
        SigningKey before = previous == null ? key : trusted.get(previous);
        if (previous == null && !trusted.isEmpty()) {
            return wrong(key, "前の鍵から引き継がれていません", "no key before handed over to it");
        }
        if (before == null || successors.containsKey(before.keyId())) {
            return wrong(key, "前の鍵がないか、前の鍵は別の鍵に引き継がれています", "the key before is not there, or handed over to another");
        }
        byte[] publicBefore = Ed25519.bytes(before.publicKey()).orElseThrow();
        Optional<byte[]> handOver = Ed25519.bytes(key.handOver());
        if (handOver.isEmpty() || !Ed25519.verifies(publicBefore, key.statement(), handOver.get())) {
            return wrong(key, "引継ぎの署名が前の鍵のものではありません", "the hand-over is not signed by the key before");
        }
        return key.from().isBefore(before.from())
                ? wrong(key, "前の鍵より前から始まっています", "it begins before the key before it")
                : Optional.empty();
    }

    private static Optional<Bilingual> wrong(SigningKey key, String ja, String en) {
        return Optional.of(
                new Bilingual("鍵 %s: %s。".formatted(key.keyId(), ja), "Key %s: %s.".formatted(key.keyId(), en)));
    }

    /** What is wrong with the keys themselves. */
    public List<Bilingual> faults() {
        return List.copyOf(faults);
    }

    /** Why this checkpoint proves nothing; empty where it does. */
    public Optional<Bilingual> fault(Checkpoint checkpoint) {
        return fault(
                new Bilingual(
                        "%d番のチェックポイント".formatted(checkpoint.sequence()),
                        "The checkpoint of %d".formatted(checkpoint.sequence())),
                checkpoint.keyId(),
                checkpoint.at(),
                checkpoint.statement(),
                checkpoint.signature());
    }

    /**
     * Why this signature proves nothing; empty where it does.
     *
     * @param what that is signed, as the subject of a sentence
     * @param at when it was signed
     * @param signature Ed25519 over {@code statement}, in base64
     */
    public Optional<Bilingual> fault(Bilingual what, String keyId, Instant at, byte[] statement, String signature) {
        SigningKey key = trusted.get(keyId);
        if (key == null) {
            return Optional.of(new Bilingual(
                    "%sの鍵 %s は、信頼できる鍵の中にありません。".formatted(what.ja(), keyId),
                    "%s is signed by %s, which is no trusted key.".formatted(what.en(), keyId)));
        }
        Optional<byte[]> bytes = Ed25519.bytes(signature);
        byte[] publicKey = Ed25519.bytes(key.publicKey()).orElseThrow();
        if (bytes.isEmpty() || !Ed25519.verifies(publicKey, statement, bytes.get())) {
            return Optional.of(new Bilingual(
                    "%sの署名が正しくありません。".formatted(what.ja()),
                    "%s has a signature that does not hold.".formatted(what.en())));
        }
        LocalDate day = LocalDate.ofInstant(at, FactReader.TOKYO);
        boolean after = until(keyId).filter(day::isAfter).isPresent();
        return day.isBefore(key.from()) || after
                ? Optional.of(new Bilingual(
                        "%sは、鍵の使用期間の外で署名されています。".formatted(what.ja()),
                        "%s was signed on a day that its key does not sign on.".formatted(what.en())))
                : Optional.empty();
    }

    /** The key that nobody handed over to: by its id others know an installation. Empty where it is not in order. */
    public Optional<SigningKey> first() {
        return trusted.values().stream().findFirst();
    }

    /** The key that signs now; empty before there is one. */
    public Optional<SigningKey> current() {
        return keys.isEmpty() ? Optional.empty() : Optional.of(keys.get(keys.size() - 1));
    }

    /** All keys, the first one first: {@code [{"keyId", "publicKey", "from", "until", "previous", "handOver"}]}. */
    public List<Map<String, @Nullable Object>> form() {
        return keys.stream().map(key -> key.form(until(key.keyId()))).toList();
    }

    private Optional<LocalDate> until(String keyId) {
        return Optional.ofNullable(successors.get(keyId)).map(SigningKey::from);
    }
}
