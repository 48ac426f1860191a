package ismap.publication;

import ismap.decision.Bilingual;
import ismap.decision.Place;
import ismap.decision.Problem;
import ismap.json.JsonReader;
import ismap.json.JsonWriter;
import ismap.json.Parsed;
import ismap.ledger.KeyRing;
import ismap.revision.NewRevision;
import ismap.rulebook.Digests;
import ismap.rulebook.RulebookFiles;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/** Reads a {@link Bundle} that may come from anybody: nothing in it is believed that its signature does not cover. */
final class BundleReader {

    private static final int MOST_ENTRIES = RulebookFolder.MOST_FILES + 3;

    private final List<Problem> problems = new ArrayList<>();

    /** @param bundle empty where something is wrong with it */
    record Read(Optional<Bundle> bundle, List<Problem> problems) {
        Read {
            problems = List.copyOf(problems);
        }
    }

    private BundleReader() {}

    /** Never throws for what the bytes are. */
    static Read read(byte[] zip) {
        var reader = new BundleReader();
        Optional<Bundle> bundle = reader.bundle(zip);
        return new Read(bundle.filter(any -> reader.problems.isEmpty()), reader.problems);
    }

    private Optional<Bundle> bundle(byte[] zip) {
        Optional<Map<String, byte[]>> entries = entries(zip);
        if (entries.isEmpty()) {
            return Optional.empty();
        }
        Map<String, byte[]> contents = entries.get();
        byte[] statement = contents.getOrDefault(Bundle.STATEMENT, new byte[0]);
        Optional<Map<?, ?>> said = object(statement);
        Optional<Bundle.Signature> signature =
                Bundle.Signature.read(contents.getOrDefault(Bundle.SIGNATURE, new byte[0]));
        Optional<List<?>> keys = object(contents.getOrDefault(Bundle.KEYS, new byte[0]))
                .map(fields -> fields.get("keys"))
                .filter(List.class::isInstance)
                .map(list -> (List<?>) list);
        if (said.isEmpty() || !Arrays.equals(JsonWriter.canonical(said.get()), statement)) {
            unreadable(Bundle.STATEMENT);
        }
        if (signature.isEmpty()) {
            unreadable(Bundle.SIGNATURE);
        }
        if (keys.isEmpty()) {
            unreadable(Bundle.KEYS);
        }
        return problems.isEmpty()
                ? bundle(contents, said.get(), signature.orElseThrow(), KeyRing.read(keys.orElseThrow()))
                : Optional.empty();
    }

    private Optional<Bundle> bundle(
            Map<String, byte[]> contents, Map<?, ?> said, Bundle.Signature signature, KeyRing keys) {
        byte[] statement = contents.getOrDefault(Bundle.STATEMENT, new byte[0]);
        SortedMap<String, byte[]> files = new TreeMap<>();
        contents.forEach((path, content) -> {
            if (path.startsWith(Bundle.FILES)) {
                files.put(path.substring(Bundle.FILES.length()), content);
            }
        });
        Instant publishedAt;
        try {
            publishedAt = Instant.parse(text(said, "publishedAt"));
        } catch (DateTimeException noInstant) {
            unreadable(Bundle.STATEMENT);
            return Optional.empty();
        }
        if (!String.valueOf(said.get("format")).equals(String.valueOf(Bundle.FORMAT))) {
            problem(
                    "BUNDLE_FORMAT",
                    Bundle.STATEMENT,
                    String.valueOf(said.get("format")),
                    new Bilingual(
                            "この版のサービスが読めない形式の束です。",
                            "The bundle has a form that this version of the service cannot read."),
                    new Bilingual("新しい版のサービスで取り込んでください。", "Import it with a newer version of the service."));
        }
        var revision = new NewRevision(
                text(said, "id"), text(said, "digest"), text(said, "filesDigest"), text(said, "note"), files);
        files(said, files);
        if (!Digests.ofFiles(new RulebookFiles(files)).equals(revision.filesDigest())) {
            altered(Bundle.FILES, revision.filesDigest());
        }
        var bundle = new Bundle(revision, publishedAt, statement, signature, keys);
        bundle.fault()
                .ifPresent(fault -> problem(
                        "BUNDLE_SIGNATURE",
                        Bundle.SIGNATURE,
                        signature.keyId(),
                        fault,
                        new Bilingual("公表した機関からもう一度受け取ってください。", "Get it once more from whoever published it.")));
        return Optional.of(bundle);
    }

