package ismap.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import ismap.Shipped;
import ismap.decision.Place;
import ismap.decision.Problem;
import ismap.decision.Status;
import ismap.decision.Value;
import ismap.drools.DroolsCompiler;
import ismap.evaluation.Schedule.Line;
import ismap.ledger.InMemoryLedger;
import ismap.revision.InMemoryRevisionStore;
import ismap.rulebook.Altered;
import ismap.rulebook.Parameter;
import ismap.rulebook.Rulebook;
import ismap.rulebook.Table;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Plans by the shipped rulebook, against days that were counted by hand. */
@Tag("core")
class PlannerTest {

    private static final Instant NOW = Instant.parse("2026-11-22T03:00:00Z");
    private static final Planner PLANNER = planner(new ActiveRulebook(
            "shipped-1",
            "sha256:" + "0".repeat(64),
            NOW,
            Shipped.checked().rulebook().orElseThrow(),
            Shipped.checked().sources(),
            Shipped.checked().plans(),
            Shipped.compiled()));

    @Test
    void aFirstApplicationIsPlannedFromTheFirstDayOfThePeriod() {
        assertThat(days(schedule(Map.of("assessmentPeriodStart", "2026-04-01"))))
                .containsExactly(
                        "1-PERIOD_END-MUST 2026-06-30..2027-03-31",
                        "1-DESIGN_REFERENCE-MUST 2026-04-01..2027-03-31",
                        "1-REPORT-GUIDE ..2027-06-30",
                        "1-FILING-GUIDE ..2027-07-31",
                        "1-FILING-MUST 2027-06-30..",
                        "1-STATEMENT-MUST ..2027-07-31",
                        "1-DECISION-RESULT ..2028-07-31",
                        "1-EXPIRY-RESULT 2027-04-01..2028-07-31",
                        "2-PERIOD_START-MUST 2027-04-01..2027-04-01",
                        "2-PERIOD_END-MUST 2027-06-30..2028-03-31",
                        "2-DESIGN_REFERENCE-MUST 2027-04-01..2028-03-31",
                        "2-REPORT-GUIDE ..2028-06-30",
                        "2-RENEWAL_FILING-GUIDE ..2028-07-31",
                        "2-RENEWAL_FILING-MUST 2028-06-30..2028-07-31",
                        "2-STATEMENT-MUST ..2028-07-31",
                        "2-RENEWED_EXPIRY-RESULT ..2029-07-31");
    }

    @Test
    void aRenewalIsPlannedFromTheEndOfThePreviousPeriod() {
        Map<String, Object> facts = Map.of(
                "applicationKind", "RENEWAL",
                "previousAssessmentPeriodEnd", "2025-12-31",
                "registrationDecidedOn", "2026-06-01");
        assertThat(days(schedule(facts)))
                .contains(
                        "1-PERIOD_START-MUST 2026-01-01..2026-01-01",
                        "1-PERIOD_END-MUST 2026-03-31..2026-12-31",
                        "1-RENEWAL_FILING-MUST 2027-03-31..2027-04-30",
                        "1-EXPIRY-RESULT 2026-01-01..2027-04-30",
                        "1-RENEWED_EXPIRY-RESULT ..2028-04-30",
                        "2-RENEWAL_FILING-MUST 2028-03-31..2028-04-30")
                .noneMatch(day -> day.contains("-DECISION-"));
    }

    @Test
    void fromTheLastDayOfThePeriodItIsSaidWhenItMayHaveBegun() {
        assertThat(days(schedule(Map.of("assessmentPeriodEnd", "2026-09-30"))))
                .startsWith("1-PERIOD_START-MUST 2025-10-01..2026-07-01");
    }

    /** The worked values of the catalogue, section 2.1, reading A. */
    @ParameterizedTest
    @CsvSource({
        "2021-10-30, 2023-02-28",
        "2022-10-29, 2024-02-29",
        "2022-10-31, 2024-02-29",
        "2023-10-30, 2025-02-28",
        "2024-02-28, 2025-06-28",
        "2024-02-29, 2025-06-30",
    })
    void aRegistrationExpiresAndIsRenewedAsTheCatalogueCounts(String end, String expiry) {
        Schedule schedule = schedule(Map.of("assessmentPeriodEnd", end));
        assertThat(line(schedule, "1-EXPIRY-RESULT").to()).contains(LocalDate.parse(expiry));
        assertThat(line(schedule, "1-DECISION-RESULT").to()).contains(LocalDate.parse(expiry));
        assertThat(line(schedule, "2-RENEWAL_FILING-MUST").to()).contains(LocalDate.parse(expiry));
    }

