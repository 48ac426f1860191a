package ismap.rulebook;

import ismap.decision.Value;
import ismap.rulebook.Plan.Definition;
import ismap.rulebook.Plan.PlannedTable;
import ismap.rulebook.Plan.Segment;
import ismap.rulebook.PossibleCases.Answer;
import ismap.rulebook.PossibleCases.Wanted;
import ismap.rulebook.PossibleValues.Atom;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Looks through the combinations of known values of a table's columns for one that no row matches, and for one that two rows match where
 * the hit policy allows no such thing. Column by column, with the rows that are still alive.
 */
final class TableSearch {

    /**
     * A set of combinations.
     *
     * @param cells what the columns are, as the parts of a cell would write it; a column that is not named may be anything
     * @param rows the rows that match there
     * @param shown whether a request was found that leads there; else none was, and not all were tried
     */
    record Region(Map<String, List<String>> cells, List<String> rows, boolean shown) {}

    /** Atoms of a column on which the same segments can still match. */
    private record Kind(BitSet segments, List<Atom> atoms) {}

    private record Column(String name, List<Atom> atoms, List<Kind> kinds) {
        BitSet every() {
            var all = new BitSet();
            all.set(0, kinds.size());
            return all;
        }
    }

    /** So many combinations may be looked at, and so many cases to find out whether one is possible; in one search, in all of a table. */
    private static final int NODES = 200_000;

    private static final int CASES = 4_000;
    private static final int CASES_OF_A_TABLE = 12_000;

    private final PlannedTable planned;
    private final List<Segment> segments;
    private final List<Column> columns = new ArrayList<>();
    private final List<BitSet> doneBefore = new ArrayList<>();
    private final PossibleCases cases;
    private final Map<String, Map<Value, BitSet>> matching = new HashMap<>();
    private final List<List<BitSet>> impossible = new ArrayList<>();
    private Optional<Region> doubtful = Optional.empty();
    private int nodes;

    TableSearch(Plan plan, Definition.ByTable table) {
        this.planned = table.table();
        this.segments = planned.segments();
        PossibleValues possible = new PossibleValues(plan);
        this.cases = new PossibleCases(plan, possible, table, CASES_OF_A_TABLE);
        planned.columns().forEach(name -> columns.add(column(name, possible)));
        for (int i = 0; i <= columns.size(); i++) {
            doneBefore.add(done(i));
        }
    }

    private Column column(String name, PossibleValues possible) {
        List<UnaryTest> tests = segments.stream()
                .flatMap(segment -> segment.conditions().stream())
                .filter(condition -> condition.fact().equals(name))
                .map(Condition::test)
                .toList();
        List<Atom> atoms = possible.of(name, tests);
        var kinds = new LinkedHashMap<BitSet, List<Atom>>();
        atoms.forEach(atom -> kinds.computeIfAbsent(matching(name, atom.example()), any -> new ArrayList<>())
                .add(atom));
        return new Column(
                name,
                atoms,
                kinds.entrySet().stream()
                        .map(kind -> new Kind(kind.getKey(), kind.getValue()))
                        .toList());
    }

    /** The segments that a value of one column leaves possible. */
    private BitSet matching(String column, Value value) {
        return matching.computeIfAbsent(column, any -> new HashMap<>())
                .computeIfAbsent(value, any -> tested(column, value));
    }

    private BitSet tested(String column, Value value) {
        var matching = new BitSet();
        for (int i = 0; i < segments.size(); i++) {
            matching.set(
                    i,
                    segments.get(i).conditions().stream()
                            .filter(condition -> condition.fact().equals(column))
                            .allMatch(condition -> condition.test().matches(value)));
        }
        return matching;
    }

    /** The segments that test no column from {@code column} on. */
    private BitSet done(int column) {
        var done = new BitSet();
        for (int i = 0; i < segments.size(); i++) {
            Segment segment = segments.get(i);
            done.set(
                    i,
                    columns.subList(column, columns.size()).stream()
                            .noneMatch(each -> segment.conditions().stream()
                                    .anyMatch(condition -> condition.fact().equals(each.name()))));
        }
        return done;
    }

    /** Whether everything was looked at. */
    boolean isFinished() {
        return nodes <= NODES;
    }

    // ---- no row

    Optional<Region> gap() {
        doubtful = Optional.empty();
        var alive = new BitSet();
        alive.set(0, segments.size());
        return gap(0, alive, new int[columns.size()]).or(() -> doubtful);
    }

    private Optional<Region> gap(int column, BitSet alive, int[] chosen) {
        if (++nodes > NODES || cases.isSpent() || alive.intersects(doneBefore.get(column))) {
            return Optional.empty();
        }
        if (alive.isEmpty()) {
            List<BitSet> region = new ArrayList<>();
            for (int i = 0; i < columns.size(); i++) {
                BitSet kinds = i < column ? new BitSet() : columns.get(i).every();
                if (i < column) {
                    kinds.set(chosen[i]);
                }
                region.add(kinds);
            }
            return isImpossible(region) ? Optional.empty() : possible(widened(region), List.of());
        }
        Column next = columns.get(column);
        for (int i = 0; i < next.kinds().size(); i++) {
            var rest = (BitSet) alive.clone();
            rest.and(next.kinds().get(i).segments());
            chosen[column] = i;
            Optional<Region> found = gap(column + 1, rest, chosen);
            if (found.isPresent()) {
                return found;
            }
        }
        return Optional.empty();
    }

