package ismap.app;

import java.security.SecureRandom;

/** What nobody can guess. */
final class Chance {

    private static final SecureRandom RANDOM = new SecureRandom();

    private Chance() {}

    static byte[] bytes(int number) {
        byte[] bytes = new byte[number];
        RANDOM.nextBytes(bytes);
        return bytes;
    }
}
