package ismap.revision;

import static org.assertj.core.api.Assertions.assertThat;

import ismap.revision.Takeovers.Takeover;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What every {@link Takeovers} does. */
public abstract class TakeoversContract {

    private static final Instant MARCH = Instant.parse("2026-03-01T00:00:00.123456Z");

    private final String origin = UUID.randomUUID().toString();

    protected abstract Takeovers takeovers();

    protected abstract RevisionStore revisions();

    private Takeover from(NewRevision revision, Instant publishedAt) {
        return new Takeover(revision.id(), origin, "address", publishedAt);
    }

    @Test
    void aRevisionThatIsTakenOverIsInForceAndSaysWhereItCameFrom() {
        NewRevision revision = NewRevisions.some();
        assertThat(takeovers().latest(origin)).isEmpty();

        assertThat(takeovers().publish(revision, from(revision, MARCH))).isPresent();

        assertThat(revisions().inForce().orElseThrow().id()).isEqualTo(revision.id());
        assertThat(takeovers().latest(origin)).contains(from(revision, MARCH));
    }

    @Test
    void whatItsOriginPublishedEarlierOrAtTheSameInstantIsNotTakenOverAfterwards() {
        NewRevision newer = NewRevisions.some();
        NewRevision same = NewRevisions.some();
        NewRevision older = NewRevisions.some();
        takeovers().publish(newer, from(newer, MARCH));

        assertThat(takeovers().publish(same, from(same, MARCH))).isEmpty();
        assertThat(takeovers().publish(older, from(older, MARCH.minusSeconds(1))))
                .isEmpty();

        assertThat(revisions().find(older.id())).isEmpty();
        assertThat(revisions().find(same.id())).isEmpty();
    }

    @Test
    void anIdIsTakenOverOnce() {
        NewRevision revision = NewRevisions.some();
        takeovers().publish(revision, from(revision, MARCH));

        assertThat(takeovers().publish(revision, from(revision, MARCH.plusSeconds(1))))
                .isEmpty();
    }
}
