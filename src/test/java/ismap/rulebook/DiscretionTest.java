package ismap.rulebook;

import static ismap.decision.Status.ALLOWED;
import static ismap.decision.Status.DUTY_ARISES;
import static ismap.decision.Status.DUTY_MET;
import static ismap.decision.Status.INSUFFICIENT_FACTS;
import static ismap.decision.Status.NOT_ACCEPTED;
import static ismap.decision.Status.NOT_APPLICABLE;
import static ismap.decision.Status.NOT_DUE;
import static ismap.decision.Status.NOT_SATISFIED;
import static ismap.decision.Status.PROHIBITED;
import static ismap.decision.Status.REFER_TO_COMMITTEE;
import static ismap.decision.Status.SATISFIED;
import static ismap.decision.Status.WARNING;
import static org.assertj.core.api.Assertions.assertThat;

import ismap.Shipped;
import ismap.decision.Status;
import ismap.decision.Value;
import ismap.rulebook.RandomCases.Drawn;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever the facts are: who may decide is asked, and nobody is refused by a machine that somebody may refuse. */
@Tag("core")
class DiscretionTest {

    private static final int CASES = 2_000;

    /** A statement has hundreds of controls, and each rule looks at each. */
    private static final int HEAVY_CASES = 100;

    private static final Set<Status> REFUSALS = Set.of(NOT_SATISFIED, PROHIBITED, NOT_ACCEPTED);

    /** The powers of chapter 5; with them those that a workbook marks as discretion. */
    private static final Set<String> POWERS =
            Set.of("BR-5.1-1", "BR-5.2-1", "BR-5.2-2", "BR-5.3-1", "BR-5.4-1", "BR-5.4-2", "LIU-3-6");

    /** What rules may say beside NOT_APPLICABLE and INSUFFICIENT_FACTS: permissions, notices, duties, and what a person decides. */
    private static final Map<String, Set<Status>> MAY_SAY = Map.ofEntries(
            Map.entry("SM-1", Set.of(ALLOWED)),
            Map.entry("BR-S3-1", Set.of(SATISFIED)),
            Map.entry("BR-S3-2", Set.of(SATISFIED)),
            Map.entry("CYC-2024-1", Set.of(SATISFIED, NOT_SATISFIED)),
            Map.entry("BR-6.2-1", Set.of(SATISFIED, REFER_TO_COMMITTEE)),
            Map.entry("LIU-0-3", Set.of(SATISFIED)),
            Map.entry("LIU-3-1", Set.of(SATISFIED, NOT_ACCEPTED, REFER_TO_COMMITTEE)),
            Map.entry("LIST-LIU-1", Set.of(SATISFIED)),
            Map.entry("BR-2.1-3", Set.of(SATISFIED, ALLOWED, WARNING)),
            Map.entry("BR-3.3-1", Set.of(SATISFIED)),
            Map.entry("BR-3.3-2", Set.of(NOT_ACCEPTED)),
            Map.entry("BR-3.6-1", Set.of(DUTY_ARISES)),
            Map.entry("BR-4.6-1", Set.of(NOT_DUE, DUTY_ARISES, DUTY_MET)),
            Map.entry("BR-9.2-4", Set.of(REFER_TO_COMMITTEE)),
            Map.entry("AR-IND-1", Set.of(REFER_TO_COMMITTEE)),
            Map.entry("BR-LATE-x", Set.of(REFER_TO_COMMITTEE)),
            Map.entry("FAQ-0866-1", Set.of(SATISFIED, REFER_TO_COMMITTEE)),
            Map.entry("RA-0-1", Set.of(SATISFIED, NOT_SATISFIED, REFER_TO_COMMITTEE, WARNING)),
            Map.entry("AR-P-2", Set.of(SATISFIED, NOT_SATISFIED, REFER_TO_COMMITTEE, WARNING)),
            Map.entry("AG-1", Set.of(SATISFIED, WARNING)),
            Map.entry("CC-2.2.2-2", Set.of(WARNING)),
            Map.entry("CS-4.2.1-2", Set.of(WARNING)),
            Map.entry("CS-4.2.1-3", Set.of(WARNING)));

    /** A rule that follows a person's decision, and the fact that holds it. */
    private static final Map<String, List<String>> FOLLOWS = Map.of(
            "service-acceptance", List.of("BR-3.4-1", "committeeDetermination"),
            "assessor-acceptance", List.of("BR-4.3-2", "committeeDetermination"),
            "service-validity", List.of("BR-3.4-1", "registrationDecision"));

    static List<String> decisions() {
        return Shipped.decisions();
    }

