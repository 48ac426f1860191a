package ismap.api;

import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Produces;
import io.micronaut.scheduling.annotation.ExecuteOn;
import ismap.ledger.StorageUnavailable;
import ismap.publication.Bundles;
import ismap.publication.Bundles.Made;
import java.util.Arrays;
import java.util.Optional;

/** Published revisions as they travel to other installations and to auditors; anybody may have them. */
@Controller("/api/v1/revisions")
@Produces(MediaType.ALL)
@ExecuteOn(Workers.ARCHIVE)
class BundleController {

    private final Bundles bundles;

    BundleController(Bundles bundles) {
        this.bundles = bundles;
    }

    @Get("/{id}/bundle")
    HttpResponse<?> bundle(HttpRequest<?> request, String id) {
        try {
            Optional<String> address = bundles.address(id);
            if (address.isEmpty()) {
                return Problems.of(ProblemKind.UNKNOWN_REVISION);
            }
            String tag = "\"sha256-%s\"".formatted(address.get());
            if (has(request, tag)) {
                return HttpResponse.notModified().header(HttpHeaders.ETAG, tag);
            }
            return bundles.make(id) instanceof Made.Bundled made
                    ? HttpResponse.ok(made.bundle().zip())
                            .header(HttpHeaders.CONTENT_TYPE, "application/zip")
                            .header(HttpHeaders.ETAG, tag)
                            // The same revision has the same content for ever; whoever keeps it asks whether it is
                            // still the same.
                            .header(HttpHeaders.CACHE_CONTROL, "no-cache")
                            .header(
                                    HttpHeaders.CONTENT_DISPOSITION,
                                    "attachment; filename=\"%s.bundle.zip\"".formatted(id))
                    : Problems.of(ProblemKind.NO_SIGNING_KEY);
        } catch (StorageUnavailable unavailable) {
            return Problems.of(ProblemKind.DATABASE_UNAVAILABLE);
        }
    }

    private static boolean has(HttpRequest<?> request, String tag) {
        return request.getHeaders().getAll(HttpHeaders.IF_NONE_MATCH).stream()
                .flatMap(header -> Arrays.stream(header.split(",")))
                .map(each -> each.strip().replaceFirst("^W/", ""))
                .anyMatch(each -> each.equals(tag) || each.equals("*"));
    }
}
