package ismap.api;

import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Produces;
import ismap.evaluation.ActiveRulebook;
import ismap.evaluation.Evaluations;
import ismap.json.JsonWriter;
import java.util.Optional;
import java.util.function.Function;

/** What can be asked: read from the rulebook in force, so that a new workbook is a new endpoint without any code. */
@Controller
@Produces(MediaType.ALL)
class CatalogueController {

    static final String SCHEMA = "application/schema+json";

    private final Evaluations evaluations;
    private final OpenApi openApi;

    CatalogueController(Evaluations evaluations, OpenApi openApi) {
        this.evaluations = evaluations;
        this.openApi = openApi;
    }

    @Get("/api/v1/decisions")
    HttpResponse<byte[]> decisions() {
        return withRulebook(active -> json(Catalogue.of(active), MediaType.APPLICATION_JSON));
    }

    @Get("/api/v1/decisions/{decision}/schema")
    HttpResponse<byte[]> schema(String decision) {
        return withRulebook(active -> active.plan(decision)
                .map(plan -> json(FactSchemas.document(plan), SCHEMA))
                .orElseGet(
                        () -> DecisionController.unknownDecision(active.plans().keySet())));
    }

    @Get("/openapi.json")
    HttpResponse<byte[]> openApi() {
        return withRulebook(active -> json(openApi.of(active), MediaType.APPLICATION_JSON));
    }

    private HttpResponse<byte[]> withRulebook(Function<ActiveRulebook, HttpResponse<byte[]>> answer) {
        Optional<ActiveRulebook> active = evaluations.inForce();
        return active.isPresent() ? answer.apply(active.get()) : Problems.of(ProblemKind.NO_RULEBOOK);
    }

    private static HttpResponse<byte[]> json(Object value, String type) {
        return HttpResponse.ok(JsonWriter.write(value)).header(HttpHeaders.CONTENT_TYPE, type);
    }
}
