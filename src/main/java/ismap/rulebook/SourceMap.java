package ismap.rulebook;

import ismap.decision.Place;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Where the parts of a rulebook stand in its files. It belongs to the files and not to the meaning, so it is outside the digest.
 *
 * <p>Keys: {@code row:<decision>:<row id>}, {@code table:<decision>:<rule id>} (the title cell), {@code text:<decision>:<rule id>:outsideDates}
 * (also {@code notEnoughFacts}, {@code noElements}), {@code cell:<decision>:<row id>:<column>}, {@code fact:<name>},
 * {@code derivation:<name>}, {@code parameter:<name>}, {@code parameter:<name>@<first day>}, {@code outcome:<decision>:<code>}, {@code decision:<name>}. Tables that conclude
 * a fact use the workbook's decision name too.
 */
public final class SourceMap {

    private final Map<String, Place> places;

    public SourceMap(Map<String, Place> places) {
        this.places = Collections.unmodifiableMap(new LinkedHashMap<>(places));
    }

    /** The place of {@code key}, or of the first fallback that is known; an unknown one is a cell without a name, never null. */
    public Place of(String key, String... fallbacks) {
        Place place = places.get(key);
        for (String fallback : fallbacks) {
            place = place == null ? places.get(fallback) : place;
        }
        return place == null ? new Place.Cell(key, "", "") : place;
    }

    public Map<String, Place> places() {
        return places;
    }
}
