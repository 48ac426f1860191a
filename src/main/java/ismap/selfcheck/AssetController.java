package ismap.selfcheck;

import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Produces;
import ismap.pages.Language;
import ismap.pages.PageRenderer;
import ismap.pages.SelfCheckFrame;
import ismap.pages.TextPage;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Styles and the one script, htmx from its WebJar, without which every page works too. */
@Controller(Addresses.START)
@Produces(MediaType.ALL)
class AssetController {

    private record Asset(String resource, String type) {}

    private static final String CSS = "text/css; charset=utf-8";

    /** What is served, by name: nothing else of the class path can be had. */
    private static final Map<String, Asset> ASSETS = Map.of(
            "tokens.css", new Asset("ismap/selfcheck/design-tokens/tokens.css", CSS),
            "self-check.css", new Asset("ismap/selfcheck/self-check.css", CSS),
            "planner.css", new Asset("ismap/selfcheck/planner.css", CSS),
            "htmx.min.js",
                    new Asset(
                            "META-INF/resources/webjars/htmx.org/2.0.10/dist/htmx.min.js",
                            "text/javascript; charset=utf-8"));

    private static final String PRINTED_PAGE = """
            @page {
              margin: 16mm 18mm 24mm;
              @bottom-left { content: "%s"; width: 85%%; font-size: 7pt; line-height: 1.4; vertical-align: top; padding-top: 3mm; }
              @bottom-right { content: counter(page) " / " counter(pages); width: 15%%; font-size: 8pt; vertical-align: top; padding-top: 3mm; }
            }
            """;

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
                : cached(read.computeIfAbsent(asset.resource(), AssetController::bytes), asset.type());
    }

    /** What stands below every printed page, in browsers that print such margins (CSS Paged Media, level 3). */
    @Get("/assets/print.{language}.css")
    HttpResponse<byte[]> print(HttpRequest<?> request, String language) {
        return desk.answer(
                request,
                view -> Language.tagged(language)
                        .<HttpResponse<byte[]>>map(known -> cached(
                                PRINTED_PAGE
                                        .formatted(known.of(SelfCheckFrame.FIXED))
                                        .getBytes(StandardCharsets.UTF_8),
                                CSS))
                        .orElseThrow(() -> new Refused(HttpStatus.NOT_FOUND, Refused.NOT_FOUND)));
    }

    private static HttpResponse<byte[]> cached(byte[] bytes, String type) {
        return HttpResponse.ok(bytes)
                .header(HttpHeaders.CONTENT_TYPE, type)
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
