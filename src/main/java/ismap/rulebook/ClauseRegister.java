package ismap.rulebook;

import ismap.decision.Bilingual;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The documents and clauses that rules may cite, how each clause is covered, the rules that are not decided by machine, and the readings
 * of the text that rules rest on.
 */
public record ClauseRegister(
        Map<String, Document> documents,
        List<Clause> clauses,
        List<NotEncoded> notEncoded,
        List<Assumption> assumptions) {

    public ClauseRegister {
        documents = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(documents));
        clauses = List.copyOf(clauses);
        notEncoded = List.copyOf(notEncoded);
        assumptions = List.copyOf(assumptions);
    }

    public ClauseRegister(Map<String, Document> documents, List<Clause> clauses) {
        this(documents, clauses, List.of(), List.of());
    }

    /** How a clause is covered. */
    public enum Coverage {
        /** Rules decide all of it. */
        RULES,
        /** Rules decide a part; the reason says what is left to people. */
        PARTLY,
        /** The text is held, and no machine can decide it; the reason says why. */
        NOT_DECIDABLE,
        /** The text was not obtained; the reason says who decides instead. */
        NOT_HELD,
        /** It asks nothing of anybody: a name, a purpose, an enumeration. */
        INFORMATIVE;

        public boolean byRules() {
            return this == RULES || this == PARTLY;
        }
    }

    /** @param edition the day of the edition that was read, or blank where the text was not obtained */
    public record Document(String id, Bilingual title, String edition, String source) {}

    /**
     * @param until excluded
     * @param rules ids of the rules that cover it, those that cite it and others
     * @param reason why rules do not decide (all of) it; blank where they do
     */
    public record Clause(
            String document,
            String clause,
            Bilingual title,
            LocalDate from,
            LocalDate until,
            Coverage coverage,
            List<String> rules,
            Bilingual reason,
            String certainty,
            String source) {

        public Clause {
            rules = List.copyOf(rules);
        }

        /** Document and clause, as cells cite it. */
        public String cited() {
            return (document + " " + clause).strip();
        }
    }

    /** A rule of the regulations that no decision holds, and who decides it instead. */
    public record NotEncoded(
            String rule,
            String document,
            String clause,
            Bilingual reason,
            String decidedBy,
            String certainty,
            String source) {}

    /**
     * A reading of the text that could be another.
     *
     * @param text the reading that rules rest on
     * @param other the other readings
     * @param why why this one was chosen
     */
    public record Assumption(
            String id, Bilingual text, Bilingual other, Bilingual why, String document, String clause) {}

    public Optional<Clause> find(String document, String clause) {
        return clauses.stream()
                .filter(entry ->
                        entry.document().equals(document) && entry.clause().equals(clause))
                .findFirst();
    }

    public Optional<Assumption> assumption(String id) {
        return assumptions.stream().filter(entry -> entry.id().equals(id)).findFirst();
    }
}
