package ismap.rulebook;

import ismap.decision.DaySet;
import ismap.decision.Status;
import ismap.decision.Value;
import ismap.rulebook.Plan.PlannedTable;
import ismap.rulebook.Reasoning.Decided;
import ismap.rulebook.Table.Row;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** From the rows that match to what a table says, by its hit policy. Every engine finds the rows itself and asks here. */
public final class HitPolicies {

    private HitPolicies() {}

    /**
     * The rows of a table for one case, or for one element of a list.
     *
     * @param matching ids of rows that match, in row order, each once
     * @param open ids of rows that may match once more is known; only for tables that {@link PlannedTable#readsOpenRows read} them
     * @param columnOpen whether one of the table's columns is not known
     */
    public record Rows(List<String> matching, List<String> open, boolean columnOpen) {}

    /** The row that decides a rule. */
    public static Decided decide(PlannedTable planned, Rows rows) {
        String row = single(planned, rows);
        return row.isEmpty()
                ? new Decided(Status.INSUFFICIENT_FACTS, Plan.unknownRow(planned.table()))
                : new Decided(Plan.statusOf(planned.table(), row), row);
    }

    /** The finding of the whole of a rule over a list: the first of its elements' in the status order. */
    public static Decided worst(List<Decided> elements) {
        return elements.stream().min(Comparator.comparing(Decided::status)).orElseThrow();
    }

    /** What a table concludes; {@code rows} has one entry, or one an element where it pools a list. */
    public static Value conclude(PlannedTable planned, List<Rows> rows) {
        Table table = planned.table();
        String outside = Plan.outsideRow(table);
        if (rows.stream()
                .anyMatch(
                        each -> each.matching().contains(outside) || each.open().contains(outside))) {
            return Value.UNKNOWN;
        }
        if (table.hitPolicy() == Table.HitPolicy.COLLECT) {
            return aggregate(
                    table,
                    rows(table, rows.stream().flatMap(each -> each.matching().stream())),
                    rows(table, rows.stream().flatMap(each -> each.open().stream())));
        }
        String row = single(planned, rows.get(0));
        return row.isEmpty() ? Value.UNKNOWN : table.row(row).orElseThrow().conclusion();
    }

    private static List<Row> rows(Table table, Stream<String> ids) {
        return ids.map(id -> table.row(id).orElseThrow()).toList();
    }

    /** The id of the one row that counts, or blank where more has to be known. */
    private static String single(PlannedTable planned, Rows rows) {
        Table table = planned.table();
        List<String> matching = rows.matching();
        if (table.hitPolicy() == Table.HitPolicy.FIRST) {
            for (Plan.Segment segment : planned.segments()) {
                if (matching.contains(segment.row())) {
                    return segment.row();
                }
                if (rows.open().contains(segment.row())) {
                    return "";
                }
            }
        }
        if (matching.isEmpty()) {
            if (rows.columnOpen()) {
                return "";
            }
            throw new EvaluationFailure("no row of %s matches%s"
                    .formatted(
                            table.id(),
                            table.citation()
                                    .map(cited -> ", so the clause %s %s is left without an answer"
                                            .formatted(cited.document(), cited.clause()))
                                    .orElse("")));
        }
        boolean agree = table.hitPolicy() != Table.HitPolicy.UNIQUE
                && matching.stream().map(row -> said(table, row)).distinct().count() == 1;
        if (matching.size() > 1 && !agree) {
            throw new EvaluationFailure("rows %s of %s match, and hit policy %s allows no such thing"
                    .formatted(matching, table.id(), table.hitPolicy()));
        }
        return matching.get(0);
    }

    /** What a row says, as far as rows that match together have to agree on it. */
    static Object said(Table table, String row) {
        return table.decidesRule()
                ? Plan.statusOf(table, row)
                : table.row(row).map(Row::conclusion).orElse(Value.UNKNOWN);
    }

    private static Value aggregate(Table table, List<Row> matching, List<Row> open) {
        return switch (table.aggregation()) {
            case SUM -> sum(numbers(matching), numbers(open));
            case COUNT ->
                Value.Range.between(
                        BigDecimal.valueOf(matching.size()), BigDecimal.valueOf(matching.size() + open.size()));
            case MIN -> extreme(numbers(matching), numbers(open), -1);
            case MAX -> extreme(numbers(matching), numbers(open), 1);
            case DAYS ->
                new Value.Days(
                        days(matching),
                        days(Stream.concat(matching.stream(), open.stream()).toList()));
            case LIST ->
                open.isEmpty()
                        ? new Value.Elements(
                                matching.stream().map(Row::conclusion).toList())
                        : Value.UNKNOWN;
            case NONE ->
                throw new IllegalStateException("table %s collects without an aggregation".formatted(table.id()));
        };
    }

    private static List<BigDecimal> numbers(List<Row> rows) {
        return rows.stream()
                .map(row -> ((Value.Number) row.conclusion()).value())
                .toList();
    }

    private static Value sum(List<BigDecimal> certain, List<BigDecimal> possible) {
        BigDecimal low = certain.stream().reduce(BigDecimal.ZERO, BigDecimal::add);
        BigDecimal high = low;
        for (BigDecimal addend : possible) {
            low = low.add(addend.min(BigDecimal.ZERO));
            high = high.add(addend.max(BigDecimal.ZERO));
        }
        return Value.Range.between(low, high);
    }

    /** The least (side -1) or the greatest (side 1); none where no row matches, unknown where only open ones may. */
    private static Value extreme(List<BigDecimal> certain, List<BigDecimal> possible, int side) {
        Comparator<BigDecimal> order =
                side < 0 ? Comparator.<BigDecimal>naturalOrder().reversed() : Comparator.naturalOrder();
        if (certain.isEmpty()) {
            return possible.isEmpty() ? Value.NONE : Value.UNKNOWN;
        }
        BigDecimal now = certain.stream().max(order).orElseThrow();
        var all = new ArrayList<>(certain);
        all.addAll(possible);
        BigDecimal then = all.stream().max(order).orElseThrow();
        return Value.Range.between(now.min(then), now.max(then));
    }

    private static DaySet days(List<Row> rows) {
        return rows.stream()
                .map(row -> DaySet.of(
                        row.from(),
                        row.until().equals(Table.FOREVER)
                                ? DaySet.LAST
                                : row.until().minusDays(1)))
                .reduce(DaySet.EMPTY, DaySet::union);
    }
}
