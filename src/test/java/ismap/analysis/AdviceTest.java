package ismap.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import ismap.Shipped;
import ismap.analysis.Advice.Advised;
import ismap.analysis.Advice.Change;
import ismap.analysis.Advice.Way;
import ismap.decision.Decision;
import ismap.decision.Value;
import ismap.regression.Scenario;
import ismap.rulebook.Answers;
import ismap.rulebook.FactDefinition;
import ismap.rulebook.FactReader;
import ismap.rulebook.Facts;
import ismap.rulebook.Interpreter;
import ismap.rulebook.Plan;
import ismap.rulebook.SourceMap;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whoever follows an advice gets what it promises, by no more than it takes, and nobody is advised to change what is not theirs. */
@Tag("core")
class AdviceTest {

    private static final String ASKER = "PROVIDER";

    /** Before all days of the scenarios, so that all of them may still be moved. */
    private static final LocalDate EARLY = LocalDate.of(2019, 12, 31);

    private record Case(Plan plan, Map<String, Value> stated, LocalDate asOf, String outcome, Advised advised) {}

    private static Case advised(Scenario scenario, LocalDate asOf) {
        Plan plan = Shipped.plan(scenario.decision());
        FactReader.Result read = FactReader.read(plan, scenario.facts());
        String outcome = outcome(plan, read.facts(), asOf);
        return new Case(
                plan,
                read.stated(),
                asOf,
                outcome,
                Advice.of(plan, read.stated(), asOf, ASKER, outcome, Interpreter.reason(plan, read.facts(), asOf)));
    }

    private static String outcome(Plan plan, Facts facts, LocalDate asOf) {
        Decision decision =
                Answers.answer(plan, new SourceMap(Map.of()), facts, asOf, Interpreter.reason(plan, facts, asOf));
        return decision.outcome();
    }

    private static String outcome(Case of, List<Change> changes) {
        var stated = new LinkedHashMap<>(of.stated());
        changes.forEach(change -> stated.put(change.fact(), change.to()));
        return outcome(of.plan(), FactReader.asRead(of.plan(), stated), of.asOf());
    }

    @ParameterizedTest
    @CsvSource({
        "liu-qualification, false, 1",
        "liu-qualification, true, 1",
        "assessment-scope, true, 4",
        "reporting-duties, false, 1",
        "service-acceptance, false, 3",
        "service-validity, false, 3"
    })
    void whoeverFollowsAnAdviceGetsWhatItPromisesByNoMoreThanItTakes(String decision, boolean early, int every) {
        int ways = 0;
        int cases = 0;
        List<Scenario> scenarios = Shipped.scenarios(decision);
        for (int i = 0; i < scenarios.size(); i += every) {
            Scenario scenario = scenarios.get(i);
            Case each = advised(scenario, early ? EARLY : scenario.asOf());
            cases++;
            for (Way way : each.advised().ways()) {
                ways++;
                String what = scenario.id() + " " + way.changes();
                assertThat(each.advised().better()).as(what).contains(way.outcome());
                assertThat(outcome(each, way.changes())).as(what).isEqualTo(way.outcome());
                assertThat(way.changes()).hasSizeBetween(1, 2);
                way.changes().forEach(change -> assertMayBeChanged(each, change));
                if (way.changes().size() == 2) {
                    way.changes()
                            .forEach(change -> assertThat(each.advised().better())
                                    .as(what)
                                    .doesNotContain(outcome(each, List.of(change))));
                }
                for (Change change : way.changes()) {
                    bounds(change)
                            .forEach(bound -> assertThat(outcome(each, replaced(way, change, bound)))
                                    .as("%s at its bound %s", what, bound)
                                    .isEqualTo(way.outcome()));
                }
            }
        }
        System.out.printf("%s: %d cases, %d ways%n", decision, cases, ways);
        if (!decision.equals("service-validity")) {
            assertThat(ways).isPositive();
        }
    }

    private static List<Value> bounds(Change change) {
        var bounds = new ArrayList<Value>();
        if (change.atLeast() != null) {
            bounds.add(change.atLeast());
        }
        if (change.atMost() != null) {
            bounds.add(change.atMost());
        }
        return bounds;
    }

    private static List<Change> replaced(Way way, Change change, Value to) {
        return way.changes().stream()
                .map(each -> each.equals(change) ? new Change(each.fact(), each.from(), to, null, null) : each)
                .toList();
    }

    private static void assertMayBeChanged(Case of, Change change) {
        FactDefinition fact =
                of.plan().rulebook().vocabulary().fact(change.fact()).orElseThrow();
        assertThat(fact.changeableBy()).isEqualTo(ASKER);
        assertThat(fact.needsAttestation()).isFalse();
        assertThat(change.to()).isNotEqualTo(change.from());
        if (change.from() instanceof Value.Day from) {
            assertThat(from.date()).isAfter(of.asOf());
        }
        if (change.to() instanceof Value.Day to) {
            assertThat(to.date()).isAfterOrEqualTo(of.asOf());
        }
    }

