package ismap.revision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ismap.revision.Revision.Approvable;
import ismap.revision.Revision.Approved;
import ismap.revision.Revision.Draft;
import ismap.revision.Revision.Published;
import ismap.revision.Revision.Seen;
import ismap.revision.Revision.State;
import ismap.revision.Revision.Submitted;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What a revision is follows from its events, and which steps are open to it from what it is. */
@Tag("core")
class RevisionTest {

    private static final Evidence CLEAN = evidence("sha256:found", true);
    private static final Binding BINDING = CLEAN.binding().orElseThrow();

    private final List<RecordedEvent> events = new ArrayList<>();

    RevisionTest() {
        happens(
                "editor",
                new RevisionEvent.Created(
                        Optional.of("base"),
                        "note",
                        new TreeMap<>(Map.of("x.xlsx", "00")),
                        "sha256:files",
                        Optional.empty()));
    }

    @Test
    void aDraftIsSubmittedOnlyWithCleanChecksOfItsFilesAsTheyAre() {
        assertThat(refusal(((Draft) revision(1)).submit())).isEqualTo("CHECKS_NOT_CURRENT");
        happens("editor", new RevisionEvent.Checked(evidence("sha256:found", false)));
        assertThat(refusal(((Draft) revision(1)).submit())).isEqualTo("CHECKS_NOT_CLEAN");
        happens("editor", new RevisionEvent.Checked(CLEAN));
        assertThat(taken(((Draft) revision(1)).submit())).isEqualTo(new RevisionEvent.Submitted(BINDING));
    }

    @Test
    void checksOfOtherFilesSayNothingOfThese() {
        var other = new Evidence("sha256:others", Optional.of("sha256:model"), "sha256:found", true, Map.of());
        assertThat(refusal(((Draft) revision(1)).checked(other))).isEqualTo("CHECKS_NOT_CURRENT");
    }

    @Test
    void anyChangeOfAFileMakesItADraftAgain() {
        for (RevisionEvent change : List.of(
                new RevisionEvent.FilePut("x.xlsx", "01", 1, "sha256:changed"),
                new RevisionEvent.FileRemoved("x.xlsx", "sha256:changed"),
                new RevisionEvent.Rebased("other", new TreeMap<>(), "sha256:changed"))) {
            var approved = new RevisionTest();
            approved.approve("approver");
            assertThat(approved.revision(1).state()).isEqualTo(State.APPROVED);
            approved.happens("editor", change);
            assertThat(approved.revision(1)).isInstanceOfSatisfying(Draft.class, draft -> {
                assertThat(draft.life().approvals()).isEmpty();
                assertThat(draft.life().evidence()).isEmpty();
                assertThat(draft.life().submission()).isEmpty();
            });
        }
    }

    @Test
    void otherFindingsAreNotWhatWasApprovedAndTheSameAre() {
        approve("approver");
        happens("editor", new RevisionEvent.Checked(CLEAN));
        assertThat(revision(1).state()).isEqualTo(State.APPROVED);
        happens("editor", new RevisionEvent.Checked(evidence("sha256:found otherwise", true)));
        assertThat(revision(1).state()).isEqualTo(State.DRAFT);
    }

    @Test
    void whoeverChangedAnyOfItIsAnAuthorAndNoAuthorApproves() {
        happens("second", new RevisionEvent.FilePut("y.xlsx", "01", 1, "sha256:files"));
        submit();
        Submitted submitted = (Submitted) revision(1);
        assertThat(refusal(submitted.approve("editor", "yes", Seen.WHATEVER_IT_IS)))
                .isEqualTo("REVISION_OWN");
        assertThat(refusal(submitted.approve("second", "yes", Seen.WHATEVER_IT_IS)))
                .isEqualTo("REVISION_OWN");
        assertThat(taken(submitted.approve("third", "yes", Seen.WHATEVER_IT_IS)))
                .isEqualTo(new RevisionEvent.Approved("yes", BINDING));
    }

    @Test
    void asManyDifferentPeopleHaveToApproveAsAreNeeded() {
        approve("approver");
        assertThat(revision(2).state()).isEqualTo(State.SUBMITTED);
        assertThat(refusal(((Approvable) revision(2)).approve("approver", "again", Seen.WHATEVER_IT_IS)))
                .isEqualTo("REVISION_APPROVED_ALREADY");
        happens("another", new RevisionEvent.Approved("yes", BINDING));
        assertThat(revision(2).state()).isEqualTo(State.APPROVED);
        assertThat(revision(3).state()).as("the number was raised since").isEqualTo(State.SUBMITTED);
    }

    @Test
    void whatAnApproverNamesHasToBeWhatIsThere() {
        submit();
        var other = new Seen(Optional.empty(), Optional.empty(), Optional.of("sha256:other"));
        assertThat(refusal(((Submitted) revision(1)).approve("approver", "yes", other)))
                .isEqualTo("REVISION_CHANGED");
    }

    @Test
    void nothingIsPublishedButWhatWasApprovedOnTheBaseThatIsInForce() {
        approve("approver");
        Approved approved = (Approved) revision(1);
        assertThat(refusal(approved.publish("another", BINDING.digest(), BINDING.filesDigest())))
                .isEqualTo("BASE_SUPERSEDED");
        assertThat(refusal(approved.publish("base", "sha256:read otherwise", BINDING.filesDigest())))
                .isEqualTo("REVISION_CHANGED");
        assertThat(refusal(approved.publish("base", BINDING.digest(), "sha256:other bytes")))
                .isEqualTo("REVISION_CHANGED");
        happens("approver", taken(approved.publish("base", BINDING.digest(), BINDING.filesDigest())));
        assertThat(revision(1)).isInstanceOf(Published.class);
        assertThat(revision(1).life().evidence()).contains(CLEAN);
    }

    @Test
    void onlyWhatIsInForceIsWithdrawn() {
        approve("approver");
        happens("approver", new RevisionEvent.Published(BINDING.digest(), BINDING.filesDigest()));
        Published published = (Published) revision(1);
        assertThat(refusal(published.withdraw("later", "why", "next"))).isEqualTo("WITHDRAWN_NOT_IN_FORCE");
        happens("approver", taken(published.withdraw("r", "why", "next")));
        assertThat(revision(1).life().withdrawnBy()).contains("next");
        assertThat(revision(1).state()).isEqualTo(State.PUBLISHED);
    }

    @Test
    void aLifeWithAGapIsNoLife() {
        events.add(new RecordedEvent("r", 3, "editor", Instant.EPOCH, new RevisionEvent.FileRemoved("x.xlsx", "")));
        assertThatThrownBy(() -> revision(1)).hasMessageContaining("event 2 is due");
    }

    private static Evidence evidence(String digest, boolean clean) {
        return new Evidence("sha256:files", Optional.of("sha256:model"), digest, clean, Map.of());
    }

    private void submit() {
        happens("editor", new RevisionEvent.Checked(CLEAN));
        happens("editor", new RevisionEvent.Submitted(BINDING));
    }

    private void approve(String approver) {
        submit();
        happens(approver, new RevisionEvent.Approved("yes", BINDING));
    }

    private void happens(String actor, RevisionEvent event) {
        events.add(new RecordedEvent("r", events.size() + 1, actor, Instant.EPOCH, event));
    }

    private Revision revision(int approvals) {
        return Revision.of(events, approvals);
    }

    private static String refusal(Transition transition) {
        return ((Transition.Refused) transition).why().code();
    }

    private static RevisionEvent taken(Transition transition) {
        return ((Transition.Taken) transition).event();
    }
}
