package ismap.rulebook;

import ismap.decision.Place;
import ismap.decision.Problem;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads derivations that are written in another notation than a workbook's, {@code rules/*.drl}. */
public interface DerivationReader {

    /** @param places where each derivation stands, under the keys of {@link SourceMap} */
    record Read(List<Derivation> derivations, Map<String, Place> places, List<Problem> problems) {}

    /** Reads every file of the notation; never throws for what a file holds. */
    Read read(RulebookFiles files, Vocabulary vocabulary, ClauseRegister clauses, Set<String> parameters);

    /** The notation that nobody uses. */
    static DerivationReader none() {
        return (files, vocabulary, clauses, parameters) -> new Read(List.of(), Map.of(), List.of());
    }
}
