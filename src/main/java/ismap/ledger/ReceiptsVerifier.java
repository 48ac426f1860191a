package ismap.ledger;

import ismap.decision.Bilingual;
import ismap.json.JsonReader;
import ismap.json.Parsed;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Verifies receipts that somebody kept, without the service: each by itself, each against the one before it, and all against signed
 * checkpoints. Needs memory for what is wrong and for corrections, not for the receipts.
 */
public final class ReceiptsVerifier {

    /** So many findings are described; the rest is counted. */
    static final int MOST = 1000;

    /**
     * @param file as it was named, with its {@code line} counted from 1; 0 where the file as a whole is meant
     * @param sequence of the receipt; 0 where none could be read, as {@code id} is blank then
     */
    public record Finding(String file, long line, long sequence, String id, Bilingual what) {

        /** {@code {"file", "line", "sequence", "id", "what": {"ja", "en"}}}, without what is not known. */
        public Map<String, Object> form() {
            var form = new LinkedHashMap<String, Object>();
            form.put("file", file);
            if (line > 0) {
                form.put("line", line);
            }
            if (sequence > 0) {
                form.put("sequence", sequence);
            }
            if (!id.isEmpty()) {
                form.put("id", id);
            }
            form.put("what", Verification.words(what));
            return form;
        }
    }

    /**
     * @param redactions how many entries say that a record was redacted
     * @param anchored how many of the receipts hang, link by link, on a checkpoint that was held against them
     * @param checkpoints how many were held against the receipts
     * @param found how many findings there are; {@code findings} has the first thousand
     */
    public record Report(
            long receipts, long redactions, long anchored, long checkpoints, long found, List<Finding> findings) {
        public Report {
            findings = List.copyOf(findings);
        }

        public boolean isClean() {
            return found == 0;
        }

        /** {@code {"clean", "receipts", "redactions", "anchored", "checkpoints", "found", "findings": […]}}. */
        public Map<String, Object> form() {
            var form = new LinkedHashMap<String, Object>();
            form.put("clean", isClean());
            form.put("receipts", receipts);
            form.put("redactions", redactions);
            form.put("anchored", anchored);
            form.put("checkpoints", checkpoints);
            form.put("found", found);
            form.put("findings", findings.stream().map(Finding::form).toList());
            return form;
        }
    }

    /** A receipt without content, where it stands, and the entry that it says is to blame. */
    private record Redacted(String file, long line, long sequence, String id) {}

    /** A receipt that says it was corrected, and where it stands. */
    private record Corrected(String file, long line, long sequence, String by) {}

    private final Map<Long, Checkpoint> checkpoints = new HashMap<>();
    private final Map<String, Corrected> corrected = new LinkedHashMap<>();
    private final Set<List<String>> corrections = new HashSet<>();
    private final Map<String, Redacted> redacted = new LinkedHashMap<>();
    private final Set<String> redactionHashes = new HashSet<>();
    private final List<Finding> findings = new ArrayList<>();
    private BitSet whole = new BitSet();
    private final boolean selection;

    private String file = "";
    private long lastSequence;
    private String lastHash = "";
    private long found;
    private long receipts;
    private long redactions;
    private long unanchored;
    private long anchored;
    private long compared;

    /** @param selection the files leave records out on purpose: a gap in the sequence is nothing to report */
    public ReceiptsVerifier(boolean selection) {
        this.selection = selection;
    }

    /** Takes signed checkpoints; call it before any receipt. */
    public void checkpoints(String name, List<Checkpoint> given, KeyRing keys) {
        keys.faults().forEach(what -> find(name, 0, 0, "", what));
        for (Checkpoint checkpoint : given) {
            keys.fault(checkpoint).ifPresent(what -> find(name, 0, checkpoint.sequence(), "", what));
            Checkpoint other = checkpoints.putIfAbsent(checkpoint.sequence(), checkpoint);
            if (other != null && !other.hash().equals(checkpoint.hash())) {
                find(
                        name,
                        0,
                        checkpoint.sequence(),
                        "",
                        new Bilingual(
                                "同じ番号のチェックポイントが二つあり、ハッシュが異なります。連鎖が二通りあったことになります。",
                                "Two checkpoints of this position have different hashes: there have been two chains."));
            }
        }
    }

