package ismap.rulebook;

import ismap.decision.Value;
import ismap.rulebook.Plan.Definition;
import ismap.rulebook.Plan.Segment;
import ismap.rulebook.PossibleCases.Wanted;
import ismap.rulebook.PossibleValues.Atom;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Requests worth asking of a plan: the values of a fact that between them show every way in which it can matter beside what is known, and
 * a request that brings a table to one of its segments.
 */
public final class Variations {

    /** So many cases may be looked at to reach one segment. */
    private static final int CASES = 400;

    private final Plan plan;
    private final Completions.Tried tried;

    public Variations(Plan plan) {
        this.plan = plan;
        this.tried = new Completions.Tried(plan.dayComparisons(), plan.fieldsRead(), Set.of());
    }

    public List<Value> of(String fact, Facts facts, LocalDate asOf) {
        return Completions.candidates(plan, fact, facts, asOf, tried);
    }

    /** Days to ask about. */
    public List<LocalDate> days(Facts facts, LocalDate asOf) {
        return tried.days().candidates(Names.AS_OF, facts, asOf);
    }

    /** What to state, and the day to ask about. */
    public record Stated(Map<String, Value> facts, LocalDate asOf) {}

    /** A request on which {@code segment} of a table matches; empty where none was found soon. */
    public Optional<Stated> reaching(Definition.ByTable table, Segment segment) {
        var possible = new PossibleValues(plan);
        var tests = new LinkedHashMap<String, List<UnaryTest>>();
        segment.conditions()
                .forEach(condition -> tests.computeIfAbsent(condition.fact(), any -> new ArrayList<>())
                        .add(condition.test()));
        var wanted = new ArrayList<Wanted>();
        for (Map.Entry<String, List<UnaryTest>> column : tests.entrySet()) {
            List<Value> examples = possible.of(column.getKey(), column.getValue()).stream()
                    .map(Atom::example)
                    .filter(value -> column.getValue().stream().allMatch(test -> test.matches(value)))
                    .toList();
            if (examples.isEmpty()) {
                return Optional.empty();
            }
            wanted.add(new Wanted(
                    column.getKey(),
                    value -> column.getValue().stream().allMatch(test -> test.matches(value)),
                    examples));
        }
        return new PossibleCases(plan, possible, table, CASES)
                .find(wanted, CASES)
                .map(found -> new Stated(found.stated(), found.asOf()));
    }
}
