package ismap.api;

import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.ServerHttpRequest;
import io.micronaut.http.annotation.Consumes;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.Produces;
import io.micronaut.scheduling.annotation.ExecuteOn;
import ismap.access.Role;
import ismap.decision.Bilingual;
import ismap.evaluation.Evaluations;
import java.util.List;
import java.util.Optional;
import org.reactivestreams.Publisher;

/** Many questions in one call, a line each, of any number: neither the request nor the answer is ever kept whole. */
@Controller("/api/v1")
@Consumes(MediaType.ALL)
@Produces(MediaType.ALL)
class BatchController {

    static final String REVISION = "Ismap-Revision";
    static final String AS_OF = "Ismap-As-Of";

    private static final Bilingual NOT_LINES = new Bilingual(
            "Content-Type は application/x-ndjson としてください（一行に一つのJSON）。",
            "The Content-Type must be application/x-ndjson: a line, a JSON value.");

    private static final Bilingual COMPRESSED =
            new Bilingual("一括処理の本文は圧縮せずに送ってください。", "Send the body of a batch uncompressed.");

    private final Evaluations evaluations;
    private final Callers callers;
    private final Batches batches;

    BatchController(Evaluations evaluations, Callers callers, Batches batches) {
        this.evaluations = evaluations;
        this.callers = callers;
        this.batches = batches;
    }

    @Post("/decisions/{decision}/batch")
    @ExecuteOn(Workers.RECORD)
    HttpResponse<?> decide(HttpRequest<?> request, String decision) {
        Callers.Access access = callers.access(request, Role.INTAKE);
        if (access.isRefused()) {
            return access.refusal();
        }
        if (!Calls.isJsonLines(request)) {
            return Problems.of(ProblemKind.UNSUPPORTED_MEDIA_TYPE, NOT_LINES, List.of());
        }
        if (request.getHeaders().contains(CompressedBatches.ENCODING)) {
            return Problems.of(ProblemKind.UNSUPPORTED_MEDIA_TYPE, COMPRESSED, List.of())
                    .header(HttpHeaders.ACCEPT_ENCODING, "identity");
        }
        if (batches.isFull()) {
            return Problems.of(ProblemKind.BUSY);
        }
        Optional<Evaluations.Batch> batch = evaluations.batch();
        return batch.isEmpty()
                ? Problems.of(ProblemKind.NO_RULEBOOK)
                : begin(batch.get(), request, decision, access.principal().name());
    }

    private HttpResponse<?> begin(Evaluations.Batch batch, HttpRequest<?> request, String decision, String principal) {
        if (batch.by().plan(decision).isEmpty()) {
            batch.close();
            return DecisionController.unknownDecision(batch.by().plans().keySet());
        }
        Publisher<byte[]> lines = batches.answer(
                batch,
                decision,
                principal,
                ((ServerHttpRequest<?>) request).byteBody().toByteArrayPublisher());
        return HttpResponse.ok(lines)
                .header(HttpHeaders.CONTENT_TYPE, Calls.NDJSON)
                .header(REVISION, batch.by().revisionId())
                .header(AS_OF, batch.asOf().toString());
    }
}
