package ismap.ledger;

import ismap.json.JsonReader;
import ismap.json.Parsed;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * What an answer can be found by, as the column {@code found} has it: {@code rule:…} for each rule with a finding other than
 * NOT_APPLICABLE, {@code clause:document clause} for each clause that such a finding cites.
 */
public final class FoundIn {

    private FoundIn() {}

    /** Nothing for what is no answer. */
    public static SortedSet<String> answer(byte[] json) {
        SortedSet<String> found = new TreeSet<>();
        if (JsonReader.read(json) instanceof Parsed.Document document
                && document.value() instanceof Map<?, ?> answer
                && answer.get("findings") instanceof List<?> findings) {
            for (Object each : findings) {
                if (each instanceof Map<?, ?> finding
                        && finding.get("status") instanceof String status
                        && !status.equals("NOT_APPLICABLE")) {
                    add(found, finding);
                }
            }
        }
        return found;
    }

    private static void add(SortedSet<String> found, Map<?, ?> finding) {
        if (finding.get("rule") instanceof String rule) {
            found.add("rule:" + rule);
        }
        if (finding.get("citation") instanceof Map<?, ?> citation
                && citation.get("document") instanceof String document
                && citation.get("clause") instanceof String clause) {
            found.add("clause:" + document + " " + clause);
        }
    }
}
