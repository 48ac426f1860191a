package ismap.api;

import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import ismap.decision.Bilingual;
import ismap.evaluation.Evaluation;

/** What came of a question, as it is sent. */
final class Sent implements Evaluation.Cases<HttpResponse<byte[]>> {

    static final String REPLAYED = "Idempotent-Replayed";

    @Override
    public HttpResponse<byte[]> answered(Evaluation.Answered answered) {
        var response = HttpResponse.<byte[]>status(answered.id().isPresent() ? HttpStatus.CREATED : HttpStatus.OK)
                .body(answered.body())
                .header(HttpHeaders.CONTENT_TYPE, MediaType.APPLICATION_JSON);
        answered.id().ifPresent(id -> response.header(HttpHeaders.LOCATION, "/api/v1/records/" + id));
        return response;
    }

    @Override
    public HttpResponse<byte[]> repeated(Evaluation.Repeated repeated) {
        return HttpResponse.ok(repeated.body())
                .header(HttpHeaders.CONTENT_TYPE, MediaType.APPLICATION_JSON)
                .header(HttpHeaders.LOCATION, "/api/v1/records/" + repeated.id())
                .header(REPLAYED, "true");
    }

    @Override
    public HttpResponse<byte[]> invalid(Evaluation.Invalid invalid) {
        int count = invalid.problems().size();
        return Problems.of(
                ProblemKind.INVALID,
                new Bilingual(
                        "%d件の誤りがあります。".formatted(count),
                        count == 1 ? "There is one mistake." : "There are %d mistakes.".formatted(count)),
                invalid.problems());
    }

    @Override
    public HttpResponse<byte[]> unknownDecision(Evaluation.UnknownDecision unknown) {
        return DecisionController.unknownDecision(unknown.known());
    }

    @Override
    public HttpResponse<byte[]> failed(Evaluation.EvaluationFailed failed) {
        return Problems.of(ProblemKind.EVALUATION_FAILED);
    }

    @Override
    public HttpResponse<byte[]> unavailable(Evaluation.Unavailable unavailable) {
        return switch (unavailable.what()) {
            case DATABASE -> Problems.of(ProblemKind.DATABASE_UNAVAILABLE);
            case QUEUE -> Problems.of(ProblemKind.BUSY);
            case REVISION -> Problems.of(ProblemKind.REVISION_NOT_READY);
            case RULEBOOK -> Problems.of(ProblemKind.NO_RULEBOOK);
        };
    }
}
