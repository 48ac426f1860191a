package ismap.evaluation;

import ismap.decision.Finding;
import ismap.decision.Status;
import ismap.evaluation.Schedule.Reason;
import ismap.rulebook.Answers.Said;
import ismap.rulebook.EvaluationFailure;
import ismap.rulebook.FactReader;
import ismap.rulebook.Interpreter;
import ismap.rulebook.Plan;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * Asks the rules about one day after another until one of them turns. Which rule that is, and after how long, only the rules know: the
 * interpreter looks for the day, and both engines decide it and the day beyond.
 */
final class DaySearch {

    /** They stand against what is asked about. */
    static final Set<Status> AGAINST = EnumSet.of(
            Status.PROHIBITED,
            Status.NOT_ACCEPTED,
            Status.NOT_SATISFIED,
            Status.REFER_TO_COMMITTEE,
            Status.REFER_TO_PROCURING_BODY);

    static final Set<Status> WARNED = EnumSet.of(Status.WARNING);

    /** A rule that has not turned eleven years on is taken not to turn at all. */
    private static final int FARTHEST = 4096;

    /**
     * A question of which one day is open.
     *
     * @param moved the fact that the day belongs to
     * @param facts all facts, on that day
     * @param asOf the day asked about, on that day
     */
    record Question(
            String decision,
            String moved,
            Function<LocalDate, Map<String, Object>> facts,
            Function<LocalDate, LocalDate> asOf) {}

    /** @param day the last one before a rule turned, in the direction that was looked into */
    record Turn(LocalDate day, List<Reason> reasons) {}

    private record Asked(String decision, Map<String, Object> facts, LocalDate asOf) {}

    private final ActiveRulebook active;
    private final BothEngines engines;
    private final Map<Asked, Optional<Said>> decided = new HashMap<>();
    private final Map<Asked, Map<String, Status>> looked = new HashMap<>();
    private boolean failed;

    DaySearch(ActiveRulebook active, BothEngines engines) {
        this.active = active;
        this.engines = engines;
    }

    /** Whether some case could not be decided. */
    boolean failed() {
        return failed;
    }

    /** Both engines; empty where there is no such decision, or where it fails. */
    Optional<Said> ask(String decision, Map<String, Object> facts, LocalDate asOf) {
        return decided.computeIfAbsent(new Asked(decision, facts, asOf), this::said);
    }

    private Optional<Said> said(Asked asked) {
        Optional<Plan> plan = active.plan(asked.decision());
        if (plan.isEmpty()) {
            return Optional.empty();
        }
        Optional<Said> answer = engines.say(
                active, plan.get(), FactReader.read(plan.get(), asked.facts()).facts(), asked.asOf());
        failed |= answer.isEmpty();
        return answer;
    }

    /** The last day from {@code seed} on, included, before a rule turns. */
    Optional<Turn> last(Question question, LocalDate seed, Set<Status> to) {
        return turn(question, seed, to, 1);
    }

    /** The first day back from {@code seed}, included, before which a rule turns. */
    Optional<Turn> first(Question question, LocalDate seed, Set<Status> to) {
        return turn(question, seed, to, -1);
    }

    private Optional<Turn> turn(Question question, LocalDate seed, Set<Status> to, int direction) {
        Map<String, Status> before = statuses(question, seed);
        int within = 0;
        int beyond = 1;
        while (!turns(question, seed.plusDays((long) direction * beyond), before, to)) {
            within = beyond;
            beyond *= 2;
            if (beyond > FARTHEST) {
                return Optional.empty();
            }
        }
        while (beyond - within > 1) {
            int middle = (within + beyond) / 2;
            if (turns(question, seed.plusDays((long) direction * middle), before, to)) {
                beyond = middle;
            } else {
                within = middle;
            }
        }
        LocalDate day = seed.plusDays((long) direction * within);
        return Optional.of(new Turn(day, reasons(question, day, day.plusDays(direction), before, to)));
    }

    private boolean turns(Question question, LocalDate day, Map<String, Status> before, Set<Status> to) {
        return !turned(statuses(question, day), before, to).isEmpty();
    }

    private static Set<String> turned(Map<String, Status> now, Map<String, Status> before, Set<Status> to) {
        var turned = new TreeSet<String>();
        now.forEach((rule, status) -> {
            Status was = before.get(rule);
            if (to.contains(status) && was != null && !to.contains(was)) {
                turned.add(rule);
            }
        });
        return turned;
    }

    /** By rule; empty where the case cannot be decided. */
    private Map<String, Status> statuses(Question question, LocalDate day) {
        return looked.computeIfAbsent(
                new Asked(
                        question.decision(),
                        question.facts().apply(day),
                        question.asOf().apply(day)),
                this::look);
    }

    private Map<String, Status> look(Asked asked) {
        Optional<Plan> plan = active.plan(asked.decision());
        if (plan.isEmpty()) {
            return Map.of();
        }
        var statuses = new HashMap<String, Status>();
        try {
            Interpreter.reason(
                            plan.get(),
                            FactReader.read(plan.get(), asked.facts()).facts(),
                            asked.asOf())
                    .decided()
                    .forEach((rule, found) -> statuses.put(rule, found.status()));
        } catch (EvaluationFailure failure) {
            failed = true;
        }
        return statuses;
    }

    /**
     * What the rules that turned say of both days. Of several, those that look at what was moved, and of these, those that were satisfied
     * within: a rule that follows another one says nothing of its own.
     */
    private List<Reason> reasons(
            Question question, LocalDate within, LocalDate beyond, Map<String, Status> before, Set<Status> to) {
        Set<String> turned = turned(statuses(question, beyond), before, to);
        List<Finding> against = findings(question, beyond).stream()
                .filter(finding -> turned.contains(finding.rule()) && to.contains(finding.status()))
                .toList();
        List<Finding> moved = against.stream()
                .filter(finding -> finding.because().containsKey(question.moved()))
                .toList();
        var satisfied = new ArrayList<Reason>();
        var beyondAlone = new ArrayList<Reason>();
        for (Finding finding : moved.isEmpty() ? against : moved) {
            Reason outside = new Reason(beyond, false, finding);
            findings(question, within).stream()
                    .filter(other -> other.rule().equals(finding.rule()) && other.item() == null)
                    .filter(other -> other.status() == Status.SATISFIED)
                    .findFirst()
                    .ifPresent(other -> satisfied.addAll(List.of(new Reason(within, true, other), outside)));
            beyondAlone.add(outside);
        }
        return satisfied.isEmpty() ? beyondAlone : satisfied;
    }

    private List<Finding> findings(Question question, LocalDate day) {
        return ask(
                        question.decision(),
                        question.facts().apply(day),
                        question.asOf().apply(day))
                .map(Said::findings)
                .orElse(List.of());
    }
}
