package ismap.api;

import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Produces;
import io.micronaut.scheduling.annotation.ExecuteOn;
import ismap.access.Role;
import ismap.evaluation.Audit;
import ismap.json.JsonWriter;
import ismap.ledger.Checkpoint;
import ismap.ledger.StorageUnavailable;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/** What an outsider needs to see that no record was changed: the walk along the chain, signed checkpoints, keys, the form of a receipt. */
@Controller("/api/v1")
@Produces(MediaType.ALL)
@ExecuteOn(Workers.ARCHIVE)
class AuditController {

    /** Shorter than proxies and clients usually wait. */
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private static final String RETRY_SECONDS = "5";

    private final Audit audit;
    private final Callers callers;

    AuditController(Audit audit, Callers callers) {
        this.audit = audit;
        this.callers = callers;
    }

    @Get("/records/verification")
    CompletableFuture<HttpResponse<byte[]>> verification(HttpRequest<?> request) {
        Callers.Access access = callers.access(request, Role.AUDITOR);
        if (access.isRefused()) {
            return CompletableFuture.completedFuture(access.refusal());
        }
        return audit.verify(PATIENCE)
                .handle((verification, failure) -> failure == null ? json(verification.form()) : failed(failure));
    }

    private static HttpResponse<byte[]> failed(Throwable failure) {
        Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
        if (cause instanceof TimeoutException) {
            return Problems.of(ProblemKind.STILL_VERIFYING).header(HttpHeaders.RETRY_AFTER, RETRY_SECONDS);
        }
        if (cause instanceof StorageUnavailable) {
            return Problems.of(ProblemKind.DATABASE_UNAVAILABLE);
        }
        throw new CompletionException(cause);
    }

    /** The JSON Schema of a receipt. */
    @Get("/records/schema")
    HttpResponse<byte[]> schema() {
        try (InputStream schema =
                Objects.requireNonNull(AuditController.class.getResourceAsStream("receipt.schema.json"))) {
            return HttpResponse.ok(schema.readAllBytes()).header(HttpHeaders.CONTENT_TYPE, CatalogueController.SCHEMA);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** {@code {"checkpoints": […], "next": sequence}}: by sequence; {@code next}, to ask for {@code after}, while there may be more. */
    @Get("/checkpoints")
    HttpResponse<byte[]> checkpoints(HttpRequest<?> request) {
        String after = request.getParameters().get("after", String.class).orElse("0");
        if (!after.matches("[0-9]{1,18}")) {
            return Problems.of(ProblemKind.BAD_REQUEST);
        }
        return stored(() -> {
            List<Checkpoint> page = audit.checkpoints(Long.parseLong(after));
            var form =
                    Form.of("checkpoints", page.stream().map(Checkpoint::form).toList());
            if (page.size() == Audit.PAGE) {
                form.put("next", page.get(page.size() - 1).sequence());
            }
            return json(form);
        });
    }

    @Get("/keys")
    HttpResponse<byte[]> keys() {
        return stored(() -> json(Form.of("keys", audit.keys().form())));
    }

    private static HttpResponse<byte[]> stored(Supplier<HttpResponse<byte[]>> answer) {
        try {
            return answer.get();
        } catch (StorageUnavailable unavailable) {
            return Problems.of(ProblemKind.DATABASE_UNAVAILABLE);
        }
    }

    private static HttpResponse<byte[]> json(Object form) {
        return HttpResponse.ok(JsonWriter.write(form)).header(HttpHeaders.CONTENT_TYPE, MediaType.APPLICATION_JSON);
    }
}
