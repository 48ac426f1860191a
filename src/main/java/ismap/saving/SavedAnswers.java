package ismap.saving;

import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.IntFunction;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/** Saves answers under a code that only their owner has: what is kept is encrypted with a key that follows from the code alone. */
public final class SavedAnswers {

    private static final int NONCE = 12;
    private static final int TAG_BITS = 128;

    private final SavedChecks checks;
    private final IntFunction<byte[]> random;

    /** @param random so many bytes that nobody can guess */
    public SavedAnswers(SavedChecks checks, IntFunction<byte[]> random) {
        this.checks = checks;
        this.random = random;
    }

    /** The code under which they are found again; empty where they are too large. */
    public Optional<Code> save(byte[] answers) {
        Code code = Code.of(random.apply(Code.BYTES));
        byte[] nonce = random.apply(NONCE);
        byte[] sealed = cipher(Cipher.ENCRYPT_MODE, code, nonce, answers, 0);
        byte[] all = Arrays.copyOf(nonce, NONCE + sealed.length);
        System.arraycopy(sealed, 0, all, NONCE, sealed.length);
        if (all.length > SavedChecks.LARGEST) {
            return Optional.empty();
        }
        checks.keep(code.hash(), all);
        return Optional.of(code);
    }

    public Optional<byte[]> find(Code code) {
        return checks.find(code.hash())
                .map(all -> cipher(Cipher.DECRYPT_MODE, code, Arrays.copyOf(all, NONCE), all, NONCE));
    }

    public boolean delete(Code code) {
        return checks.delete(code.hash());
    }

    private static byte[] cipher(int mode, Code code, byte[] nonce, byte[] text, int from) {
        try {
            Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
            cipher.init(mode, new SecretKeySpec(code.key(), "AES"), new GCMParameterSpec(TAG_BITS, nonce));
            return cipher.doFinal(text, from, text.length - from);
        } catch (GeneralSecurityException damaged) {
            throw new IllegalStateException("what was saved under a code cannot be read by it", damaged);
        }
    }
}
