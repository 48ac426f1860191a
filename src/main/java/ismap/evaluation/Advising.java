package ismap.evaluation;

import ismap.analysis.Advice;
import ismap.analysis.Advice.Advised;
import ismap.analysis.Advice.Way;
import ismap.analysis.NextFact;
import ismap.rulebook.FactDefinition;
import ismap.rulebook.OpenCase;
import ismap.rulebook.Plan;
import ismap.rulebook.Reasoning;
import ismap.rulebook.Table;
import java.time.LocalDate;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What whoever asks could change for a better outcome, by the rulebook in force. Needs no database and records nothing. */
public final class Advising {

    private final Evaluations evaluations;

    public Advising(Evaluations evaluations) {
        this.evaluations = evaluations;
    }

    /** What came of it. */
    public sealed interface Result {
        /** The case cannot be looked at; as a decision about it would be refused. */
        record Refused(Evaluation why) implements Result {}

        /**
         * @param asker who would have to change what is to be changed
         * @param better the outcomes that count as better, the best first
         * @param ways each decided by both engines
         * @param byOthers the facts that others know or change and on which it rests, with the rules
         * @param fixed the same of the asker's own facts that cannot be changed
         * @param complete whether everything was tried
         */
        record Advice(
                ActiveRulebook by,
                Plan plan,
                String asker,
                String outcome,
                LocalDate asOf,
                List<String> better,
                List<Way> ways,
                Map<String, List<Table>> byOthers,
                Map<String, List<Table>> fixed,
                boolean complete)
                implements Result {}
    }

    /** @param json the request of a self-check, and {@code for} */
    public Result advise(String decision, @Nullable Object json) {
        Wishes wishes = Wishes.ofAdvice(json);
        return evaluations.about(
                decision,
                wishes.rest(),
                plan -> wishes.problems(plan, Advising::askers),
                (ready, reasoning) -> advised(ready, wishes, reasoning),
                Result.Refused::new);
    }

    private static Set<String> askers(Plan plan) {
        return plan.rulebook().vocabulary().facts().values().stream()
                .flatMap(fact -> Stream.of(fact.changeableBy(), fact.knownBy()))
                .filter(code -> !code.isBlank())
                .collect(Collectors.toSet());
    }

    private Optional<Result> advised(ReadyCase ready, Wishes wishes, Reasoning reasoning) {
        Plan plan = ready.plan();
        OpenCase open = OpenCase.of(plan, ready.facts().facts(), ready.asOf());
        boolean settled = NextFact.in(open, fact -> true).settled();
        String outcome = open.outcome(reasoning, settled);
        String asker = wishes.asker().orElseGet(() -> whoChangesMost(plan));
        Advised advised = Advice.of(plan, ready.facts().stated(), ready.asOf(), asker, outcome, reasoning);
        for (Way way : advised.ways()) {
            Optional<String> leads = outcome(ready, way);
            if (leads.isEmpty()) {
                return Optional.empty();
            }
            if (!leads.get().equals(way.outcome())) {
                throw new IllegalStateException(
                        "%s was to lead to %s and leads to %s".formatted(way.changes(), way.outcome(), leads.get()));
            }
        }
        return Optional.of(new Result.Advice(
                ready.active(),
                plan,
                asker,
                outcome,
                ready.asOf(),
                advised.better(),
                advised.ways(),
                of(advised, fact -> !isKnownTo(asker, plan, fact)),
                of(advised, fact -> isKnownTo(asker, plan, fact)),
                advised.complete()));
    }

    /** By both engines; empty where they differ. */
    private Optional<String> outcome(ReadyCase ready, Way way) {
        OpenCase open = OpenCase.of(ready.plan(), way.facts(), ready.asOf());
        return evaluations
                .engines()
                .agreed(ready.active(), ready.plan(), way.facts(), ready.asOf())
                .map(reasoning -> open.outcome(reasoning, open.isSettled()));
    }

    private static boolean isKnownTo(String asker, Plan plan, String fact) {
        return plan.rulebook()
                .vocabulary()
                .fact(fact)
                .map(FactDefinition::knownBy)
                .filter(asker::equals)
                .isPresent();
    }

    private static Map<String, List<Table>> of(Advised advised, java.util.function.Predicate<String> which) {
        var some = new LinkedHashMap<String, List<Table>>();
        advised.rests().forEach((fact, rules) -> {
            if (which.test(fact)) {
                some.put(fact, rules);
            }
        });
        return Collections.unmodifiableMap(some);
    }

    /** Whoever can change most of what the decision asks for; where nobody can change anything of it, most of the vocabulary. */
    private static String whoChangesMost(Plan plan) {
        return most(plan.asked().stream().flatMap(name -> plan.rulebook().vocabulary().fact(name).stream()))
                .or(() -> most(plan.rulebook().vocabulary().facts().values().stream()))
                .orElse("");
    }

    private static Optional<String> most(Stream<FactDefinition> facts) {
        var counts = new LinkedHashMap<String, Integer>();
        facts.map(FactDefinition::changeableBy)
                .filter(code -> !code.isBlank())
                .forEach(code -> counts.merge(code, 1, Integer::sum));
        return counts.entrySet().stream().max(Map.Entry.comparingByValue()).map(Map.Entry::getKey);
    }
}
