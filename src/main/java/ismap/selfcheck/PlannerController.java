package ismap.selfcheck;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Consumes;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.Produces;
import io.micronaut.scheduling.annotation.ExecuteOn;
import ismap.evaluation.ActiveRulebook;
import ismap.evaluation.Evaluations;
import ismap.evaluation.Planner;
import ismap.pages.PageRenderer;
import ismap.pages.PlannerPage;
import ismap.pages.View;
import ismap.web.ClientLimit;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The planner for people: one form, two plans to compare, a file for calendars. Keeps nothing. */
@Controller(Addresses.START)
@Consumes(MediaType.ALL)
@Produces(MediaType.ALL)
class PlannerController {

    private static final String CALENDAR = "calendar-";

    private final Evaluations evaluations;
    private final Planner planner;
    private final Desk desk;
    private final ClientLimit limit;
    private final Clock clock;

    PlannerController(Evaluations evaluations, Desk desk, SelfCheckSettings settings, Clock clock) {
        this.evaluations = evaluations;
        this.planner = evaluations.planner();
        this.desk = desk;
        this.limit = new ClientLimit(Math.max(1, settings.perSecond() / Planner.CHECKS_A_PLAN));
        this.clock = clock;
    }

    @Get("/planner")
    @ExecuteOn(SelfCheckController.THREADS)
    HttpResponse<byte[]> blank(HttpRequest<?> request) {
        return desk.answer(request, view -> {
            ActiveRulebook by = inForce();
            return page(
                    view,
                    by,
                    PlanForm.KEYS.stream().map(key -> PlanForm.blank(key, by)).toList());
        });
    }

    @Post("/planner")
    @ExecuteOn(SelfCheckController.THREADS)
    HttpResponse<byte[]> plan(HttpRequest<?> request, @Body @Nullable byte[] body) {
        return desk.form(request, body, view -> form -> {
            ActiveRulebook by = inForce();
            var sides = new ArrayList<PlanForm>();
            for (String key : PlanForm.KEYS) {
                PlanForm side = PlanForm.of(key, form, by);
                // The first is always planned, so that nothing entered at all is told too.
                sides.add(side.isBlank() && !key.equals(PlanForm.KEYS.get(0)) ? side : planned(request, side));
            }
            String action = form.get("action");
            Optional<PlanForm> download = sides.stream()
                    .filter(side -> action.equals(CALENDAR + side.key()))
                    .filter(side -> side.schedule().isPresent())
                    .findFirst();
            return download.isPresent() ? calendar(view, download.get()) : page(view, by, sides);
        });
    }

    private PlanForm planned(HttpRequest<?> request, PlanForm side) {
        Optional<Long> wait = limit.count(request.getRemoteAddress());
        if (wait.isPresent()) {
            throw new Refused(HttpStatus.TOO_MANY_REQUESTS, Refused.TOO_OFTEN, wait.get());
        }
        return side.with(planner.plan(side.request()));
    }

    private ActiveRulebook inForce() {
        return evaluations
                .inForce()
                .orElseThrow(() -> new Refused(HttpStatus.SERVICE_UNAVAILABLE, Refused.NO_RULEBOOK, 5));
    }

    private HttpResponse<byte[]> page(View view, ActiveRulebook by, List<PlanForm> sides) {
        List<PlannerPage.Mistake> mistakes =
                sides.stream().flatMap(side -> side.mistakes().stream()).toList();
        var plans = mistakes.isEmpty()
                ? sides.stream()
                        .flatMap(side -> side.schedule().stream()
                                .map(schedule -> new PlanWords(schedule).planned(side.key(), side.title())))
                        .toList()
                : List.<PlannerPage.Planned>of();
        var page = new PlannerPage(sides.stream().map(PlanForm::side).toList(), mistakes, plans, Results.standing(by));
        return desk.page(
                mistakes.isEmpty() ? HttpStatus.OK : HttpStatus.UNPROCESSABLE_ENTITY,
                view,
                PageRenderer.planner(view, page));
    }

    private HttpResponse<byte[]> calendar(View view, PlanForm side) {
        byte[] file = new PlanCalendar(view, side.schedule().orElseThrow(), side.title()).file(clock.instant());
        return desk.download(file, "text/calendar; charset=utf-8", "ismap-plan-%s.ics".formatted(side.key()));
    }
}
