package ismap.selfcheck;

import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Produces;
import ismap.pages.PageRenderer;
import ismap.pages.TextPage;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Styles and the one script, htmx from its WebJar, without which every page works too. */
@Controller(Addresses.START)
@Produces(MediaType.ALL)
class AssetController {

    private record Asset(String resource, String type) {}

    /** What is served, by name: nothing else of the class path can be had. */
    private static final Map<String, Asset> ASSETS = Map.of(
            "tokens.css", new Asset("ismap/selfcheck/design-tokens/tokens.css", "text/css; charset=utf-8"),
            "self-check.css", new Asset("ismap/selfcheck/self-check.css", "text/css; charset=utf-8"),
            "planner.css", new Asset("ismap/selfcheck/planner.css", "text/css; charset=utf-8"),
            "htmx.min.js",
                    new Asset(
                            "META-INF/resources/webjars/htmx.org/2.0.10/dist/htmx.min.js",
                            "text/javascript; charset=utf-8"));

    private final Desk desk;
    private final Map<String, byte[]> read = new ConcurrentHashMap<>();

    AssetController(Desk desk) {
        this.desk = desk;
    }

    @Get("/assets/{name}")
    HttpResponse<byte[]> asset(HttpRequest<?> request, String name) {
        Asset asset = ASSETS.get(name);
        return asset == null
                ? desk.answer(request, view -> {
                    throw new Refused(HttpStatus.NOT_FOUND, Refused.NOT_FOUND);
                })
                : HttpResponse.ok(read.computeIfAbsent(asset.resource(), AssetController::bytes))
                        .header(HttpHeaders.CONTENT_TYPE, asset.type())
                        .header(HttpHeaders.CACHE_CONTROL, "public, max-age=3600");
    }

    /** How accessible these pages are: a document of the repository. */
    @Get("/accessibility")
    HttpResponse<byte[]> accessibility(HttpRequest<?> request) {
        return desk.answer(request, view -> {
            String document = view.say("ismap/selfcheck/accessibility.ja.md", "ismap/selfcheck/accessibility.md");
            return desk.page(view, PageRenderer.text(view, TextPage.of(Desk.text(bytes(document)))));
        });
    }

    private static byte[] bytes(String resource) {
        try (InputStream stream = AssetController.class.getClassLoader().getResourceAsStream(resource)) {
            if (stream == null) {
                throw new IllegalStateException("%s is not on the class path".formatted(resource));
            }
            return stream.readAllBytes();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
