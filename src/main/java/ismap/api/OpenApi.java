package ismap.api;

import ismap.decision.Status;
import ismap.evaluation.ActiveRulebook;
import ismap.evaluation.Request;
import ismap.rulebook.FactDefinition;
import ismap.rulebook.Plan;
import jakarta.inject.Singleton;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The interface as OpenAPI 3.1: what never changes, and one pair of paths for each decision of the rulebook in force. */
@Singleton
final class OpenApi {

    private static final int FACTS_IN_EXAMPLE = 5;

    private final ApiSettings settings;

    OpenApi(ApiSettings settings) {
        this.settings = settings;
    }

    Map<String, Object> of(ActiveRulebook active) {
        var info = Form.of(
                "title",
                "ISMAP Decision Service",
                "version",
                "1.0.0",
                "summary",
                "Decisions under the ISMAP regulations, with their reasons and clauses",
                "description",
                "%s\n\nRevision %s, %s.".formatted(Operator.notice(settings), active.revisionId(), active.digest()));
        return Form.of(
                "openapi",
                "3.1.0",
                "info",
                info,
                "servers",
                List.of(Form.of("url", "/")),
                "tags",
                List.of(
                        Form.of("name", "self-check", "description", "自己確認 / Ask; recorded nowhere"),
                        Form.of("name", "decisions", "description", "判定と記録 / Decide, and record it"),
                        Form.of("name", "records", "description", "記録の検索と再判定 / Find and replay records"),
                        Form.of("name", "catalogue", "description", "一覧 / What can be asked"),
                        Form.of("name", "audit", "description", "検証 / Verify what is on record"),
                        Form.of("name", "operation", "description", "稼働状況 / Health")),
                "paths",
                paths(active),
                "components",
                Form.of(
                        "schemas", schemas(active),
                        "responses", responses(),
                        "securitySchemes", Form.of("token", Form.of("type", "http", "scheme", "bearer"))));
    }

    private static Map<String, Object> paths(ActiveRulebook active) {
        var paths = new LinkedHashMap<String, Object>();
        for (Plan plan : active.plans().values()) {
            String name = plan.decision().name();
            paths.put("/api/v1/self-check/" + name, Form.of("post", ask(plan, "self-check")));
            paths.putAll(OpenApiSelfCheck.paths(plan, question(plan)));
            var decide = ask(plan, "decisions");
            decide.put("security", List.of(Form.of("token", List.of())));
            paths.put("/api/v1/decisions/" + name, Form.of("post", decide));
            paths.put("/api/v1/decisions/" + name + "/batch", Form.of("post", OpenApiBatch.of(plan, question(plan))));
        }
        paths.put(
                "/api/v1/decisions",
                Form.of("get", get("catalogue", "判定の一覧 / The decisions", "listDecisions", "object", List.of())));
        paths.put(
                "/api/v1/decisions/{decision}/schema",
                Form.of(
                        "get",
                        get(
                                "catalogue",
                                "事実のJSON Schema / JSON Schema of the facts",
                                "getSchema",
                                "object",
                                List.of(parameter(
                                        "decision", List.copyOf(active.plans().keySet()))))));
        var receipt = get("decisions", "記録 / A receipt", "getRecord", "object", List.of(parameter("id", List.of())));
        receipt.put("security", List.of(Form.of("token", List.of())));
        paths.put("/api/v1/records/{id}", Form.of("get", receipt));
        var verification = get("audit", "連鎖の検証 / Verify the chain", "verifyRecords", "object", List.of());
        verification.put("security", List.of(Form.of("token", List.of())));
        paths.put("/api/v1/records/verification", Form.of("get", verification));
        paths.put(
                "/api/v1/records/schema",
                Form.of(
                        "get",
                        get(
                                "audit",
                                "記録のJSON Schema / JSON Schema of a receipt",
                                "getReceiptSchema",
                                "object",
                                List.of())));
        var checkpoints = get("audit", "署名されたチェックポイント / Signed checkpoints", "listCheckpoints", "object", List.of());
        checkpoints.put(
                "parameters",
                List.of(Form.of("name", "after", "in", "query", "schema", Form.of("type", "integer", "minimum", 0))));
        paths.put("/api/v1/checkpoints", Form.of("get", checkpoints));
        paths.put(
                "/api/v1/keys",
                Form.of("get", get("audit", "署名鍵（公開鍵） / Public signing keys", "listKeys", "object", List.of())));
        paths.putAll(OpenApiRecords.paths());
        paths.put("/health/liveness", Form.of("get", get("operation", "稼働中 / Alive", "liveness", "object", List.of())));
        paths.put(
                "/health/readiness",
                Form.of("get", get("operation", "受付可能 / Ready for requests", "readiness", "object", List.of())));
        return paths;
    }

