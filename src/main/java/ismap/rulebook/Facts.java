package ismap.rulebook;

import ismap.decision.Value;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/** The facts of one case, typed, with absence already read as the vocabulary and the decision say. What it does not name is unknown. */
public record Facts(Map<String, Value> values) {

    public Facts {
        values = Collections.unmodifiableMap(new TreeMap<>(values));
    }

    public Value get(String name) {
        return values.getOrDefault(name, Value.UNKNOWN);
    }

    /** How many elements its lists have, all together. */
    int elements() {
        return values.values().stream()
                .mapToInt(value ->
                        value instanceof Value.Elements list ? list.values().size() : 0)
                .sum();
    }

    public Facts with(String name, Value value) {
        var changed = new TreeMap<>(values);
        changed.put(name, value);
        return new Facts(changed);
    }
}
