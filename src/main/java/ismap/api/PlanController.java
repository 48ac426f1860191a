package ismap.api;

import io.micronaut.core.annotation.Nullable;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Consumes;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.Produces;
import io.micronaut.scheduling.annotation.ExecuteOn;
import ismap.decision.Problem;
import ismap.evaluation.Evaluations;
import ismap.evaluation.Planner;
import ismap.evaluation.Planning;
import ismap.evaluation.Schedule;
import ismap.evaluation.ScheduleForm;
import ismap.json.JsonReader;
import ismap.json.JsonWriter;
import ismap.json.Parsed;
import ismap.web.ClientLimit;
import java.util.List;
import java.util.Optional;

/** The days that a provider has to keep. Recorded nowhere, as a self-check is. */
@Controller("/api/v1")
@Consumes(MediaType.ALL)
@Produces(MediaType.ALL)
class PlanController {

    private final Planner planner;
    private final ClientLimit limit;

    PlanController(Evaluations evaluations, ApiSettings settings) {
        this.planner = evaluations.planner();
        this.limit = new ClientLimit(Math.max(1, settings.selfChecksPerSecond() / Planner.CHECKS_A_PLAN));
    }

    @Post("/self-check/plan")
    @ExecuteOn(Workers.SELF_CHECK)
    HttpResponse<byte[]> plan(HttpRequest<?> request, @Body @Nullable byte[] body) {
        Optional<Long> wait = limit.count(request.getRemoteAddress());
        if (wait.isPresent()) {
            return Problems.of(ProblemKind.TOO_MANY_REQUESTS)
                    .header(HttpHeaders.RETRY_AFTER, String.valueOf(wait.get()));
        }
        if (!Calls.isJson(request)) {
            return Problems.of(ProblemKind.UNSUPPORTED_MEDIA_TYPE);
        }
        Parsed parsed = JsonReader.read(body == null ? new byte[0] : body);
        return parsed instanceof Parsed.Document document
                ? planner.plan(document.value()).as(new Sending())
                : Problems.unreadable((Parsed.Unreadable) parsed);
    }

    private static final class Sending implements Planning.Cases<HttpResponse<byte[]>> {
        @Override
        public HttpResponse<byte[]> planned(Schedule schedule) {
            return HttpResponse.ok(JsonWriter.write(ScheduleForm.of(schedule)))
                    .header(HttpHeaders.CONTENT_TYPE, MediaType.APPLICATION_JSON);
        }

        @Override
        public HttpResponse<byte[]> invalid(List<Problem> problems) {
            return Problems.of(ProblemKind.INVALID, Problems.count(problems.size()), problems);
        }

        @Override
        public HttpResponse<byte[]> failed() {
            return Problems.of(ProblemKind.EVALUATION_FAILED);
        }

        @Override
        public HttpResponse<byte[]> noRulebook() {
            return Problems.of(ProblemKind.NO_RULEBOOK);
        }
    }
}
