package ismap.ledger;

import ismap.decision.Bilingual;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What came of walking the chain.
 *
 * @param records how many there are, redacted ones among them
 * @param redactions how many entries say that a record was redacted
 * @param head the hash of the last one; {@link Seal#NOTHING} without any
 * @param checkpoints how many checkpoints were held against it
 * @param firstBad where it is broken first; empty where it is whole
 */
public record Verification(long records, long redactions, String head, long checkpoints, Optional<Fault> firstBad) {

    /** @param sequence the position; @param id of the record that stands there, as far as one can be named */
    public record Fault(long sequence, Optional<String> id, Bilingual what) {}

    /** Of both kinds: the sequence of the last one. */
    public long entries() {
        return records + redactions;
    }

    public boolean intact() {
        return firstBad.isEmpty();
    }

    /** {@code {"records", "redactions", "intact", "head", "checkpoints"}}, and {@code "firstBad": {"sequence", "id"?, "what": {"ja", "en"}}} where it is broken. */
    public Map<String, Object> form() {
        var form = new LinkedHashMap<String, Object>();
        form.put("records", records);
        form.put("redactions", redactions);
        form.put("intact", intact());
        form.put("head", head);
        form.put("checkpoints", checkpoints);
        firstBad.ifPresent(fault -> {
            var bad = new LinkedHashMap<String, Object>();
            bad.put("sequence", fault.sequence());
            fault.id().ifPresent(id -> bad.put("id", id));
            bad.put("what", words(fault.what()));
            form.put("firstBad", bad);
        });
        return form;
    }

    static Map<String, String> words(Bilingual text) {
        var form = new LinkedHashMap<String, String>();
        form.put("ja", text.ja());
        form.put("en", text.en());
        return form;
    }
}
