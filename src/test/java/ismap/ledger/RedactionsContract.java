package ismap.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ismap.ledger.Redactions.Result;
import ismap.ledger.Redactions.Result.CarriedOut;
import ismap.ledger.Redactions.Result.Refused;
import ismap.ledger.Redactions.Result.Why;
import ismap.revision.NewRevisions;
import ismap.revision.RevisionStore;
import java.time.LocalDate;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every ledger does when a record is redacted. */
public abstract class RedactionsContract {
    private static final String REASON = "誤って氏名が記載された";
    private static final String BASIS = "個人情報保護法 第98条";

    protected abstract Ledger ledger();

    protected abstract Redactions redactions();

    protected abstract RecordSearch search();

    protected abstract RevisionStore revisions();

    private NewRecord record = NewRecords.minimal("");
    private Receipt before = new Receipt(
            record, Seal.of(1, "", java.time.Instant.EPOCH, new byte[0]), new byte[0], java.util.Optional.empty());

    @BeforeEach
    void recordSomething() {
        String revision = revisions().publish(NewRevisions.some()).id();
        record = NewRecords.full(revision, LocalDate.of(2024, 2, 29), LocalDate.of(2020, 6, 3));
        before = ledger().append(record);
    }

    private RedactionProposal propose() {
        return redactions().propose(UUID.randomUUID(), record.id(), "auditor-1", REASON, BASIS);
    }

    private Redaction redact() {
        Result result = redactions().carryOut(record.id(), propose().id(), "auditor-2");
        return ((CarriedOut) result).redaction();
    }

    @Test
    void aProposalChangesNothing() {
        var first = propose();
        var second = propose();

        assertThat(redactions().proposals(record.id())).containsExactly(first, second);
        assertThat(ledger().find(record.id()).orElseThrow())
                .usingRecursiveComparison()
                .isEqualTo(before);
    }

    @Test
    void aRecordThatDoesNotExistCannotBeProposed() {
        assertThat(redactions().proposals(UUID.randomUUID())).isEmpty();
        assertThatThrownBy(() -> redactions().propose(UUID.randomUUID(), UUID.randomUUID(), "auditor-1", REASON, BASIS))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void whatPeopleEnteredGoesAndTheSealStays() {
        Redaction redaction = redact();
        Receipt after = ledger().find(record.id()).orElseThrow();

        assertThat(after.isRedacted()).isTrue();
        assertThat(after.redaction()).get().usingRecursiveComparison().isEqualTo(redaction);
        assertThat(after.seal()).usingRecursiveComparison().isEqualTo(before.seal());
        assertThat(after.salt()).isEmpty();
        assertThat(after.record())
                .usingRecursiveComparison()
                .isEqualTo(new NewRecord(
                        record.id(),
                        record.recordedBy(),
                        null,
                        record.decision(),
                        record.outcome(),
                        record.applicableDay(),
                        record.asOf(),
                        record.revisionId(),
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        new byte[0],
                        new byte[0]));
    }

    @Test
    void theChainSaysWhoDidItAndWhy() {
        Redaction redaction = redact();

        assertThat(redaction.recordSequence()).isEqualTo(before.seal().sequence());
        assertThat(redaction.seal().sequence()).isGreaterThan(before.seal().sequence());
        assertThat(redaction.proposedBy()).isEqualTo("auditor-1");
        assertThat(redaction.carriedOutBy()).isEqualTo("auditor-2");
        assertThat(redaction.reason()).isEqualTo(REASON);
        assertThat(redaction.legalBasis()).isEqualTo(BASIS);
        assertThat(Redaction.read(redaction.seal())).get().isEqualTo(redaction);
        assertThat(search().entries(RecordFilter.NONE, redaction.seal().sequence() - 1, 1))
                .singleElement()
                .usingRecursiveComparison()
                .isEqualTo(redaction);
    }

    @Test
    void nobodyCarriesOutTheirOwnProposal() {
        var proposal = propose();

        assertThat(redactions().carryOut(record.id(), proposal.id(), "auditor-1"))
                .isEqualTo(new Refused(Why.OWN_PROPOSAL));
        assertThat(ledger().find(record.id()).orElseThrow().isRedacted()).isFalse();
    }

    @Test
    void aProposalIsCarriedOutForItsOwnRecordAlone() {
        NewRecord other = NewRecords.minimal(record.revisionId());
        ledger().append(other);
        var proposal = propose();

        assertThat(redactions().carryOut(other.id(), proposal.id(), "auditor-2"))
                .isEqualTo(new Refused(Why.UNKNOWN_PROPOSAL));
        assertThat(redactions().carryOut(record.id(), UUID.randomUUID(), "auditor-2"))
                .isEqualTo(new Refused(Why.UNKNOWN_PROPOSAL));
        assertThat(ledger().find(other.id()).orElseThrow().isRedacted()).isFalse();
    }

    @Test
    void aRecordIsRedactedOnce() {
        var second = propose();
        redact();

        assertThat(redactions().carryOut(record.id(), second.id(), "auditor-2"))
                .isEqualTo(new Refused(Why.ALREADY_REDACTED));
    }

    @Test
    void aKeyThatIsSentAgainFindsTheRedactedRecordAndAddsNothing() {
        Redaction redaction = redact();
        String key = String.valueOf(record.key());
        Receipt again = ledger().append(new NewRecord(
                UUID.randomUUID(),
                record.recordedBy(),
                key,
                record.decision(),
                record.outcome(),
                record.applicableDay(),
                record.asOf(),
                record.revisionId(),
                null,
                null,
                null,
                null,
                null,
                null,
                record.request(),
                record.answer()));

        assertThat(again.id()).isEqualTo(record.id());
        assertThat(again.isRedacted()).isTrue();
        assertThat(ledger().find(record.recordedBy(), key).orElseThrow().id()).isEqualTo(record.id());
        assertThat(ledger().append(NewRecords.minimal(record.revisionId()))
                        .seal()
                        .sequence())
                .as("nothing was added in between, here")
                .isEqualTo(redaction.seal().sequence() + 1);
    }

    @Test
    void aRedactedRecordCanBeCorrectedAndACorrectionRedacted() {
        redact();
        NewRecord correction = NewRecords.correcting(record.id(), "決定日の誤り", record.revisionId());
        ledger().append(correction);

        assertThat(ledger().find(record.id()).orElseThrow().supersededBy()).contains(correction.id());

        var proposal = redactions().propose(UUID.randomUUID(), correction.id(), "auditor-1", REASON, BASIS);
        redactions().carryOut(correction.id(), proposal.id(), "auditor-2");
        NewRecord left = ledger().find(correction.id()).orElseThrow().record();
        assertThat(left.supersedes()).isEqualTo(record.id());
        assertThat(left.supersedeReason()).isNull();
    }
}
