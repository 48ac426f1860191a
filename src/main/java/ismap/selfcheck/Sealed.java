package ismap.selfcheck;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/** Answers as a browser keeps them: packed, then encrypted with AES-GCM, so that neither a disk nor the log of a proxy can tell them. */
final class Sealed {

    /** What it may unpack to. */
    private static final int LARGEST = 256 * 1024;

    private static final int NONCE = 12;
    private static final int TAG_BITS = 128;

    private final SecretKeySpec key;
    private final SecureRandom random = new SecureRandom();

    /** @param secret from which the key is derived; without one a key that this process alone has */
    Sealed(Optional<String> secret) {
        byte[] bytes = new byte[32];
        if (secret.isPresent()) {
            bytes = digest(secret.get());
        } else {
            random.nextBytes(bytes);
        }
        this.key = new SecretKeySpec(bytes, "AES");
    }

    private static byte[] digest(String secret) {
        try {
            return MessageDigest.getInstance("SHA-256")
                    .digest(("ismap self-check pages\n" + secret).getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException absent) {
            throw new IllegalStateException(absent);
        }
    }

    /** @param purpose what it may be opened for; sealed for one decision, it does not open for another */
    String seal(byte[] plain, String purpose) {
        byte[] nonce = new byte[NONCE];
        random.nextBytes(nonce);
        try {
            byte[] sealed = cipher(Cipher.ENCRYPT_MODE, nonce, purpose).doFinal(packed(plain));
            byte[] all = Arrays.copyOf(nonce, NONCE + sealed.length);
            System.arraycopy(sealed, 0, all, NONCE, sealed.length);
            return Base64.getUrlEncoder().withoutPadding().encodeToString(all);
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** Empty where it was sealed under another key or for something else, or was tampered with. */
    Optional<byte[]> open(String text, String purpose) {
        try {
            byte[] all = Base64.getUrlDecoder().decode(text);
            if (all.length <= NONCE) {
                return Optional.empty();
            }
            return unpacked(cipher(Cipher.DECRYPT_MODE, Arrays.copyOf(all, NONCE), purpose)
                    .doFinal(all, NONCE, all.length - NONCE));
        } catch (GeneralSecurityException | IllegalArgumentException foreign) {
            return Optional.empty();
        }
    }

    private Cipher cipher(int mode, byte[] nonce, String purpose) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
        cipher.updateAAD(purpose.getBytes(StandardCharsets.UTF_8));
        return cipher;
    }

    private static byte[] packed(byte[] plain) {
        var deflater = new Deflater(Deflater.BEST_COMPRESSION, true);
        deflater.setInput(plain);
        deflater.finish();
        var packed = new ByteArrayOutputStream();
        byte[] part = new byte[4096];
        while (!deflater.finished()) {
            packed.write(part, 0, deflater.deflate(part));
        }
        deflater.end();
        return packed.toByteArray();
    }

    private static Optional<byte[]> unpacked(byte[] packed) {
        var inflater = new Inflater(true);
        inflater.setInput(packed);
        var plain = new ByteArrayOutputStream();
        byte[] part = new byte[4096];
        try {
            while (!inflater.finished()) {
                int length = inflater.inflate(part);
                if (length == 0 || plain.size() + length > LARGEST) {
                    return Optional.empty();
                }
                plain.write(part, 0, length);
            }
        } catch (DataFormatException damaged) {
            return Optional.empty();
        } finally {
            inflater.end();
        }
        return Optional.of(plain.toByteArray());
    }
}
