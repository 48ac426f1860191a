package ismap.api;

import ismap.rulebook.Plan;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** How OpenAPI describes a batch: the schema of its media type is that of one line. */
final class OpenApiBatch {

    private OpenApiBatch() {}

    /** @param question the request of the single call */
    static Map<String, Object> of(Plan plan, Map<String, Object> question) {
        var responses = new LinkedHashMap<String, Object>();
        responses.put("200", answer());
        for (ProblemKind problem : List.of(
                ProblemKind.UNAUTHORIZED,
                ProblemKind.UNKNOWN_DECISION,
                ProblemKind.UNSUPPORTED_MEDIA_TYPE,
                ProblemKind.BUSY)) {
            responses.put(String.valueOf(problem.status()), OpenApi.ref("responses", "Problem"));
        }
        return Form.of(
                "tags",
                List.of("decisions"),
                "operationId",
                "decideBatch-" + plan.decision().name(),
                "summary",
                "%s（一括） / %s (batch)"
                        .formatted(
                                plan.decision().title().ja(),
                                plan.decision().title().en()),
                "description",
                "一行に一件（NDJSON）。件数に上限はありません。送りながら応答を読んでください。\n\n"
                        + "One request a line (NDJSON), any number of them. Read the answer while you send.",
                "security",
                List.of(Form.of("token", List.of())),
                "requestBody",
                Form.of("required", true, "content", Form.of(Calls.NDJSON, Form.of("schema", line(question)))),
                "responses",
                responses);
    }

    private static Map<String, Object> line(Map<String, Object> question) {
        var properties = new LinkedHashMap<String, Object>();
        properties.put("key", Form.of("type", "string", "minLength", 1, "maxLength", IdempotencyKeys.LONGEST));
        ((Map<?, ?>) question.getOrDefault("properties", Map.of()))
                .forEach((name, schema) -> properties.put((String) name, schema));
        var line = new LinkedHashMap<>(question);
        line.put("properties", properties);
        line.put("required", List.of("key"));
        return line;
    }

    private static Map<String, Object> answer() {
        var header = Form.of("schema", Form.of("type", "string"));
        var line = Form.of(
                "type",
                "object",
                "properties",
                Form.of(
                        "line",
                        Form.of("type", "integer", "minimum", 1),
                        "key",
                        Form.of("type", List.of("string", "null")),
                        "status",
                        Form.of("type", "integer", "enum", List.of(200, 201, 400, 413, 422, 500, 503)),
                        "body",
                        Form.of("anyOf", List.of(OpenApi.ref("schemas", "Answer"), OpenApi.ref("schemas", "Problem")))),
                "required",
                List.of("line", "key", "status", "body"));
        return Form.of(
                "description",
                "一行ずつ、順に、記録が確定してから / A line each, in order, after its record is durable",
                "headers",
                Form.of(BatchController.REVISION, header, BatchController.AS_OF, header),
                "content",
                Form.of(Calls.NDJSON, Form.of("schema", line)));
    }
}