    @Test
    void everyLineCitesARuleThatTurnsOnTheDayBeyond() {
        Schedule schedule = schedule(Map.of("assessmentPeriodStart", "2026-04-01"));
        assertThat(schedule.lines()).allSatisfy(line -> {
            assertThat(line.reasons()).as(line.id()).anyMatch(reason -> !reason.within());
            assertThat(line.reasons()).allSatisfy(reason -> {
                assertThat(reason.finding().citation().clause()).isNotBlank();
                assertThat(reason.within())
                        .as(line.id())
                        .isEqualTo(reason.finding().status() == Status.SATISFIED);
            });
        });
        assertThat(rules(line(schedule, "1-PERIOD_END-MUST"))).containsExactly("CC-2.2.5-3", "CC-2.2.5-1");
        assertThat(rules(line(schedule, "1-FILING-GUIDE"))).containsExactly("AG-1");
        assertThat(rules(line(schedule, "2-RENEWAL_FILING-MUST"))).containsExactly("BR-3.2-4", "BR-3.5-3");
    }

    @Test
    void daysThatWereEnteredTakeThePlaceOfAssumedOnes() {
        Schedule schedule = schedule(Map.of(
                "assessmentPeriodStart", "2026-04-01",
                "assessmentPeriodEnd", "2026-12-31",
                "assessmentReportDate", "2027-02-10",
                "applicationFiledAt", "2027-03-01",
                "registrationDecidedOn", "2027-08-20"));
        assertThat(days(schedule))
                .contains(
                        "1-REPORT-GUIDE ..2027-03-31",
                        "1-REPORT-MUST ..2027-03-01",
                        "1-FILING-MUST 2027-02-10..",
                        "1-STATEMENT-MUST ..2027-03-01",
                        "1-EFFECTIVE-RESULT 2027-08-20..2027-08-20",
                        "1-EXPIRY-RESULT 2027-01-01..2028-04-30");
        assertThat(schedule.assumed()).noneMatch(day -> day.cycle() == 1);
        assertThat(schedule.objections()).isEmpty();
    }

    @Test
    void whatStandsAgainstEnteredDaysIsSaid() {
        Schedule schedule = schedule(Map.of(
                "previousAssessmentPeriodEnd", "2026-03-31",
                "assessmentPeriodStart", "2026-04-02",
                "assessmentPeriodEnd", "2027-05-01",
                "assessmentReportDate", "2027-09-01",
                "applicationFiledAt", "2027-08-31"));
        assertThat(schedule.objections())
                .extracting(ismap.decision.Finding::rule)
                .contains("CC-2.2.5-1", "CC-2.2.5-2", "BR-3.2-4", "AG-1");
    }

    @Test
    void aRenewalFiledTooLateIsAnObjection() {
        Schedule schedule = schedule(Map.of(
                "applicationKind", "RENEWAL",
                "previousAssessmentPeriodEnd", "2025-12-31",
                "applicationFiledAt", "2027-05-01"));
        assertThat(schedule.objections())
                .extracting(ismap.decision.Finding::rule)
                .contains("BR-3.5-3");
    }

    @Test
    void whatIsPastIsKnownToBePast() {
        Schedule schedule = schedule(Map.of("assessmentPeriodEnd", "2026-03-31"));
        assertThat(line(schedule, "1-REPORT-GUIDE").isPast(schedule.asOf())).isTrue();
        assertThat(line(schedule, "1-EXPIRY-RESULT").isPast(schedule.asOf())).isFalse();
        assertThat(line(schedule, "1-FILING-MUST").isPast(schedule.asOf())).isFalse();
    }

    @Test
    void anotherNumberOfMonthsInAFileIsAnotherPlan() {
        Map<String, Object> facts = Map.of("assessmentPeriodStart", "2026-04-01");
        Schedule changed = schedule(planner(with(Map.of("serviceValidityMonths", 18L, "reportMonths", 2L))), facts);
        assertThat(days(changed))
                .contains(
                        "1-REPORT-GUIDE ..2027-05-31",
                        "1-EXPIRY-RESULT 2027-04-01..2028-09-30",
                        "2-RENEWAL_FILING-MUST 2028-05-31..2028-09-30",
                        "2-RENEWED_EXPIRY-RESULT ..2029-09-30")
                .contains("1-PERIOD_END-MUST 2026-06-30..2027-03-31");
    }

    @Test
    void aGuideThatARowMakesADutyIsADutyInThePlan() {
        Schedule changed = schedule(
                planner(with(Map.of(), "service-acceptance", Set.of("AG-1/2", "AG-1/3"), Status.NOT_ACCEPTED)),
                Map.of("assessmentPeriodStart", "2026-04-01"));
        assertThat(days(changed))
                .contains("1-FILING-MUST 2027-06-30..2027-07-31", "1-REPORT-MUST ..2027-06-30")
                .noneMatch(day -> day.contains("-GUIDE"));
        assertThat(rules(line(changed, "1-FILING-MUST"))).contains("AG-1");
    }

    @Test
    void allThatIsWrongIsSaidAtOnce() {
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("assessmentPeriodStart", "2026-02-30");
        facts.put("assessmentPeriodEnd", "2300-01-01");
        facts.put("applicationFiledAt", 7);
        facts.put("nothing", "x");
        assertThat(wrong(Map.of("facts", facts, "revision", "other")))
                .containsOnly(
                        "/revision UNKNOWN_FIELD",
                        "/facts/assessmentPeriodStart WRONG_VALUE",
                        "/facts/assessmentPeriodEnd DAY_TOO_FAR",
                        "/facts/applicationFiledAt WRONG_VALUE",
                        "/facts/nothing UNKNOWN_FACT");
    }

