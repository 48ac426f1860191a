package ismap.publication;

import ismap.analysis.Diff;
import ismap.analysis.Seed;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.function.IntConsumer;

/** Compares two rulebooks that were read, the scenarios of both taken as requests to begin with. */
public final class Comparison {

    private Comparison() {}

    /** @param progress told how many decisions are compared */
    public static Diff of(CheckedRulebook before, CheckedRulebook after, int budget, IntConsumer progress) {
        return Diff.between(side(before), side(after), budget, progress);
    }

    /** @throws java.util.NoSuchElementException where there is no rulebook, for its mistakes */
    public static Diff.Side side(CheckedRulebook checked) {
        var seeds = new LinkedHashMap<String, List<Seed>>();
        checked.scenarios()
                .forEach((decision, scenarios) -> seeds.put(
                        decision,
                        scenarios.stream()
                                .map(scenario -> new Seed(scenario.facts(), scenario.asOf()))
                                .toList()));
        return new Diff.Side(checked.rulebook().orElseThrow(), checked.sources(), checked.plans(), seeds);
    }
}
