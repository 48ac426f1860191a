package ismap.api;

import io.micronaut.http.HttpHeaders;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.ResponseFilter;
import io.micronaut.http.annotation.ServerFilter;

/** What every answer says to a browser, errors included, unless it says otherwise itself. */
@ServerFilter(ServerFilter.MATCH_ALL_PATTERN)
class Edge {

    static final String POLICY = "Content-Security-Policy";

    private static final String POLICY_OF_ALL =
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; "
                    + "form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

    /** Swagger UI sets styles of elements from its script. */
    static final String POLICY_OF_DOCS = POLICY_OF_ALL.replace("style-src 'self'", "style-src 'self' 'unsafe-inline'");

    @ResponseFilter
    void after(MutableHttpResponse<?> response) {
        unlessSaid(response, POLICY, POLICY_OF_ALL);
        unlessSaid(response, "X-Content-Type-Options", "nosniff");
        unlessSaid(response, "Referrer-Policy", "no-referrer");
        unlessSaid(response, "X-Frame-Options", "DENY");
        unlessSaid(response, HttpHeaders.CACHE_CONTROL, "no-store");
    }

    private static void unlessSaid(MutableHttpResponse<?> response, String header, String value) {
        if (!response.getHeaders().contains(header)) {
            response.header(header, value);
        }
    }
}
