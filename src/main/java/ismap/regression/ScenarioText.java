package ismap.regression;

import ismap.decision.Bilingual;
import ismap.decision.Place;
import ismap.decision.Problem;
import ismap.rulebook.RulebookFiles;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One line of a sheet of scenarios, as it was written.
 *
 * @param cells text by column key ({@code asOf}, a fact, {@code outcome} …); blank cells are left out
 * @param places where each of those cells stands; {@code id} is always among them
 */
public record ScenarioText(String id, Bilingual sentence, Map<String, String> cells, Map<String, Place> places) {

    public ScenarioText {
        cells = Collections.unmodifiableMap(new LinkedHashMap<>(cells));
        places = Collections.unmodifiableMap(new LinkedHashMap<>(places));
    }

    /** The place of a column's cell; of a blank one, that of the id. */
    Place place(String column) {
        Place place = places.get(column);
        Place start = place == null ? places.get("id") : place;
        return start == null ? new Place.Cell("", "", "") : start;
    }

    /** The lines of one decision. */
    public record Sheet(List<ScenarioText> lines, List<Problem> problems) {
        public Sheet {
            lines = List.copyOf(lines);
            problems = List.copyOf(problems);
        }
    }

    /**
     * Reads the scenarios of a rulebook's files, whatever notation they are in: lines with an id that no other line has, and with a
     * sentence. Never throws for what a file holds.
     */
    public interface Reader {
        /** By decision, in the order of their names. */
        Map<String, Sheet> read(RulebookFiles files);
    }
}
