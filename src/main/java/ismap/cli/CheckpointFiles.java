package ismap.cli;

import ismap.json.JsonReader;
import ismap.json.Parsed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/** Checkpoints and public keys as somebody kept them: files of a folder, or what the service once answered. */
final class CheckpointFiles {

    private static final String KEYS = "keys.json";

    private CheckpointFiles() {}

    /** The public keys of these checkpoints: in the same file, or in {@code keys.json} beside it. */
    static Path keys(Path given) throws IOException {
        if (Files.isRegularFile(given)
                && JsonReader.read(Files.readAllBytes(given)) instanceof Parsed.Document document
                && document.value() instanceof Map<?, ?> map
                && map.containsKey("keys")) {
            return given;
        }
        Path folder = Files.isDirectory(given) ? given : given.toAbsolutePath().getParent();
        return Objects.requireNonNull(folder).resolve(KEYS);
    }

    static List<Path> of(Path given) throws IOException {
        if (!Files.isDirectory(given)) {
            return List.of(given);
        }
        try (Stream<Path> files = Files.list(given)) {
            return files.filter(file -> file.toString().endsWith(".json"))
                    .filter(file -> !file.endsWith(KEYS))
                    .sorted()
                    .toList();
        }
    }

    /** The list of that name, or the one that stands alone; nothing where the file is no JSON. */
    static List<?> list(Path file, String name) throws IOException {
        if (JsonReader.read(Files.readAllBytes(file)) instanceof Parsed.Document document) {
            return document.value() instanceof Map<?, ?> map && map.get(name) instanceof List<?> list
                    ? list
                    : Stream.ofNullable(document.value()).toList();
        }
        return List.of();
    }
}
