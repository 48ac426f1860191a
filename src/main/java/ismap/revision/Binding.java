package ismap.revision;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What somebody looked at when they submitted or approved a revision; nothing else may be published on the strength of it.
 *
 * @param digest over the canonical model
 * @param filesDigest over the bytes
 * @param evidenceDigest over what the checks found
 */
public record Binding(String digest, String filesDigest, String evidenceDigest) {

    public Map<String, @Nullable Object> form() {
        var form = new LinkedHashMap<String, @Nullable Object>();
        form.put("digest", digest);
        form.put("filesDigest", filesDigest);
        form.put("evidenceDigest", evidenceDigest);
        return form;
    }

    static Binding read(Map<?, ?> data) {
        return new Binding(
                RevisionEvent.text(data, "digest"),
                RevisionEvent.text(data, "filesDigest"),
                RevisionEvent.text(data, "evidenceDigest"));
    }
}
