package ismap.api;

import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MutableHttpResponse;
import ismap.decision.Bilingual;
import ismap.decision.Place;
import ismap.decision.Problem;
import ismap.evaluation.AnswerForm;
import ismap.json.JsonWriter;
import ismap.json.Parsed;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Answers that say what is wrong, as RFC 9457 has it. */
final class Problems {

    static final String CONTENT_TYPE = "application/problem+json";

    private static final int RETRY_SECONDS = 5;

    private Problems() {}

    static MutableHttpResponse<byte[]> of(ProblemKind kind) {
        return of(kind, kind.about(), List.of());
    }

    /** @param problems all that is wrong; warnings too */
    static MutableHttpResponse<byte[]> of(ProblemKind kind, Bilingual detail, List<Problem> problems) {
        MutableHttpResponse<byte[]> response = HttpResponse.<byte[]>status(HttpStatus.valueOf(kind.status()))
                .body(body(kind, detail, problems))
                .header(HttpHeaders.CONTENT_TYPE, CONTENT_TYPE);
        if (kind == ProblemKind.UNAUTHORIZED) {
            response.header(HttpHeaders.WWW_AUTHENTICATE, "Bearer realm=\"ismap\"");
        }
        if (kind == ProblemKind.DATABASE_UNAVAILABLE
                || kind == ProblemKind.BUSY
                || kind == ProblemKind.CHECKS_BUSY
                || kind == ProblemKind.REVISION_NOT_READY
                || kind == ProblemKind.NO_RULEBOOK) {
            response.header(HttpHeaders.RETRY_AFTER, String.valueOf(RETRY_SECONDS));
        }
        if (kind == ProblemKind.BUSY) {
            response.header(HttpHeaders.RETRY_AFTER, "1");
        }
        return response;
    }

    /** How many mistakes there are, in words. */
    static Bilingual count(int mistakes) {
        return new Bilingual(
                "%d件の誤りがあります。".formatted(mistakes),
                mistakes == 1 ? "There is one mistake." : "There are %d mistakes.".formatted(mistakes));
    }

    static byte[] body(ProblemKind kind, Bilingual detail, List<Problem> problems) {
        var body = new LinkedHashMap<String, Object>();
        body.put("type", "/problems/" + kind.slug());
        body.put("title", both(kind.title()));
        body.put("status", kind.status());
        body.put("detail", both(detail));
        body.put("errors", problems.stream().map(Problems::error).toList());
        return JsonWriter.write(body);
    }

    private static Map<String, Object> error(Problem problem) {
        var error = new LinkedHashMap<String, Object>();
        error.put("code", problem.code());
        error.put("message", AnswerForm.bilingual(problem.message()));
        Place place = problem.places().get(0);
        if (place instanceof Place.Pointer pointer) {
            error.put("pointer", pointer.pointer());
        } else {
            error.put("at", AnswerForm.place(place));
        }
        error.put("value", problem.value());
        error.put("expected", problem.expected());
        error.put("advice", AnswerForm.bilingual(problem.advice()));
        return error;
    }

    /** A title has one language in RFC 9457; this one has both, so that it is the same for everyone. */
    private static String both(Bilingual text) {
        return text.ja() + " / " + text.en();
    }

    static MutableHttpResponse<byte[]> unreadable(Parsed.Unreadable json) {
        Problem problem = Problem.error(
                        json.code(),
                        new Place.Pointer(""),
                        json.message(),
                        new Bilingual("JSONとして正しい本文を送ってください。", "Send a body that is correct JSON."))
                .expected("one JSON value in UTF-8 (RFC 8259)");
        return of(ProblemKind.UNREADABLE, json.message(), List.of(problem));
    }
}
