package ismap.ledger;

import ismap.decision.Bilingual;
import ismap.json.JsonWriter;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** Holds a receipt against its own seal: its hash, the digests of request and answer, and all that a receipt says a second time. */
final class ReceiptCheck {

    private static final Pattern HEX = Pattern.compile("[0-9a-f]{64}");

    /** What a receipt has besides what repeats the seal. */
    private static final Set<String> OTHERS = Set.of("supersededBy", "seal", "hash", "salt", "request", "answer");

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
        if (!Seal.sha256(JsonWriter.canonical(seal.values())).equals(receipt.get("hash"))) {
            faults.add(new Bilingual("封印のハッシュが hash と一致しません。", "The hash of the seal is not \"hash\"."));
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
        faults.addAll(names(receipt, record));
        return faults;
    }

    private static List<Bilingual> names(Fields receipt, SealedRecord record) {
        Set<String> due = new LinkedHashSet<>(record.repeated().keySet());
        due.addAll(OTHERS);
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
