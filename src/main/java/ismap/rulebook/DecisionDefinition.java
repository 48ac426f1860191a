package ismap.rulebook;

import ismap.decision.Bilingual;
import ismap.decision.Status;
import java.util.List;
import java.util.Optional;

/**
 * One question that the service answers: its rules, its outcomes in order of precedence, what it computes and what it leaves to people.
 *
 * @param governingFact the date fact whose day is the applicable day where it is known
 * @param rules its own tables, then those it borrows, as they stand in this decision
 * @param values what the answer shows under {@code values}
 */
public record DecisionDefinition(
        String name,
        Bilingual title,
        Bilingual question,
        Optional<String> governingFact,
        List<Table> rules,
        List<Borrowed> borrowed,
        List<Outcome> outcomes,
        List<Shown> values,
        List<Reading> readings,
        List<Unexamined> notExamined,
        String note) {

    public static final String INSUFFICIENT_FACTS = "INSUFFICIENT_FACTS";

    /** A decision that borrows nothing. */
    public DecisionDefinition(
            String name,
            Bilingual title,
            Bilingual question,
            Optional<String> governingFact,
            List<Table> rules,
            List<Outcome> outcomes,
            List<Shown> values,
            List<Reading> readings,
            List<Unexamined> notExamined,
            String note) {
        this(name, title, question, governingFact, rules, List.of(), outcomes, values, readings, notExamined, note);
    }

    /** A name under {@code values} and the fact whose value it shows; two decisions may show different facts under one name. */
    public record Shown(String name, String fact, Bilingual label) {}

    /**
     * A rule whose table stands in another decision's workbook.
     *
     * @param where the cases in which it applies here; blank for all
     * @param elsewhere what its finding says in the others, where it is NOT_APPLICABLE
     */
    public record Borrowed(String rule, String decision, List<Condition> where, Bilingual elsewhere, String note) {}

    /** The rule of another decision as it stands in this one. */
    public static Table borrowed(Table lent, Borrowed borrowed) {
        return borrowed.where().isEmpty() ? lent : lent.where(borrowed.where(), borrowed.elsewhere());
    }

    public boolean borrows(String rule) {
        return borrowed.stream().anyMatch(each -> each.rule().equals(rule));
    }

    public Optional<Table> rule(String id) {
        return rules.stream().filter(table -> table.id().equals(id)).findFirst();
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
