package ismap.xlsx;

import ismap.drools.DrlDerivationReader;
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

    static final String RULES = "src/main/resources/rules";

    private Folder() {}

    static WorkbookRulebookReader reader() {
        return new WorkbookRulebookReader(new DrlDerivationReader());
    }

    /** The rulebook that ships. */
    static RulebookFiles shipped() {
        return withRules(Path.of("decision-tables"), Path.of(RULES));
    }

    /** A folder of workbooks, with the rule files of another as its {@code rules/}. */
    static RulebookFiles withRules(Path folder, Path rules) {
        var files = new TreeMap<>(read(folder).contents());
        read(rules).contents().forEach((path, bytes) -> files.put("rules/" + path, bytes));
        return new RulebookFiles(files);
    }

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
