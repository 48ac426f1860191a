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
import ismap.evaluation.Evaluations;
import ismap.evaluation.NextQuestions;
import ismap.json.JsonReader;
import ismap.json.JsonWriter;
import ismap.json.Parsed;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** What a page for a self-check asks beside the decision itself. Open to anyone, as often as a self-check; recorded nowhere. */
@Controller("/api/v1/self-check/{decision}")
@Consumes(MediaType.ALL)
@Produces(MediaType.ALL)
class SelfCheckController {

    private final NextQuestions questions;
    private final RateLimit limit;

    SelfCheckController(Evaluations evaluations, RateLimit limit) {
        this.questions = new NextQuestions(evaluations);
        this.limit = limit;
    }

    @Post("/next")
    @ExecuteOn(Workers.SELF_CHECK)
    HttpResponse<byte[]> next(HttpRequest<?> request, String decision, @Body @Nullable byte[] body) {
        return answer(request, body, json -> {
            NextQuestions.Result result = questions.next(decision, json);
            return result instanceof NextQuestions.Result.Asked asked
                    ? sent(NextForm.of(asked))
                    : ((NextQuestions.Result.Refused) result).why().as(new Sent());
        });
    }

    private HttpResponse<byte[]> answer(
            HttpRequest<?> request,
            @Nullable byte[] body,
            Function<@org.jspecify.annotations.Nullable Object, HttpResponse<byte[]>> question) {
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
                ? question.apply(document.value())
                : Problems.unreadable((Parsed.Unreadable) parsed);
    }

    private static HttpResponse<byte[]> sent(Map<String, ?> form) {
        return HttpResponse.ok(JsonWriter.write(form)).header(HttpHeaders.CONTENT_TYPE, MediaType.APPLICATION_JSON);
    }
}
