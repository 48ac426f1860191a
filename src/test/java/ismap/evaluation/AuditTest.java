package ismap.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ismap.ledger.Cases;
import ismap.ledger.InMemoryCheckpoints;
import ismap.ledger.InMemoryLedger;
import ismap.revision.InMemoryRevisionStore;
import ismap.revision.NewRevision;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.TreeMap;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** One walk at a time, begun by hand. */
@Tag("core")
class AuditTest {

    private static final Instant NOW = Instant.parse("2026-06-01T00:00:00Z");
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private final InMemoryRevisionStore revisions = new InMemoryRevisionStore(() -> NOW);
    private final InMemoryLedger ledger = new InMemoryLedger(revisions, () -> NOW);
    private final Deque<Runnable> walks = new ArrayDeque<>();
    private final Audit audit = new Audit(ledger, new InMemoryCheckpoints(), walks::add);

    @BeforeEach
    void oneRecord() {
        revisions.publish(new NewRevision("r", "d", "f", "", new TreeMap<>()));
        ledger.append(Cases.of(1, "r"));
    }

    @Test
    void whoeverAsksDuringAWalkHearsItsResult() {
        var first = audit.verify(PATIENCE);
        var second = audit.verify(PATIENCE);
        assertThat(walks).hasSize(1);
        walks.remove().run();

        assertThat(first.join()).isEqualTo(second.join());
        assertThat(first.join().records()).isEqualTo(1);
    }

    @Test
    void whoeverAsksAfterAWalkGetsOneOfTheirOwn() {
        var first = audit.verify(PATIENCE);
        walks.remove().run();
        ledger.append(Cases.of(2, "r"));
        var second = audit.verify(PATIENCE);
        walks.remove().run();

        assertThat(first.join().records()).isEqualTo(1);
        assertThat(second.join().records()).isEqualTo(2);
    }

    @Test
    void whoeverDidNotWaitGetsTheResultWhenTheyAskAgain() {
        var impatient = audit.verify(Duration.ofMillis(1));
        assertThatThrownBy(impatient::join).hasCauseInstanceOf(TimeoutException.class);
        walks.remove().run();

        assertThat(audit.verify(PATIENCE).join().intact()).isTrue();
        assertThat(walks).isEmpty();
    }
}
