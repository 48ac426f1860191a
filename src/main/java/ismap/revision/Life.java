package ismap.revision;

import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What the events of a revision come to.
 *
 * @param version of its last event; 0 for one that was published before events were kept
 * @param base the published revision that it is to supersede
 * @param authors all who made or changed any of it
 * @param files the SHA-256 of each content, by path
 * @param evidence of the files as they are now; empty where they were not checked since
 * @param submission of the files and the evidence as they are now
 * @param digest of the rulebook, where it is known
 * @param withdrawnBy the revision that took it back
 */
public record Life(
        String id,
        int version,
        Optional<String> base,
        String note,
        String createdBy,
        Instant createdAt,
        SortedSet<String> authors,
        SortedMap<String, String> files,
        String filesDigest,
        Optional<Evidence> evidence,
        Optional<Binding> submission,
        List<Approval> approvals,
        Optional<Instant> publishedAt,
        Optional<String> digest,
        Optional<String> withdraws,
        Optional<String> withdrawnBy,
        List<RecordedEvent> events) {

    /** Somebody's yes. */
    public record Approval(String by, Instant at, String resolution, Binding binding) {}

    public Life {
        authors = Collections.unmodifiableSortedSet(new TreeSet<>(authors));
        files = Collections.unmodifiableSortedMap(new TreeMap<>(files));
        approvals = List.copyOf(approvals);
        events = List.copyOf(events);
    }
}
