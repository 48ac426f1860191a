package ismap.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ismap.revision.NewRevisions;
import ismap.revision.RevisionStore;
import java.time.Instant;
import java.time.LocalDate;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every ledger does. */
public abstract class LedgerContract {
    protected abstract Ledger ledger();

    protected abstract RevisionStore revisions();

    protected abstract Instant databaseClock();

    private String revision = "";

    @BeforeEach
    void publishARevision() {
        revision = revisions().publish(NewRevisions.some()).id();
    }

    @Test
    void findsWhatWasAppendedAsItWasAppended() {
        var record = NewRecords.full(revision, LocalDate.of(2024, 2, 29), LocalDate.of(2020, 6, 3));
        var receipt = ledger().append(record);

        assertThat(receipt.record()).usingRecursiveComparison().isEqualTo(record);
        assertThat(ledger().find(record.id()).orElseThrow())
                .usingRecursiveComparison()
                .isEqualTo(receipt);
    }

    @Test
    void leavesOutWhatWasNotGiven() {
        var record = NewRecords.minimal(revision);
        ledger().append(record);

        var found = ledger().find(record.id()).orElseThrow().record();
        assertThat(found.application()).isNull();
        assertThat(found.supersedes()).isNull();
        assertThat(found).usingRecursiveComparison().isEqualTo(record);
    }

    @Test
    void takesTheTimeFromTheDatabase() {
        var before = databaseClock();
        var receipt = ledger().append(NewRecords.minimal(revision));

        assertThat(receipt.recordedAt()).isBetween(before, databaseClock());
    }

    @Test
    void knowsNothingOfAnIdThatWasNeverAppended() {
        assertThat(ledger().find(UUID.randomUUID())).isEmpty();
    }

    @Test
    void appendsARecordOnce() {
        var record = NewRecords.minimal(revision);
        ledger().append(record);

        assertThatThrownBy(() -> ledger().append(record)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void refusesARecordUnderARevisionThatWasNeverPublished() {
        assertThatThrownBy(() -> ledger().append(NewRecords.minimal("never-published")))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void keepsBothARecordAndTheOneThatCorrectsIt() {
        var wrong = NewRecords.minimal(revision);
        ledger().append(wrong);
        var right = NewRecords.correcting(wrong.id(), "変更届の日付を誤読", revision);
        ledger().append(right);

        assertThat(ledger().find(wrong.id())).isPresent();
        assertThat(ledger().find(right.id()).orElseThrow().record())
                .usingRecursiveComparison()
                .isEqualTo(right);
    }

    @Test
    void refusesToCorrectWhatDoesNotExist() {
        var record = NewRecords.correcting(UUID.randomUUID(), "typo", revision);

        assertThatThrownBy(() -> ledger().append(record)).isInstanceOf(IllegalArgumentException.class);
    }
}
