package ismap.rulebook;

import ismap.decision.Value;
import java.util.List;
import java.util.function.Function;

/** One column of a row: the fact it looks at and the test on it. */
public record Condition(String fact, UnaryTest test) {

    /** Whether all of {@code conditions} hold of the values that {@code valueOf} yields. */
    static boolean allHold(List<Condition> conditions, Function<String, Value> valueOf) {
        return conditions.stream().allMatch(condition -> condition.test().matches(valueOf.apply(condition.fact())));
    }
}