    private static Map<String, Object> ask(Plan plan, String kind) {
        boolean records = kind.equals("decisions");
        String name = plan.decision().name();
        var responses = new LinkedHashMap<String, Object>();
        responses.put(
                records ? "201" : "200",
                Form.of(
                        "description",
                        records ? "判定し、記録した / Decided and on record" : "判定（記録なし） / Decided; recorded nowhere",
                        "content",
                        Form.of("application/json", Form.of("schema", ref("schemas", "Answer")))));
        for (ProblemKind problem : List.of(
                ProblemKind.UNREADABLE,
                ProblemKind.UNAUTHORIZED,
                ProblemKind.UNKNOWN_DECISION,
                ProblemKind.TOO_LARGE,
                ProblemKind.UNSUPPORTED_MEDIA_TYPE,
                ProblemKind.INVALID,
                ProblemKind.TOO_MANY_REQUESTS,
                ProblemKind.EVALUATION_FAILED)) {
            boolean other = records ? problem == ProblemKind.TOO_MANY_REQUESTS : problem == ProblemKind.UNAUTHORIZED;
            if (!other) {
                responses.put(String.valueOf(problem.status()), ref("responses", "Problem"));
            }
        }
        return Form.of(
                "tags",
                List.of(kind),
                "operationId",
                (records ? "decide-" : "selfCheck-") + name,
                "summary",
                plan.decision().title().ja() + " / " + plan.decision().title().en(),
                "description",
                plan.decision().question().ja() + "\n\n"
                        + plan.decision().question().en(),
                "requestBody",
                Form.of(
                        "required",
                        true,
                        "content",
                        Form.of("application/json", Form.of("schema", question(plan), "example", example(plan)))),
                "responses",
                responses);
    }

    private static Map<String, Object> question(Plan plan) {
        var text = Form.of("type", List.of("string", "null"), "maxLength", Request.LONGEST_REFERENCE);
        var reference = new LinkedHashMap<String, Object>();
        Request.REFERENCE_FIELDS.forEach(field -> reference.put(field, text));
        var attestation = Form.of(
                "type",
                "object",
                "properties",
                Form.of(
                        "by", Form.of("type", "string", "maxLength", Request.LONGEST_REFERENCE),
                        "on", Form.of("type", "string", "format", "date"),
                        "document", Form.of("type", "string", "maxLength", Request.LONGEST_REFERENCE)),
                "required",
                Request.ATTESTATION_FIELDS,
                "additionalProperties",
                false);
        return Form.of(
                "type",
                "object",
                "properties",
                Form.of(
                        "asOf",
                        Form.of(
                                "type",
                                List.of("string", "null"),
                                "format",
                                "date",
                                "description",
                                "基準日（省略時は東京の今日） / The day asked about; today in Tokyo where left out"),
                        "facts",
                        ref("schemas", "Facts-" + plan.decision().name()),
                        "reference",
                        Form.of("type", "object", "properties", reference, "additionalProperties", false),
                        "attestations",
                        Form.of("type", "object", "additionalProperties", attestation),
                        "supersedes",
                        Form.of("type", List.of("string", "null"), "format", "uuid"),
                        "reason",
                        Form.of("type", List.of("string", "null"), "maxLength", Request.LONGEST_REASON),
                        "knownAt",
                        Form.of("type", List.of("string", "null"), "format", "date-time"),
                        "revision",
                        Form.of("type", List.of("string", "null"))),
                "additionalProperties",
                false);
    }

    private static Map<String, Object> example(Plan plan) {
        var facts = new LinkedHashMap<String, Object>();
        FactSchemas.facts(plan).stream()
                .filter(fact -> fact.kind() == FactDefinition.Kind.INPUT)
                .limit(FACTS_IN_EXAMPLE)
                .forEach(fact -> facts.put(fact.name(), FactSchemas.example(fact.type())));
        return Form.of("asOf", "2022-10-01", "facts", facts);
    }

    private static Map<String, Object> get(
            String tag, String summary, String id, String type, List<Map<String, Object>> parameters) {
        return Form.of(
                "tags",
                List.of(tag),
                "operationId",
                id,
                "summary",
                summary,
                "parameters",
                parameters,
                "responses",
                Form.of(
                        "200",
                        Form.of(
                                "description",
                                "OK",
                                "content",
                                Form.of("application/json", Form.of("schema", Form.of("type", type)))),
                        "default",
                        ref("responses", "Problem")));
    }

