package ismap.ledger;

import java.util.List;
import java.util.Optional;

/** Receipts as they stand in tables. */
public final class StoredLinks {
    private StoredLinks() {}

    public static StoredLink of(Receipt receipt) {
        NewRecord record = receipt.record();
        Seal seal = receipt.seal();
        return new StoredLink(
                seal.sequence(),
                Optional.of(new StoredLink.Entry(
                        "DECISION", seal.previous(), seal.recordedAt(), seal.content(), seal.hash())),
                Optional.of(new StoredLink.Row(
                        record.id(),
                        seal.recordedAt(),
                        record.recordedBy(),
                        record.decision(),
                        record.outcome(),
                        record.applicableDay(),
                        record.asOf(),
                        record.revisionId(),
                        record.application(),
                        record.service(),
                        record.applicant(),
                        record.assessor(),
                        record.supersedes(),
                        record.supersedeReason(),
                        record.request(),
                        record.answer(),
                        receipt.salt(),
                        record.key() == null ? null : record.recordedBy(),
                        record.key(),
                        List.copyOf(FoundIn.answer(record.answer())))));
    }
}
