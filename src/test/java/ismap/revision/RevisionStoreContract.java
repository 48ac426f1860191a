package ismap.revision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** What every store of revisions does. */
public abstract class RevisionStoreContract {
    protected abstract RevisionStore revisions();

    protected abstract Instant databaseClock();

    @Test
    void findsEveryByteOfWhatWasPublished() {
        var revision = NewRevisions.some();
        var published = revisions().publish(revision);

        assertThat(revisions().find(revision.id()).orElseThrow())
                .usingRecursiveComparison()
                .isEqualTo(published);
        assertThat(published.files()).usingRecursiveComparison().isEqualTo(revision.files());
        assertThat(published.digest()).isEqualTo(revision.digest());
        assertThat(published.filesDigest()).isEqualTo(revision.filesDigest());
        assertThat(published.note()).isEqualTo(revision.note());
    }

    @Test
    void listsFilesInTheOrderOfTheirPaths() {
        var revision = NewRevisions.some();
        revisions().publish(revision);

        assertThat(revisions().find(revision.id()).orElseThrow().files().keySet())
                .containsExactly("parameters.xlsx", "rules/common.drl", "判定.xlsx");
    }

    @Test
    void theOnePublishedLastIsInForce() {
        revisions().publish(NewRevisions.some());
        var last = revisions().publish(NewRevisions.some());

        assertThat(revisions().inForce().orElseThrow())
                .usingRecursiveComparison()
                .isEqualTo(last);
    }

    @Test
    void itsHeadIsTheOneInForceWithoutItsFiles() {
        var former = revisions().publish(NewRevisions.some());
        var sequence = revisions().head().orElseThrow().sequence();
        var last = revisions().publish(NewRevisions.some());

        var head = revisions().head().orElseThrow();
        assertThat(head)
                .isEqualTo(new Head(last.id(), head.sequence(), last.digest(), last.filesDigest(), last.publishedAt()));
        assertThat(head.sequence()).isGreaterThan(sequence);
        assertThat(revisions().knows(former.id())).isTrue();
    }

    @Test
    void theOneInForceAtAnInstantIsTheLastPublishedUntilThen() {
        var first = revisions().publish(NewRevisions.some());
        var second = revisions().publish(NewRevisions.some());

        assertThat(revisions().inForceAt(second.publishedAt())).contains(second.id());
        assertThat(revisions().inForceAt(second.publishedAt().plusSeconds(60))).contains(second.id());
        if (first.publishedAt().isBefore(second.publishedAt())) {
            assertThat(revisions().inForceAt(first.publishedAt())).contains(first.id());
        }
        assertThat(revisions().inForceAt(Instant.parse("2020-06-03T00:00:00Z"))).isEmpty();
    }

    @Test
    void takesTheTimeFromTheDatabase() {
        var before = databaseClock();
        var published = revisions().publish(NewRevisions.some());

        assertThat(published.publishedAt()).isBetween(before, databaseClock());
    }

    @Test
    void knowsNothingOfWhatWasNeverPublished() {
        assertThat(revisions().find("never-published")).isEmpty();
        assertThat(revisions().knows("never-published")).isFalse();
    }

    @Test
    void publishesARevisionOnceAndLeavesTheFirstAsItWas() {
        var first = NewRevisions.some();
        var published = revisions().publish(first);
        var second = new NewRevision(first.id(), "sha256:ff", "sha256:ff", "other", new TreeMap<>());

        assertThatThrownBy(() -> revisions().publish(second)).isInstanceOf(IllegalArgumentException.class);
        assertThat(revisions().find(first.id()).orElseThrow())
                .usingRecursiveComparison()
                .isEqualTo(published);
    }
}
