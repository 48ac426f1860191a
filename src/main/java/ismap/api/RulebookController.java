package ismap.api;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Produces;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import ismap.evaluation.ActiveRulebook;
import ismap.evaluation.Traces;
import ismap.ledger.StorageUnavailable;
import ismap.pages.AssumptionsPage;
import ismap.pages.DecisionPage;
import ismap.pages.PageRenderer;
import ismap.pages.RulePage;
import ismap.pages.RulebookPage;
import ismap.pages.Standing;
import ismap.pages.View;
import java.util.Optional;
import java.util.function.BiFunction;

/** The revision in force for people: clause by clause, decision by decision, rule by rule; and the readings that it rests on. */
@Controller
@Produces(MediaType.ALL)
@ExecuteOn(TaskExecutors.BLOCKING)
class RulebookController {

    private final ApiSettings settings;
    private final Traces traces;

    RulebookController(ApiSettings settings, Traces traces) {
        this.settings = settings;
        this.traces = traces;
    }

    @Get("/rulebook")
    HttpResponse<byte[]> rulebook(HttpRequest<?> request) {
        return page(
                request,
                (view, traced) -> Optional.of(
                        PageRenderer.rulebook(view, new RulebookPage(traced.trace(), standing(traced.active())))));
    }

    @Get("/rulebook/{decision}")
    HttpResponse<byte[]> decision(HttpRequest<?> request, String decision) {
        return page(
                request,
                (view, traced) -> traced.trace()
                        .decision(decision)
                        .map(found -> PageRenderer.decision(
                                view, new DecisionPage(traced.trace(), found, standing(traced.active())))));
    }

    @Get("/rulebook/{decision}/{rule}")
    HttpResponse<byte[]> rule(HttpRequest<?> request, String decision, String rule) {
        return page(
                request,
                (view, traced) -> traced.trace()
                        .decision(decision)
                        .flatMap(found -> traced.trace()
                                .table(decision, rule)
                                .map(table -> PageRenderer.rule(
                                        view,
                                        new RulePage(
                                                traced.trace(),
                                                found,
                                                table,
                                                traced.active().sources(),
                                                standing(traced.active()))))));
    }

    @Get("/assumptions")
    HttpResponse<byte[]> assumptions(HttpRequest<?> request) {
        return page(
                request,
                (view, traced) -> Optional.of(PageRenderer.assumptions(
                        view, new AssumptionsPage(traced.trace(), standing(traced.active())))));
    }

    private HttpResponse<byte[]> page(HttpRequest<?> request, BiFunction<View, Traces.Traced, Optional<String>> html) {
        View view = Pages.view(request, settings);
        Optional<Traces.Traced> traced;
        try {
            traced = traces.inForce();
        } catch (StorageUnavailable away) {
            return Pages.storageAway(view);
        }
        if (traced.isEmpty()) {
            return Pages.noRulebook(view);
        }
        Optional<String> page = html.apply(view, traced.get());
        return page.isPresent() ? Pages.page(view, page.get()) : Pages.notFound(view);
    }

    private static Standing standing(ActiveRulebook active) {
        return new Standing(active.revisionId(), active.digest(), active.publishedAt());
    }
}
