package ismap.api;

import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import java.util.Locale;

/** What the header of a call says. */
final class Calls {

    private Calls() {}

    /** Read by hand: what is no media type at all must be refused too, not fail. */
    static boolean isJson(HttpRequest<?> request) {
        String type = request.getHeaders().get(HttpHeaders.CONTENT_TYPE);
        if (type == null) {
            return true;
        }
        String essence = type.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
        return essence.equals("application/json") || essence.matches("application/[a-z0-9.!#$&^_-]+\\+json");
    }
}