    /** Names the file that was altered, left out or put in, where one digest over all could only say that something is wrong. */
    private void files(Map<?, ?> said, Map<String, byte[]> files) {
        Map<?, ?> stated = said.get("files") instanceof Map<?, ?> map ? map : Map.of();
        files.forEach((path, content) -> {
            if (!Sha256.of(content).equals(stated.get(path))) {
                altered(Bundle.FILES + path, String.valueOf(stated.get(path)));
            }
        });
        stated.keySet().stream()
                .filter(path -> !files.containsKey(path))
                .forEach(path -> altered(Bundle.FILES + path, String.valueOf(stated.get(path))));
    }

    private Optional<Map<String, byte[]>> entries(byte[] bytes) {
        var entries = new LinkedHashMap<String, byte[]>();
        long total = 0;
        try (var zip = new ZipInputStream(new ByteArrayInputStream(bytes), StandardCharsets.UTF_8)) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                // Not by the size it claims.
                byte[] content = zip.readNBytes((int) RulebookFolder.LARGEST_FILE + 1);
                total += content.length;
                if (content.length > RulebookFolder.LARGEST_FILE
                        || total > RulebookFolder.LARGEST_FOLDER
                        || entries.size() >= MOST_ENTRIES
                        || !isPart(entry.getName())
                        || entries.put(entry.getName(), content) != null) {
                    unreadable(entry.getName());
                    return Optional.empty();
                }
            }
        } catch (IOException | IllegalArgumentException noZip) { // a name that is no UTF-8
            unreadable("");
            return Optional.empty();
        }
        if (entries.isEmpty()) {
            unreadable("");
            return Optional.empty();
        }
        return Optional.of(entries);
    }

    private static boolean isPart(String name) {
        return name.equals(Bundle.STATEMENT)
                || name.equals(Bundle.SIGNATURE)
                || name.equals(Bundle.KEYS)
                || name.matches("files/([^/\\\\]+\\.xlsx|scenarios/[^/\\\\]+\\.xlsx|rules/[^/\\\\]+\\.drl)");
    }

    private static Optional<Map<?, ?>> object(byte[] json) {
        return JsonReader.read(json) instanceof Parsed.Document document && document.value() instanceof Map<?, ?> map
                ? Optional.of(map)
                : Optional.empty();
    }

    private static String text(Map<?, ?> fields, String name) {
        return fields.get(name) instanceof String text ? text : "";
    }

    private void unreadable(String part) {
        problem(
                "BUNDLE_UNREADABLE",
                part,
                "",
                new Bilingual("改定版の束として読めません。", "This is no bundle of a revision."),
                new Bilingual("bundle で作られたファイルを、そのまま指定してください。", "Name a file as bundle made it, unchanged."));
    }

    private void altered(String part, String expected) {
        problems.add(problemOf(
                        "BUNDLE_ALTERED",
                        part,
                        "",
                        new Bilingual("公表された内容と一致しません。", "It is not what was published."),
                        new Bilingual("公表した機関からもう一度受け取ってください。", "Get it once more from whoever published it."))
                .expected(expected));
    }

    private void problem(String code, String part, String value, Bilingual message, Bilingual advice) {
        problems.add(problemOf(code, part, value, message, advice));
    }

    static Problem problemOf(String code, String part, String value, Bilingual message, Bilingual advice) {
        return Problem.error(code, new Place.Cell(part, "", ""), message, advice)
                .value(value);
    }
}
