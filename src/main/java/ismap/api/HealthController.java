package ismap.api;

import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Produces;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import ismap.evaluation.AnswerForm;
import ismap.json.JsonWriter;
import java.util.Map;

/** For whoever watches the process. It has threads of its own, so that a full house still answers. */
@Controller("/health")
@Produces(MediaType.ALL)
@ExecuteOn(TaskExecutors.BLOCKING)
class HealthController {

    private final Readiness readiness;

    HealthController(Readiness readiness) {
        this.readiness = readiness;
    }

    @Get("/liveness")
    HttpResponse<byte[]> liveness() {
        return HttpResponse.ok(JsonWriter.write(Form.of("status", "UP")))
                .header(HttpHeaders.CONTENT_TYPE, MediaType.APPLICATION_JSON);
    }

    @Get("/readiness")
    HttpResponse<byte[]> readiness() {
        boolean database = readiness.database().getAsBoolean();
        boolean rulebook = readiness.rulebook().getAsBoolean();
        boolean ready = database && rulebook;
        Map<String, Object> form =
                Form.of("status", word(ready), "database", word(database), "rulebook", word(rulebook));
        if (!ready) {
            form.put(
                    "reasons",
                    readiness.reasons().get().stream()
                            .map(AnswerForm::bilingual)
                            .toList());
        }
        return HttpResponse.<byte[]>status(ready ? HttpStatus.OK : HttpStatus.SERVICE_UNAVAILABLE)
                .body(JsonWriter.write(form))
                .header(HttpHeaders.CONTENT_TYPE, MediaType.APPLICATION_JSON);
    }

    private static String word(boolean up) {
        return up ? "UP" : "DOWN";
    }
}
