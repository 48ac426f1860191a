package ismap.ledger;

import ismap.decision.Bilingual;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a seal, the request and the answer say together. Whatever else is kept of a record repeats this, and must agree with it. */
record SealedRecord(Fields seal, Fields request, Fields answer) {

    private static final Set<String> IN_THE_ANSWER = Set.of("asOf", "applicableDay");

    /** What a receipt and the columns of a record say once more; by the names of a receipt. */
    Map<String, @Nullable Object> repeated() {
        var form = new LinkedHashMap<String, @Nullable Object>();
        form.put("id", seal.get("id"));
        form.put("recordedAt", seal.get("recordedAt"));
        form.put("recordedBy", seal.get("recordedBy"));
        form.put("decision", seal.get("decision"));
        form.put("outcome", seal.get("outcome"));
        form.put("asOf", answer.get("asOf"));
        form.put("applicableDay", answer.get("applicableDay"));
        form.put("sequence", seal.get("sequence"));
        form.put("revision", seal.object("revision").get("id"));
        form.put("reference", reference());
        form.put("supersedes", seal.get("supersedes"));
        form.put("reason", request.get("reason"));
        return form;
    }

    private Map<String, @Nullable Object> reference() {
        var reference = new LinkedHashMap<String, @Nullable Object>();
        request.object("reference").values().forEach((name, value) -> {
            if (value != null) {
                reference.put(String.valueOf(name), value);
            }
        });
        return reference;
    }

    /** One sentence for each name under which something else stands than what was sealed. */
    List<Bilingual> differences(Map<?, ?> standing) {
        return differences(repeated(), standing);
    }

    /** As {@link #differences}, where request and answer are gone: what they said once more must be gone too. Nothing vouches for the days. */
    List<Bilingual> redactedDifferences(Map<?, ?> standing) {
        Map<String, @Nullable Object> due = repeated();
        due.keySet().removeAll(IN_THE_ANSWER);
        return differences(due, standing);
    }

    private static List<Bilingual> differences(Map<String, @Nullable Object> due, Map<?, ?> standing) {
        var differences = new ArrayList<Bilingual>();
        due.forEach((name, value) -> {
            if (!Fields.same(value, standing.get(name))) {
                differences.add(new Bilingual(
                        "「%s」が、封印された内容と異なります。".formatted(name), "\"%s\" is not what was sealed.".formatted(name)));
            }
        });
        return differences;
    }

    /** One sentence for each of request and answer whose bytes are not those that were sealed. */
    static List<Bilingual> digestFaults(Fields seal, byte[] salt, byte[] request, byte[] answer) {
        var faults = new ArrayList<Bilingual>();
        if (!Seal.salted(salt, request).equals(seal.get("requestDigest"))) {
            faults.add(new Bilingual(
                    "要求又はソルトが、封印されたときのものではありません（requestDigest が一致しません）。",
                    "The request, or the salt, is not the one that was sealed (requestDigest does not match)."));
        }
        if (!Seal.salted(salt, answer).equals(seal.get("answerDigest"))) {
            faults.add(new Bilingual(
                    "回答又はソルトが、封印されたときのものではありません（answerDigest が一致しません）。",
                    "The answer, or the salt, is not the one that was sealed (answerDigest does not match)."));
        }
        return faults;
    }
}
