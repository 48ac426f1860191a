package ismap.evaluation;

import ismap.rulebook.Reasoning;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;

/** What may be said in a log of a failure of the rules: names, rows and places in our code, never a value of the case. */
final class Disagreement {

    private static final int AT_MOST = 10;

    private Disagreement() {}

    /** The derived facts and the rules on which two engines differ. */
    static String between(Reasoning compiled, Reasoning reference) {
        var all = new ArrayList<String>();
        for (String fact : differing(compiled.derived(), reference.derived())) {
            all.add("derived " + fact);
        }
        for (String rule : differing(compiled.decided(), reference.decided())) {
            all.add("rule %s: compiled %s, reference %s"
                    .formatted(
                            rule,
                            compiled.decided().get(rule),
                            reference.decided().get(rule)));
        }
        return String.join("; ", all.subList(0, Math.min(AT_MOST, all.size())))
                + (all.size() > AT_MOST ? "; and %d more".formatted(all.size() - AT_MOST) : "");
    }

    private static <T> List<String> differing(Map<String, T> mine, Map<String, T> theirs) {
        var names = new TreeSet<>(mine.keySet());
        names.addAll(theirs.keySet());
        return names.stream()
                .filter(name -> !Objects.equals(mine.get(name), theirs.get(name)))
                .toList();
    }

    /** The kind of a failure and where in our own code it arose; its message may hold facts. */
    static String where(Throwable failure) {
        var kinds = new ArrayList<String>();
        Throwable deepest = failure;
        for (Throwable cause = failure; cause != null && kinds.size() < AT_MOST; cause = cause.getCause()) {
            kinds.add(cause.getClass().getSimpleName());
            deepest = cause;
        }
        return String.join(" by ", kinds)
                + Arrays.stream(deepest.getStackTrace())
                        .filter(frame -> frame.getClassName().startsWith("ismap."))
                        .limit(3)
                        .map(frame -> " at %s:%d".formatted(frame.getFileName(), frame.getLineNumber()))
                        .reduce("", String::concat);
    }
}
