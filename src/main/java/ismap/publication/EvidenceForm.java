package ismap.publication;

import ismap.decision.Problem;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What the checks of a draft found, as JSON values: equal findings of equal files have one digest. */
record EvidenceForm(
        Optional<String> digest,
        boolean isClean,
        Map<String, @Nullable Object> counts,
        Map<String, @Nullable Object> form) {

    /** More are counted and not listed. */
    private static final int LISTED = 500;

    /** @param results by the name of the check; null where it could not be made, because there is no rulebook */
    static EvidenceForm of(
            String filesDigest,
            Optional<String> digest,
            Optional<String> base,
            Map<String, Check.@Nullable Result> results) {
        var counts = new LinkedHashMap<String, @Nullable Object>();
        var parts = new LinkedHashMap<String, @Nullable Object>();
        boolean clean = digest.isPresent();
        for (Map.Entry<String, Check.@Nullable Result> entry : results.entrySet()) {
            Check.Result result = entry.getValue();
            if (result == null) {
                counts.put(entry.getKey(), Map.of("skipped", true));
                parts.put(entry.getKey(), Map.of("skipped", true));
                clean = false;
                continue;
            }
            var part = new LinkedHashMap<String, @Nullable Object>();
            part.put("errors", count(result.problems(), Problem.Severity.ERROR));
            part.put("warnings", count(result.problems(), Problem.Severity.WARNING));
            var count = new LinkedHashMap<>(part);
            result.details().forEach((name, value) -> {
                if (value instanceof Number || value instanceof Boolean) {
                    count.put(name, value);
                }
            });
            counts.put(entry.getKey(), count);
            part.put(
                    "problems",
                    ProblemForm.of(result.problems().stream().limit(LISTED).toList()));
            part.put("details", result.details());
            parts.put(entry.getKey(), part);
            clean &= result.problems().stream().noneMatch(Problem::isError);
        }
        var form = new LinkedHashMap<String, @Nullable Object>();
        form.put("base", base.orElse(null));
        form.put("digest", digest.orElse(null));
        form.put("filesDigest", filesDigest);
        form.put("clean", clean);
        form.put("checks", parts);
        return new EvidenceForm(digest, clean, counts, form);
    }

    private static int count(List<Problem> problems, Problem.Severity severity) {
        return (int) problems.stream()
                .filter(problem -> problem.severity() == severity)
                .count();
    }
}
