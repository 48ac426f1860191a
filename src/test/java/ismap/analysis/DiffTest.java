package ismap.analysis;

import static ismap.TinyRulebook.DECISION;
import static ismap.TinyRulebook.row;
import static ismap.TinyRulebook.test;
import static org.assertj.core.api.Assertions.assertThat;

import ismap.OtherMonths;
import ismap.Shipped;
import ismap.TinyRulebook;
import ismap.analysis.Change.Cell;
import ismap.analysis.Change.Type;
import ismap.analysis.DecisionDiff.Verdict;
import ismap.analysis.Region.What;
import ismap.decision.Bilingual;
import ismap.decision.Decision;
import ismap.decision.Place;
import ismap.decision.Status;
import ismap.rulebook.Altered;
import ismap.rulebook.Answers;
import ismap.rulebook.DecisionDefinition;
import ismap.rulebook.FactReader;
import ismap.rulebook.Interpreter;
import ismap.rulebook.Plan;
import ismap.rulebook.Rulebook;
import ismap.rulebook.SourceMap;
import ismap.rulebook.Table;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("core")
class DiffTest {

    private static final int BUDGET = 2_000;

    private static Diff.Side side(Rulebook rulebook) {
        var seeds = new LinkedHashMap<String, List<Seed>>();
        rulebook.decisions()
                .keySet()
                .forEach(name -> seeds.put(
                        name,
                        Shipped.scenarios(name).stream()
                                .map(scenario -> new Seed(scenario.facts(), scenario.asOf()))
                                .toList()));
        return new Diff.Side(rulebook, Shipped.checked().sources(), OtherMonths.plans(rulebook), seeds);
    }

    private static Diff.Side tiny(Rulebook rulebook) {
        return new Diff.Side(rulebook, new SourceMap(Map.of()), OtherMonths.plans(rulebook), Map.of());
    }

    private static Diff ofRows(Table.Row... rows) {
        return Diff.between(
                tiny(TinyRulebook.rulebook()), tiny(TinyRulebook.rulebook(Map.of(), Optional.empty(), rows)), BUDGET);
    }

    private static DecisionDiff tiny(Diff diff) {
        return diff.decisions().stream()
                .filter(decision -> decision.decision().equals(DECISION))
                .findFirst()
                .orElseThrow();
    }

    private static Decision decided(Plan plan, Region.Example example) {
        FactReader.Result read = FactReader.read(plan, example.facts());
        assertThat(read.problems()).isEmpty();
        return Answers.answer(
                plan,
                new SourceMap(Map.of()),
                read.facts(),
                example.asOf(),
                Interpreter.reason(plan, read.facts(), example.asOf()));
    }

    private static String status(Decision decision, String rule) {
        return decision.findings().stream()
                .filter(finding -> finding.rule().equals(rule) && finding.item() == null)
                .map(finding -> finding.row() + " " + finding.status())
                .findFirst()
                .orElseThrow();
    }

    @Test
    void aRulebookDoesNotDifferFromItself() {
        Rulebook shipped = Shipped.checked().rulebook().orElseThrow();

        Diff diff = Diff.between(side(shipped), side(shipped), BUDGET);

        assertThat(diff.isEmpty()).isTrue();
        assertThat(diff.decisions()).hasSameSizeAs(shipped.decisions().keySet()).allSatisfy(decision -> {
            assertThat(decision.verdict()).isEqualTo(Verdict.UNCHANGED);
            assertThat(decision.asked()).isZero();
        });
    }

    @Test
    void sixteenMonthsThatBecomeEighteenAreOneChangeAndEveryExampleOfItIsAnsweredOtherwise() {
        Rulebook shipped = Shipped.checked().rulebook().orElseThrow();
        Rulebook other = OtherMonths.rulebook();

        Diff diff = Diff.between(side(shipped), side(other), BUDGET);

        assertThat(diff.changes()).singleElement().satisfies(change -> {
            assertThat(change.type()).isEqualTo(Type.CHANGED);
            assertThat(change.kind()).isEqualTo(PartKind.PARAMETER_VALUE);
            assertThat(change.id()).startsWith(OtherMonths.PARAMETER);
            assertThat(change.cells()).containsExactly(new Cell("value", "16", "18"));
            assertThat(change.clause()).isEqualTo("basic-regulations 3.5");
            assertThat(change.place())
                    .isInstanceOfSatisfying(
                            Place.Cell.class,
                            cell -> assertThat(cell.workbook()).isEqualTo("parameters.xlsx"));
        });
        for (DecisionDiff decision : diff.decisions()) {
            assertThat(decision.verdict())
                    .as(decision.decision())
                    .isEqualTo(
                            decision.decision().equals(OtherMonths.DECISION) ? Verdict.DIFFERENT : Verdict.UNCHANGED);
        }
        List<Region> regions = diff.decisions().stream()
                .flatMap(decision -> decision.regions().stream())
                .toList();
        Plan before = Shipped.plan(OtherMonths.DECISION);
        Plan after = Plan.of(
                other, java.util.Objects.requireNonNull(other.decisions().get(OtherMonths.DECISION)));
        for (Region region : regions) {
            Decision was = decided(before, region.example());
            Decision is = decided(after, region.example());
            assertThat(was.outcome()).isEqualTo(region.example().outcomeBefore());
            assertThat(is.outcome()).isEqualTo(region.example().outcomeAfter());
            if (region.what() == What.RULE && !region.name().endsWith("[]")) {
                assertThat(status(was, region.name())).isEqualTo(region.before().toString());
                assertThat(status(is, region.name())).isEqualTo(region.after().toString());
            } else if (region.what() == What.VALUE) {
                assertThat(was.values()).isNotEqualTo(is.values());
            }
        }
        assertThat(regions)
                .anySatisfy(region -> {
                    assertThat(region.name()).isEqualTo("BR-3.5-1");
                    assertThat(region.before().result()).isEqualTo("NOT_SATISFIED");
                    assertThat(region.after().result()).isEqualTo("SATISFIED");
                    assertThat(region.changesOutcome()).isTrue();
                    assertThat(region.columns())
                            .contains(new Region.Column("registrationDecision", "APPROVED", "APPROVED"));
                })
                .anySatisfy(region -> assertThat(region.what()).isEqualTo(What.VALUE));
    }

