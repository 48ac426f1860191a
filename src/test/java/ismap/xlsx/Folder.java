package ismap.xlsx;

import ismap.rulebook.RulebookFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** A rulebook folder on disk. */
final class Folder {

    private Folder() {}

    static RulebookFiles read(Path folder) {
        try (Stream<Path> paths = Files.walk(folder)) {
            var files = new TreeMap<String, byte[]>();
            for (Path path : paths.filter(Files::isRegularFile).toList()) {
                files.put(folder.relativize(path).toString().replace('\\', '/'), Files.readAllBytes(path));
            }
            return new RulebookFiles(files);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    static void write(Path folder, Map<String, byte[]> files) {
        files.forEach((path, bytes) -> {
            try {
                Files.createDirectories(folder.resolve(path).getParent());
                Files.write(folder.resolve(path), bytes);
            } catch (IOException unwritable) {
                throw new UncheckedIOException(unwritable);
            }
        });
    }
}
