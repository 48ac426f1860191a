package ismap.backup;

import ismap.json.JsonReader;
import ismap.json.JsonWriter;
import ismap.json.Parsed;
import ismap.ledger.Chain;
import ismap.ledger.Checkpoint;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What is in a backup.
 *
 * @param at when it was begun
 * @param schemaVersion the migration that the schema was at
 * @param parts a file each, in the order in which they are loaded
 * @param counters see {@link TableSource#counters}
 * @param head the last entry of the chain; empty before there is one
 * @param checkpoint the last one; empty before there is one
 */
public record BackupManifest(
        Instant at,
        String schemaVersion,
        List<Part> parts,
        SortedMap<String, Long> counters,
        Optional<Chain.Head> head,
        Optional<Checkpoint> checkpoint) {

    /** The only form so far. What is restored in years has to say how it is to be read. */
    static final int FORMAT = 1;

    private static final Pattern NAME = Pattern.compile("[a-z_][a-z0-9_]{0,62}");
    private static final Pattern SHA_256 = Pattern.compile("[0-9a-f]{64}");
    private static final Pattern VERSION = Pattern.compile("[0-9]{1,9}([._][0-9]{1,9}){0,5}");

    /** @param bytes how many, and {@code sha256} of which, when unpacked */
    public record Part(Table table, long rows, long bytes, String sha256) {

        String path() {
            return "tables/" + table.name() + ".copy";
        }

        private Map<String, Object> form() {
            var form = new LinkedHashMap<String, Object>();
            form.put("table", table.name());
            form.put("columns", table.columns());
            form.put("rows", rows);
            form.put("bytes", bytes);
            form.put("sha256", sha256);
            return form;
        }
    }

    public BackupManifest {
        parts = List.copyOf(parts);
        counters = new TreeMap<>(counters);
    }

    public long rows() {
        return parts.stream().mapToLong(Part::rows).sum();
    }

    byte[] json() {
        var form = new LinkedHashMap<String, @Nullable Object>();
        form.put("format", FORMAT);
        form.put("at", at.toString());
        form.put("schemaVersion", schemaVersion);
        form.put(
                "head",
                head.map(last -> Map.of("sequence", last.sequence(), "hash", last.hash()))
                        .orElse(null));
        form.put("checkpoint", checkpoint.map(Checkpoint::form).orElse(null));
        form.put("counters", counters);
        form.put("parts", parts.stream().map(Part::form).toList());
        return JsonWriter.write(form);
    }

    static BackupManifest read(byte[] json) throws BackupRefused {
        if (!(JsonReader.read(json) instanceof Parsed.Document document)
                || !(document.value() instanceof Map<?, ?> form)) {
            throw unreadable();
        }
        if (number(form, "format") != FORMAT) {
            throw new BackupRefused(
                    "このバックアップの形式（%s）を、このバージョンは読めません。作成したバージョンで復元してください。".formatted(form.get("format")),
                    "This version does not read backups of the form %s; restore it with the version that made it."
                            .formatted(form.get("format")));
        }
        try {
            var parts = new ArrayList<Part>();
            for (Object part : list(form, "parts")) {
                parts.add(part(part));
            }
            var counters = new TreeMap<String, Long>();
            for (Object name : object(form.get("counters")).keySet()) {
                counters.put(matching(NAME, name), number(object(form.get("counters")), String.valueOf(name)));
            }
            Optional<Chain.Head> head = Optional.empty();
            if (form.get("head") != null) {
                Map<?, ?> last = object(form.get("head"));
                head = Optional.of(new Chain.Head(number(last, "sequence"), matching(SHA_256, last.get("hash"))));
            }
            Optional<Checkpoint> checkpoint = Optional.empty();
            if (form.get("checkpoint") != null) {
                checkpoint = Optional.of(Checkpoint.read(form.get("checkpoint")).orElseThrow(() -> unreadable()));
            }
            return new BackupManifest(
                    Instant.parse(String.valueOf(form.get("at"))),
                    matching(VERSION, form.get("schemaVersion")),
                    parts,
                    counters,
                    head,
                    checkpoint);
        } catch (DateTimeException noTime) {
            throw unreadable();
        }
    }

    private static Part part(@Nullable Object json) throws BackupRefused {
        Map<?, ?> form = object(json);
        var columns = new ArrayList<String>();
        for (Object column : list(form, "columns")) {
            columns.add(matching(NAME, column));
        }
        return new Part(
                new Table(matching(NAME, form.get("table")), columns),
                number(form, "rows"),
                number(form, "bytes"),
                matching(SHA_256, form.get("sha256")));
    }

    private static Map<?, ?> object(@Nullable Object json) throws BackupRefused {
        if (json instanceof Map<?, ?> map) {
            return map;
        }
        throw unreadable();
    }

    private static List<?> list(Map<?, ?> form, String name) throws BackupRefused {
        if (form.get(name) instanceof List<?> list) {
            return list;
        }
        throw unreadable();
    }

    private static String matching(Pattern pattern, @Nullable Object json) throws BackupRefused {
        if (json instanceof String text && pattern.matcher(text).matches()) {
            return text;
        }
        throw unreadable();
    }

    private static long number(Map<?, ?> form, String name) throws BackupRefused {
        try {
            if (form.get(name) instanceof BigDecimal number && number.signum() >= 0) {
                return number.longValueExact();
            }
        } catch (ArithmeticException noWholeNumber) {
            // As any other that is none.
        }
        throw unreadable();
    }

    private static BackupRefused unreadable() {
        return new BackupRefused(
                "バックアップの目録（manifest.json）を読めません。ファイルが壊れているか、バックアップではありません。",
                "The manifest of the backup (manifest.json) cannot be read: the file is damaged, or is no backup.");
    }
}
