package ismap.evaluation;

import ismap.regression.Scenario;
import ismap.traceability.Trace;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What rests on what in the revision in force: worked out when it is first asked for, once a revision. */
public final class Traces {

    /** A revision and its trace. */
    public record Traced(ActiveRulebook active, Trace trace) {
        private boolean isOf(ActiveRulebook other) {
            return active.revisionId().equals(other.revisionId());
        }
    }

    private final Supplier<Optional<ActiveRulebook>> inForce;
    private final Function<ActiveRulebook, Map<String, List<Scenario>>> scenarios;
    private @Nullable Traced last;

    /** @param scenarios those of a revision, by decision */
    public Traces(
            Supplier<Optional<ActiveRulebook>> inForce,
            Function<ActiveRulebook, Map<String, List<Scenario>>> scenarios) {
        this.inForce = inForce;
        this.scenarios = scenarios;
    }

    /**
     * Empty where nothing is published.
     *
     * @throws ismap.ledger.StorageUnavailable where scenarios must be asked for and cannot be
     */
    public Optional<Traced> inForce() {
        return inForce.get().map(this::traced);
    }

    public synchronized void forgetSuperseded() {
        Traced known = last;
        if (known != null && inForce.get().filter(known::isOf).isEmpty()) {
            last = null;
        }
    }

    private synchronized Traced traced(ActiveRulebook active) {
        Traced known = last;
        if (known == null || !known.isOf(active)) {
            known = new Traced(
                    active, Trace.of(active.rulebook(), active.sources(), active.plans(), scenarios.apply(active)));
            last = known;
        }
        return known;
    }
}
