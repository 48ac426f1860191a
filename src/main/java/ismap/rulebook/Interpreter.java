package ismap.rulebook;

import java.time.LocalDate;

/** The reference interpreter: what a plan means, in the plainest way to say it. See {@link Case}. */
public final class Interpreter {

    private Interpreter() {}

    /**
     * Everything that the plan defines, on one case.
     *
     * @throws EvaluationFailure where the rules fail on this case
     */
    public static Reasoning reason(Plan plan, Facts facts, LocalDate asOf) {
        return new Case(plan, facts, asOf).reasoning();
    }
}