    @Test
    void nothingCanBeLeftOutOfAnExample() {
        Diff diff = ofRows(
                row("T-1/1", Status.SATISFIED, test("kind", "A")),
                row("T-1/2", Status.SATISFIED, test("kind", "B")),
                row("T-1/3", Status.WARNING, test("kind", "C")));

        assertThat(tiny(diff).regions()).singleElement().satisfies(region -> {
            assertThat(region.example().facts()).containsOnly(Map.entry("kind", "B"));
            assertThat(region.before().toString()).isEqualTo("T-1/2 NOT_SATISFIED");
            assertThat(region.after().toString()).isEqualTo("T-1/2 SATISFIED");
            assertThat(region.columns()).containsExactly(new Region.Column("kind", "B", "B"));
        });
        assertThat(diff.changes())
                .singleElement()
                .satisfies(change ->
                        assertThat(change.cells()).containsExactly(new Cell("status", "NOT_SATISFIED", "SATISFIED")));
    }

    @Test
    void aRowThatIsNewAndOneThatIsGoneAreToldWithAllTheySay() {
        Diff diff = ofRows(
                row("T-1/1", Status.SATISFIED, test("kind", "A")),
                row("T-1/2", Status.NOT_SATISFIED, test("kind", "B")),
                row("T-1/4", Status.WARNING, test("kind", "C")));

        assertThat(diff.changes())
                .extracting(change -> change.type() + " " + change.kind() + " " + change.id())
                .containsExactly("REMOVED ROW T-1/3", "ADDED ROW T-1/4");
        assertThat(diff.changes().get(1).cells())
                .contains(new Cell("kind", "", "C"), new Cell("status", "", "WARNING"));
        assertThat(tiny(diff).regions())
                .singleElement()
                .satisfies(region -> assertThat(
                                region.before().row() + " → " + region.after().row())
                        .isEqualTo("T-1/3 → T-1/4"));
    }

    @Test
    void otherWordsAreNoOtherAnswer() {
        Rulebook base = TinyRulebook.rulebook();
        DecisionDefinition decision =
                java.util.Objects.requireNonNull(base.decisions().get(DECISION));
        var rows = new ArrayList<>(decision.rules().get(0).rows());
        Table.Row first = rows.get(0);
        rows.set(
                0,
                new Table.Row(
                        first.id(),
                        first.from(),
                        first.until(),
                        first.referenceDay(),
                        first.conditions(),
                        first.status(),
                        first.conclusion(),
                        first.citation(),
                        new Bilingual("別の文", "other words"),
                        first.assumption(),
                        first.note()));
        Rulebook other = Altered.with(
                base, Altered.with(decision, List.of(decision.rules().get(0).withRows(rows))));

        Diff diff = Diff.between(tiny(base), tiny(other), BUDGET);

        assertThat(diff.changes())
                .singleElement()
                .satisfies(change ->
                        assertThat(change.cells()).extracting(Cell::name).containsExactly("message_ja", "message_en"));
        assertThat(tiny(diff).verdict()).isEqualTo(Verdict.WORDING);
        assertThat(tiny(diff).asked()).isZero();
    }

    @Test
    void rowsInAnotherOrderAreTold() {
        Diff diff = ofRows(
                row("T-1/2", Status.NOT_SATISFIED, test("kind", "B")),
                row("T-1/1", Status.SATISFIED, test("kind", "A")),
                row("T-1/3", Status.WARNING, test("kind", "C")));

        assertThat(diff.changes()).singleElement().satisfies(change -> {
            assertThat(change.type()).isEqualTo(Type.REORDERED);
            assertThat(change.cells()).containsExactly(new Cell("order", "T-1/1, T-1/2, T-1/3", "T-1/2, T-1/1, T-1/3"));
        });
    }

    @Test
    void whereRulesMeanSomethingElseAndNoRequestShowsItThatIsSaid() {
        // A second condition that says what the first does.
        Diff diff = ofRows(
                row("T-1/1", Status.SATISFIED, test("kind", "A"), test("kind", "A")),
                row("T-1/2", Status.NOT_SATISFIED, test("kind", "B")),
                row("T-1/3", Status.WARNING, test("kind", "C")));

        assertThat(tiny(diff).verdict()).isEqualTo(Verdict.NONE_FOUND);
        assertThat(tiny(diff).changed()).containsExactly("T-1");
        assertThat(tiny(diff).asked()).isPositive();
        assertThat(diff.isEmpty()).isFalse();
    }

    @Test
    void equalRulebooksGiveEqualDifferences() {
        Table.Row[] rows = {
            row("T-1/1", Status.WARNING, test("kind", "A")), row("T-1/3", Status.WARNING, test("kind", "C"))
        };

        assertThat(ofRows(rows)).isEqualTo(ofRows(rows));
    }
}
