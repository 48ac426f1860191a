package ismap.ledger;

import ismap.decision.Bilingual;
import ismap.json.JsonWriter;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Holds a receipt against its own seal: its hash, the digests of request and answer, and all that a receipt says a second time. */
final class ReceiptCheck {

    private static final Pattern HEX = Pattern.compile("[0-9a-f]{64}");

    /** What a receipt has besides what repeats the seal. */
    private static final Set<String> OTHERS = Set.of("supersededBy", "seal", "hash", "salt", "request", "answer");

    private static final String REDACTED = "redacted";

    /** The same, where its content was redacted. */
    private static final Set<String> OTHERS_REDACTED = Set.of("supersededBy", "seal", "hash", REDACTED);

    private static final Set<String> LINE = Set.of("seal", "hash");

    private static final Set<String> SEALED = Set.of(
            "format",
            "kind",
            "sequence",
            "previous",
            "recordedAt",
            "recordedBy",
            "id",
            "decision",
            "outcome",
            "revision",
            "supersedes",
            "requestDigest",
            "answerDigest",
            "keyDigest");

    private ReceiptCheck() {}

    /** One sentence for each thing that does not agree; none where the receipt holds together. */
    static List<Bilingual> faults(Fields receipt) {
        Fields seal = receipt.object("seal");
        if (!seal.values().keySet().equals(SEALED) || !Fields.same(seal.get("format"), Seal.FORMAT)) {
            return List.of(
                    new Bilingual("封印（seal）がないか、知らない形式です。", "There is no seal, or not one of a form that is known."));
        }
        var faults = new ArrayList<Bilingual>();
        hash(receipt).ifPresent(faults::add);
        if (receipt.values().containsKey(REDACTED)) {
            faults.addAll(redacted(receipt));
            return faults;
        }
        String salt = receipt.text("salt");
        if (HEX.matcher(salt).matches()) {
            faults.addAll(SealedRecord.digestFaults(
                    seal,
                    HexFormat.of().parseHex(salt),
                    JsonWriter.canonical(receipt.get("request")),
                    JsonWriter.canonical(receipt.get("answer"))));
        } else {
            faults.add(new Bilingual("ソルト（salt）がないか、読めません。", "There is no salt, or it cannot be read."));
        }
        var record = new SealedRecord(seal, receipt.object("request"), receipt.object("answer"));
        faults.addAll(record.differences(receipt.values()));
        faults.addAll(names(receipt, record, OTHERS));
        return faults;
    }

    private static Optional<Bilingual> hash(Fields line) {
        return Seal.sha256(JsonWriter.canonical(line.object("seal").values())).equals(line.get("hash"))
                ? Optional.empty()
                : Optional.of(new Bilingual("封印のハッシュが hash と一致しません。", "The hash of the seal is not \"hash\"."));
    }

    private static List<Bilingual> redacted(Fields receipt) {
        var record = new SealedRecord(receipt.object("seal"), Fields.NONE, Fields.NONE);
        var faults = new ArrayList<Bilingual>();
        Fields line = receipt.object(REDACTED);
        Optional<Redaction> redaction = redaction(line);
        if (redaction.isEmpty()
                || !redaction.get().recordId().toString().equals(receipt.text("id"))
                || !Fields.same(redaction.get().recordSequence(), receipt.get("sequence"))) {
            faults.add(new Bilingual(
                    "内容がありませんが、「redacted」がこの記録の抹消の項目ではありません。",
                    "Its content is gone, and \"redacted\" is not the entry of the chain that redacts this record."));
        }
        faults.addAll(redactionFaults(line));
        faults.addAll(record.redactedDifferences(receipt.values()));
        faults.addAll(names(receipt, record, OTHERS_REDACTED));
        return faults;
    }

    /** Whether a line of an export is no receipt, but the redaction of one. */
    static boolean isRedaction(Fields line) {
        return Redaction.KIND.equals(line.object("seal").get("kind"));
    }

    /** What that line says; empty where it is none. */
    static Optional<Redaction> redaction(Fields line) {
        Fields seal = line.object("seal");
        byte[] content = JsonWriter.canonical(seal.values());
        try {
            return seal.get("sequence") instanceof BigDecimal sequence
                    ? Redaction.read(new Seal(
                            sequence.longValueExact(),
                            seal.text("previous"),
                            Instant.parse(seal.text("recordedAt")),
                            content,
                            line.text("hash")))
                    : Optional.empty();
        } catch (ArithmeticException | DateTimeException unreadable) {
            return Optional.empty();
        }
    }

    /** As {@link #faults}, of a line that is the redaction of a receipt. */
    static List<Bilingual> redactionFaults(Fields line) {
        var faults = new ArrayList<Bilingual>();
        if (!line.values().keySet().equals(LINE)
                || redaction(line).filter(Redaction::isLawful).isEmpty()) {
            faults.add(
                    new Bilingual(
                            "抹消の項目として読めません（提案者と別の実行者、理由、法的根拠、前にある記録が要ります）。",
                            "It cannot be read as a redaction: that takes two people, a reason, a legal basis and a record before it."));
        }
        hash(line).ifPresent(faults::add);
        return faults;
    }

    private static List<Bilingual> names(Fields receipt, SealedRecord record, Set<String> others) {
        Set<String> due = new LinkedHashSet<>(record.repeated().keySet());
        due.addAll(others);
        var faults = new ArrayList<Bilingual>();
        for (String name : due) {
            if (!receipt.values().containsKey(name)) {
                faults.add(new Bilingual("「%s」がありません。".formatted(name), "\"%s\" is missing.".formatted(name)));
            }
        }
        for (Object name : receipt.values().keySet()) {
            if (!due.contains(String.valueOf(name))) {
                faults.add(new Bilingual(
                        "「%s」は封印されておらず、確かめられません。".formatted(name),
                        "\"%s\" is not sealed: nothing vouches for it.".formatted(name)));
            }
        }
        Object supersededBy = receipt.get("supersededBy");
        if (supersededBy != null && !(supersededBy instanceof String)) {
            faults.add(new Bilingual("「supersededBy」が記録のIDではありません。", "\"supersededBy\" is no id of a record."));
        }
        return faults;
    }
}
