package ismap.rulebook;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A whole rulebook: an immutable value. Where its parts stand in the files is kept beside it, in {@link SourceMap}.
 *
 * @param formatVersion of the files; no engine drops one that it has read: records are decided again under old revisions
 * @param concluded tables that conclude facts, by the name of the fact; every decision may use them
 */
public record Rulebook(
        int formatVersion,
        Vocabulary vocabulary,
        ClauseRegister clauses,
        Map<String, Parameter> parameters,
        Map<String, Derivation> derivations,
        Map<String, Table> concluded,
        Map<String, DecisionDefinition> decisions) {

    public static final int FORMAT_VERSION = 1;

    public Rulebook {
        parameters = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(parameters));
        derivations = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(derivations));
        concluded = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(concluded));
        decisions = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(decisions));
    }
}
