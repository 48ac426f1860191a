package ismap.analysis;

import ismap.decision.Status;
import ismap.rulebook.DecisionDefinition;
import ismap.rulebook.DecisionDefinition.Call;
import ismap.rulebook.DecisionDefinition.Outcome;
import ismap.rulebook.Plan;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * How an outcome stands with whoever asks. Nobody writes it down: it follows from the findings that call for the outcome. What is called
 * for by something not satisfied is unfavourable; by a referral, referred; by something satisfied, allowed or done, favourable. What
 * holds otherwise is favourable, unless something satisfied or allowed calls for another outcome. That nothing applies, or that facts are missing, is neither good nor bad.
 */
public enum Standing {
    OUTSIDE,
    UNFAVOURABLE,
    REFERRED,
    FAVOURABLE;

    private static final Set<Status> AGAINST =
            EnumSet.of(Status.PROHIBITED, Status.NOT_ACCEPTED, Status.NOT_SATISFIED, Status.DUTY_ARISES);
    private static final Set<Status> UNDECIDED = EnumSet.of(Status.REFER_TO_COMMITTEE, Status.REFER_TO_PROCURING_BODY);
    /** A duty that was done is as good as none; of the others there is nothing as good. */
    private static final Set<Status> WANTED = EnumSet.of(Status.SATISFIED, Status.ALLOWED);

    private static final Set<Status> IN_FAVOUR = EnumSet.of(Status.SATISFIED, Status.ALLOWED, Status.DUTY_MET);

    /** Whether a rule is met, and does not only stop standing in the way. */
    static boolean isMet(Status status) {
        return IN_FAVOUR.contains(status);
    }

    public static Standing of(Plan plan, String outcome) {
        DecisionDefinition decision = plan.decision();
        Outcome defined = decision.outcomes().stream()
                .filter(each -> each.code().equals(outcome))
                .findFirst()
                .orElseThrow();
        if (defined.calls().contains(new Call.Otherwise())) {
            boolean wanted = decision.outcomes().stream()
                    .filter(other -> called(plan, other) == FAVOURABLE)
                    .flatMap(other -> other.calls().stream())
                    .flatMap(call -> statuses(plan, call))
                    .anyMatch(WANTED::contains);
            return wanted ? OUTSIDE : FAVOURABLE;
        }
        return called(plan, defined);
    }

    /** The outcomes that count as better than this one, the best first. Nothing is better for not applying any more. */
    public static List<String> betterThan(Plan plan, String outcome) {
        Standing now = of(plan, outcome);
        return plan.decision().outcomes().stream()
                .map(Outcome::code)
                .filter(code -> of(plan, code).compareTo(now) > 0)
                .filter(code -> now != OUTSIDE || of(plan, code) == FAVOURABLE)
                .sorted(Comparator.comparing((String code) -> of(plan, code)).reversed())
                .toList();
    }

    private static Standing called(Plan plan, Outcome outcome) {
        List<Status> by =
                outcome.calls().stream().flatMap(call -> statuses(plan, call)).toList();
        if (by.isEmpty() || by.contains(Status.NOT_APPLICABLE)) {
            return OUTSIDE;
        }
        if (by.stream().anyMatch(AGAINST::contains)) {
            return UNFAVOURABLE;
        }
        return by.stream().anyMatch(UNDECIDED::contains)
                ? REFERRED
                : by.stream().anyMatch(IN_FAVOUR::contains) ? FAVOURABLE : OUTSIDE;
    }

    private static Stream<Status> statuses(Plan plan, Call call) {
        if (call instanceof Call.ByStatus byStatus) {
            return byStatus.statuses().stream();
        }
        if (call instanceof Call.ByRow byRow) {
            return Stream.of(Plan.statusOf(plan.rule(byRow.rule()).table(), byRow.row()));
        }
        return call instanceof Call.ByAny byAny ? byAny.statuses().stream() : Stream.empty();
    }
}
