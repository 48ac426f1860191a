package ismap.revision;

import java.time.Instant;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A published revision, byte for byte.
 *
 * @param publishedAt by the database's clock
 * @param files by path, in the order of paths
 */
public record StoredRevision(
        String id,
        String digest,
        String filesDigest,
        String note,
        Instant publishedAt,
        SortedMap<String, byte[]> files) {
    public StoredRevision {
        files = Collections.unmodifiableSortedMap(new TreeMap<>(files));
    }
}
