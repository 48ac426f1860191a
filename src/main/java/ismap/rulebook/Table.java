package ismap.rulebook;

import ismap.decision.Bilingual;
import ismap.decision.Citation;
import ismap.decision.Status;
import ismap.decision.Value;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A decision table: it decides a rule (one finding) or concludes a fact.
 *
 * @param id the rule id, or the name of the fact
 * @param forEach the list of which each element is asked; {@code item} is the field that names an element in its finding
 * @param items the statuses of which findings of single elements are shown; empty for all
 * @param discretion whether it is a power that somebody may use; such a rule refuses nothing by itself
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
        List<Status> items,
        Optional<NoElements> noElements,
        LocalDate from,
        LocalDate until,
        Optional<String> referenceDay,
        Optional<String> assumption,
        boolean discretion,
        Bilingual outsideDates,
        Bilingual notEnoughFacts,
        List<String> columns,
        List<Row> rows) {

    public static final LocalDate ALWAYS = LocalDate.of(1, 1, 1);
    public static final LocalDate FOREVER = LocalDate.of(9999, 12, 31);

    /** A table that shows the findings of all elements, and that is no power. */
    public Table(
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
        this(
                id,
                decidesRule,
                title,
                citation,
                hitPolicy,
                aggregation,
                forEach,
                item,
                List.of(),
                noElements,
                from,
                until,
                referenceDay,
                assumption,
                false,
                outsideDates,
                notEnoughFacts,
                columns,
                rows);
    }

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
     * @param attributes what its finding shows beside the status, by name: {@code urgency}
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
            Map<String, String> attributes,
            Optional<Citation> citation,
            Bilingual message,
            Optional<String> assumption,
            String note) {

        public Row {
            attributes = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(attributes));
        }

        /** A row whose finding shows nothing beside its status. */
        public Row(
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
                String note) {
            this(
                    id,
                    from,
                    until,
                    referenceDay,
                    conditions,
                    status,
                    conclusion,
                    Map.of(),
                    citation,
                    message,
                    assumption,
                    note);
        }

        private Row where(List<Condition> more) {
            var all = new ArrayList<>(more);
            all.addAll(conditions);
            return withConditions(List.copyOf(all));
        }

        /** The same row under other conditions. */
        public Row withConditions(List<Condition> others) {
            return new Row(
                    id,
                    from,
                    until,
                    referenceDay,
                    others,
                    status,
                    conclusion,
                    attributes,
                    citation,
                    message,
                    assumption,
                    note);
        }
    }

    /** The names of what its findings show beside the status, in order. */
    public List<String> attributes() {
        var names = new LinkedHashSet<String>();
        rows.forEach(row -> names.addAll(row.attributes().keySet()));
        return List.copyOf(names);
    }

    /**
     * The same rule where {@code conditions} hold, and NOT_APPLICABLE where it is known that they do not.
     *
     * @param elsewhere what the finding says there
     */
    public Table where(List<Condition> conditions, Bilingual elsewhere) {
        var limited = new ArrayList<Row>();
        for (int i = 0; i < conditions.size(); i++) {
            var failing = new ArrayList<>(conditions.subList(0, i));
            Condition fails = conditions.get(i);
            failing.add(new Condition(fails.fact(), fails.test().opposite()));
            limited.add(new Row(
                    id + "/elsewhere" + (i == 0 ? "" : i + 1),
                    ALWAYS,
                    FOREVER,
                    Optional.empty(),
                    failing,
                    Optional.of(Status.NOT_APPLICABLE),
                    Value.NONE,
                    Map.of(),
                    citation.or(() -> rows.get(0).citation()),
                    elsewhere,
                    Optional.empty(),
                    ""));
        }
        rows.forEach(row -> limited.add(row.where(conditions)));
        var looked = new LinkedHashSet<String>();
        conditions.forEach(condition -> looked.add(condition.fact()));
        looked.addAll(columns);
        return with(List.copyOf(looked), List.copyOf(limited));
    }

    /** The same table with other rows. */
    public Table withRows(List<Row> others) {
        return with(columns, others);
    }

    private Table with(List<String> otherColumns, List<Row> otherRows) {
        return new Table(
                id,
                decidesRule,
                title,
                citation,
                hitPolicy,
                aggregation,
                forEach,
                item,
                items,
                noElements,
                from,
                until,
                referenceDay,
                assumption,
                discretion,
                outsideDates,
                notEnoughFacts,
                otherColumns,
                otherRows);
    }

    public Optional<Row> row(String rowId) {
        return rows.stream().filter(row -> row.id().equals(rowId)).findFirst();
    }
}
