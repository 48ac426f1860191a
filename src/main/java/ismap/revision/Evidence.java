package ismap.revision;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the checks of a revision found, in short; the whole of it lies beside, by its digest.
 *
 * @param filesDigest of the files that were checked
 * @param digest of the rulebook that they hold; empty where they hold none
 * @param evidenceDigest over the whole, in canonical JSON
 * @param clean whether no check found an error
 * @param counts JSON values, by the name of the check
 */
public record Evidence(
        String filesDigest,
        Optional<String> digest,
        String evidenceDigest,
        boolean clean,
        Map<String, @Nullable Object> counts) {

    public Evidence {
        counts = Collections.unmodifiableMap(new LinkedHashMap<>(counts));
    }

    /** What an approval of it binds; empty where there is nothing that could be approved. */
    public Optional<Binding> binding() {
        return digest.filter(any -> clean).map(known -> new Binding(known, filesDigest, evidenceDigest));
    }

    /** Where the whole of it lies. */
    public String sha256() {
        return evidenceDigest.substring("sha256:".length());
    }
}
