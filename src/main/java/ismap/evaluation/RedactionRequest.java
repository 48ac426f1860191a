package ismap.evaluation;

import ismap.decision.Bilingual;
import ismap.decision.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Why a record is to be redacted. Both texts stay in the chain for ever. */
public record RedactionRequest(String reason, String legalBasis) {

    private static final int LONGEST = 1000;
    private static final List<String> FIELDS = List.of("reason", "legalBasis");

    /** @param request only to be used where there is no problem */
    public record Read(RedactionRequest request, List<Problem> problems) {
        public Read {
            problems = List.copyOf(problems);
        }
    }

    /** @param json {@code {"reason", "legalBasis"}} as JDK values */
    public static Read read(@Nullable Object json) {
        Map<?, ?> form = json instanceof Map<?, ?> map ? map : Map.of();
        var problems = new ArrayList<Problem>();
        form.keySet().stream()
                .map(String::valueOf)
                .filter(name -> !FIELDS.contains(name))
                .forEach(name ->
                        problems.add(RequestProblems.unknownField("/" + RequestProblems.escaped(name), name, FIELDS)));
        return new Read(
                new RedactionRequest(text(form, "reason", problems), text(form, "legalBasis", problems)), problems);
    }

    private static String text(Map<?, ?> form, String name, List<Problem> problems) {
        Object given = form.get(name);
        String expected = "a text of 1 to %d characters without any fact of the case".formatted(LONGEST);
        if (given == null) {
            problems.add(RequestProblems.fieldMissing("/" + name, name, expected));
        } else if (!(given instanceof String text)
                || text.isBlank()
                || text.length() > LONGEST
                || text.indexOf(0) >= 0
                || !isPaired(text)) {
            problems.add(RequestProblems.of(
                    "WRONG_VALUE",
                    "/" + name,
                    "",
                    expected,
                    new Bilingual("この値は使えません。", "This value cannot be used."),
                    new Bilingual(
                            "1文字から%d文字で、記録の内容を繰り返さずに書いてください。抹消後も連鎖に残ります。".formatted(LONGEST),
                            "Write 1 to %d characters that repeat nothing of the record: they stay in the chain."
                                    .formatted(LONGEST))));
        } else {
            return text.strip();
        }
        return "";
    }

    /** Half a character has no form in UTF-8, and 0 none in the database. */
    private static boolean isPaired(String text) {
        return text.codePoints()
                .noneMatch(point -> point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE);
    }
}
