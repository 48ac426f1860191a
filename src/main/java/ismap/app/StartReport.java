package ismap.app;

import ismap.decision.Bilingual;
import ismap.decision.Place;
import ismap.decision.Problem;
import java.util.List;
import java.util.stream.Collectors;

/** What a start that is refused says to the person in front of it: everything at once, in both languages. */
final class StartReport {

    private StartReport() {}

    static String of(Bilingual what, List<Problem> problems) {
        var text = new StringBuilder();
        line(text, "", what.ja());
        line(text, "", what.en());
        for (Problem problem : problems) {
            text.append('\n')
                    .append(problem.severity())
                    .append(' ')
                    .append(problem.code())
                    .append("  ")
                    .append(problem.places().stream().map(Place::toString).collect(Collectors.joining(", ")))
                    .append('\n');
            line(text, "  ", problem.message().ja());
            line(text, "  ", problem.message().en());
            line(text, "  → ", problem.advice().ja());
            line(text, "  → ", problem.advice().en());
            if (!problem.value().isBlank() || !problem.expected().isBlank()) {
                text.append("  値 / value: 「%s」  期待 / expected: %s%n".formatted(problem.value(), problem.expected()));
            }
        }
        if (!problems.isEmpty()) {
            long errors = problems.stream().filter(Problem::isError).count();
            text.append("%n誤り %d件、ほか %d件 / %d error(s), %d other(s)%n"
                    .formatted(errors, problems.size() - errors, errors, problems.size() - errors));
        }
        return text.toString();
    }

    private static void line(StringBuilder text, String before, String said) {
        if (!said.isBlank()) {
            text.append(before).append(said).append('\n');
        }
    }
}
