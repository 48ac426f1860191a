package ismap.rulebook;

import ismap.decision.Bilingual;
import ismap.decision.Citation;
import ismap.decision.Status;
import ismap.decision.Value;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/**
 * A decision table: it decides a rule (one finding) or concludes a fact.
 *
 * @param id the rule id, or the name of the fact
 * @param forEach the list of which each element is asked; {@code item} is the field that names an element in its finding
 * @param from the first day of the rule; {@code until} is excluded
 * @param referenceDay the date fact whose day is compared with them; left out, the applicable day
 */
public record Table(
        String id,
        boolean decidesRule,
        Bilingual title,
        Optional<Citation> citation,
        HitPolicy hitPolicy,
        Aggregation aggregation,
        Optional<String> forEach,
        Optional<String> item,
        Optional<NoElements> noElements,
        LocalDate from,
        LocalDate until,
        Optional<String> referenceDay,
        Optional<String> assumption,
        Bilingual outsideDates,
        Bilingual notEnoughFacts,
        List<String> columns,
        List<Row> rows) {

    public static final LocalDate ALWAYS = LocalDate.of(1, 1, 1);
    public static final LocalDate FOREVER = LocalDate.of(9999, 12, 31);

    /** DMN's names. UNIQUE: one row matches. ANY: those that match agree. FIRST: the first that matches. COLLECT: all of them. */
    public enum HitPolicy {
        UNIQUE,
        ANY,
        FIRST,
        COLLECT
    }

    /** What COLLECT makes of the conclusions; DAYS is the set of days on which a matching row is in force. */
    public enum Aggregation {
        NONE,
        SUM,
        MIN,
        MAX,
        COUNT,
        LIST,
        DAYS
    }

    /** The finding of a table over a list that has no elements: a status, or the status of another rule. */
    public record NoElements(Optional<Status> status, Optional<String> rule, Bilingual text) {}

    /**
     * One line of a rule.
     *
     * @param conditions one a column that it tests, in column order; a column that it does not name may be anything
     * @param status what it decides (a rule); empty in a table that concludes a fact
     * @param conclusion what it concludes (a fact); none where the cell says so
     * @param until excluded
     */
    public record Row(
            String id,
            LocalDate from,
            LocalDate until,
            Optional<String> referenceDay,
            List<Condition> conditions,
            Optional<Status> status,
            Value conclusion,
            Optional<Citation> citation,
            Bilingual message,
            Optional<String> assumption,
            String note) {}

    public Optional<Row> row(String rowId) {
        return rows.stream().filter(row -> row.id().equals(rowId)).findFirst();
    }
}
