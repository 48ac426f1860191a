package ismap.api;

import ismap.rulebook.Plan;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** How OpenAPI describes what a page for a self-check asks beside the decision. */
final class OpenApiSelfCheck {

    private static final Map<String, Object> TEXT = Form.of("type", "string");
    private static final Map<String, Object> FLAG = Form.of("type", "boolean");

    private OpenApiSelfCheck() {}

    /** @param question the request of the self-check */
    static Map<String, Object> paths(Plan plan, Map<String, Object> question) {
        String path = "/api/v1/self-check/" + plan.decision().name();
        return Form.of(
                path + "/next",
                Form.of(
                        "post",
                        call(
                                plan,
                                "nextQuestion-",
                                "次の質問 / The next question",
                                "結論を変え得る事実のうち、次に尋ねるものを返します。\n\n"
                                        + "The next fact to ask, of those that can still change the outcome.",
                                with(question, "knownBy", true, plan),
                                next())),
                path + "/advice",
                Form.of(
                        "post",
                        call(
                                plan,
                                "advice-",
                                "改善できること / What to change",
                                "尋ねる人が変えられる事実のうち、結論を良くする最小の組（二つまで）を返します。\n\n"
                                        + "Every smallest set of at most two facts that the asker can change for a better outcome.",
                                with(question, "changeableBy", false, plan),
                                advice())));
    }

    private static Map<String, Object> call(
            Plan plan,
            String id,
            String summary,
            String description,
            Map<String, Object> question,
            Map<String, Object> answer) {
        var responses = new LinkedHashMap<String, Object>();
        responses.put("200", Form.of("description", "OK", "content", json(answer)));
        for (ProblemKind problem : List.of(
                ProblemKind.UNREADABLE,
                ProblemKind.UNKNOWN_DECISION,
                ProblemKind.TOO_LARGE,
                ProblemKind.UNSUPPORTED_MEDIA_TYPE,
                ProblemKind.INVALID,
                ProblemKind.TOO_MANY_REQUESTS,
                ProblemKind.EVALUATION_FAILED)) {
            responses.put(String.valueOf(problem.status()), OpenApi.ref("responses", "Problem"));
        }
        return Form.of(
                "tags",
                List.of("self-check"),
                "operationId",
                id + plan.decision().name(),
                "summary",
                summary,
                "description",
                description,
                "requestBody",
                Form.of("required", true, "content", json(question)),
                "responses",
                responses);
    }

    private static Map<String, Object> json(Map<String, Object> schema) {
        return Form.of("application/json", Form.of("schema", schema));
    }

    private static Map<String, Object> with(Map<String, Object> question, String who, boolean unknown, Plan plan) {
        var properties = new LinkedHashMap<String, Object>();
        ((Map<?, ?>) question.getOrDefault("properties", Map.of()))
                .forEach((name, schema) -> properties.put((String) name, schema));
        List<String> codes = plan.rulebook().vocabulary().facts().values().stream()
                .flatMap(fact -> who.equals("knownBy")
                        ? Stream.of(fact.knownBy())
                        : Stream.of(fact.changeableBy(), fact.knownBy()))
                .filter(code -> !code.isBlank())
                .distinct()
                .sorted()
                .toList();
        properties.put("for", Form.of("type", List.of("string", "null"), "examples", codes));
        if (unknown) {
            properties.put(
                    "unknown",
                    Form.of(
                            "type",
                            List.of("array", "null"),
                            "items",
                            TEXT,
                            "description",
                            "「分からない」と答えた事実 / Facts that were asked for and are not known"));
        }
        var schema = new LinkedHashMap<>(question);
        schema.put("properties", properties);
        return schema;
    }

    private static Map<String, Object> next() {
        return object(
                "decision", TEXT,
                "outcome", TEXT,
                "settled", FLAG,
                "asOf", TEXT,
                "applicableDay", TEXT,
                "revision", object("id", TEXT, "digest", TEXT),
                "next", Form.of("anyOf", List.of(question(), Form.of("type", "null"))),
                "remainingAtMost", Form.of("type", "integer", "minimum", 0),
                "forOthers", list(named()),
                "notKnown", list(named()),
                "takenAsNone", list(named()));
    }

    private static Map<String, Object> question() {
        var code = object("code", TEXT, "label", bilingual());
        var field = object("name", TEXT, "type", TEXT, "optional", FLAG, "codes", list(code));
        return object(
                "fact", TEXT,
                "type", TEXT,
                "codes", list(code),
                "element", Form.of("anyOf", List.of(list(field), Form.of("type", "null"))),
                "label", bilingual(),
                "question", bilingual(),
                "help", bilingual(),
                "knownBy", TEXT,
                "needsAttestation", FLAG,
                "absentMeans", TEXT,
                "why", list(rule()));
    }

    private static Map<String, Object> advice() {
        var change = object("fact", TEXT, "label", bilingual(), "from", Map.of(), "to", Map.of());
        var turned = object("rule", TEXT, "name", bilingual(), "citation", Map.of(), "was", TEXT, "becomes", TEXT);
        var rest = object(
                "fact", TEXT, "label", bilingual(), "knownBy", orNull(), "changeableBy", orNull(), "why", list(rule()));
        return object(
                "decision",
                TEXT,
                "for",
                TEXT,
                "outcome",
                TEXT,
                "asOf",
                TEXT,
                "revision",
                object("id", TEXT, "digest", TEXT),
                "better",
                list(TEXT),
                "changes",
                list(object("facts", list(change), "outcome", TEXT, "satisfies", list(turned), "lifts", list(turned))),
                "byOthers",
                list(rest),
                "fixed",
                list(rest),
                "complete",
                FLAG);
    }

    private static Map<String, Object> rule() {
        return object("rule", TEXT, "name", bilingual(), "citation", Map.of());
    }

    private static Map<String, Object> named() {
        return object("fact", TEXT, "label", bilingual(), "knownBy", orNull());
    }

    private static Map<String, Object> bilingual() {
        return OpenApi.ref("schemas", "Bilingual");
    }

    private static Map<String, Object> orNull() {
        return Form.of("type", List.of("string", "null"));
    }

    private static Map<String, Object> list(Map<String, Object> items) {
        return Form.of("type", "array", "items", items);
    }

    /** All of its fields are always there; more may be. */
    private static Map<String, Object> object(Object... fields) {
        Map<String, Object> properties = Form.of(fields);
        return Form.of("type", "object", "properties", properties, "required", List.copyOf(properties.keySet()));
    }
}
