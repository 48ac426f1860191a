package ismap.evaluation;

import ismap.analysis.NextFact;
import ismap.decision.Value;
import ismap.rulebook.FactDefinition;
import ismap.rulebook.Names;
import ismap.rulebook.OpenCase;
import ismap.rulebook.Plan;
import ismap.rulebook.Reasoning;
import ismap.rulebook.Table;
import java.time.LocalDate;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Which fact to ask next of whoever is there, by the rulebook in force. Needs no database and records nothing. */
public final class NextQuestions {

    private final Evaluations evaluations;

    public NextQuestions(Evaluations evaluations) {
        this.evaluations = evaluations;
    }

    /** What came of it. */
    public sealed interface Result {
        /** The case cannot be looked at; as a decision about it would be refused. */
        record Refused(Evaluation why) implements Result {}

        /**
         * @param outcome of what is known so far
         * @param settled whether nothing that is still unknown can change it
         * @param next empty where nothing more is to be asked of this person
         * @param remainingAtMost so many questions at most, this one included
         * @param forOthers what is open and other people know, in the order of the vocabulary; then parameters without a value
         * @param notKnown what is open and this person said they do not know
         * @param takenAsNone facts that were left out and count as known not to be; who knows better must say so
         */
        record Asked(
                ActiveRulebook by,
                Plan plan,
                String outcome,
                boolean settled,
                LocalDate asOf,
                LocalDate applicableDay,
                Optional<Question> next,
                int remainingAtMost,
                List<String> forOthers,
                List<String> notKnown,
                List<String> takenAsNone)
                implements Result {}
    }

    /** @param why the rules that wait for it, in the order of the decision */
    public record Question(FactDefinition fact, List<Table> why) {}

    /** @param json the request of a self-check, and {@code for} and {@code unknown} */
    public Result next(String decision, @Nullable Object json) {
        Wishes wishes = Wishes.of(json);
        return evaluations.about(
                decision,
                wishes.rest(),
                plan -> wishes.problems(plan, NextQuestions::thoseWhoKnow),
                (ready, reasoning) -> Optional.of(asked(ready, wishes, reasoning)),
                Result.Refused::new);
    }

    private static Set<String> thoseWhoKnow(Plan plan) {
        return plan.rulebook().vocabulary().facts().values().stream()
                .map(FactDefinition::knownBy)
                .filter(code -> !code.isBlank())
                .collect(Collectors.toSet());
    }

    private static Result asked(ReadyCase ready, Wishes wishes, Reasoning reasoning) {
        Plan plan = ready.plan();
        OpenCase open = OpenCase.of(plan, ready.facts().facts(), ready.asOf());
        Set<String> notKnown = wishes.notKnown();
        notKnown.addAll(ready.facts().stated().keySet()); // said already, and counts as unknown in this decision
        Set<String> mine = knownTo(wishes.asker(), plan);
        NextFact.Found found = NextFact.in(open, fact -> mine.contains(fact) && !notKnown.contains(fact));
        List<String> takenAsNone = takenAsNone(ready, mine);
        Set<String> remaining = new LinkedHashSet<>(open.dependsOn());
        if (!found.settled()) {
            takenAsNone.stream().filter(fact -> mayComeToBeAsked(plan, fact)).forEach(remaining::add);
        }
        remaining.retainAll(mine);
        remaining.removeAll(notKnown);
        return new Result.Asked(
                ready.active(),
                plan,
                open.outcome(reasoning, found.settled()),
                found.settled(),
                ready.asOf(),
                applicableDay(reasoning, ready.asOf()),
                found.fact().map(fact -> new Question(definition(plan, fact), open.readersOf(fact))),
                found.fact().isEmpty() ? 0 : remaining.size(),
                found.settled()
                        ? List.of()
                        : open.dependsOn().stream()
                                .filter(fact -> !mine.contains(fact))
                                .toList(),
                found.settled()
                        ? List.of()
                        : open.dependsOn().stream()
                                .filter(fact -> mine.contains(fact) && notKnown.contains(fact))
                                .toList(),
                takenAsNone);
    }

    private static FactDefinition definition(Plan plan, String fact) {
        return plan.rulebook().vocabulary().fact(fact).orElseThrow();
    }

    private static LocalDate applicableDay(Reasoning reasoning, LocalDate asOf) {
        return reasoning.derived().get(Names.APPLICABLE_DAY) instanceof Value.Day day ? day.date() : asOf;
    }

    /** Facts that may be asked of somebody: stated, not derived, and for them to know. */
    private static Set<String> knownTo(Optional<String> asker, Plan plan) {
        return plan.rulebook().vocabulary().facts().values().stream()
                .filter(fact -> fact.kind() != FactDefinition.Kind.DERIVED)
                .filter(fact -> asker.isEmpty() || fact.knownBy().equals(asker.get()))
                .map(FactDefinition::name)
                .collect(Collectors.toSet());
    }

    /** What nobody stated and yet is no question: it counts as not having happened, or only says how something else is read. */
    private static List<String> takenAsNone(ReadyCase ready, Set<String> mine) {
        Map<String, Value> stated = ready.facts().stated();
        List<String> inputs = ready.plan().inputs();
        return ready.plan().asked().stream()
                .filter(mine::contains)
                .filter(fact -> !stated.containsKey(fact))
                .filter(fact -> definition(ready.plan(), fact).kind() == FactDefinition.Kind.INPUT)
                .filter(fact -> !inputs.contains(fact)
                        || !ready.facts().facts().get(fact).isOpen())
                .toList();
    }

    /** Whether it becomes a question where another answer says that it did happen. */
    private static boolean mayComeToBeAsked(Plan plan, String fact) {
        return !definition(plan, fact).absence().unknownWhere().isEmpty()
                || plan.decision().readings().stream()
                        .anyMatch(reading -> reading.fact().equals(fact));
    }
}
