package ismap.ledger;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

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
                        there(record.request()),
                        there(record.answer()),
                        there(receipt.salt()),
                        isKeyed(receipt) ? record.recordedBy() : null,
                        record.key(),
                        List.copyOf(FoundIn.answer(record.answer())))));
    }

    private static byte @Nullable [] there(byte[] bytes) {
        return bytes.length == 0 ? null : bytes;
    }

    private static boolean isKeyed(Receipt receipt) {
        return receipt.record().key() != null
                || receipt.isRedacted()
                        && Fields.read(receipt.seal().content()).orElseThrow().get("keyDigest") != null;
    }

    public static StoredLink of(Redaction redaction) {
        Seal seal = redaction.seal();
        return new StoredLink(
                seal.sequence(),
                Optional.of(new StoredLink.Entry(
                        Redaction.KIND, seal.previous(), seal.recordedAt(), seal.content(), seal.hash())),
                Optional.empty(),
                Optional.of(new StoredLink.RedactionRow(
                        redaction.recordId(),
                        redaction.proposal(),
                        redaction.proposedBy(),
                        redaction.carriedOutBy(),
                        redaction.reason(),
                        redaction.legalBasis())));
    }
}
