package ismap.rulebook;

import ismap.decision.Status;
import ismap.decision.Value;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What an engine found: every derived fact, and for every rule the row that decides it. Two engines that agree yield equal ones.
 *
 * <p>What belongs to the element at index i of a list has {@code [i]} behind its name.
 */
public record Reasoning(SortedMap<String, Value> derived, SortedMap<String, Decided> decided) {

    /** The index of an element of which nothing is known, not even whether there is one. */
    public static final int UNKNOWN_ELEMENT = -1;

    public Reasoning {
        derived = Collections.unmodifiableSortedMap(new TreeMap<>(derived));
        decided = Collections.unmodifiableSortedMap(new TreeMap<>(decided));
    }

    public record Decided(Status status, String row) {
        /** As a column reads it: what is not decided is unknown. */
        public Value asValue() {
            return status == Status.INSUFFICIENT_FACTS ? Value.UNKNOWN : Value.of(status.name());
        }
    }

    public static String ofElement(String name, int index) {
        return name + "[" + index + "]";
    }

    /** The first thing on which they differ, for the alarm; blank where they agree. */
    public String difference(Reasoning other) {
        return first("derived", derived, other.derived) + first("rule", decided, other.decided);
    }

    private static <T> String first(String what, Map<String, T> mine, Map<String, T> theirs) {
        var names = new java.util.TreeSet<>(mine.keySet());
        names.addAll(theirs.keySet());
        return names.stream()
                .filter(name -> !java.util.Objects.equals(mine.get(name), theirs.get(name)))
                .findFirst()
                .map(name -> "%s %s: %s against %s. ".formatted(what, name, mine.get(name), theirs.get(name)))
                .orElse("");
    }
}
