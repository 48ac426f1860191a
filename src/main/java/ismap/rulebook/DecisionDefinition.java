package ismap.rulebook;

import ismap.decision.Bilingual;
import ismap.decision.Status;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One question that the service answers: its rules, its outcomes in order of precedence, what it computes and what it leaves to people.
 *
 * @param governingFact the date fact whose day is the applicable day where it is known
 * @param values facts that the answer shows under {@code values}, with their labels
 */
public record DecisionDefinition(
        String name,
        Bilingual title,
        Bilingual question,
        Optional<String> governingFact,
        List<Table> rules,
        List<Outcome> outcomes,
        Map<String, Bilingual> values,
        List<Reading> readings,
        List<Unexamined> notExamined,
        String note) {

    public static final String INSUFFICIENT_FACTS = "INSUFFICIENT_FACTS";

    public DecisionDefinition {
        values = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(values));
    }

    /** An outcome and what calls for it. Exactly one is called for by {@link Call.Otherwise}, at most one by {@link Call.Missing}. */
    public record Outcome(String code, List<Call> calls, Bilingual label, String note) {}

    /** What calls for an outcome. */
    public sealed interface Call {
        /** The rule has one of the statuses. */
        record ByStatus(String rule, List<Status> statuses) implements Call {}

        /** This row decided its rule. */
        record ByRow(String rule, String row) implements Call {}

        /** Some rule has one of the statuses; a WARNING never feeds an outcome. */
        record ByAny(List<Status> statuses) implements Call {}

        /** A fact is missing that could change the outcome. */
        record Missing() implements Call {}

        record Otherwise() implements Call {}
    }

    /** In this decision a stated fact that passes {@code test}, where {@code conditions} hold of what was stated, reads as none or as unknown. */
    public record Reading(String fact, UnaryTest test, List<Condition> conditions, boolean none, String note) {}

    /** What bears on the decision and is not decided here, where {@code conditions} hold. */
    public record Unexamined(String rule, Bilingual message, String decidedBy, List<Condition> conditions) {}
}
