package ismap.regression;

import ismap.decision.Bilingual;
import ismap.decision.Place;
import ismap.decision.Status;
import ismap.decision.Value;
import java.time.LocalDate;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import org.jspecify.annotations.Nullable;

/**
 * A case in words, and what is expected of the answer. What it does not name is not checked.
 *
 * @param facts as a caller would send them: Map, List, String, BigDecimal, Boolean, null for what nobody knows
 * @param findings the status of a rule, or of one element of its list, {@code BR-9.2-2[A]}
 * @param values {@link Value#NONE} for one that the answer must not give, whether it is none or not known
 * @param missing all facts that the answer must name, and no other
 * @param places where the line and its cells stand, by column
 */
public record Scenario(
        String id,
        Bilingual sentence,
        String decision,
        LocalDate asOf,
        Map<String, @Nullable Object> facts,
        Optional<String> outcome,
        Map<String, Status> findings,
        Map<String, Value> values,
        Optional<SortedSet<String>> missing,
        Map<String, Place> places) {

    public Scenario {
        facts = Collections.unmodifiableMap(new LinkedHashMap<>(facts));
        findings = Collections.unmodifiableMap(new LinkedHashMap<>(findings));
        values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
        places = Collections.unmodifiableMap(new LinkedHashMap<>(places));
    }

    /** Its id and its sentence, in Japanese where there is one. */
    public String title() {
        return id + " " + (sentence.ja().isBlank() ? sentence.en() : sentence.ja());
    }

    Place place(String column) {
        Place place = places.get(column);
        return place == null ? java.util.Objects.requireNonNull(places.get("id")) : place;
    }
}