    /** Something about a file as a whole. */
    public void finding(String name, Bilingual what) {
        find(name, 0, 0, "", what);
    }

    /** The receipts that follow are of this file, in the order of the chain. */
    public void file(String name) {
        file = name;
        whole = new BitSet();
        lastSequence = 0;
        unanchored = 0;
    }

    /** @param json one receipt, or the redaction of one */
    public void accept(long line, byte[] json) {
        if (!(JsonReader.read(json) instanceof Parsed.Document document)) {
            receipts++;
            Parsed.Unreadable unreadable = (Parsed.Unreadable) JsonReader.read(json);
            brokenOff(line, unreadable.message());
            return;
        }
        Fields receipt = Fields.of(document.value()).orElse(Fields.NONE);
        boolean isRedaction = ReceiptCheck.isRedaction(receipt);
        long sequence = sequence(receipt);
        String id = isRedaction ? receipt.object("seal").text("recordId") : receipt.text("id");
        List<Bilingual> faults = isRedaction ? redaction(line, sequence, receipt) : receipt(line, sequence, receipt);
        faults.forEach(what -> find(file, line, sequence, id, what));
        if (sequence == 0) {
            lastSequence = 0;
            unanchored = 0;
            return;
        }
        follow(line, sequence, receipt);
        correction(line, sequence, receipt);
        unanchored = faults.isEmpty() ? unanchored + (isRedaction ? 0 : 1) : 0;
        anchor(line, sequence, receipt);
        lastSequence = sequence;
        lastHash = receipt.text("hash");
    }

    private List<Bilingual> receipt(long line, long sequence, Fields receipt) {
        receipts++;
        Fields redaction = receipt.object("redacted");
        if (!redaction.values().isEmpty()) {
            redacted.put(redaction.text("hash"), new Redacted(file, line, sequence, receipt.text("id")));
        } else if (sequence <= Integer.MAX_VALUE) {
            whole.set((int) sequence);
        }
        return ReceiptCheck.faults(receipt);
    }

    private List<Bilingual> redaction(long line, long sequence, Fields entry) {
        redactions++;
        redactionHashes.add(entry.text("hash"));
        List<Bilingual> faults = ReceiptCheck.redactionFaults(entry);
        ReceiptCheck.redaction(entry)
                .filter(redaction -> redaction.recordSequence() > 0 && redaction.recordSequence() <= Integer.MAX_VALUE)
                .filter(redaction -> whole.get((int) redaction.recordSequence()))
                .ifPresent(redaction -> find(
                        file,
                        line,
                        sequence,
                        redaction.recordId().toString(),
                        new Bilingual(
                                "%d番の記録は抹消されたはずですが、このファイルに内容が残っています。書出しの途中で抹消されたのであれば、書き出し直してください。"
                                        .formatted(redaction.recordSequence()),
                                "Record %d was redacted, and this file still has its content. If that happened during the export, export again."
                                        .formatted(redaction.recordSequence()))));
        return faults;
    }

    private void brokenOff(long line, Bilingual what) {
        find(file, line, 0, "", what);
        lastSequence = 0;
        unanchored = 0;
    }

    private static long sequence(Fields receipt) {
        try {
            return receipt.object("seal").get("sequence") instanceof BigDecimal number && number.signum() > 0
                    ? number.longValueExact()
                    : 0;
        } catch (ArithmeticException noSequence) {
            return 0;
        }
    }

