package ismap.rulebook;

import ismap.decision.Bilingual;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The documents and the clauses that rules may cite. */
public record ClauseRegister(Map<String, Document> documents, List<Clause> clauses) {

    public ClauseRegister {
        documents = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(documents));
        clauses = List.copyOf(clauses);
    }

    /** @param edition the day of the edition that was read, or blank where the text was not obtained */
    public record Document(String id, Bilingual title, String edition, String source) {}

    /** @param until excluded */
    public record Clause(
            String document,
            String clause,
            Bilingual title,
            LocalDate from,
            LocalDate until,
            String coverage,
            String certainty,
            String source) {}

    public Optional<Clause> find(String document, String clause) {
        return clauses.stream()
                .filter(entry ->
                        entry.document().equals(document) && entry.clause().equals(clause))
                .findFirst();
    }
}
