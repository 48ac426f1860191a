package ismap.api;

import java.util.function.BooleanSupplier;

/**
 * Whether requests may be sent here.
 *
 * @param database whether it can be reached now
 * @param rulebook whether a published one is compiled
 */
public record Readiness(BooleanSupplier database, BooleanSupplier rulebook) {}
