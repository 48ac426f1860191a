package ismap.publication;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.SortedMap;
import java.util.TreeMap;

/** The names of contents. */
final class Sha256 {

    private Sha256() {}

    static String of(byte[] content) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
        } catch (NoSuchAlgorithmException everyJavaHasIt) {
            throw new IllegalStateException(everyJavaHasIt);
        }
    }

    static SortedMap<String, String> byPath(SortedMap<String, byte[]> files) {
        var names = new TreeMap<String, String>();
        files.forEach((path, content) -> names.put(path, of(content)));
        return names;
    }

    /** Each content under its name. */
    static SortedMap<String, byte[]> contents(SortedMap<String, byte[]> files) {
        var contents = new TreeMap<String, byte[]>();
        files.values().forEach(content -> contents.put(of(content), content));
        return contents;
    }
}
