package ismap.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import ismap.Shipped;
import ismap.decision.Decision;
import ismap.evaluation.NextQuestions.Result.Asked;
import ismap.ledger.InMemoryLedger;
import ismap.regression.Scenario;
import ismap.revision.InMemoryRevisionStore;
import ismap.rulebook.FactDefinition;
import java.lang.management.ManagementFactory;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A person who answers one question after the other, from what a scenario knows of the case. */
@Tag("core")
class NextQuestionsTest {

    private static final Instant NOW = Instant.parse("2026-11-22T03:00:00Z");

    private final Evaluations evaluations = evaluations(new ActiveRulebook(
            "shipped-1",
            "sha256:" + "0".repeat(64),
            NOW,
            Shipped.checked().rulebook().orElseThrow(),
            Shipped.checked().sources(),
            Shipped.checked().plans(),
            Shipped.compiled()));
    private final NextQuestions questions = new NextQuestions(evaluations);

    /** What was asked on the way, and where it ended. */
    private record Walk(List<Step> steps, Asked end, Map<String, @Nullable Object> given, List<Double> milliseconds) {}

    /** @param given before the question was asked */
    private record Step(String fact, int remainingAtMost, Map<String, @Nullable Object> given) {}

    private Walk walk(Scenario scenario, Optional<String> person) {
        var given = new LinkedHashMap<String, @Nullable Object>();
        var notKnown = new LinkedHashSet<String>();
        var steps = new ArrayList<Step>();
        var times = new ArrayList<Double>();
        while (true) {
            long before = cpu();
            Asked asked = ask(scenario, given, notKnown, person);
            times.add((cpu() - before) / 1e6);
            boolean corrected = false;
            for (String fact : asked.takenAsNone()) {
                Object known = scenario.facts().get(fact);
                if (known != null) {
                    given.put(fact, known);
                    corrected = true;
                }
            }
            if (corrected) {
                continue;
            }
            if (asked.next().isEmpty()) {
                return new Walk(steps, asked, given, times);
            }
            String fact = asked.next().get().fact().name();
            steps.add(new Step(fact, asked.remainingAtMost(), new LinkedHashMap<>(given)));
            assertThat(given.containsKey(fact) || !notKnown.add(fact))
                    .as("%s asked twice", fact)
                    .isFalse();
            Object known = scenario.facts().get(fact);
            if (known != null) {
                given.put(fact, known);
                notKnown.remove(fact);
            }
        }
    }

    private Asked ask(
            Scenario scenario, Map<String, @Nullable Object> given, Set<String> notKnown, Optional<String> person) {
        var json = new LinkedHashMap<String, @Nullable Object>();
        json.put("asOf", scenario.asOf().toString());
        json.put("facts", given);
        json.put("unknown", List.copyOf(notKnown));
        json.put("for", person.orElse(null));
        return (Asked) questions.next(scenario.decision(), json);
    }

    private Decision decided(Scenario scenario, Map<String, ?> facts) {
        return SmallRulebook.decisionOf(evaluations.selfCheck(
                scenario.decision(), Map.of("asOf", scenario.asOf().toString(), "facts", facts)));
    }

