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
import ismap.access.Role;
import ismap.decision.Bilingual;
import ismap.evaluation.Evaluation;
import ismap.evaluation.Evaluations;
import ismap.json.JsonReader;
import ismap.json.Parsed;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/** Questions about a case. Whatever a caller sends is read here as bytes; no library guesses what it may mean. */
@Controller("/api/v1")
@Consumes(MediaType.ALL)
@Produces(MediaType.ALL)
class DecisionController {

    static final String IDEMPOTENCY_KEY = "Idempotency-Key";

    private final Evaluations evaluations;
    private final Callers callers;
    private final RateLimit limit;

    DecisionController(Evaluations evaluations, Callers callers, RateLimit limit) {
        this.evaluations = evaluations;
        this.callers = callers;
        this.limit = limit;
    }

    @Post("/self-check/{decision}")
    @ExecuteOn(Workers.SELF_CHECK)
    HttpResponse<byte[]> selfCheck(HttpRequest<?> request, String decision, @Body @Nullable byte[] body) {
        Optional<Long> wait = limit.count(request.getRemoteAddress());
        if (wait.isPresent()) {
            return Problems.of(ProblemKind.TOO_MANY_REQUESTS)
                    .header(HttpHeaders.RETRY_AFTER, String.valueOf(wait.get()));
        }
        return answer(
                        request,
                        body,
                        json -> CompletableFuture.completedFuture(evaluations.selfCheck(
                                decision,
                                json,
                                () -> !callers.access(request, Role.EDITOR, Role.APPROVER)
                                        .isRefused())))
                .join();
    }

    /** No thread waits for the record: while one group is written, the next is decided. */
    @Post("/decisions/{decision}")
    @ExecuteOn(Workers.RECORD)
    CompletableFuture<HttpResponse<byte[]>> decide(
            HttpRequest<?> request, String decision, @Body @Nullable byte[] body) {
        Callers.Access access = callers.access(request, Role.INTAKE);
        if (access.isRefused()) {
            return CompletableFuture.completedFuture(access.refusal());
        }
        Optional<String> key = Optional.ofNullable(request.getHeaders().get(IDEMPOTENCY_KEY));
        if (key.isPresent() && !IdempotencyKeys.isOne(key.get())) {
            return CompletableFuture.completedFuture(Problems.of(
                    ProblemKind.INVALID, IdempotencyKeys.WRONG, List.of(IdempotencyKeys.malformed("", key.get()))));
        }
        return answer(
                request,
                body,
                json -> evaluations.submit(decision, json, access.principal().name(), key));
    }

    private static CompletableFuture<HttpResponse<byte[]>> answer(
            HttpRequest<?> request,
            @Nullable byte[] body,
            Function<@org.jspecify.annotations.Nullable Object, CompletableFuture<Evaluation>> question) {
        if (!Calls.isJson(request)) {
            return CompletableFuture.completedFuture(Problems.of(ProblemKind.UNSUPPORTED_MEDIA_TYPE));
        }
        Parsed parsed = JsonReader.read(body == null ? new byte[0] : body);
        return parsed instanceof Parsed.Document document
                ? question.apply(document.value()).thenApply(evaluation -> evaluation.as(new Sent()))
                : CompletableFuture.completedFuture(Problems.unreadable((Parsed.Unreadable) parsed));
    }

    static HttpResponse<byte[]> unknownDecision(Iterable<String> known) {
        return Problems.of(
                ProblemKind.UNKNOWN_DECISION,
                new Bilingual(
                        "その名前の判定はありません。ある判定: " + String.join("、", known),
                        "There is no decision of that name. There are: " + String.join(", ", known)),
                List.of());
    }
}
