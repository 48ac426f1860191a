package ismap.decision;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What one rule says of one case.
 *
 * @param rule the rule id of the contract
 * @param row the row that decided it, {@code BR-3.5-4/2}; also {@code BR-3.5-4/outside} and {@code BR-3.5-4/unknown}
 * @param item the element that this finding is about, for one of several findings of a rule over a list
 * @param attributes what the rule says beside its status, by name: how urgent a duty is
 * @param because the facts that the row looked at, as they were; unknown ones included
 */
public record Finding(
        String rule,
        Status status,
        String row,
        @Nullable String item,
        Citation citation,
        Bilingual message,
        Map<String, Value> because,
        Place source,
        @Nullable String assumption,
        Map<String, String> attributes) {}
