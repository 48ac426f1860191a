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

    /** The words for a code of a fact, or of a field {@code list.field}: its own, else those of its type, else those for every fact. */
    public Optional<Bilingual> label(String name, String code) {
        return Optional.ofNullable(codeLabels.getOrDefault(name, Map.of()).get(code))
                .or(() -> typeOf(name)
                        .filter(FactType.REGISTRATION_STATUS::equals)
                        .map(type -> codeLabels
                                .getOrDefault("RegistrationStatus", Map.of())
                                .get(code)))
                .or(() -> Optional.ofNullable(
                        codeLabels.getOrDefault("*", Map.of()).get(code)));
    }

    private Optional<FactType> typeOf(String name) {
        int dot = name.indexOf('.');
        if (dot < 0) {
            return fact(name).map(FactDefinition::type);
        }
        return fact(name.substring(0, dot))
                .map(FactDefinition::type)
                .filter(FactType.ListOf.class::isInstance)
                .map(list -> ((FactType.ListOf) list).element())
                .filter(FactType.RecordOf.class::isInstance)
                .flatMap(element -> Optional.ofNullable(
                        ((FactType.RecordOf) element).fields().get(name.substring(dot + 1))))
                .map(FactType.Field::type);
    }
}
