package ismap.analysis;

import ismap.decision.Place;
import java.util.List;
import java.util.Optional;

/**
 * One part of a rulebook that is not as it was.
 *
 * @param decision the decision whose workbook it stands in; blank for what every decision may use
 * @param id of the row, the name of the parameter …; unique within its kind and decision
 * @param cells what differs, in the order of the sheet; of a part that is new or gone, all that it says
 * @param clause document and clause that it rests on, now or before; blank where there is none
 * @param before where it stood; empty for what is new, as {@code after} is for what is gone
 */
public record Change(
        Type type,
        PartKind kind,
        String decision,
        String id,
        List<Cell> cells,
        String clause,
        Optional<Place> before,
        Optional<Place> after) {

    public Change {
        cells = List.copyOf(cells);
    }

    public enum Type {
        ADDED,
        REMOVED,
        CHANGED,
        /** The same parts in another order, which may decide which of them goes first. */
        REORDERED
    }

    /** @param before as it was written; blank for nothing, as {@code after} */
    public record Cell(String name, String before, String after) {}

    /** Where to look. */
    public Place place() {
        return after.or(() -> before).orElseThrow();
    }
}
