package ismap.decision;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;

/**
 * The answer to one question about one case.
 *
 * @param values what the decision computes for its reader, in the order of the workbook; open ones included, none left out
 * @param missing facts that are unknown and could still change the outcome, sorted; {@code parameter:name} for a parameter without a value
 */
public record Decision(
        String decision,
        String outcome,
        LocalDate asOf,
        LocalDate applicableDay,
        Map<String, Value> values,
        List<Finding> findings,
        SortedSet<String> missing,
        List<NotExamined> notExamined) {

    /** What bears on the decision and was not decided here, and who decides it. */
    public record NotExamined(String rule, Bilingual message, String decidedBy) {}
}
