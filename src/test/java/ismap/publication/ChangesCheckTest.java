package ismap.publication;

import static org.assertj.core.api.Assertions.assertThat;

import ismap.OtherMonths;
import ismap.Shipped;
import ismap.decision.Place;
import ismap.decision.Problem;
import ismap.publication.Check.Result;
import ismap.publication.Check.Subject;
import ismap.regression.Acknowledgement;
import ismap.regression.Scenario;
import ismap.rulebook.RulebookFiles;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("core")
class ChangesCheckTest {

    private static final LocalDate TODAY = LocalDate.of(2026, 11, 30);
    private static final Place ROW = new Place.Cell("acknowledgements.xlsx", "Acknowledgements", "A3");

    private static final List<Scenario> SCENARIOS =
            Shipped.scenarios(OtherMonths.DECISION).subList(0, 25);
    private static final CheckedRulebook BASE =
            OtherMonths.checked(Shipped.checked().rulebook().orElseThrow(), SCENARIOS);

    private static Result check(CheckedRulebook draft, Acknowledgement... acknowledgements) {
        return new ChangesCheck(files -> new Acknowledgement.Read(List.of(acknowledgements), List.of()), () -> TODAY)
                .run(new Subject(new RulebookFiles(Map.of()), draft, Optional.of(BASE)), (done, total) -> {});
    }

    private static Acknowledgement accepted(String problem, String region, LocalDate until) {
        return new Acknowledgement(problem, region, "A-27", "basic-regulations 3.5", "committee", until, ROW);
    }

    private static List<String> values(Result result, String code) {
        return result.problems().stream()
                .filter(problem -> problem.code().equals(code))
                .map(Problem::value)
                .toList();
    }

    private static CheckedRulebook otherMonths(List<Scenario> scenarios) {
        return OtherMonths.checked(OtherMonths.rulebook(), scenarios);
    }

    @Test
    void aDraftThatDecidesAsItsBaseDoesHasNothingToAcknowledge() {
        Result result = check(BASE);

        assertThat(result.problems()).isEmpty();
        assertThat(result.details()).containsEntry("scenarios", 25).containsEntry("decidedOtherwise", 0);
    }

    @Test
    void everyScenarioThatIsAnsweredOtherwiseIsAnErrorUntilItIsAcknowledgedByName() {
        Result open = check(otherMonths(SCENARIOS));

        List<String> changed = values(open, "SCENARIO_DECIDED_OTHERWISE");
        assertThat(changed).hasSizeGreaterThan(3).allMatch(name -> name.startsWith("service-validity "));
        assertThat(open.problems())
                .allMatch(Problem::isError)
                .allSatisfy(problem ->
                        assertThat(problem.places().get(0).toString()).startsWith("scenarios/service-validity.xlsx"));
        assertThat(open.details()).containsEntry("decidedOtherwise", changed.size());

        var all = changed.stream()
                .map(name -> accepted("SCENARIO_DECIDED_OTHERWISE", name, TODAY))
                .toArray(Acknowledgement[]::new);
        Result closed = check(otherMonths(SCENARIOS), all);

        assertThat(closed.problems()).isEmpty();
        assertThat(closed.details())
                .containsEntry("decidedOtherwise", changed.size())
                .containsEntry("acknowledgementsUsed", changed.size());
    }

    @Test
    void anAcknowledgementCountsUntilItsLastDayAndIsToldWhenNothingNeedsIt() {
        String name = values(check(otherMonths(SCENARIOS)), "SCENARIO_DECIDED_OTHERWISE")
                .get(0);

        Result result = check(
                otherMonths(SCENARIOS),
                accepted("SCENARIO_DECIDED_OTHERWISE", name, TODAY.minusDays(1)),
                accepted("SCENARIO_DECIDED_OTHERWISE", "service-validity NO-SUCH", TODAY));

        assertThat(values(result, "SCENARIO_DECIDED_OTHERWISE")).contains(name);
        assertThat(values(result, "ACKNOWLEDGEMENT_EXPIRED")).hasSize(1);
        assertThat(values(result, "ACKNOWLEDGEMENT_UNUSED"))
                .containsExactly("SCENARIO_DECIDED_OTHERWISE service-validity NO-SUCH");
        assertThat(result.problems().stream().filter(problem -> !problem.isError()))
                .allSatisfy(problem -> assertThat(problem.places()).contains(ROW));
    }

    @Test
    void aScenarioThatIsGoneOrAnotherCaseNeedsAnAcknowledgementToo() {
        var scenarios = new ArrayList<>(SCENARIOS);
        String gone = "service-validity " + scenarios.remove(0).id();
        Scenario first = scenarios.get(0);
        scenarios.set(
                0,
                new Scenario(
                        first.id(),
                        first.sentence(),
                        first.decision(),
                        first.asOf().plusDays(1),
                        first.facts(),
                        first.outcome(),
                        first.findings(),
                        first.values(),
                        first.missing(),
                        first.places()));
        CheckedRulebook draft = OtherMonths.checked(Shipped.checked().rulebook().orElseThrow(), scenarios);

        assertThat(values(check(draft), "SCENARIO_LOST")).containsExactly(gone, "service-validity " + first.id());
        assertThat(values(check(draft, accepted("SCENARIO_LOST", gone, TODAY)), "SCENARIO_LOST"))
                .containsExactly("service-validity " + first.id());
    }

    @Test
    void aWarningOfTheRulebookIsAcknowledgedByItsCodeAndPlace() {
        Problem warning = Problem.warning(
                "TABLE_NOT_CHECKED",
                new Place.Cell("service-validity.xlsx", "BR-3.5-1", "B2"),
                ismap.decision.Bilingual.EMPTY,
                ismap.decision.Bilingual.EMPTY);
        CheckedRulebook draft =
                new CheckedRulebook(BASE.rulebook(), BASE.sources(), BASE.plans(), BASE.scenarios(), List.of(warning));

        assertThat(check(draft).details()).containsEntry("warnings", 1).containsEntry("warningsAcknowledged", 0);
        for (String region : List.of("", "service-validity.xlsx", "service-validity.xlsx BR-3.5-1!B2")) {
            Result result = check(draft, accepted("TABLE_NOT_CHECKED", region, TODAY));
            assertThat(result.details()).as(region).containsEntry("warningsAcknowledged", 1);
            assertThat(result.problems()).as(region).isEmpty();
        }
        assertThat(check(draft, accepted("TABLE_NOT_CHECKED", "list-entry.xlsx", TODAY))
                        .details())
                .containsEntry("warningsAcknowledged", 0);
    }
}
