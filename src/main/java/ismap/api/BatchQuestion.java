package ismap.api;

import io.micronaut.http.HttpResponse;
import ismap.decision.Bilingual;
import ismap.decision.Problem;
import ismap.evaluation.Evaluation;
import ismap.evaluation.Evaluations;
import ismap.json.JsonReader;
import ismap.json.JsonWriter;
import ismap.json.Parsed;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** A line of a batch, read: a question under a key, or what is wrong with the line already. */
final class BatchQuestion {

    private static final String KEY = "key";

    private final Lines.Line line;
    private final Optional<String> key;
    private final Optional<HttpResponse<byte[]>> refused;
    private final @Nullable Object request;

    private BatchQuestion(
            Lines.Line line, Optional<String> key, Optional<HttpResponse<byte[]>> refused, @Nullable Object request) {
        this.line = line;
        this.key = key;
        this.refused = refused;
        this.request = request;
    }

    static BatchQuestion read(Lines.Line line) {
        if (line.bytes().isEmpty()) {
            Bilingual detail = new Bilingual(
                    "この行は1 MiB（1,048,576バイト）を超えています。", "This line is longer than 1 MiB (1,048,576 bytes).");
            return refused(line, Optional.empty(), Problems.of(ProblemKind.TOO_LARGE, detail, List.of()));
        }
        Parsed parsed = JsonReader.read(line.bytes().get());
        if (!(parsed instanceof Parsed.Document document)) {
            return refused(line, Optional.empty(), Problems.unreadable((Parsed.Unreadable) parsed));
        }
        return document.value() instanceof Map<?, ?> fields
                ? keyed(line, fields)
                // Nothing but an object is a request; evaluation says so, and in the same words as ever.
                : new BatchQuestion(line, Optional.empty(), Optional.empty(), document.value());
    }

    private static BatchQuestion keyed(Lines.Line line, Map<?, ?> fields) {
        Object key = fields.get(KEY);
        if (key == null) {
            return refused(line, Optional.empty(), wrong(IdempotencyKeys.missing("/" + KEY)));
        }
        if (!(key instanceof String name) || !IdempotencyKeys.isOne(name)) {
            String shown = key instanceof Map || key instanceof List ? "" : key.toString();
            return refused(
                    line,
                    Optional.of(key).filter(String.class::isInstance).map(String.class::cast),
                    wrong(IdempotencyKeys.malformed("/" + KEY, shown)));
        }
        var request = new LinkedHashMap<Object, @Nullable Object>(fields);
        request.remove(KEY);
        return new BatchQuestion(line, Optional.of(name), Optional.empty(), request);
    }

    private static BatchQuestion refused(Lines.Line line, Optional<String> key, HttpResponse<byte[]> refusal) {
        return new BatchQuestion(line, key, Optional.of(refusal), null);
    }

    private static HttpResponse<byte[]> wrong(Problem problem) {
        return Problems.of(ProblemKind.INVALID, IdempotencyKeys.WRONG, List.of(problem));
    }

    /** What it holds of the memory that a batch may take, in bytes. */
    int weight() {
        return line.bytes().map(bytes -> bytes.length).orElse(0);
    }

    /** Whether it was refused as it was read; it must not be submitted then. */
    boolean isRefused() {
        return refused.isPresent();
    }

    /** As {@link Evaluations.Batch#submit}. */
    CompletableFuture<Evaluation> submit(Evaluations.Batch batch, String decision, String principal) {
        return batch.submit(decision, request, principal, key);
    }

    /** The line that answers it where it was refused. */
    byte[] refusal() {
        return answer(refused.orElseThrow());
    }

    /** {@code {"line","key","status","body"}} and LF, UTF-8; the body as the single call would send it. */
    byte[] answer(HttpResponse<byte[]> response) {
        var answer = new LinkedHashMap<String, @Nullable Object>();
        answer.put("line", line.number());
        answer.put(KEY, key.orElse(null));
        answer.put("status", response.code());
        answer.put("body", new JsonWriter.Written(response.body()));
        byte[] json = JsonWriter.write(answer);
        byte[] ended = Arrays.copyOf(json, json.length + 1);
        ended[json.length] = '\n';
        return ended;
    }
}
