package ismap.api;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Produces;
import ismap.decision.ProblemText;
import ismap.evaluation.ActiveRulebook;
import ismap.evaluation.Evaluations;
import ismap.pages.HomePage;
import ismap.pages.PageRenderer;
import ismap.pages.ProblemPage;
import ismap.pages.ProblemsPage;
import ismap.pages.View;
import ismap.rulebook.DecisionDefinition;
import ismap.rulebook.Plan;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The front page, and a page for each kind of problem and each code of one. */
@Controller
@Produces(MediaType.ALL)
class PageController {

    private final ApiSettings settings;
    private final Evaluations evaluations;

    PageController(ApiSettings settings, Evaluations evaluations) {
        this.settings = settings;
        this.evaluations = evaluations;
    }

    @Get
    HttpResponse<byte[]> index(HttpRequest<?> request) {
        List<DecisionDefinition> decisions = evaluations
                .inForce()
                .map(ActiveRulebook::plans)
                .map(plans -> plans.values().stream().map(Plan::decision).toList())
                .orElse(List.of());
        View view = Pages.view(request, settings);
        return Pages.page(view, PageRenderer.home(view, new HomePage(decisions)));
    }

    @Get("/problems")
    HttpResponse<byte[]> problems(HttpRequest<?> request) {
        View view = Pages.view(request, settings);
        List<ProblemText> codes = ProblemText.all().stream()
                .filter(text -> ProblemKind.of(text.code()).isEmpty())
                .toList();
        return Pages.page(
                view,
                PageRenderer.problems(
                        view,
                        new ProblemsPage(
                                Arrays.stream(ProblemKind.values())
                                        .map(PageController::page)
                                        .toList(),
                                codes)));
    }

    @Get("/problems/{code}")
    HttpResponse<byte[]> problem(HttpRequest<?> request, String code) {
        View view = Pages.view(request, settings);
        Optional<ProblemPage> page = ProblemKind.of(code)
                .map(PageController::page)
                .or(() -> ProblemText.of(code).map(text -> new ProblemPage(text, Optional.empty())));
        return page.isPresent() ? Pages.page(view, PageRenderer.problem(view, page.get())) : Pages.notFound(view);
    }

    private static ProblemPage page(ProblemKind kind) {
        ProblemText text = ProblemText.of(kind.slug()).orElseThrow();
        return new ProblemPage(text, Optional.of(kind.status()));
    }
}
