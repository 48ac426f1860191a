package ismap.xlsx;

import static org.assertj.core.api.Assertions.assertThat;

import ismap.rulebook.DerivationReader;
import ismap.rulebook.Digests;
import ismap.rulebook.LoadedRulebook;
import ismap.rulebook.Rulebook;
import ismap.rulebook.RulebookFiles;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("core")
class RoundTripTest {

    private static Rulebook sample() {
        return Sample.read(Sample.files()).rulebook().orElseThrow();
    }

    @Test
    void theSampleReadsWithoutAnyProblem() {
        assertThat(Sample.read(Sample.files()).problems()).isEmpty();
    }

    @Test
    void whatIsWrittenReadsBackToAnEqualRulebook() {
        LoadedRulebook first = Sample.read(Sample.files());
        Rulebook rulebook = first.rulebook().orElseThrow();

        LoadedRulebook again = Sample.read(new RulebookFiles(new RulebookWriter().write(rulebook, first.sources())));

        assertThat(again.problems()).isEmpty();
        assertThat(again.rulebook()).contains(rulebook);
        assertThat(Digests.ofRulebook(again.rulebook().orElseThrow())).isEqualTo(Digests.ofRulebook(rulebook));
    }

    @Test
    void theRulebookThatShipsReadsWithoutAnyProblemAndIsTheSameWhenItIsWrittenAgain() {
        RulebookFiles shipped = Folder.shipped();
        LoadedRulebook loaded = Folder.reader().read(shipped);
        assertThat(loaded.problems()).isEmpty();

        var files = new java.util.TreeMap<>(shipped.contents());
        files.putAll(new RulebookWriter().write(loaded.rulebook().orElseThrow(), loaded.sources()));

        assertThat(Folder.reader().read(new RulebookFiles(files)).rulebook()).isEqualTo(loaded.rulebook());
    }

    @Test
    void theScenariosThatShipReadWithoutAnyProblem() {
        Folder.shipped().contents().forEach((path, bytes) -> {
            if (path.startsWith("scenarios/")) {
                assertThat(new ScenarioSheetReader().read(path, bytes).problems())
                        .isEmpty();
            }
        });
    }

    @Test
    void scenariosThatAreLaidOutAgainAreTheSameScenarios() {
        Folder.shipped().contents().forEach((path, bytes) -> {
            if (path.startsWith("scenarios/")) {
                byte[] again = Normalise.scenarios(path, bytes, java.util.Optional.empty());
                assertThat(new ScenarioSheetReader().read(path, again))
                        .isEqualTo(new ScenarioSheetReader().read(path, bytes));
            }
        });
    }

    @Test
    void theOrderOfEverythingIsKept() {
        LoadedRulebook first = Sample.read(Sample.files());
        Rulebook rulebook = first.rulebook().orElseThrow();

        Rulebook again = Sample.read(new RulebookFiles(new RulebookWriter().write(rulebook, first.sources())))
                .rulebook()
                .orElseThrow();

        assertThat(again).hasToString(rulebook.toString());
    }

    @Test
    void withoutSourcesTheTablesThatConcludeFactsGoIntoTheFirstDecision() {
        Rulebook rulebook = sample();

        var files = new RulebookWriter().write(rulebook, Set.of());

        assertThat(Sample.read(new RulebookFiles(files)).rulebook()).contains(rulebook);
    }

    @Test
    void equalRulebooksGiveEqualBytes() {
        assertThat(new RulebookWriter().write(sample(), Set.of()))
                .containsExactlyInAnyOrderEntriesOf(new RulebookWriter().write(sample(), Set.of()));
    }

    @Test
    void aDerivationOfAnotherNotationIsNotWritten() {
        RulebookFiles files = Sample.files();
        DerivationReader other = (all, vocabulary, clauses, parameters) -> {
            var derivation = new ismap.rulebook.Derivation(
                    "fromDrl",
                    new ismap.rulebook.Expression.Fact("staff"),
                    java.util.Optional.empty(),
                    java.util.Optional.empty(),
                    ismap.decision.Bilingual.EMPTY,
                    "");
            return new DerivationReader.Read(
                    java.util.List.of(derivation),
                    java.util.Map.of("derivation:fromDrl", new ismap.decision.Place.Line("rules/licence.drl", 3)),
                    java.util.List.of());
        };
        LoadedRulebook loaded = new WorkbookRulebookReader(other).read(files);

        var written =
                new RulebookFiles(new RulebookWriter().write(loaded.rulebook().orElseThrow(), loaded.sources()));

        assertThat(Sample.read(written).rulebook().orElseThrow().derivations()).doesNotContainKey("fromDrl");
        assertThat(new WorkbookRulebookReader(other).read(written).rulebook())
                .contains(loaded.rulebook().orElseThrow());
    }

    @Test
    void untilInAFileIsTheLastDayAndInTheModelTheDayAfterIt() {
        var parameter = sample().parameters().get("validityMonths");

        assertThat(java.util.Objects.requireNonNull(parameter).values().get(0).until())
                .isEqualTo("2025-04-01");
    }

    @Test
    void everyPartOfTheRulebookHasItsPlace() {
        var places = Sample.read(Sample.files()).sources().places();

        assertThat(places)
                .containsEntry("row:licence:BR-1/2", at("licence.xlsx", "BR-1", "A14"))
                .containsEntry("table:licence:BR-1", at("licence.xlsx", "BR-1", "B2"))
                .containsEntry("text:licence:BR-1:outsideDates", at("licence.xlsx", "BR-1", "B9"))
                .containsEntry("text:licence:BR-1:notEnoughFacts", at("licence.xlsx", "BR-1", "B10"))
                .containsEntry("text:licence:BR-2:noElements", at("licence.xlsx", "BR-2", "B8"))
                .containsEntry("cell:licence:BR-1/1:staff", at("licence.xlsx", "BR-1", "G13"))
                .containsEntry("row:upkeep:band/1", at("upkeep.xlsx", "band", "A7"))
                .containsEntry("row:licence:band/1", at("upkeep.xlsx", "band", "A7"))
                .containsEntry("fact:scheme", at("vocabulary.xlsx", "Facts", "A3"))
                .containsEntry("derivation:lastDay", at("derivations.xlsx", "Derivations", "A4"))
                .containsEntry("parameter:validityMonths", at("parameters.xlsx", "Parameters", "A3"))
                .containsEntry("outcome:licence:GRANTED", at("licence.xlsx", "Outcomes", "A6"))
                .containsEntry("decision:licence", at("licence.xlsx", "Decision", "B3"));
    }

    private static ismap.decision.Place at(String workbook, String sheet, String cell) {
        return new ismap.decision.Place.Cell(workbook, sheet, cell);
    }
}
