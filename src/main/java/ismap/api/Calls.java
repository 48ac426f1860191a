package ismap.api;

import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** What the header of a call says. */
final class Calls {

    static final String NDJSON = "application/x-ndjson";

    private static final Set<String> JSON_LINES = Set.of(NDJSON, "application/ndjson", "application/jsonl");

    private Calls() {}

    /** Read by hand: what is no media type at all must be refused too, not fail. */
    static boolean isJson(HttpRequest<?> request) {
        return mediaType(request)
                .map(type -> type.equals("application/json") || type.matches("application/[a-z0-9.!#$&^_-]+\\+json"))
                .orElse(true);
    }

    /** Also true where nothing is said of the type. */
    static boolean isJsonLines(HttpRequest<?> request) {
        return mediaType(request).map(JSON_LINES::contains).orElse(true);
    }

    private static Optional<String> mediaType(HttpRequest<?> request) {
        return Optional.ofNullable(request.getHeaders().get(HttpHeaders.CONTENT_TYPE))
                .map(type -> type.split(";", 2)[0].strip().toLowerCase(Locale.ROOT));
    }

    /** Empty for what is no id; {@code UUID.fromString} also takes "1-1-1-1-1". */
    static Optional<UUID> uuid(String id) {
        return id.matches("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")
                ? Optional.of(UUID.fromString(id))
                : Optional.empty();
    }
}
