package ismap.publication;

import static org.assertj.core.api.Assertions.assertThat;

import ismap.decision.Bilingual;
import ismap.decision.Place;
import ismap.decision.Problem;
import ismap.evaluation.SmallRulebook;
import ismap.publication.StartingRevision.Outcome;
import ismap.revision.InMemoryRevisionLog;
import ismap.revision.InMemoryRevisionStore;
import ismap.revision.NewRevision;
import ismap.revision.RevisionLog;
import ismap.rulebook.LoadedRulebook;
import ismap.rulebook.Rulebook;
import ismap.rulebook.RulebookFiles;
import ismap.rulebook.SourceMap;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("core")
class StartingRevisionTest {

    private static final Instant NOW = Instant.parse("2026-04-01T00:00:00Z");

    private final InMemoryRevisionStore revisions = new InMemoryRevisionStore(() -> NOW);
    private final RevisionLog log = new InMemoryRevisionLog(revisions, () -> NOW);

    @Test
    void anEmptyDatabaseIsGivenTheShippedRulebook() {
        Outcome.Ready ready = (Outcome.Ready) start(Optional.empty(), "1");
        assertThat(ready.published()).isTrue();
        assertThat(ready.revision().note()).isEqualTo("shipped");
        assertThat(ready.revision().id()).startsWith("20260401T000000-");
        assertThat(inForce()).isEqualTo("1");
    }

    @Test
    void whatALaterJarShipsChangesNothingThatIsPublished() {
        start(Optional.empty(), "1");
        Outcome.Ready ready = (Outcome.Ready) start(Optional.empty(), "2");
        assertThat(ready.published()).isFalse();
        assertThat(ready.rulebook().formatVersion()).isEqualTo(1);
        assertThat(inForce()).isEqualTo("1");
    }

    @Test
    void whatALaterJarShipsBecomesADraftOnceForPeopleToLookAt() {
        start(Optional.empty(), "1");
        String inForce = revisions.inForce().orElseThrow().id();
        start(Optional.empty(), "2");
        start(Optional.empty(), "2");

        var history = new RevisionHistory(log, revisions, 1);
        assertThat(history.open()).singleElement().satisfies(draft -> {
            assertThat(draft.life().note()).isEqualTo("shipped");
            assertThat(draft.life().base()).contains(inForce);
            assertThat(history.files(draft)).containsOnlyKeys("x.xlsx");
        });
        start(Optional.empty(), "3");
        assertThat(history.open()).hasSize(2);
    }

    @Test
    void aJarThatSaysTheSameInOtherBytesOrWithAMistakeInItIsNotPublishedEither() {
        start(Optional.empty(), "1");
        start(Optional.empty(), "1 saved again");
        assertThat(log.unpublished()).as("says the same").isEmpty();
        start(Optional.empty(), "broken");
        assertThat(log.unpublished()).as("people may mend it").hasSize(1);
        assertThat(inForce()).isEqualTo("1");
    }

    @Test
    void whatThisServicePublishesItselfHasALifeToo() {
        start(Optional.empty(), "1");
        start(Optional.of("2"), "1");
        var history = new RevisionHistory(log, revisions, 1);
        assertThat(history.published(Optional.empty(), 10)).allSatisfy(revision -> {
            assertThat(revision.state()).isEqualTo(ismap.revision.Revision.State.PUBLISHED);
            assertThat(revision.life().events()).hasSize(2);
        });
        assertThat(history.published(Optional.empty(), 10).get(0).life().base())
                .contains(history.published(Optional.empty(), 10).get(1).id());
    }

    @Test
    void aFolderThatSaysSomethingElseIsPublished() {
        start(Optional.empty(), "1");
        Outcome.Ready ready = (Outcome.Ready) start(Optional.of("2"), "1");
        assertThat(ready.published()).isTrue();
        assertThat(ready.rulebook().formatVersion()).isEqualTo(2);
        assertThat(inForce()).isEqualTo("2");
    }

    @Test
    void aFolderOfOtherBytesThatSayTheSameIsNotPublished() {
        start(Optional.of("1"), "1");
        Outcome.Ready ready = (Outcome.Ready) start(Optional.of("1 saved again"), "1");
        assertThat(ready.published()).isFalse();
        assertThat(inForce()).isEqualTo("1");
    }

    @Test
    void aFolderWithMistakesIsRefusedAndWhatIsInForceStays() {
        start(Optional.of("1"), "1");
        assertThat(start(Optional.of("broken"), "1"))
                .isInstanceOfSatisfying(
                        Outcome.Refused.class,
                        refused -> assertThat(refused.problems()).hasSize(1));
        assertThat(inForce()).isEqualTo("1");
    }

    @Test
    void whatIsInForceAndCannotBeReadIsRefusedByItsId() {
        publish("broken", ismap.rulebook.Digests.ofFiles(files("broken")));
        assertThat(start(Optional.empty(), "1"))
                .isInstanceOfSatisfying(
                        Outcome.Refused.class,
                        refused -> assertThat(refused.what().en()).contains("old"));
    }

    @Test
    void filesThatAreNotThosePublishedAreRefused() {
        publish("1", "sha256:other");
        assertThat(start(Optional.empty(), "1")).isInstanceOf(Outcome.Refused.class);
    }

    private void publish(String content, String filesDigest) {
        revisions.publish(new NewRevision(
                "old", "sha256:x", filesDigest, "", new TreeMap<>(files(content).contents())));
    }

    private Outcome start(Optional<String> folder, String shipped) {
        return new StartingRevision(
                        revisions,
                        log,
                        StartingRevisionTest::read,
                        Clock.fixed(NOW.plusSeconds(counter++), ZoneOffset.UTC))
                .choose(folder.map(StartingRevisionTest::files), () -> files(shipped));
    }

    private long counter;

    private String inForce() {
        byte[] file = revisions.inForce().orElseThrow().files().get("x.xlsx");
        return new String(java.util.Objects.requireNonNull(file), StandardCharsets.UTF_8);
    }

    private static RulebookFiles files(String content) {
        return new RulebookFiles(Map.of("x.xlsx", content.getBytes(StandardCharsets.UTF_8)));
    }

    /** Reads "2 saved again" as a rulebook of format 2; what does not begin with a digit is broken. */
    private static LoadedRulebook read(RulebookFiles files) {
        String text =
                new String(java.util.Objects.requireNonNull(files.contents().get("x.xlsx")), StandardCharsets.UTF_8);
        if (!Character.isDigit(text.charAt(0))) {
            return new LoadedRulebook(
                    Optional.empty(),
                    new SourceMap(Map.of()),
                    List.of(Problem.error(
                            "BROKEN", new Place.Cell("x.xlsx", "", ""), Bilingual.EMPTY, Bilingual.EMPTY)));
        }
        Rulebook small = SmallRulebook.rulebook();
        return new LoadedRulebook(
                Optional.of(new Rulebook(
                        Character.digit(text.charAt(0), 10),
                        small.vocabulary(),
                        small.clauses(),
                        small.parameters(),
                        small.derivations(),
                        small.concluded(),
                        small.decisions())),
                new SourceMap(Map.of()),
                List.of());
    }
}
