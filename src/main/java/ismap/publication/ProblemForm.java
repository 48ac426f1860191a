package ismap.publication;

import ismap.decision.Bilingual;
import ismap.decision.Place;
import ismap.decision.Problem;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A problem as evidence and answers show it: JSON values, those of the contract's {@code errors} with the severity. */
public final class ProblemForm {

    private ProblemForm() {}

    public static List<Map<String, @Nullable Object>> of(List<Problem> problems) {
        return problems.stream().map(ProblemForm::of).toList();
    }

    public static Map<String, @Nullable Object> of(Problem problem) {
        var form = new LinkedHashMap<String, @Nullable Object>();
        form.put("code", problem.code());
        form.put("severity", problem.severity().name());
        form.put("message", bilingual(problem.message()));
        Place place = problem.places().get(0);
        if (place instanceof Place.Pointer pointer) {
            form.put("pointer", pointer.pointer());
        } else {
            form.put("at", at(place));
        }
        if (problem.places().size() > 1) {
            form.put(
                    "also",
                    problem.places().stream().skip(1).map(ProblemForm::at).toList());
        }
        form.put("value", problem.value());
        form.put("expected", problem.expected());
        form.put("advice", bilingual(problem.advice()));
        return form;
    }

    private static Map<String, @Nullable Object> bilingual(Bilingual text) {
        var form = new LinkedHashMap<String, @Nullable Object>();
        form.put("ja", text.ja());
        form.put("en", text.en());
        return form;
    }

    private static Map<String, @Nullable Object> at(Place place) {
        var form = new LinkedHashMap<String, @Nullable Object>();
        if (place instanceof Place.Cell cell) {
            form.put("workbook", cell.workbook());
            form.put("sheet", cell.sheet());
            form.put("cell", cell.cell());
        } else if (place instanceof Place.Line line) {
            form.put("file", line.file());
            form.put("line", line.line());
        } else {
            form.put("pointer", ((Place.Pointer) place).pointer());
        }
        return form;
    }
}
