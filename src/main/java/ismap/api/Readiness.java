package ismap.api;

import ismap.decision.Bilingual;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * Whether requests may be sent here.
 *
 * @param database whether it can be reached now, and was heard from lately
 * @param rulebook whether the one published last is compiled
 * @param reasons what there is to say where it is not ready; may be empty
 */
public record Readiness(BooleanSupplier database, BooleanSupplier rulebook, Supplier<List<Bilingual>> reasons) {

    public Readiness(BooleanSupplier database, BooleanSupplier rulebook) {
        this(database, rulebook, List::of);
    }
}
