package ismap.cli;

import ismap.decision.Bilingual;
import ismap.decision.Place;
import ismap.decision.Problem;
import ismap.decision.ProblemText;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Problems as text, as the errors of the HTTP interface, and as SARIF 2.1.0; and what their codes mean. */
final class ProblemReports {

    private static final String SARIF_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json";

    private ProblemReports() {}

    // ---- what each code means

    static String markdown(List<ProblemText> texts) {
        var text = new StringBuilder("""
                # Problems, by their code / 問題点の種類

                Generated from `src/main/resources/ismap/decision/problems.tsv` by `ismap problems`; do not edit. 自動生成のため、編集しないでください。
                The service shows each at `/problems/CODE`.
                """);
        for (ProblemText each : texts) {
            text.append("\n## ").append(each.code()).append("\n\n");
            text.append("**")
                    .append(each.title().ja())
                    .append(" / ")
                    .append(each.title().en())
                    .append("**\n\n");
            both(text, "", each.meaning());
            both(text, "直し方 / What to do: ", each.remedy());
            example(text, "誤り / Wrong", each.wrong());
            example(text, "正しい例 / Right", each.right());
        }
        return text.toString();
    }

    private static void both(StringBuilder text, String before, Bilingual said) {
        text.append(before).append(said.ja()).append("  \n").append(said.en()).append("\n\n");
    }

    private static void example(StringBuilder text, String title, String example) {
        if (!example.isBlank()) {
            text.append("* ")
                    .append(title)
                    .append(": `")
                    .append(example.replace("\n", "` `"))
                    .append("`\n");
        }
    }

    // ---- text

    static String text(List<Problem> problems) {
        var text = new StringBuilder();
        for (Problem problem : problems) {
            text.append(problem.severity()).append(' ').append(problem.code());
            for (int i = 0; i < problem.places().size(); i++) {
                text.append(i == 0 ? " " : ", ").append(problem.places().get(i));
            }
            text.append('\n');
            bilingual(text, "  ", problem.message());
            bilingual(text, "  → ", problem.advice());
        }
        return text.toString();
    }

    private static void bilingual(StringBuilder text, String before, Bilingual said) {
        if (!said.ja().isBlank()) {
            text.append(before).append(said.ja()).append('\n');
        }
        if (!said.en().isBlank()) {
            text.append(before).append(said.en()).append('\n');
        }
    }

    static String summary(List<Problem> problems) {
        long errors = problems.stream().filter(Problem::isError).count();
        long warnings = problems.stream()
                .filter(problem -> problem.severity() == Problem.Severity.WARNING)
                .count();
        return "エラー %d件、警告 %d件 / %d error(s), %d warning(s)".formatted(errors, warnings, errors, warnings);
    }

    // ---- JSON

    static Map<String, Object> json(List<Problem> problems) {
        var tree = new LinkedHashMap<String, Object>();
        tree.put("errors", problems.stream().map(ProblemReports::json).toList());
        return tree;
    }

    private static Map<String, Object> json(Problem problem) {
        var tree = new LinkedHashMap<String, Object>();
        tree.put("code", problem.code());
        tree.put("severity", problem.severity().name());
        tree.put("message", bilingual(problem.message()));
        problem.places().stream().findFirst().ifPresent(place -> tree.putAll(at(place)));
        if (problem.places().size() > 1) {
            tree.put(
                    "also",
                    problem.places().stream().skip(1).map(ProblemReports::at).toList());
        }
        tree.put("value", problem.value());
        tree.put("expected", problem.expected());
        tree.put("advice", bilingual(problem.advice()));
        return tree;
    }

    private static Map<String, Object> at(Place place) {
        var at = new LinkedHashMap<String, Object>();
        if (place instanceof Place.Pointer pointer) {
            return Map.of("pointer", pointer.pointer());
        }
        if (place instanceof Place.Line line) {
            at.put("file", line.file());
            at.put("line", line.line());
        } else if (place instanceof Place.Cell cell) {
            at.put("workbook", cell.workbook());
            at.put("sheet", cell.sheet());
            at.put("cell", cell.cell());
        }
        return Map.of("at", at);
    }

    private static Map<String, Object> bilingual(Bilingual text) {
        var tree = new LinkedHashMap<String, Object>();
        tree.put("ja", text.ja());
        tree.put("en", text.en());
        return tree;
    }

    // ---- SARIF

    /** @param uriOf where a file of the rulebook lies, as a reference relative to the working folder */
    static Map<String, Object> sarif(List<Problem> problems, Function<String, String> uriOf) {
        var driver = new LinkedHashMap<String, Object>();
        driver.put("name", "ismap check");
        driver.put(
                "rules",
                problems.stream()
                        .map(Problem::code)
                        .distinct()
                        .sorted()
                        .map(code -> Map.of("id", code))
                        .toList());
        var run = new LinkedHashMap<String, Object>();
        run.put("tool", Map.of("driver", driver));
        run.put("columnKind", "utf16CodeUnits");
        run.put(
                "results",
                problems.stream().map(problem -> result(problem, uriOf)).toList());
        var log = new LinkedHashMap<String, Object>();
        log.put("$schema", SARIF_SCHEMA);
        log.put("version", "2.1.0");
        log.put("runs", List.of(run));
        return log;
    }

    private static Map<String, Object> result(Problem problem, Function<String, String> uriOf) {
        var result = new LinkedHashMap<String, Object>();
        result.put("ruleId", problem.code());
        result.put("level", level(problem.severity()));
        result.put("message", Map.of("text", sentences(problem)));
        result.put(
                "locations",
                problem.places().stream()
                        .limit(1)
                        .map(place -> location(place, uriOf))
                        .toList());
        if (problem.places().size() > 1) {
            result.put(
                    "relatedLocations",
                    problem.places().stream()
                            .skip(1)
                            .map(place -> location(place, uriOf))
                            .toList());
        }
        return result;
    }

    private static String level(Problem.Severity severity) {
        return switch (severity) {
            case ERROR -> "error";
            case WARNING -> "warning";
            case INFO -> "note";
        };
    }

    private static String sentences(Problem problem) {
        var sentences = new ArrayList<String>();
        for (Bilingual text : List.of(problem.message(), problem.advice())) {
            sentences.add(text.ja());
            sentences.add(text.en());
        }
        sentences.removeIf(String::isBlank);
        return String.join("\n", sentences);
    }

    private static Map<String, Object> location(Place place, Function<String, String> uriOf) {
        var location = new LinkedHashMap<String, Object>();
        if (place instanceof Place.Line line) {
            location.put("physicalLocation", physical(uriOf.apply(line.file()), line.line()));
        } else if (place instanceof Place.Cell cell) {
            // A workbook has no lines; its cells are logical locations, and only those.
            location.put("physicalLocation", physical(uriOf.apply(cell.workbook()), 0));
            var logical = new LinkedHashMap<String, Object>();
            logical.put("name", cell.cell().isEmpty() ? cell.sheet() : cell.cell());
            logical.put("fullyQualifiedName", cell.toString());
            logical.put("kind", cell.cell().isEmpty() ? "sheet" : "cell");
            location.put("logicalLocations", List.of(logical));
        } else {
            location.put("logicalLocations", List.of(Map.of("fullyQualifiedName", place.toString())));
        }
        return location;
    }

    private static Map<String, Object> physical(String uri, int line) {
        var physical = new LinkedHashMap<String, Object>();
        physical.put("artifactLocation", Map.of("uri", uri));
        if (line > 0) {
            physical.put("region", Map.of("startLine", line));
        }
        return physical;
    }
}
