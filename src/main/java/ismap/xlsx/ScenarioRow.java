package ismap.xlsx;

import ismap.decision.Bilingual;
import ismap.decision.Place;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * One scenario as it was written, not yet interpreted.
 *
 * @param cells column → text, in the order of the sheet; blank cells are left out, and so are the id and the name
 * @param places column → its cell in this row, for every column and also for {@code id}, {@code scenario_ja}, {@code scenario_en}
 */
public record ScenarioRow(String id, Bilingual name, Map<String, String> cells, Map<String, Place.Cell> places) {
    public ScenarioRow {
        cells = Collections.unmodifiableMap(new LinkedHashMap<>(cells));
        places = Collections.unmodifiableMap(new LinkedHashMap<>(places));
    }
}
