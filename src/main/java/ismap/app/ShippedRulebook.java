package ismap.app;

import ismap.rulebook.RulebookFiles;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The rulebook that comes with the service, in the jar or in the folder of its classes. */
final class ShippedRulebook {

    private static final String FOLDER = "shipped/decision-tables";

    private ShippedRulebook() {}

    /** Empty where the service was built without one. */
    static RulebookFiles read() {
        try {
            URI here = Objects.requireNonNull(
                            ShippedRulebook.class.getProtectionDomain().getCodeSource())
                    .getLocation()
                    .toURI();
            Path classes = Path.of(here);
            if (Files.isDirectory(classes)) {
                return new RulebookFiles(files(classes.resolve(FOLDER)));
            }
            try (FileSystem jar = FileSystems.newFileSystem(classes, Map.of())) {
                return new RulebookFiles(files(jar.getPath("/" + FOLDER)));
            }
        } catch (URISyntaxException | IOException unreadable) {
            throw new IllegalStateException("the service cannot read its own files", unreadable);
        }
    }

    private static Map<String, byte[]> files(Path folder) throws IOException {
        var files = new TreeMap<String, byte[]>();
        if (Files.isDirectory(folder)) {
            try (Stream<Path> all = Files.walk(folder)) {
                all.filter(Files::isRegularFile)
                        .forEach(file ->
                                files.put(folder.relativize(file).toString().replace('\\', '/'), content(file)));
            }
        }
        return files;
    }

    private static byte[] content(Path file) {
        try (InputStream stream = Files.newInputStream(file)) {
            return stream.readAllBytes();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
