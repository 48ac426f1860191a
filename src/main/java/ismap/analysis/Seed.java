package ismap.analysis;

import java.time.LocalDate;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A request to begin a search with: of a scenario, say.
 *
 * @param facts as a request states them
 */
public record Seed(Map<String, @Nullable Object> facts, LocalDate asOf) {}