    @ParameterizedTest
    @MethodSource("decisions")
    void whateverTheFactsNoRuleSaysMoreThanItMay(String decision) {
        Plan plan = Shipped.plan(decision);
        RandomCases cases = new RandomCases(plan, Shipped.scenarios(decision), 20_201_220);
        int number = decision.equals("statement-completeness") ? HEAVY_CASES : CASES;
        var faults = new ArrayList<String>();
        for (int i = 0; i < number && faults.size() < 10; i++) {
            Drawn drawn = cases.next();
            Facts facts = FactReader.read(plan, drawn.raw()).facts();
            var found = new TreeSet<String>();
            look(plan, drawn, Interpreter.reason(plan, facts, drawn.asOf()), found);
            found.forEach(fault -> faults.add(fault + " of " + drawn));
        }
        assertThat(faults).isEmpty();
    }

    private static void look(Plan plan, Drawn drawn, Reasoning reasoning, Set<String> faults) {
        for (Table rule : plan.decision().rules()) {
            Status status = status(reasoning, rule.id());
            if ((rule.discretion() || POWERS.contains(rule.id())) && REFUSALS.contains(status)) {
                faults.add("the power %s says %s".formatted(rule.id(), status));
            }
            boolean open = status == NOT_APPLICABLE || status == INSUFFICIENT_FACTS;
            if (!open && !MAY_SAY.getOrDefault(rule.id(), Set.of(status)).contains(status)) {
                faults.add("%s says %s".formatted(rule.id(), status));
            }
        }
        List<String> follows = FOLLOWS.getOrDefault(plan.decision().name(), List.of());
        if (!follows.isEmpty()) {
            Object decided = drawn.raw().get(follows.get(1));
            Status status = status(reasoning, follows.get(0));
            if ((decided == null || decided.equals("PENDING")) && REFUSALS.contains(status)) {
                faults.add("%s says %s though nobody has decided".formatted(follows.get(0), status));
            }
        }
        measures(plan, drawn, reasoning, faults);
        if (plan.decision().name().equals("service-acceptance")) {
            assessor(reasoning, faults);
        }
    }

    /** No suspension and no revocation follows from anything but the fact that the Committee decided it. */
    private static void measures(Plan plan, Drawn drawn, Reasoning reasoning, Set<String> faults) {
        String outcome = Outcomes.calledFor(
                        plan.decision(),
                        rule -> java.util.Objects.requireNonNull(
                                reasoning.decided().get(rule)))
                .code();
        String prefix = plan.decision().name().startsWith("assessor") ? "assessor" : "";
        if (outcome.equals("REVOKED") && drawn.raw().get(named(prefix, "revokedOn")) == null) {
            faults.add("REVOKED though nobody revoked");
        }
        if (outcome.equals("SUSPENDED") && !(drawn.raw().get(named(prefix, "suspensions")) instanceof List<?>)) {
            faults.add("SUSPENDED though nobody suspended");
        }
    }

    private static String named(String prefix, String fact) {
        return prefix.isEmpty()
                ? fact
                : prefix + fact.substring(0, 1).toUpperCase(java.util.Locale.ROOT) + fact.substring(1);
    }

    /** An assessor that was registered on some day of the work is a registered one; how many days suffice, the Committee says. */
    private static void assessor(Reasoning reasoning, Set<String> faults) {
        Status days = status(reasoning, "BR-3.2-3");
        for (String rule : List.of("BR-3.2-2", "BR-4.3-1")) {
            if (status(reasoning, rule) == NOT_SATISFIED && (days == SATISFIED || days == REFER_TO_COMMITTEE)) {
                faults.add("%s is not satisfied while BR-3.2-3 says %s".formatted(rule, days));
            }
        }
    }

    private static Status status(Reasoning reasoning, String rule) {
        return java.util.Objects.requireNonNull(reasoning.decided().get(rule), rule)
                .status();
    }

    @Test
    void aConflictOfInterestNeverChangesAcceptance() {
        var ofPersons = new ArrayList<>(Shipped.plan("conflict-of-interest").asked());
        assertThat(ofPersons).contains("roles", "consulting", "receivedProfit");
        assertThat(Shipped.plan("service-acceptance").asked()).doesNotContainAnyElementsOf(ofPersons);
        assertThat(Shipped.plan("assessor-acceptance").asked()).doesNotContainAnyElementsOf(ofPersons);
    }

    /** What a workbook says in no case that was drawn: the rows themselves. */
    @Test
    void noRowOfAPowerRefuses() {
        var refusing = new TreeSet<String>();
        Shipped.checked().rulebook().orElseThrow().decisions().values().stream()
                .flatMap(decision -> decision.rules().stream())
                .filter(rule -> rule.discretion() || POWERS.contains(rule.id()))
                .flatMap(rule -> rule.rows().stream())
                .filter(row -> row.status().filter(REFUSALS::contains).isPresent())
                .forEach(row -> refusing.add(row.id()));
        assertThat(refusing).isEmpty();
    }

    @Test
    void noRuleOfAnyDecisionConcludesASuspensionOrARevocation() {
        assertThat(Shipped.checked().rulebook().orElseThrow().concluded().values())
                .flatExtracting(Table::rows)
                .extracting(Table.Row::conclusion)
                .doesNotContain(Value.of("SUSPENDED"), Value.of("REVOKED"));
    }
}
