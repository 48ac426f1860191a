package ismap.xlsx;

import ismap.decision.Problem;
import ismap.rulebook.LoadedRulebook;
import ismap.rulebook.Rulebook;
import ismap.rulebook.RulebookFiles;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;

/**
 * Reads a folder of workbooks, however plain, and writes them in the layout that ships: {@code Normalise FROM TO [RULES]}. The third
 * argument is the folder with the DRL files, {@code src/main/resources/rules} if it is left out.
 */
public final class Normalise {

    private Normalise() {}

    public static void main(String[] arguments) {
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        RulebookFiles files =
                Folder.withRules(Path.of(arguments[0]), Path.of(arguments.length > 2 ? arguments[2] : Folder.RULES));
        LoadedRulebook loaded = Folder.reader().read(files);
        show(out, loaded.problems());
        var written = new LinkedHashMap<String, byte[]>();
        loaded.rulebook().ifPresent(rulebook -> written.putAll(new RulebookWriter().write(rulebook, loaded.sources())));
        files.contents().forEach((path, bytes) -> {
            if (path.startsWith("scenarios/") && path.endsWith(".xlsx")) {
                show(out, new ScenarioSheetReader().read(path, bytes).problems());
                written.put(path, scenarios(path, bytes, loaded.rulebook()));
            } else if (path.equals(AcknowledgementSheet.PATH)) {
                written.put(
                        path,
                        AcknowledgementSheet.write(
                                AcknowledgementSheet.read(files).acknowledgements()));
            }
        });
        Folder.write(Path.of(arguments[1]), written);
        out.printf("%d problems; wrote %s%n", loaded.problems().size(), written.keySet());
        if (loaded.rulebook().isEmpty()) {
            System.exit(1);
        }
    }

    private static void show(PrintStream out, List<Problem> problems) {
        problems.forEach(problem -> out.printf(
                "%s %s %s | %s | %s | %s%n",
                problem.severity(),
                problem.code(),
                problem.places(),
                problem.message().en(),
                problem.value().replace("\n", "⏎"),
                problem.expected()));
    }

    /** The same rows with the labels of the vocabulary. */
    static byte[] scenarios(String path, byte[] bytes, Optional<Rulebook> rulebook) {
        return ScenarioSheetWriter.write(
                path, new ScenarioSheetReader().read(path, bytes).rows(), rulebook);
    }
}