    /** As much around a gap as is one too, so that what is said of it names no column that does not matter. */
    private List<BitSet> widened(List<BitSet> region) {
        for (int i = 0; i < columns.size(); i++) {
            BitSet others = alive(region, i);
            for (int kind = 0; kind < columns.get(i).kinds().size(); kind++) {
                if (!others.intersects(columns.get(i).kinds().get(kind).segments())) {
                    region.get(i).set(kind);
                }
            }
        }
        return region;
    }

    /** The segments that may match somewhere in a region, whatever column {@code without} is. */
    private BitSet alive(List<BitSet> region, int without) {
        var alive = new BitSet();
        alive.set(0, segments.size());
        for (int i = 0; i < columns.size(); i++) {
            if (i != without) {
                Column column = columns.get(i);
                var some = new BitSet();
                region.get(i).stream()
                        .forEach(kind -> some.or(column.kinds().get(kind).segments()));
                alive.and(some);
            }
        }
        return alive;
    }

    // ---- two rows

    Optional<Region> clash() {
        doubtful = Optional.empty();
        for (int i = 0; i < segments.size(); i++) {
            for (int j = i + 1; j < segments.size(); j++) {
                if (++nodes <= NODES
                        && !cases.isSpent()
                        && clash(segments.get(i).row(), segments.get(j).row())) {
                    Optional<Region> found = both(i, j);
                    if (found.isPresent()) {
                        return found;
                    }
                }
            }
        }
        return doubtful;
    }

    private boolean clash(String one, String other) {
        Table table = planned.table();
        return !one.equals(other)
                && (table.hitPolicy() == Table.HitPolicy.UNIQUE
                        || (table.hitPolicy() == Table.HitPolicy.ANY
                                && !HitPolicies.said(table, one).equals(HitPolicies.said(table, other))));
    }

    private Optional<Region> both(int one, int other) {
        var region = new ArrayList<BitSet>();
        for (Column column : columns) {
            var kinds = new BitSet();
            for (int i = 0; i < column.kinds().size(); i++) {
                BitSet matching = column.kinds().get(i).segments();
                kinds.set(i, matching.get(one) && matching.get(other));
            }
            if (kinds.isEmpty()) {
                return Optional.empty();
            }
            region.add(kinds);
        }
        return isImpossible(region)
                ? Optional.empty()
                : possible(
                        region,
                        List.of(segments.get(one).row(), segments.get(other).row()));
    }

    // ---- what can happen

    /** The region, where something of it can happen; keeps in mind where nothing can, and where that was not settled. */
    private Optional<Region> possible(List<BitSet> region, List<String> rows) {
        var wanted = new ArrayList<Wanted>();
        for (int i = 0; i < columns.size(); i++) {
            Column column = columns.get(i);
            BitSet kinds = region.get(i);
            if (!kinds.equals(column.every())) {
                wanted.add(new Wanted(
                        column.name(),
                        value -> kinds.stream()
                                .anyMatch(kind ->
                                        column.kinds().get(kind).segments().equals(matching(column.name(), value))),
                        kinds.stream()
                                .mapToObj(kind -> column.kinds().get(kind).atoms())
                                .flatMap(List::stream)
                                .map(Atom::example)
                                .toList()));
            }
        }
        Answer answer = wanted.isEmpty() ? Answer.POSSIBLE : cases.search(wanted, CASES);
        if (answer == Answer.POSSIBLE) {
            return Optional.of(written(region, rows, true));
        }
        impossible.add(region);
        if (answer == Answer.NOT_SETTLED && doubtful.isEmpty()) {
            doubtful = Optional.of(written(region, rows, false));
        }
        return Optional.empty();
    }

    private boolean isImpossible(List<BitSet> region) {
        return impossible.stream().anyMatch(larger -> {
            for (int i = 0; i < region.size(); i++) {
                var outside = (BitSet) region.get(i).clone();
                outside.andNot(larger.get(i));
                if (!outside.isEmpty()) {
                    return false;
                }
            }
            return true;
        });
    }

    private Region written(List<BitSet> region, List<String> rows, boolean shown) {
        var cells = new LinkedHashMap<String, List<String>>();
        for (int i = 0; i < columns.size(); i++) {
            Column column = columns.get(i);
            BitSet kinds = region.get(i);
            if (!kinds.equals(column.every())) {
                List<Atom> chosen = kinds.stream()
                        .mapToObj(kind -> column.kinds().get(kind).atoms())
                        .flatMap(List::stream)
                        .toList();
                cells.put(column.name(), PossibleValues.written(column.atoms(), chosen));
            }
        }
        return new Region(cells, rows, shown);
    }
}
