package ismap.rulebook;

import ismap.decision.Bilingual;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The facts that callers and tables speak of, in the order of the workbook, with the labels of their codes and of the statuses.
 *
 * @param codeLabels fact or type name (or {@code *}) → code → label
 */
public record Vocabulary(
        Map<String, FactDefinition> facts,
        Map<String, Map<String, Bilingual>> codeLabels,
        Map<String, Bilingual> statusLabels) {

    public Vocabulary {
        facts = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(facts));
        codeLabels = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(codeLabels));
        statusLabels = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(statusLabels));
    }

    public Optional<FactDefinition> fact(String name) {
        return Optional.ofNullable(facts.get(name));
    }

    public List<String> names() {
        return List.copyOf(facts.keySet());
    }
}