    /** Every value of every fact that may be changed, and every two of them; days densely around those that matter. */
    @Test
    void tryingEverythingFindsTheSameSets() {
        int found = 0;
        for (Scenario scenario : Shipped.scenarios("liu-qualification")) {
            Case each = advised(scenario, EARLY);
            if (each.advised().better().isEmpty()
                    || !each.advised().complete()
                    || each.outcome().equals("INSUFFICIENT_FACTS")) {
                continue;
            }
            Set<Set<String>> expected = bruteForce(each);
            Set<Set<String>> actual = new LinkedHashSet<>();
            each.advised().ways().forEach(way -> actual.add(names(way.changes())));
            assertThat(actual).as(scenario.id()).isEqualTo(expected);
            found += expected.size();
        }
        assertThat(found).isPositive();
    }

    private static Set<Set<String>> bruteForce(Case of) {
        var single = new ArrayList<Change>();
        for (String name : of.plan().asked()) {
            FactDefinition fact = of.plan().rulebook().vocabulary().fact(name).orElseThrow();
            Value from = of.stated().get(name);
            if (fact.changeableBy().equals(ASKER) && !fact.needsAttestation() && from != null) {
                values(name).stream()
                        .filter(value -> !value.equals(from))
                        .forEach(value -> single.add(new Change(name, from, value, null, null)));
            }
        }
        var better = of.advised().better();
        var alone = new LinkedHashMap<String, Standing>();
        var sufficient = new ArrayList<Change>();
        var sets = new LinkedHashSet<Set<String>>();
        for (Change change : single) {
            String leads = outcome(of, List.of(change));
            if (better.contains(leads)) {
                sufficient.add(change);
                sets.add(names(List.of(change)));
                alone.merge(
                        change.fact(),
                        Standing.of(of.plan(), leads),
                        (one, other) -> one.compareTo(other) > 0 ? one : other);
            }
        }
        for (Change one : single) {
            for (Change other : single) {
                if (one.fact().compareTo(other.fact()) < 0
                        && !sufficient.contains(one)
                        && !sufficient.contains(other)) {
                    String leads = outcome(of, List.of(one, other));
                    if (better.contains(leads)) {
                        Standing standing = Standing.of(of.plan(), leads);
                        if (alone.getOrDefault(one.fact(), Standing.OUTSIDE).compareTo(standing) < 0
                                && alone.getOrDefault(other.fact(), Standing.OUTSIDE)
                                                .compareTo(standing)
                                        < 0) {
                            sets.add(names(List.of(one, other)));
                        }
                    }
                }
            }
        }
        return sets;
    }

    private static Set<String> names(List<Change> changes) {
        var names = new TreeSet<String>();
        changes.forEach(change -> names.add(change.fact()));
        return names;
    }

    private static List<Value> values(String fact) {
        if (fact.equals("scheme")) {
            return List.of(Value.of("ISMAP"), Value.of("ISMAP_LIU"));
        }
        if (!fact.equals("applicationFiledAt")) {
            return List.of(Value.of(true), Value.of(false));
        }
        var days = new ArrayList<Value>();
        for (LocalDate boundary :
                List.of(LocalDate.of(2020, 6, 3), LocalDate.of(2022, 11, 1), LocalDate.of(2025, 4, 1))) {
            days.add(Value.of(boundary.minusDays(1)));
            days.add(Value.of(boundary));
        }
        return days;
    }

    @Test
    void whereNothingOfTheirsHelpsItIsSaidOnWhatItRests() {
        Scenario notTargeted = Shipped.scenarios("liu-qualification").stream()
                .filter(scenario ->
                        scenario.outcome().filter("DOES_NOT_QUALIFY"::equals).isPresent()
                                && Boolean.FALSE.equals(scenario.facts().get("businessOnTargetList"))
                                && "NOT_LOW".equals(scenario.facts().get("impactLevel")))
                .findFirst()
                .orElseThrow();

        Advised advised = advised(notTargeted, notTargeted.asOf()).advised();

        assertThat(advised.ways()).isEmpty();
        assertThat(advised.rests()).containsKeys("businessOnTargetList", "impactLevel");
    }

    @ParameterizedTest
    @CsvSource({
        "service-acceptance, NOT_ACCEPTED, 'ACCEPT,REFER_TO_COMMITTEE'",
        "service-acceptance, REFER_TO_COMMITTEE, 'ACCEPT'",
        "service-acceptance, ACCEPT, ''",
        "reporting-duties, DUTY_ARISES, 'DUTY_MET,NO_DUTY,REFER_TO_COMMITTEE'",
        "reporting-duties, NO_DUTY, ''",
        "assessment-scope, DESIGN_AND_OPERATIONAL, 'DESIGN_ONLY,REDUCED'",
        "service-validity, LAPSED, 'EFFECTIVE_PENDING_RENEWAL,EFFECTIVE,REFER_TO_COMMITTEE'",
        "service-validity, NOT_REGISTERED, 'EFFECTIVE_PENDING_RENEWAL,EFFECTIVE'"
    })
    void whichOutcomesAreBetterFollowsFromTheFindingsThatCallForThem(String decision, String outcome, String better) {
        assertThat(String.join(",", Standing.betterThan(Shipped.plan(decision), outcome)))
                .isEqualTo(better);
    }
}
