package ismap.cli;

import ismap.decision.Problem;
import ismap.publication.CheckedRulebook;
import ismap.publication.RulebookFolder;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads a folder for a command that needs its rulebook in order. */
final class Loaded {

    private Loaded() {}

    /** Empty where something is wrong with it; that has been printed then. */
    static Optional<CheckedRulebook> read(CliTools tools, Path dir, PrintWriter err) {
        RulebookFolder folder = RulebookFolder.read(dir);
        List<Problem> problems = new ArrayList<>(folder.problems());
        if (folder.files().contents().isEmpty()) {
            err.print(ProblemReports.text(problems));
            return Optional.empty();
        }
        CheckedRulebook checked = tools.check().check(folder.files());
        if (checked.rulebook().isEmpty() || problems.stream().anyMatch(Problem::isError)) {
            problems.addAll(checked.problems());
            err.print(ProblemReports.text(problems));
            err.println(ProblemReports.summary(problems));
            return Optional.empty();
        }
        return Optional.of(checked);
    }
}
