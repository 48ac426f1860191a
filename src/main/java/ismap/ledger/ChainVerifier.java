package ismap.ledger;

import ismap.decision.Bilingual;
import ismap.ledger.Verification.Fault;
import java.time.Instant;
import java.util.Iterator;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Takes the positions of the stored chain in their order and says where it is broken first. */
public final class ChainVerifier {

    private final Iterator<Checkpoint> checkpoints;
    private final KeyRing keys;

    /** Records without content for which no entry has said so yet, by their sequence. */
    private final SortedMap<Long, String> unexplained = new TreeMap<>();

    private @Nullable Checkpoint next;
    private @Nullable Fault firstBad;
    private long records;
    private long redactions;
    private long compared;
    private long last;
    private String head = Seal.NOTHING;
    private Instant time = Instant.MIN;

    /** @param checkpoints by sequence; none beyond what is walked */
    public ChainVerifier(Iterator<Checkpoint> checkpoints, KeyRing keys) {
        this.checkpoints = checkpoints;
        this.keys = keys;
        this.next = following();
    }

    public void accept(StoredLink link) {
        if (firstBad == null) {
            check(link);
        }
        explain(link);
        link.entry().ifPresent(entry -> {
            if (entry.kind().equals(Redaction.KIND)) {
                redactions++;
            } else {
                records++;
            }
            head = entry.hash();
            time = entry.recordedAt();
        });
        last = Math.max(last, link.sequence());
    }

    /** Also past the first fault: a record that lost its content before it may be redacted after it. */
    private void explain(StoredLink link) {
        link.row()
                .filter(StoredLink.Row::isRedacted)
                .ifPresent(row -> unexplained.put(link.sequence(), row.id().toString()));
        link.entry()
                .filter(entry -> entry.kind().equals(Redaction.KIND))
                .flatMap(entry ->
                        Redaction.read(Seal.of(link.sequence(), entry.previous(), entry.recordedAt(), entry.content())))
                .ifPresent(redaction -> {
                    String id = redaction.recordId().toString();
                    if (!unexplained.remove(redaction.recordSequence(), id) && firstBad == null) {
                        bad(
                                link.sequence(),
                                Optional.of(id),
                                new Bilingual(
                                        "抹消の項目がありますが、%d番の記録の内容は消えていないか、既に別の項目で抹消されています。"
                                                .formatted(redaction.recordSequence()),
                                        "It says that record %d was redacted; that one still has its content, or was redacted before, or is another."
                                                .formatted(redaction.recordSequence())));
                    }
                });
    }

    private void check(StoredLink link) {
        if (link.sequence() < 1) {
            bad(link.sequence(), id(link), new Bilingual("項目の番号は1から始まります。", "The entries are counted from 1."));
            return;
        }
        if (link.sequence() != last + 1) {
            bad(
                    last + 1,
                    Optional.empty(),
                    new Bilingual(
                            "%d番から%d番までの項目がありません。".formatted(last + 1, link.sequence() - 1),
                            "The entries %d to %d are missing.".formatted(last + 1, link.sequence() - 1)));
            return;
        }
        Optional<String> id = id(link);
        LinkCheck.fault(link)
                .or(() -> order(link.entry().orElseThrow()))
                .ifPresent(what -> bad(link.sequence(), id, what));
        if (firstBad == null) {
            checkpoint(link.sequence(), link.entry().orElseThrow().hash())
                    .ifPresent(what -> bad(link.sequence(), id, what));
        }
    }

    private Optional<Bilingual> order(StoredLink.Entry entry) {
        if (!entry.previous().equals(head)) {
            return Optional.of(new Bilingual(
                    "直前の項目のハッシュと一致しません。直前の項目が差し替えられたか、この項目が別の場所のものです。",
                    "It does not follow the entry before it: that one was replaced, or this one belongs elsewhere."));
        }
        return entry.recordedAt().isBefore(time)
                ? Optional.of(new Bilingual("直前の項目より前の時刻です。", "It is earlier than the entry before it."))
                : Optional.empty();
    }

    private Optional<Bilingual> checkpoint(long sequence, String hash) {
        Checkpoint checkpoint = next;
        if (checkpoint == null || checkpoint.sequence() != sequence) {
            return Optional.empty();
        }
        next = following();
        compared++;
        return keys.fault(checkpoint)
                .or(
                        () -> checkpoint.hash().equals(hash)
                                ? Optional.empty()
                                : Optional.of(
                                        new Bilingual(
                                                "署名されたチェックポイントのハッシュと一致しません。この番号又はそれ以前の項目が書き換えられています。",
                                                "It is not the hash that the signed checkpoint states: this entry or one before it was rewritten.")));
    }

    /** @param keyWithoutRecord what a key names and no record is; it stands at no position, and is said where nothing else is wrong */
    public Verification finish(Optional<UUID> keyWithoutRecord) {
        unexplained.forEach((sequence, id) -> {
            if (firstBad == null || sequence < firstBad.sequence()) {
                bad(
                        sequence,
                        Optional.of(id),
                        new Bilingual(
                                "記録の内容がありませんが、連鎖に抹消の項目がありません。",
                                "The content of the record is gone, and no entry of the chain says that it was redacted."));
            }
        });
        Checkpoint beyond = next;
        if (firstBad == null && beyond != null) {
            bad(
                    last + 1,
                    Optional.empty(),
                    new Bilingual(
                            "チェックポイントは%d番の項目を示していますが、連鎖は%d番で終わっています。".formatted(beyond.sequence(), last),
                            "A checkpoint states entry %d, but the chain ends with %d."
                                    .formatted(beyond.sequence(), last)));
        }
        if (firstBad == null && keyWithoutRecord.isPresent()) {
            bad(
                    last,
                    keyWithoutRecord.map(UUID::toString),
                    new Bilingual("冪等キーが、存在しない記録を指しています。", "An idempotency key names a record that does not exist."));
        }
        return new Verification(records, redactions, head, compared, Optional.ofNullable(firstBad));
    }

    private void bad(long sequence, Optional<String> id, Bilingual what) {
        firstBad = new Fault(sequence, id, what);
    }

    private @Nullable Checkpoint following() {
        return checkpoints.hasNext() ? checkpoints.next() : null;
    }

    private static Optional<String> id(StoredLink link) {
        return link.entry()
                .flatMap(entry -> Fields.read(entry.content()))
                .map(content -> content.text("id"))
                .filter(id -> !id.isEmpty())
                .or(() -> link.row().map(row -> row.id().toString()));
    }
}