    private static Map<String, Object> parameter(String name, List<String> values) {
        var schema = Form.of("type", "string");
        if (!values.isEmpty()) {
            schema.put("enum", values);
        }
        return Form.of("name", name, "in", "path", "required", true, "schema", schema);
    }

    private static Map<String, Object> schemas(ActiveRulebook active) {
        var text = Form.of("type", "string");
        var day = Form.of("type", "string", "format", "date");
        var bilingual = Form.of(
                "type", "object", "properties", Form.of("ja", text, "en", text), "required", List.of("ja", "en"));
        var schemas = new LinkedHashMap<String, Object>();
        schemas.put("Bilingual", bilingual);
        schemas.put(
                "Citation",
                Form.of(
                        "type",
                        "object",
                        "properties",
                        Form.of(
                                "document",
                                text,
                                "clause",
                                text,
                                "edition",
                                Form.of("type", List.of("string", "null"))),
                        "required",
                        List.of("document", "clause", "edition")));
        schemas.put(
                "Finding",
                Form.of(
                        "type",
                        "object",
                        "properties",
                        Form.of(
                                "rule", text,
                                "status",
                                        Form.of(
                                                "type",
                                                "string",
                                                "enum",
                                                Arrays.stream(Status.values())
                                                        .map(Enum::name)
                                                        .toList()),
                                "row", text,
                                "item", text,
                                "citation", ref("schemas", "Citation"),
                                "message", ref("schemas", "Bilingual"),
                                "because", Form.of("type", "object"),
                                "source", Form.of("type", "object"),
                                "assumption", text),
                        "required",
                        List.of("rule", "status", "row", "citation", "message", "because", "source"),
                        "additionalProperties",
                        Form.of(
                                "type",
                                "string",
                                "description",
                                "A code that the rule says beside its status; urgency: IMMEDIATELY, PROMPTLY, WITHOUT_DELAY")));
        schemas.put(
                "Answer",
                Form.of(
                        "type",
                        "object",
                        "properties",
                        Form.of(
                                "id",
                                Form.of("type", "string", "format", "uuid"),
                                "decision",
                                text,
                                "outcome",
                                text,
                                "asOf",
                                day,
                                "applicableDay",
                                day,
                                "knownAt",
                                Form.of("type", "string", "format", "date-time"),
                                "revision",
                                Form.of("type", "object", "properties", Form.of("id", text, "digest", text)),
                                "values",
                                Form.of("type", "object"),
                                "findings",
                                Form.of("type", "array", "items", ref("schemas", "Finding")),
                                "missing",
                                Form.of("type", "array", "items", text),
                                "notExamined",
                                Form.of(
                                        "type",
                                        "array",
                                        "items",
                                        Form.of(
                                                "type",
                                                "object",
                                                "properties",
                                                Form.of(
                                                        "rule",
                                                        text,
                                                        "message",
                                                        ref("schemas", "Bilingual"),
                                                        "decidedBy",
                                                        text)))),
                        "required",
                        List.of(
                                "decision",
                                "outcome",
                                "asOf",
                                "applicableDay",
                                "knownAt",
                                "revision",
                                "values",
                                "findings",
                                "missing",
                                "notExamined")));
        schemas.put(
                "Problem",
                Form.of(
                        "type",
                        "object",
                        "properties",
                        Form.of(
                                "type", Form.of("type", "string", "format", "uri-reference"),
                                "title", text,
                                "status", Form.of("type", "integer"),
                                "detail", text,
                                "errors",
                                        Form.of(
                                                "type",
                                                "array",
                                                "items",
                                                Form.of(
                                                        "type",
                                                        "object",
                                                        "properties",
                                                        Form.of(
                                                                "code", text,
                                                                "message", ref("schemas", "Bilingual"),
                                                                "pointer", text,
                                                                "at", Form.of("type", "object"),
                                                                "value", text,
                                                                "expected", text,
                                                                "advice", ref("schemas", "Bilingual")),
                                                        "required",
                                                        List.of("code", "message", "value", "expected", "advice")))),
                        "required",
                        List.of("type", "title", "status", "detail", "errors")));
        active.plans().forEach((name, plan) -> schemas.put("Facts-" + name, FactSchemas.of(plan)));
        return schemas;
    }

    private static Map<String, Object> responses() {
        return Form.of(
                "Problem",
                Form.of(
                        "description",
                        "問題（RFC 9457） / A problem (RFC 9457)",
                        "content",
                        Form.of(Problems.CONTENT_TYPE, Form.of("schema", ref("schemas", "Problem")))));
    }

    static Map<String, Object> ref(String kind, String name) {
        return Form.of("$ref", "#/components/%s/%s".formatted(kind, name));
    }
}