    private static long cpu() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }

    /** One scenario in {@code every} is walked, and one question in {@code sample} is compared with what is missing then. */
    @ParameterizedTest
    @CsvSource({
        "liu-qualification, 1, 6",
        "service-validity, 1, 5",
        "assessment-scope, 1, 5",
        "reporting-duties, 2, 9",
        "service-acceptance, 15, 80"
    })
    void oneQuestionAfterTheOtherLeadsToTheOutcomeThatAllFactsTogetherHave(String decision, int every, int sample) {
        List<Scenario> scenarios = Shipped.scenarios(decision);
        var differing = new ArrayList<String>();
        var times = new ArrayList<Double>();
        int walks = 0;
        int asked = 0;
        int most = 0;
        int compared = 0;
        int all = (int) Shipped.plan(decision).asked().stream()
                .filter(name -> !definition(decision, name).absence().none())
                .count();
        for (int i = 0; i < scenarios.size(); i += every) {
            Scenario scenario = scenarios.get(i);
            Walk walk = walk(scenario, Optional.empty());
            Decision expected = decided(scenario, scenario.facts());
            if (!walk.end().outcome().equals(expected.outcome())) {
                differing.add(
                        "%s: %s, not %s".formatted(scenario.id(), walk.end().outcome(), expected.outcome()));
            }
            Decision end = decided(scenario, walk.given());
            assertThat(end.outcome()).isEqualTo(walk.end().outcome());
            assertThat(end.missing().isEmpty())
                    .as(scenario.id())
                    .isEqualTo(walk.end().settled());
            for (int step = 0; step < walk.steps().size(); step++) {
                Step each = walk.steps().get(step);
                assertThat(each.remainingAtMost())
                        .as("%s, before %s", scenario.id(), each.fact())
                        .isGreaterThanOrEqualTo(walk.steps().size() - step);
                if ((asked + step) % sample == 0) {
                    compared++;
                    assertThat(decided(scenario, each.given()).missing())
                            .as("%s, given %s", scenario.id(), each.given())
                            .contains(each.fact());
                }
            }
            walks++;
            asked += walk.steps().size();
            most = Math.max(most, walk.steps().size());
            times.addAll(walk.milliseconds());
        }
        Collections.sort(times);
        System.out.printf(
                "%s: %d walks, %.2f questions on average, %d at most, of %d; %d compared; %.1f ms of CPU (median), %.0f ms at most%n",
                decision,
                walks,
                (double) asked / walks,
                most,
                all,
                compared,
                times.get(times.size() / 2),
                times.get(times.size() - 1));
        assertThat(differing).isEmpty();
        assertThat(compared).isPositive();
        assertThat((double) asked / walks).isLessThan(all * 0.7);
    }

    @Test
    void aProviderIsAskedNothingThatOnlyOthersKnow() {
        int open = 0;
        for (Scenario scenario : Shipped.scenarios("liu-qualification")) {
            Walk walk = walk(scenario, Optional.of("PROVIDER"));

            assertThat(walk.steps())
                    .allSatisfy(step -> assertThat(
                                    definition("liu-qualification", step.fact()).knownBy())
                            .isEqualTo("PROVIDER"));
            assertThat(walk.end().settled()
                            || !walk.end().forOthers().isEmpty()
                            || !walk.end().notKnown().isEmpty())
                    .isTrue();
            open += walk.end().forOthers().isEmpty() ? 0 : 1;
        }
        assertThat(open).as("walks that end with what others have to say").isPositive();
    }

    @Test
    void whoeverDoesNotKnowIsNotAskedAgain() {
        Scenario nothing = Shipped.scenarios("liu-qualification").get(0);
        Asked first = ask(nothing, Map.of(), Set.of(), Optional.empty());
        String fact = first.next().orElseThrow().fact().name();

        Asked second = ask(nothing, Map.of(), Set.of(fact), Optional.empty());

        assertThat(second.next().orElseThrow().fact().name()).isNotEqualTo(fact);
        assertThat(second.notKnown()).containsExactly(fact);
    }

    /** A code that counts as unknown is an answer; who gave it has no better one. */
    @Test
    void anAnswerThatCountsAsUnknownIsNotAskedForAgain() {
        Scenario scenario = Shipped.scenarios("liu-qualification").get(0);
        Map<String, @Nullable Object> given = Map.of("applicationFiledAt", "2024-01-01", "impactLevel", "NOT_ASSESSED");

        Asked asked = ask(scenario, given, Set.of(), Optional.of("PROCURING_BODY"));

        assertThat(asked.notKnown()).contains("impactLevel");
        assertThat(asked.next().map(next -> next.fact().name())).isNotEqualTo(Optional.of("impactLevel"));
    }

    @Test
    void whatCountsAsNotHavingHappenedIsSaid() {
        Scenario scenario = Shipped.scenarios("service-validity").get(0);

        assertThat(ask(scenario, Map.of(), Set.of(), Optional.empty()).takenAsNone())
                .contains("revokedOn", "suspensions", "renewalFiledAt");
    }

    @Test
    void aNewFactOfTheRulebookIsAskedWithoutAChangeOfTheService() {
        Evaluations small = evaluations(SmallRulebook.active());

        var asked = new LinkedHashSet<String>();
        var facts = new LinkedHashMap<String, @Nullable Object>();
        NextQuestions.Result result = new NextQuestions(small).next("small", Map.of("facts", facts));
        while (result instanceof Asked each && each.next().isPresent()) {
            FactDefinition fact = each.next().get().fact();
            asked.add(fact.name());
            facts.put(fact.name(), fact.name().equals("scheme") ? "ISMAP" : true);
            result = new NextQuestions(small).next("small", Map.of("facts", facts));
        }

        assertThat(asked).containsExactlyInAnyOrder("scheme", "approved");
        assertThat(((Asked) result).outcome()).isEqualTo("YES");
        assertThat(((Asked) result).settled()).isTrue();
    }

    private static FactDefinition definition(String decision, String fact) {
        return Shipped.plan(decision).rulebook().vocabulary().fact(fact).orElseThrow();
    }

    private static Evaluations evaluations(ActiveRulebook active) {
        return new Evaluations(
                () -> Optional.of(active),
                new InMemoryLedger(new InMemoryRevisionStore(() -> NOW), () -> NOW),
                Clock.fixed(NOW, ZoneOffset.UTC),
                () -> Objects.requireNonNull(UUID.fromString("00000000-0000-4000-8000-000000000001")),
                (decision, revision, what) -> {
                    throw new AssertionError(decision + ": " + what);
                });
    }

    @Test
    void theDayAskedAboutIsTodayInTokyoWhereNoneIsGiven() {
        Asked asked = (Asked) questions.next("service-validity", Map.of());

        assertThat(asked.asOf()).isEqualTo(LocalDate.of(2026, 11, 22));
        assertThat(asked.applicableDay()).isEqualTo(asked.asOf());
    }
}
