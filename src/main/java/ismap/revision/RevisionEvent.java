package ismap.revision;

import java.math.BigDecimal;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * One thing that happened to a revision. What a revision is follows from these alone, in their order; none is ever changed (ADR 14).
 *
 * <p>Files are named by path, their contents by SHA-256 in hexadecimal; the contents lie beside, each once.
 */
public sealed interface RevisionEvent {

    /** As it is stored, {@code FILE_PUT}. */
    String kind();

    /** What its actor said: the note, the resolution, the reason; else blank. */
    default String why() {
        return "";
    }

    /** The rest, in JDK values that have a JSON form; {@link #read} takes them back. */
    Map<String, @Nullable Object> data();

    /**
     * @param base the published revision whose files it began with; empty for files that came from outside
     * @param withdraws the revision that this one was made to take back, by its predecessor's content
     */
    record Created(
            Optional<String> base,
            String note,
            SortedMap<String, String> files,
            String filesDigest,
            Optional<String> withdraws)
            implements RevisionEvent {
        static final String KIND = "CREATED";

        public Created {
            files = sorted(files);
        }

        @Override
        public String kind() {
            return KIND;
        }

        @Override
        public String why() {
            return note;
        }

        @Override
        public Map<String, @Nullable Object> data() {
            Map<String, @Nullable Object> data = form("files", new LinkedHashMap<>(files), "filesDigest", filesDigest);
            base.ifPresent(id -> data.put("base", id));
            withdraws.ifPresent(id -> data.put("withdraws", id));
            return data;
        }
    }

    /** A file was added, or took the place of one. */
    record FilePut(String path, String sha256, long size, String filesDigest) implements RevisionEvent {
        static final String KIND = "FILE_PUT";

        @Override
        public String kind() {
            return KIND;
        }

        @Override
        public Map<String, @Nullable Object> data() {
            return form("path", path, "sha256", sha256, "size", size, "filesDigest", filesDigest);
        }
    }

    record FileRemoved(String path, String filesDigest) implements RevisionEvent {
        static final String KIND = "FILE_REMOVED";

        @Override
        public String kind() {
            return KIND;
        }

        @Override
        public Map<String, @Nullable Object> data() {
            return form("path", path, "filesDigest", filesDigest);
        }
    }

    /** It took over what another base says. @param files all of them, as they are afterwards */
    record Rebased(String base, SortedMap<String, String> files, String filesDigest) implements RevisionEvent {
        static final String KIND = "REBASED";

        public Rebased {
            files = sorted(files);
        }

        @Override
        public String kind() {
            return KIND;
        }

        @Override
        public Map<String, @Nullable Object> data() {
            return form("base", base, "files", new LinkedHashMap<>(files), "filesDigest", filesDigest);
        }
    }

    record Checked(Evidence evidence) implements RevisionEvent {
        static final String KIND = "CHECKED";

        @Override
        public String kind() {
            return KIND;
        }

        @Override
        public Map<String, @Nullable Object> data() {
            Map<String, @Nullable Object> data = form(
                    "filesDigest",
                    evidence.filesDigest(),
                    "evidenceDigest",
                    evidence.evidenceDigest(),
                    "clean",
                    evidence.clean(),
                    "counts",
                    evidence.counts());
            evidence.digest().ifPresent(digest -> data.put("digest", digest));
            return data;
        }
    }

    record Submitted(Binding binding) implements RevisionEvent {
        static final String KIND = "SUBMITTED";

        @Override
        public String kind() {
            return KIND;
        }

        @Override
        public Map<String, @Nullable Object> data() {
            return binding.form();
        }
    }

    record Approved(String resolution, Binding binding) implements RevisionEvent {
        static final String KIND = "APPROVED";

        @Override
        public String kind() {
            return KIND;
        }

        @Override
        public String why() {
            return resolution;
        }

        @Override
        public Map<String, @Nullable Object> data() {
            return binding.form();
        }
    }

    record Published(String digest, String filesDigest) implements RevisionEvent {
        static final String KIND = "PUBLISHED";

        @Override
        public String kind() {
            return KIND;
        }

        @Override
        public Map<String, @Nullable Object> data() {
            return form("digest", digest, "filesDigest", filesDigest);
        }
    }

    /** Its predecessor's content was published again, as {@code by}. */
    record Withdrawn(String reason, String by) implements RevisionEvent {
        static final String KIND = "WITHDRAWN";

        @Override
        public String kind() {
            return KIND;
        }

        @Override
        public String why() {
            return reason;
        }

        @Override
        public Map<String, @Nullable Object> data() {
            return form("by", by);
        }
    }

    /** What {@link #kind}, {@link #why} and {@link #data} say, as an event again. */
    static RevisionEvent read(String kind, String why, Map<?, ?> data) {
        return switch (kind) {
            case Created.KIND ->
                new Created(
                        Optional.ofNullable(data.get("base")).map(String::valueOf),
                        why,
                        files(data),
                        text(data, "filesDigest"),
                        Optional.ofNullable(data.get("withdraws")).map(String::valueOf));
            case FilePut.KIND ->
                new FilePut(
                        text(data, "path"),
                        text(data, "sha256"),
                        data.get("size") instanceof BigDecimal size ? size.longValueExact() : 0,
                        text(data, "filesDigest"));
            case FileRemoved.KIND -> new FileRemoved(text(data, "path"), text(data, "filesDigest"));
            case Rebased.KIND -> new Rebased(text(data, "base"), files(data), text(data, "filesDigest"));
            case Checked.KIND ->
                new Checked(new Evidence(
                        text(data, "filesDigest"),
                        Optional.ofNullable(data.get("digest")).map(String::valueOf),
                        text(data, "evidenceDigest"),
                        Boolean.TRUE.equals(data.get("clean")),
                        counts(data)));
            case Submitted.KIND -> new Submitted(Binding.read(data));
            case Approved.KIND -> new Approved(why, Binding.read(data));
            case Published.KIND -> new Published(text(data, "digest"), text(data, "filesDigest"));
            case Withdrawn.KIND -> new Withdrawn(why, text(data, "by"));
            default -> throw new IllegalStateException("unknown event of a revision: " + kind);
        };
    }

    private static SortedMap<String, String> files(Map<?, ?> data) {
        var files = new TreeMap<String, String>();
        if (data.get("files") instanceof Map<?, ?> map) {
            map.forEach((path, sha256) -> files.put(String.valueOf(path), String.valueOf(sha256)));
        }
        return files;
    }

    private static Map<String, @Nullable Object> counts(Map<?, ?> data) {
        var counts = new LinkedHashMap<String, @Nullable Object>();
        if (data.get("counts") instanceof Map<?, ?> map) {
            map.forEach((name, count) -> counts.put(String.valueOf(name), count));
        }
        return counts;
    }

    static String text(Map<?, ?> data, String key) {
        Object value = data.get(key);
        if (value == null) {
            throw new IllegalStateException("an event of a revision without \"%s\": %s".formatted(key, data.keySet()));
        }
        return String.valueOf(value);
    }

    private static SortedMap<String, String> sorted(Map<String, String> files) {
        return Collections.unmodifiableSortedMap(new TreeMap<>(files));
    }

    private static Map<String, @Nullable Object> form(Object... keysAndValues) {
        var form = new LinkedHashMap<String, @Nullable Object>();
        for (int i = 0; i < keysAndValues.length; i += 2) {
            form.put((String) keysAndValues[i], keysAndValues[i + 1]);
        }
        return form;
    }
}
