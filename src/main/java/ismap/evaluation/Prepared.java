package ismap.evaluation;

import ismap.rulebook.FactReader;
import ismap.rulebook.Plan;
import java.time.LocalDate;

/** A request about a case, read and checked, of which something else than the decision is asked. */
sealed interface Prepared {

    /** @param facts without problems */
    record Ready(ActiveRulebook active, Plan plan, FactReader.Result facts, LocalDate asOf) implements Prepared {}

    record Refused(Evaluation why) implements Prepared {}
}
