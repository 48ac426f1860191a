package ismap.publication;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.util.SortedMap;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** A ZIP of which equal contents give equal bytes: entries are sorted, stored without compression and carry one fixed time. */
public final class StoredZip {

    private static final LocalDateTime NO_TIME = LocalDateTime.of(1980, 1, 1, 0, 0);

    private StoredZip() {}

    /** @param contents by path */
    public static byte[] of(SortedMap<String, byte[]> contents) {
        var bytes = new ByteArrayOutputStream();
        try (var zip = new ZipOutputStream(bytes, StandardCharsets.UTF_8)) {
            for (var content : contents.entrySet()) {
                zip.putNextEntry(entry(content.getKey(), content.getValue()));
                zip.write(content.getValue());
                zip.closeEntry();
            }
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return bytes.toByteArray();
    }

    private static ZipEntry entry(String path, byte[] content) {
        var sum = new CRC32();
        sum.update(content);
        var entry = new ZipEntry(path);
        entry.setMethod(ZipEntry.STORED); // what deflating gives depends on the Java
        entry.setSize(content.length);
        entry.setCrc(sum.getValue());
        entry.setTimeLocal(NO_TIME);
        return entry;
    }
}
