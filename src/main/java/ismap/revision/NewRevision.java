package ismap.revision;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A revision that is about to be published.
 *
 * @param digest over the canonical model
 * @param filesDigest over the bytes of the files
 * @param files by path, as in {@code parameters.xlsx} or {@code rules/common.drl}
 */
public record NewRevision(String id, String digest, String filesDigest, String note, SortedMap<String, byte[]> files) {
    public NewRevision {
        files = Collections.unmodifiableSortedMap(new TreeMap<>(files));
    }
}
