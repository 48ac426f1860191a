package ismap.ledger;

import ismap.decision.Bilingual;
import ismap.ledger.StoredLink.Entry;
import ismap.ledger.StoredLink.Row;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Holds one position of the stored chain against itself: the entry's columns, its record and its key against what is sealed. */
final class LinkCheck {

    private LinkCheck() {}

    /** What is wrong first; empty where the position agrees with itself. */
    static Optional<Bilingual> fault(StoredLink link) {
        if (link.entry().isEmpty()) {
            return fault("記録はありますが、連鎖の項目がありません。", "There is a record without an entry of the chain.");
        }
        Entry entry = link.entry().get();
        if (!Seal.sha256(entry.content()).equals(entry.hash())) {
            return fault("内容のハッシュが、項目のハッシュと一致しません。", "The hash of the content is not the entry's hash.");
        }
        Optional<Fields> content = Fields.read(entry.content());
        if (content.isEmpty()) {
            return fault("封印された内容を読めません。", "What is sealed cannot be read.");
        }
        return entry(link.sequence(), entry, content.get())
                .or(() -> entry.kind().equals(Redaction.KIND) ? redaction(link, entry) : decision(link, content.get()));
    }

    private static Optional<Bilingual> decision(StoredLink link, Fields seal) {
        if (link.row().isEmpty()) {
            return fault("連鎖の項目はありますが、記録がありません。", "There is an entry of the chain without its record.");
        }
        if (link.redaction().isPresent()) {
            return fault("抹消の項目ではないのに、抹消の行があります。", "It is no redaction, and a row says that it is.");
        }
        Row row = link.row().get();
        return row.isRedacted() ? redacted(link.sequence(), row, seal) : row(link.sequence(), row, seal);
    }

    private static Optional<Bilingual> redaction(StoredLink link, Entry entry) {
        if (link.row().isPresent()) {
            return fault("抹消の項目の位置に、記録があります。", "There is a record at the position of a redaction.");
        }
        Optional<Redaction> said =
                Redaction.read(Seal.of(link.sequence(), entry.previous(), entry.recordedAt(), entry.content()));
        if (said.isEmpty() || !said.get().isLawful()) {
            return fault(
                    "抹消の項目が、抹消の記述になっていません（提案者と別の実行者、理由、法的根拠、前にある記録が要ります）。",
                    "What it says is no redaction: it takes two people, a reason, a legal basis and a record before it.");
        }
        Redaction redaction = said.get();
        return link.redaction()
                        .filter(new StoredLink.RedactionRow(
                                redaction.recordId(),
                                redaction.proposal(),
                                redaction.proposedBy(),
                                redaction.carriedOutBy(),
                                redaction.reason(),
                                redaction.legalBasis())::equals)
                        .isPresent()
                ? Optional.empty()
                : fault(
                        "抹消の行又はその提案がないか、封印された内容と異なります。",
                        "The row of the redaction, or its proposal, is missing or is not what was sealed.");
    }

    /** What the seal still vouches for: all but the days, which stood in the answer. */
    private static Optional<Bilingual> redacted(long sequence, Row row, Fields seal) {
        return new SealedRecord(seal, Fields.NONE, Fields.NONE)
                .redactedDifferences(row.repeated(sequence)).stream()
                        .findFirst()
                        .or(() -> differs(
                                "redacted_key",
                                row.keyPrincipal(),
                                seal.get("keyDigest") == null ? null : row.recordedBy()));
    }

    private static Optional<Bilingual> entry(long sequence, Entry entry, Fields seal) {
        if (!Fields.same(seal.get("format"), Seal.FORMAT)) {
            return fault("封印の形式が未知です。", "The form of the seal is not known.");
        }
        return differs("entry.sequence", sequence, seal.get("sequence"))
                .or(() -> differs("entry.kind", entry.kind(), seal.get("kind")))
                .or(() -> differs("entry.previous", entry.previous(), seal.get("previous")))
                .or(() -> differs("entry.recorded_at", entry.recordedAt().toString(), seal.get("recordedAt")));
    }

    private static Optional<Bilingual> row(long sequence, Row row, Fields seal) {
        byte[] salt = row.salt();
        if (salt == null || salt.length != Seal.SALT) {
            return fault("ソルトがないか、長さが異なります。", "The salt is missing, or of another length.");
        }
        byte[] request = row.request();
        byte[] answer = row.answer();
        if (request == null || answer == null) {
            return fault(
                    "要求又は回答だけがありません。抹消された記録には、どちらもソルトもありません。",
                    "The request or the answer alone is missing; a record that was redacted has neither, and no salt.");
        }
        List<Bilingual> faults = SealedRecord.digestFaults(seal, salt, request, answer);
        if (faults.isEmpty()) {
            SealedRecord record = new SealedRecord(
                    seal,
                    Fields.read(request).orElse(Fields.NONE),
                    Fields.read(answer).orElse(Fields.NONE));
            faults = record.differences(row.repeated(sequence));
        }
        return faults.stream()
                .findFirst()
                .or(() -> differs("idempotency_key", keyDigest(salt, row), seal.get("keyDigest")))
                .or(() -> differs("decision_record.found", row.found(), List.copyOf(FoundIn.answer(answer))));
    }

    private static @Nullable String keyDigest(byte[] salt, Row row) {
        String principal = row.keyPrincipal();
        String key = row.key();
        return principal == null || key == null ? null : Seal.keyDigest(salt, principal, key);
    }

    private static Optional<Bilingual> differs(String column, @Nullable Object standing, @Nullable Object due) {
        return Fields.same(standing, due)
                ? Optional.empty()
                : fault("%s が、封印された内容と異なります。".formatted(column), "%s is not what was sealed.".formatted(column));
    }

    private static Optional<Bilingual> fault(String ja, String en) {
        return Optional.of(new Bilingual(ja, en));
    }
}