    @Test
    void aPlanNeedsADayToStartFrom() {
        assertThat(wrong(Map.of())).containsExactly("/facts/previousAssessmentPeriodEnd PLAN_WITHOUT_A_DAY");
        assertThat(wrong(Map.of("facts", Map.of("applicationKind", "RENEWAL", "assessmentPeriodStart", "2026-04-01"))))
                .containsExactly("/facts/previousAssessmentPeriodEnd PLAN_WITHOUT_A_DAY");
        assertThat(wrong(Map.of(
                        "facts", Map.of("assessmentPeriodStart", "2026-04-01", "assessmentPeriodEnd", "2026-03-31"))))
                .containsExactly("/facts/assessmentPeriodEnd DAYS_REVERSED");
    }

    // ---- helpers

    private static Planner planner(ActiveRulebook active) {
        var ledger = new InMemoryLedger(new InMemoryRevisionStore(() -> NOW), () -> NOW);
        return new Evaluations(
                        () -> Optional.of(active),
                        ledger,
                        Clock.fixed(NOW, ZoneOffset.UTC),
                        UUID::randomUUID,
                        (decision, revision, difference) -> {
                            throw new AssertionError(decision + ": " + difference);
                        })
                .planner();
    }

    private static Schedule schedule(Map<String, Object> facts) {
        return schedule(PLANNER, facts);
    }

    private static Schedule schedule(Planner planner, Map<String, Object> facts) {
        var all = new LinkedHashMap<>(facts);
        all.put("scheme", "ISMAP");
        return ((Planning.Planned) planner.plan(Map.of("facts", all))).schedule();
    }

    private static List<String> wrong(Map<String, Object> request) {
        return ((Planning.Invalid) PLANNER.plan(request))
                .problems().stream()
                        .map(problem -> pointer(problem) + " " + problem.code())
                        .toList();
    }

    private static String pointer(Problem problem) {
        return ((Place.Pointer) problem.places().get(0)).pointer();
    }

    private static List<String> days(Schedule schedule) {
        return schedule.lines().stream()
                .map(line -> "%s %s..%s".formatted(line.id(), written(line.from()), written(line.to())))
                .toList();
    }

    private static String written(Optional<LocalDate> day) {
        return day.map(LocalDate::toString).orElse("");
    }

    private static Line line(Schedule schedule, String id) {
        return schedule.lines().stream()
                .filter(line -> line.id().equals(id))
                .findFirst()
                .orElseThrow(() -> new AssertionError(id + " is not among " + days(schedule)));
    }

    private static List<String> rules(Line line) {
        return line.reasons().stream()
                .map(reason -> reason.finding().rule())
                .distinct()
                .collect(Collectors.toList());
    }

    private static ActiveRulebook with(Map<String, Long> months) {
        return with(months, "", Set.of(), Status.WARNING);
    }

    /**
     * The shipped rulebook with the decisions that plans need, and changed as a file of it may be.
     *
     * @param months other numbers of months, by parameter
     * @param rows of rules of the decision, which say {@code status} then
     */
    private static ActiveRulebook with(Map<String, Long> months, String decision, Set<String> rows, Status status) {
        Rulebook shipped = Shipped.checked().rulebook().orElseThrow();
        var parameters = new TreeMap<>(shipped.parameters());
        months.forEach((name, number) ->
                parameters.computeIfPresent(name, (same, parameter) -> withMonths(parameter, number)));
        var decisions = new LinkedHashMap<>(shipped.decisions());
        decisions.keySet().retainAll(List.of("service-acceptance", "assessment-scope", "service-validity"));
        decisions.computeIfPresent(
                decision,
                (name, definition) -> Altered.with(
                        definition,
                        definition.rules().stream()
                                .map(table -> table.withRows(table.rows().stream()
                                        .map(each -> rows.contains(each.id()) ? withStatus(each, status) : each)
                                        .toList()))
                                .toList()));
        return ActiveRulebook.compile(
                "changed-1",
                "sha256:" + "1".repeat(64),
                NOW,
                new Rulebook(
                        shipped.formatVersion(),
                        shipped.vocabulary(),
                        shipped.clauses(),
                        parameters,
                        shipped.derivations(),
                        shipped.concluded(),
                        decisions),
                Shipped.checked().sources(),
                new DroolsCompiler());
    }

    private static Parameter withMonths(Parameter parameter, long months) {
        return new Parameter(
                parameter.name(),
                parameter.referenceDays(),
                parameter.label(),
                parameter.values().stream()
                        .map(dated -> new Parameter.Dated(
                                Value.of(months),
                                dated.unit(),
                                dated.from(),
                                dated.until(),
                                dated.citation(),
                                dated.note()))
                        .toList());
    }

    private static Table.Row withStatus(Table.Row row, Status status) {
        return new Table.Row(
                row.id(),
                row.from(),
                row.until(),
                row.referenceDay(),
                row.conditions(),
                Optional.of(status),
                row.conclusion(),
                row.attributes(),
                row.citation(),
                row.message(),
                row.assumption(),
                row.note());
    }
}
