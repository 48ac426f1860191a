package ismap.evaluation;

import ismap.decision.Problem;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A question as it was asked, its facts not yet typed.
 *
 * @param facts JSON values as JDK values
 * @param reference of {@link #REFERENCE_FIELDS}, those that were given
 * @param attestations by the name of the fact
 * @param asked everything as it was sent; what is recorded
 */
public record Request(
        Optional<LocalDate> asOf,
        Map<String, @Nullable Object> facts,
        Map<String, String> reference,
        Map<String, Attestation> attestations,
        Optional<UUID> supersedes,
        Optional<String> reason,
        Optional<Instant> knownAt,
        Optional<String> revision,
        Map<String, @Nullable Object> asked) {

    public static final List<String> FIELDS =
            List.of("asOf", "facts", "reference", "attestations", "supersedes", "reason", "knownAt", "revision");
    public static final List<String> REFERENCE_FIELDS = List.of("application", "service", "applicant", "assessor");
    public static final List<String> ATTESTATION_FIELDS = List.of("by", "on", "document");
    public static final int LONGEST_REFERENCE = 100;
    public static final int LONGEST_REASON = 1000;

    public Request {
        facts = Collections.unmodifiableMap(new LinkedHashMap<>(facts));
        reference = Collections.unmodifiableMap(new LinkedHashMap<>(reference));
        attestations = Collections.unmodifiableMap(new LinkedHashMap<>(attestations));
        asked = Collections.unmodifiableMap(new LinkedHashMap<>(asked));
    }

    /** Who established a fact, when, and by what document. Opaque identifiers, never the name of a natural person. */
    public record Attestation(String by, LocalDate on, String document) {}

    /** @param request what could be read; only to be used where no problem is an error */
    public record Read(Request request, List<Problem> problems) {
        public Read {
            problems = List.copyOf(problems);
        }
    }

    /** Reads the shape of a request: JSON as JDK values. What only a rulebook or the ledger can tell is asked later. */
    public static Read read(@Nullable Object json) {
        return new RequestReader().read(json);
    }
}
