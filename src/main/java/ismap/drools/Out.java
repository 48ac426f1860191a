package ismap.drools;

import ismap.decision.DaySet;
import ismap.decision.Status;
import ismap.decision.Value;
import ismap.decision.Value.Elements;
import ismap.drools.PrintedDecision.Layer;
import ismap.drools.PrintedDecision.PlacedTable;
import ismap.drools.PrintedDecision.RowRef;
import ismap.rulebook.EvaluationFailure;
import ismap.rulebook.Facts;
import ismap.rulebook.HitPolicies;
import ismap.rulebook.Names;
import ismap.rulebook.Parameter;
import ismap.rulebook.Plan;
import ismap.rulebook.Plan.PlannedTable;
import ismap.rulebook.Reasoning;
import ismap.rulebook.Reasoning.Decided;
import ismap.rulebook.Table;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * One case, as printed rules see it: what they read, and where they leave what they find. Public only because compiled rules live in a
 * package of their own. Names are written as identifiers, see {@link Wording}.
 *
 * <p>It is a global of the session and no fact: joined with it, every rule would cost twenty times as much.
 */
public final class Out {

    /** Which rows of a table rules have reported, for the case or for one element. */
    private record Reported(BitSet matching, BitSet open) {
        Reported() {
            this(new BitSet(), new BitSet());
        }
    }

    private static final Reported NOTHING = new Reported();

    /** The index under which the rows of the case itself are reported. */
    private static final int CASE = -2;

    private final PrintedDecision printed;
    private final Facts facts;
    private final LocalDate asOf;

    /** What the plan defines, by name; for an element by {@link Reasoning#ofElement}. */
    private final Map<String, Value> values = new HashMap<>();

    private final TreeMap<String, Value> derived = new TreeMap<>();
    private final TreeMap<String, Decided> decided = new TreeMap<>();

    /** By the number of the table, then by the index of the element or {@link #CASE}. */
    private final Map<Integer, Map<Integer, Reported>> reported = new HashMap<>();

    Out(PrintedDecision printed, Facts facts, LocalDate asOf) {
        this.printed = printed;
        this.facts = facts;
        this.asOf = asOf;
    }

    // What rules read ------------------------------------------------------------------------------------------------

    /** A fact of the case, or what was found of it. */
    public Value value(String identifier) {
        return named(printed.lexicon().name(identifier));
    }

    /** The same of the element at {@code index} of the list that the name begins with. */
    public Value value(String identifier, int index) {
        return ofElement(printed.lexicon().name(identifier), index);
    }

    /** A fact as the caller stated it. */
    public Value stated(String identifier) {
        return asStated(printed.lexicon().name(identifier));
    }

    /** What is found of each element of a list, as a list; none or unknown where the list is. */
    public Value each(String list, String identifier) {
        String name = printed.lexicon().name(identifier);
        return value(list) instanceof Elements elements
                ? new Elements(IntStream.range(0, elements.values().size())
                        .mapToObj(index -> ofElement(name, index))
                        .toList())
                : value(list);
    }

    /** What a parameter is on a day. */
    public Value parameter(String written, Value day) {
        if (!(day instanceof Value.Day known)) {
            return Value.UNKNOWN;
        }
        String name = printed.lexicon().raw(written);
        Value value = Objects.requireNonNull(
                        printed.plan().rulebook().parameters().get(name))
                .on(known.date());
        return value == Value.UNKNOWN ? facts.get(Parameter.asFact(name)) : value;
    }

    /** A constant that was handed over as data. */
    public Value constant(int number) {
        return printed.lexicon().constants().get(number);
    }

    private Value named(String name) {
        Value found = values.get(name);
        return found == null ? asStated(name) : found;
    }

    private Value asStated(String name) {
        return name.equals(Names.AS_OF) ? Value.of(asOf) : facts.get(name);
    }

    private Value ofElement(String name, int index) {
        Value found = values.get(Reasoning.ofElement(name, index));
        if (found != null) {
            return found;
        }
        if (index == Reasoning.UNKNOWN_ELEMENT) {
            return Value.UNKNOWN;
        }
        int dot = name.indexOf('.');
        Value element = ((Elements) named(name.substring(0, dot))).values().get(index);
        return element instanceof Value.Element fields ? fields.field(name.substring(dot + 1)) : element;
    }

    private Value ofScope(String name, Optional<String> list, int index) {
        return index != CASE && name.startsWith(list.orElseThrow() + ".") ? ofElement(name, index) : named(name);
    }

    // What rules find ------------------------------------------------------------------------------------------------

    public void derive(String identifier, Value value) {
        found(printed.lexicon().name(identifier), value);
    }

    public void derive(String identifier, int index, Value value) {
        foundOf(printed.lexicon().name(identifier), index, value);
    }

    /** What holds of an element of which nothing is known is no fact of the case, though rules look at it. */
    private void foundOf(String name, int index, Value value) {
        String key = Reasoning.ofElement(name, index);
        values.put(key, value);
        if (index != Reasoning.UNKNOWN_ELEMENT) {
            derived.put(key, value);
        }
    }

    private void found(String name, Value value) {
        values.put(name, value);
        derived.put(name, value);
    }

    /** A row matches. */
    public void match(String row) {
        match(row, CASE);
    }

    /** A row matches the element at {@code index}. */
    public void match(String row, int index) {
        RowRef ref = row(row);
        reported(ref, index).matching().set(ref.index());
    }

    /** A row matches, or may match once more is known. */
    public void mayMatch(String row) {
        mayMatch(row, CASE);
    }

    public void mayMatch(String row, int index) {
        RowRef ref = row(row);
        reported(ref, index).open().set(ref.index());
    }

