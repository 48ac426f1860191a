package ismap.revision;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import ismap.revision.RevisionLog.Publication;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** What every log of the lives of revisions does. */
public abstract class RevisionLogContract {
    private static final String SHA256 = "ab".repeat(32);
    private static final Binding BINDING = new Binding("sha256:0a", "sha256:0b", "sha256:0c");

    protected abstract RevisionLog log();

    protected abstract RevisionStore store();

    private final String id = "r-" + UUID.randomUUID();

    @Test
    void everyKindOfEventComesBackAsItWas() {
        var files = new TreeMap<>(Map.of("vocabulary.xlsx", SHA256, "rules/x.drl", SHA256));
        List<RevisionEvent> events = List.of(
                new RevisionEvent.Created(Optional.of("base"), "注記 \"quoted\"", files, "sha256:1", Optional.of("w")),
                new RevisionEvent.FilePut("scenarios/x.xlsx", SHA256, 12, "sha256:2"),
                new RevisionEvent.FileRemoved("rules/x.drl", "sha256:3"),
                new RevisionEvent.Rebased("other", files, "sha256:4"),
                new RevisionEvent.Checked(new Evidence(
                        "sha256:4", Optional.of("sha256:5"), "sha256:" + SHA256, true, Map.of("clean", true))),
                new RevisionEvent.Submitted(BINDING),
                new RevisionEvent.Approved("決議", BINDING),
                new RevisionEvent.Published("sha256:5", "sha256:4"),
                new RevisionEvent.Withdrawn("理由", "successor"));
        int version = 0;
        for (RevisionEvent event : events) {
            assertThat(log().append(new NewEvent(id, ++version, "editor", event), Map.of()))
                    .isPresent();
        }

        assertThat(recorded()).extracting(RecordedEvent::event).containsExactlyElementsOf(events);
        assertThat(recorded()).extracting(RecordedEvent::version).containsExactly(1, 2, 3, 4, 5, 6, 7, 8, 9);
        assertThat(recorded()).extracting(RecordedEvent::actor).containsOnly("editor");
    }

    @Test
    void ofTwoEventsOfOneVersionTheSecondIsRefused() {
        assertThat(log().append(created(), Map.of())).isPresent();
        assertThat(log().append(put(2, "a"), Map.of())).isPresent();
        assertThat(log().append(put(2, "b"), Map.of("cd".repeat(32), new byte[] {1})))
                .isEmpty();
        assertThat(log().append(put(4, "c"), Map.of()))
                .as("a version that leaves one out")
                .isEmpty();

        assertThat(recorded()).hasSize(2);
        assertThat(log().contents(List.of("cd".repeat(32))))
                .as("nothing of an event that was refused stays")
                .isEmpty();
    }

    @Test
    void ofManyAtOnceOneIsFirstAndNoneIsLost() {
        log().append(created(), Map.of());
        var all = new ArrayList<CompletableFuture<Boolean>>();
        for (int i = 0; i < 8; i++) {
            String path = "x" + i + ".xlsx";
            all.add(CompletableFuture.supplyAsync(
                    () -> log().append(put(2, path), Map.of()).isPresent()));
        }
        assertThat(all.stream().map(CompletableFuture::join).filter(done -> done))
                .hasSize(1);
        assertThat(recorded()).hasSize(2);
    }

    @Test
    void aContentIsKeptOnceAndComesBackByItsName() {
        byte[] content = "ワークブック".getBytes(UTF_8);
        log().append(created(), Map.of(SHA256, content));
        log().append(put(2, "again.xlsx"), Map.of(SHA256, content));

        assertThat(log().contents(List.of(SHA256, "ef".repeat(32))))
                .containsOnlyKeys(SHA256)
                .hasEntrySatisfying(SHA256, found -> assertThat(found).isEqualTo(content));
    }

    @Test
    void aDraftIsUnpublishedUntilItIsPublishedWithItsEvents() {
        Optional<String> inForce = inForce();
        log().append(created(), Map.of());
        assertThat(log().unpublished()).contains(id);

        var published = new NewEvent(id, 2, "approver", new RevisionEvent.Published("sha256:0a", "sha256:0b"));
        Publication done = log().publish(NewRevisions.withId(id), inForce, List.of(published));

        assertThat(done).isInstanceOf(Publication.Done.class);
        assertThat(log().unpublished()).doesNotContain(id);
        assertThat(inForce()).contains(id);
        assertThat(store().find(id).orElseThrow().files())
                .usingRecursiveComparison()
                .isEqualTo(NewRevisions.withId(id).files());
        assertThat(recorded()).hasSize(2);
    }

    @Test
    void nothingIsPublishedOverARevisionThatIsNotInForceAnyMore() {
        log().publish(NewRevisions.some(), inForce(), List.of());
        Optional<String> before = inForce();
        String other = "r-" + UUID.randomUUID();
        log().publish(NewRevisions.withId(other), before, List.of());
        log().append(created(), Map.of());

        Publication late = log().publish(
                        NewRevisions.withId(id),
                        before,
                        List.of(new NewEvent(
                                id, 2, "approver", new RevisionEvent.Published("sha256:0a", "sha256:0b"))));

        assertThat(late).isEqualTo(new Publication.Superseded(other));
        assertThat(recorded()).hasSize(1);
        assertThat(store().find(id)).isEmpty();
    }

    @Test
    void nothingIsPublishedOfADraftThatChangedMeanwhile() {
        log().append(created(), Map.of());
        log().append(put(2, "changed.xlsx"), Map.of());
        Optional<String> before = inForce();

        Publication stale = log().publish(
                        NewRevisions.withId(id),
                        before,
                        List.of(new NewEvent(
                                id, 2, "approver", new RevisionEvent.Published("sha256:0a", "sha256:0b"))));

        assertThat(stale).isInstanceOf(Publication.Stale.class);
        assertThat(store().find(id)).isEmpty();
        assertThat(inForce()).isEqualTo(before);
    }

    @Test
    void listsWhatIsPublishedNewestFirstPageByPage() {
        for (int i = 0; i < 3; i++) {
            log().publish(NewRevisions.some(), inForce(), List.of());
        }
        List<String> three = log().published(Optional.empty(), 3).stream()
                .map(PublishedRevision::id)
                .toList();

        assertThat(log().published(Optional.of(three.get(0)), 2))
                .extracting(PublishedRevision::id)
                .containsExactly(three.get(1), three.get(2));
        assertThat(store().inForce().orElseThrow().id()).isEqualTo(three.get(0));
    }

    private Optional<String> inForce() {
        return store().inForce().map(StoredRevision::id);
    }

    private List<RecordedEvent> recorded() {
        return log().events(List.of(id)).getOrDefault(id, List.of());
    }

    private NewEvent created() {
        return new NewEvent(
                id,
                1,
                "editor",
                new RevisionEvent.Created(Optional.empty(), "", new TreeMap<>(), "sha256:1", Optional.empty()));
    }

    private NewEvent put(int version, String path) {
        return new NewEvent(id, version, "editor", new RevisionEvent.FilePut(path, SHA256, 1, "sha256:2"));
    }
}
