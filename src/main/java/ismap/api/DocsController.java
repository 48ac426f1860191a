package ismap.api;

import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Produces;
import ismap.pages.PageRenderer;
import ismap.pages.View;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The interface for people to read and try: Swagger UI from its WebJar, nothing from another host, no script in the page. */
@Controller
@Produces(MediaType.ALL)
class DocsController {

    private static final String SWAGGER_UI = "META-INF/resources/webjars/swagger-ui/5.34.1/";
    private static final String OURS = "ismap/api/";
    private static final String SCRIPT = "text/javascript; charset=utf-8";
    private static final String STYLE = "text/css; charset=utf-8";

    private record Asset(String resource, String type) {}

    /** What is served, by name: nothing else of the class path can be had. */
    private static final Map<String, Asset> ASSETS = Map.of(
            "swagger-ui.css", new Asset(SWAGGER_UI + "swagger-ui.css", STYLE),
            "swagger-ui-bundle.js", new Asset(SWAGGER_UI + "swagger-ui-bundle.js", SCRIPT),
            "swagger-ui-favicon.png", new Asset(SWAGGER_UI + "favicon-32x32.png", "image/png"),
            "docs.js", new Asset(OURS + "docs.js", SCRIPT),
            "pages.css", new Asset(OURS + "pages.css", STYLE));

    private final ApiSettings settings;
    private final Map<String, byte[]> read = new ConcurrentHashMap<>();

    DocsController(ApiSettings settings) {
        this.settings = settings;
    }

    @Get("/docs")
    HttpResponse<byte[]> docs(HttpRequest<?> request) {
        View view = Pages.view(request, settings);
        return Pages.page(view, PageRenderer.docs(view)).header(Edge.POLICY, Edge.POLICY_OF_DOCS);
    }

    @Get("/assets/{name}")
    HttpResponse<byte[]> asset(String name) {
        return Optional.ofNullable(ASSETS.get(name))
                .<HttpResponse<byte[]>>map(
                        asset -> HttpResponse.ok(read.computeIfAbsent(asset.resource(), DocsController::bytes))
                                .header(HttpHeaders.CONTENT_TYPE, asset.type())
                                .header(HttpHeaders.CACHE_CONTROL, "public, max-age=3600"))
                .orElseGet(() -> Problems.of(ProblemKind.NOT_FOUND));
    }

    private static byte[] bytes(String resource) {
        try (InputStream stream = DocsController.class.getClassLoader().getResourceAsStream(resource)) {
            if (stream == null) {
                throw new IllegalStateException("%s is not on the class path".formatted(resource));
            }
            return stream.readAllBytes();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
