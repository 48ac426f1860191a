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
        if (link.row().isEmpty()) {
            return fault("連鎖の項目はありますが、記録がありません。", "There is an entry of the chain without its record.");
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
                .or(() -> row(link.sequence(), link.row().get(), content.get()));
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
        List<Bilingual> faults = SealedRecord.digestFaults(seal, salt, row.request(), row.answer());
        if (faults.isEmpty()) {
            SealedRecord record = new SealedRecord(
                    seal,
                    Fields.read(row.request()).orElse(Fields.NONE),
                    Fields.read(row.answer()).orElse(Fields.NONE));
            faults = record.differences(row.repeated(sequence));
        }
        return faults.stream()
                .findFirst()
                .or(() -> differs("idempotency_key", keyDigest(salt, row), seal.get("keyDigest")))
                .or(() -> differs("decision_record.found", row.found(), List.copyOf(FoundIn.answer(row.answer()))));
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
