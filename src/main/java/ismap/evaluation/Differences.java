package ismap.evaluation;

import ismap.evaluation.Replay.Difference;
import ismap.evaluation.Replay.Json;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Where two JSON values differ. Numbers are compared by value, elements of lists by their position. */
final class Differences {

    private final List<Difference> found = new ArrayList<>();

    private Differences() {}

    /** @param recorded JSON as it is read: Map, List, String, BigDecimal, Boolean, null; as {@code replayed} */
    static List<Difference> between(@Nullable Object recorded, @Nullable Object replayed) {
        var differences = new Differences();
        differences.compare("", recorded, replayed);
        return differences.found;
    }

    private void compare(String at, @Nullable Object recorded, @Nullable Object replayed) {
        if (recorded instanceof Map<?, ?> mine && replayed instanceof Map<?, ?> theirs) {
            maps(at, mine, theirs);
        } else if (recorded instanceof List<?> mine && replayed instanceof List<?> theirs) {
            lists(at, mine, theirs);
        } else if (!same(recorded, replayed)) {
            found.add(new Difference(at, Optional.of(new Json(recorded)), Optional.of(new Json(replayed))));
        }
    }

    private void maps(String at, Map<?, ?> recorded, Map<?, ?> replayed) {
        var names = new TreeSet<String>();
        recorded.keySet().forEach(name -> names.add((String) name));
        replayed.keySet().forEach(name -> names.add((String) name));
        for (String name : names) {
            String there = at + "/" + RequestProblems.escaped(name);
            if (recorded.containsKey(name) && replayed.containsKey(name)) {
                compare(there, recorded.get(name), replayed.get(name));
            } else {
                found.add(new Difference(there, member(recorded, name), member(replayed, name)));
            }
        }
    }

    private static Optional<Json> member(Map<?, ?> object, String name) {
        return object.containsKey(name) ? Optional.of(new Json(object.get(name))) : Optional.empty();
    }

    private void lists(String at, List<?> recorded, List<?> replayed) {
        for (int i = 0; i < Math.max(recorded.size(), replayed.size()); i++) {
            if (i < recorded.size() && i < replayed.size()) {
                compare(at + "/" + i, recorded.get(i), replayed.get(i));
            } else {
                found.add(new Difference(at + "/" + i, element(recorded, i), element(replayed, i)));
            }
        }
    }

    private static Optional<Json> element(List<?> list, int index) {
        return index < list.size() ? Optional.of(new Json(list.get(index))) : Optional.empty();
    }

    private static boolean same(@Nullable Object recorded, @Nullable Object replayed) {
        return recorded instanceof BigDecimal mine && replayed instanceof BigDecimal theirs
                ? mine.compareTo(theirs) == 0
                : Objects.equals(recorded, replayed);
    }
}
