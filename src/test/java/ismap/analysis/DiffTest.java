package ismap.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import ismap.Shipped;
import ismap.decision.Value;
import ismap.rulebook.Parameter;
import ismap.rulebook.Plan;
import ismap.rulebook.Rulebook;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DiffTest {

    static Diff.Side shipped() {
        return side(Shipped.checked().rulebook().orElseThrow());
    }

    static Diff.Side side(Rulebook rulebook) {
        var plans = new LinkedHashMap<String, Plan>();
        rulebook.decisions().forEach((name, decision) -> plans.put(name, Plan.of(rulebook, decision)));
        var seeds = new LinkedHashMap<String, List<Seed>>();
        Shipped.decisions()
                .forEach(name -> seeds.put(
                        name,
                        Shipped.scenarios(name).stream()
                                .map(scenario -> new Seed(scenario.facts(), scenario.asOf()))
                                .toList()));
        return new Diff.Side(rulebook, Shipped.checked().sources(), plans, seeds);
    }

    @Test
    void sixteenMonthsToEighteen() {
        Rulebook base = Shipped.checked().rulebook().orElseThrow();
        var parameters = new LinkedHashMap<>(base.parameters());
        base.parameters().forEach((name, p) -> {
            if (p.values().stream().anyMatch(d -> d.value().equals(Value.of(16)))) {
                System.out.println(p);
                parameters.put(name, new Parameter(name, p.referenceDays(), p.label(), p.values().stream()
                        .map(d -> d.value().equals(Value.of(16))
                                ? new Parameter.Dated(Value.of(18), d.unit(), d.from(), d.until(), d.citation(), d.note())
                                : d).toList()));
            }
        });
        Rulebook changed = new Rulebook(base.formatVersion(), base.vocabulary(), base.clauses(), parameters, base.derivations(), base.concluded(), base.decisions());
        long t = System.nanoTime();
        Diff diff = Diff.between(shipped(), side(changed), Diff.BUDGET);
        System.out.println((System.nanoTime() - t) / 1_000_000 + " ms");
        diff.changes().forEach(System.out::println);
        diff.decisions().forEach(d -> { System.out.println(d.decision() + " " + d.verdict() + " " + d.changed() + " " + d.asked() + " " + d.spent());
            d.regions().forEach(r -> System.out.println("   " + r)); });
    }
}
