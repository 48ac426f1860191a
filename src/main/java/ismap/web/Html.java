package ismap.web;

import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MutableHttpResponse;
import ismap.pages.Language;
import ismap.pages.View;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Pages as answers, in the language that was asked for: by {@code ?lang=}, else by the browser, else Japanese. */
public final class Html {

    private Html() {}

    /** @param notice who stands behind the service */
    public static View view(HttpRequest<?> request, String notice) {
        Optional<Language> chosen = request.getParameters().getFirst("lang").flatMap(Language::tagged);
        String accepted = request.getHeaders().get(HttpHeaders.ACCEPT_LANGUAGE);
        return new View(
                chosen.orElseGet(() -> Language.accepted(accepted == null ? "" : accepted)),
                chosen.isPresent(),
                request.getPath(),
                notice);
    }

    public static MutableHttpResponse<byte[]> page(HttpStatus status, View view, String html) {
        return HttpResponse.<byte[]>status(status)
                .body(html.getBytes(StandardCharsets.UTF_8))
                .header(HttpHeaders.CONTENT_TYPE, "text/html; charset=utf-8")
                .header(HttpHeaders.CONTENT_LANGUAGE, view.language().tag())
                .header(HttpHeaders.VARY, HttpHeaders.ACCEPT_LANGUAGE);
    }
}
