package ismap.saving;

import ismap.decision.Characters;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Locale;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * 80 bits that somebody can copy by hand: sixteen letters and digits in Crockford's base 32, which has no I, L, O and U.
 *
 * @param text without dashes
 */
public record Code(String text) {

    static final int BYTES = 10;

    private static final String DIGITS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    private static final int LENGTH = 16;

    /** @param random ten bytes that nobody can guess */
    public static Code of(byte[] random) {
        if (random.length != BYTES) {
            throw new IllegalArgumentException("a code has %d bytes, not %d".formatted(BYTES, random.length));
        }
        var text = new StringBuilder();
        long bits = 0;
        int held = 0;
        for (byte each : random) {
            bits = (bits << 8) | (each & 0xFF);
            held += 8;
            while (held >= 5) {
                held -= 5;
                text.append(DIGITS.charAt((int) (bits >> held) & 31));
            }
            bits &= (1L << held) - 1;
        }
        return new Code(text.toString());
    }

    /** As people copy it: in any case, full width, with dashes and blanks, with O for 0 and I or L for 1. */
    public static Optional<Code> read(String typed) {
        if (typed.length() > 100) {
            return Optional.empty();
        }
        String plain = Characters.code(typed)
                .toUpperCase(Locale.ROOT)
                .replaceAll("[\\sー-]", "")
                .replace('O', '0')
                .replaceAll("[IL]", "1");
        boolean code = plain.length() == LENGTH && plain.chars().allMatch(c -> DIGITS.indexOf(c) >= 0);
        return code ? Optional.of(new Code(plain)) : Optional.empty();
    }

    /** In groups of four. */
    public String shown() {
        return text.replaceAll("(.{4})(?=.)", "$1-");
    }

    /** By which what was saved is found; tells nothing of the key. */
    byte[] hash() {
        return derived("found by");
    }

    byte[] key() {
        return derived("read by");
    }

    private byte[] derived(String purpose) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(text.getBytes(StandardCharsets.US_ASCII), "HmacSHA256"));
            return mac.doFinal(("ismap saved self-check, " + purpose).getBytes(StandardCharsets.US_ASCII));
        } catch (GeneralSecurityException absent) {
            throw new IllegalStateException(absent);
        }
    }

    @Override
    public String toString() {
        return "a code"; // it has no business in a log
    }
}
