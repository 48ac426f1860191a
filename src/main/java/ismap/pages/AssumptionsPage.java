package ismap.pages;

import ismap.rulebook.ClauseRegister;
import ismap.traceability.Trace;
import ismap.traceability.TracedAssumption;
import java.util.List;
import java.util.Optional;

/** Every reading of the text that could be another. */
public record AssumptionsPage(Trace trace, Standing standing) {

    public List<TracedAssumption> assumptions() {
        return trace.assumptions();
    }

    public Optional<ClauseRegister.Document> document(TracedAssumption assumption) {
        return Optional.ofNullable(trace.rulebook()
                .clauses()
                .documents()
                .get(assumption.assumption().document()));
    }

    public Optional<ClauseRegister.Clause> clause(TracedAssumption assumption) {
        return trace.rulebook()
                .clauses()
                .find(
                        assumption.assumption().document(),
                        assumption.assumption().clause());
    }
}