    private void follow(long line, long sequence, Fields receipt) {
        String previous = receipt.object("seal").text("previous");
        String id = receipt.text("id");
        if (sequence == 1 && !previous.equals(Seal.NOTHING)) {
            find(
                    file,
                    line,
                    sequence,
                    id,
                    new Bilingual("最初の項目なのに、前の項目を指しています。", "It is the first entry, and yet names one before it."));
        }
        if (lastSequence == 0) {
            return;
        }
        if (sequence <= lastSequence) {
            find(
                    file,
                    line,
                    sequence,
                    id,
                    new Bilingual(
                            "%d番の後に置かれています。順序が入れ替わっているか、二度現れます。".formatted(lastSequence),
                            "It stands after %d: out of order, or twice.".formatted(lastSequence)));
            unanchored = 0;
        } else if (sequence > lastSequence + 1) {
            if (!selection) {
                find(
                        file,
                        line,
                        sequence,
                        id,
                        new Bilingual(
                                "%d番から%d番までがこのファイルにありません。".formatted(lastSequence + 1, sequence - 1),
                                "%d to %d are missing from this file.".formatted(lastSequence + 1, sequence - 1)));
            }
            unanchored = 0;
        } else if (!previous.equals(lastHash)) {
            find(
                    file,
                    line,
                    sequence,
                    id,
                    new Bilingual("直前の受領証のハッシュにつながっていません。", "It does not link to the hash of the receipt before it."));
            unanchored = 0;
        }
    }

    private void anchor(long line, long sequence, Fields receipt) {
        Checkpoint checkpoint = checkpoints.get(sequence);
        if (checkpoint == null) {
            return;
        }
        compared++;
        if (checkpoint.hash().equals(receipt.text("hash"))) {
            anchored += unanchored;
        } else {
            find(
                    file,
                    line,
                    sequence,
                    receipt.text("id"),
                    new Bilingual(
                            "署名されたチェックポイントのハッシュと一致しません。この番号又はそれ以前が書き換えられています。",
                            "It is not the hash that the signed checkpoint states: this record or one before it was rewritten."));
        }
        unanchored = 0;
    }

    private void correction(long line, long sequence, Fields receipt) {
        String id = receipt.text("id");
        String supersedes = receipt.text("supersedes");
        String supersededBy = receipt.text("supersededBy");
        if (!supersedes.isEmpty()) {
            corrections.add(List.of(id, supersedes));
        }
        if (!supersededBy.isEmpty()) {
            corrected.put(id, new Corrected(file, line, sequence, supersededBy));
        }
    }

    /** What all that was given comes to. */
    public Report finish() {
        if (receipts + redactions == 0) {
            find(file, 0, 0, "", new Bilingual("受領証が一つもありません。", "There is no receipt at all."));
        }
        redacted.forEach((hash, receipt) -> {
            if (!redactionHashes.contains(hash)) {
                find(
                        receipt.file(),
                        receipt.line(),
                        receipt.sequence(),
                        receipt.id(),
                        new Bilingual(
                                "内容の抹消を確かめるには、連鎖にある抹消の項目（%s）も渡してください。".formatted(hash),
                                "Its content is gone; to prove that it was redacted, give the entry of the chain (%s) as well."
                                        .formatted(hash)));
            }
        });
        // No seal can say what comes after it: only the later receipt proves that it corrects the earlier one.
        corrected.forEach((id, correction) -> {
            if (!corrections.contains(List.of(correction.by(), id))) {
                find(
                        correction.file(),
                        correction.line(),
                        correction.sequence(),
                        id,
                        new Bilingual(
                                "「supersededBy」は封印に含まれません。確かめるには、訂正後の受領証 %s も渡してください。".formatted(correction.by()),
                                "\"supersededBy\" is in no seal; to prove it, give the receipt %s as well."
                                        .formatted(correction.by())));
            }
        });
        return new Report(receipts, redactions, anchored, compared, found, findings);
    }

    private void find(String name, long line, long sequence, String id, Bilingual what) {
        found++;
        if (findings.size() < MOST) {
            findings.add(new Finding(name, line, sequence, id, what));
        }
    }
}