    private RowRef row(String id) {
        return Objects.requireNonNull(printed.rows().get(id), id);
    }

    private Reported reported(RowRef ref, int index) {
        return reported.computeIfAbsent(ref.table(), table -> new HashMap<>())
                .computeIfAbsent(index, any -> new Reported());
    }

    // Between layers -------------------------------------------------------------------------------------------------

    /** The value that a column of a printed fact has. */
    Value column(Column column, int index) {
        return column.isOfElement() ? ofElement(column.name(), index) : named(column.name());
    }

    /** The indices of the elements that rules look at; one element of which nothing is known where the list is unknown. */
    IntStream elements(String list) {
        Value value = named(list);
        return value instanceof Elements elements
                ? IntStream.range(0, elements.values().size())
                : value.isOpen() ? IntStream.of(Reasoning.UNKNOWN_ELEMENT) : IntStream.empty();
    }

    /** Lets the tables of a layer say what follows from the rows that were reported. */
    void conclude(Layer layer) {
        layer.tables().forEach(this::conclude);
    }

    private void conclude(PlacedTable placed) {
        PlannedTable planned = placed.definition().table();
        String name = placed.definition().name();
        if (planned.table().decidesRule()) {
            Decided said = placed.list().map(list -> decideEach(placed, list)).orElseGet(() -> decide(placed, CASE));
            decided.put(planned.table().id(), said);
            values.put(name, said.asValue());
        } else if (placed.definition().list().isPresent()) {
            elements(placed.definition().list().get())
                    .forEach(index -> foundOf(name, index, concludeElement(placed, index)));
        } else {
            found(
                    name,
                    placed.list()
                            .map(list -> pool(placed, list))
                            .orElseGet(() -> HitPolicies.conclude(planned, List.of(rows(placed, CASE)))));
        }
    }

    private Value concludeElement(PlacedTable placed, int index) {
        try {
            return HitPolicies.conclude(placed.definition().table(), List.of(rows(placed, index)));
        } catch (EvaluationFailure failure) {
            // The interpreter looks at an unknown element only where a rule asks; where one does, it fails itself.
            if (index == Reasoning.UNKNOWN_ELEMENT) {
                return Value.UNKNOWN;
            }
            throw failure;
        }
    }

    private Decided decide(PlacedTable placed, int index) {
        return HitPolicies.decide(placed.definition().table(), rows(placed, index));
    }

    private Decided decideEach(PlacedTable placed, String list) {
        Table table = placed.definition().table().table();
        String outside = Plan.outsideRow(table);
        if (rows(placed, CASE).matching().contains(outside)) {
            return new Decided(Plan.statusOf(table, outside), outside);
        }
        Value value = named(list);
        if (value instanceof Elements elements && !elements.values().isEmpty()) {
            var each = new ArrayList<Decided>();
            for (int i = 0; i < elements.values().size(); i++) {
                Decided one = decide(placed, i);
                decided.put(Reasoning.ofElement(table.id(), i), one);
                each.add(one);
            }
            return HitPolicies.worst(each);
        }
        return value.isOpen() ? ofUnknownList(placed) : noElements(table);
    }

    /** What an element of which nothing is known and an empty list have in common holds whatever the list turns out to be. */
    private Decided ofUnknownList(PlacedTable placed) {
        Table table = placed.definition().table().table();
        Decided any = decide(placed, Reasoning.UNKNOWN_ELEMENT);
        return any.status() == noElements(table).status()
                ? any
                : new Decided(Status.INSUFFICIENT_FACTS, Plan.unknownRow(table));
    }

    private Decided noElements(Table table) {
        Table.NoElements said = table.noElements()
                .orElseThrow(() ->
                        new EvaluationFailure("%s does not say what holds of an empty list".formatted(table.id())));
        return new Decided(
                said.rule()
                        .map(rule -> Objects.requireNonNull(decided.get(rule)).status())
                        .or(said::status)
                        .orElseThrow(),
                Plan.emptyRow(table));
    }

    /** One conclusion of all elements together. */
    private Value pool(PlacedTable placed, String list) {
        PlannedTable planned = placed.definition().table();
        Value value = named(list);
        if (value instanceof Elements elements) {
            return HitPolicies.conclude(
                    planned,
                    IntStream.range(0, elements.values().size())
                            .mapToObj(index -> rows(placed, index))
                            .toList());
        }
        if (value.isNone()) {
            return HitPolicies.conclude(planned, List.of());
        }
        return planned.table().aggregation() == Table.Aggregation.DAYS
                ? new Value.Days(DaySet.EMPTY, DaySet.ALL)
                : Value.UNKNOWN;
    }

    private HitPolicies.Rows rows(PlacedTable placed, int index) {
        PlannedTable planned = placed.definition().table();
        Reported found = reported.getOrDefault(placed.number(), Map.of()).getOrDefault(index, NOTHING);
        List<String> matching = ids(placed, found.matching());
        boolean columnOpen = matching.isEmpty()
                && planned.columns().stream()
                        .anyMatch(
                                column -> ofScope(column, placed.list(), index).isOpen());
        if (!planned.readsOpenRows()) {
            return new HitPolicies.Rows(matching, List.of(), columnOpen);
        }
        BitSet open = (BitSet) found.open().clone();
        open.andNot(found.matching());
        return new HitPolicies.Rows(matching, ids(placed, open), columnOpen);
    }

    private static List<String> ids(PlacedTable placed, BitSet rows) {
        return rows.stream().mapToObj(placed.rows()::get).toList();
    }

    Reasoning reasoning() {
        return new Reasoning(derived, decided);
    }
}
