package ismap.api;

import ismap.evaluation.Planner;
import ismap.evaluation.Schedule;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The planner in OpenAPI: its days are facts of the vocabulary. */
final class OpenApiPlan {

    private static final Map<String, Object> DAY = Form.of("type", List.of("string", "null"), "format", "date");

    private OpenApiPlan() {}

    static Map<String, Object> path() {
        var responses = new LinkedHashMap<String, Object>();
        responses.put(
                "200",
                Form.of(
                        "description",
                        "守る日の一覧 / The days to keep",
                        "content",
                        Form.of("application/json", Form.of("schema", schedule()))));
        responses.put("default", OpenApi.ref("responses", "Problem"));
        return Form.of(
                "tags",
                List.of("self-check"),
                "operationId",
                "plan",
                "summary",
                "日程の計画（記録なし） / Plan the days to keep; recorded nowhere",
                "description",
                "入力した日から、監査対象期間、報告、言明、申請、更新の日を、実際に判定して求めます。\n\n"
                        + "From the days that are entered: those of the assessment period, the report, the statement, the application and the"
                        + " renewal, found by deciding on candidate days.",
                "requestBody",
                Form.of(
                        "required",
                        true,
                        "content",
                        Form.of("application/json", Form.of("schema", question(), "example", example()))),
                "responses",
                responses);
    }

    private static Map<String, Object> question() {
        var facts = new LinkedHashMap<String, Object>();
        facts.put("scheme", Form.of("type", "string", "enum", List.of("ISMAP", "ISMAP_LIU")));
        facts.put("applicationKind", Form.of("type", "string", "enum", List.of("NEW", "RENEWAL", "REREGISTRATION")));
        Planner.DAYS.forEach(day -> facts.put(day, DAY));
        return Form.of(
                "type",
                "object",
                "properties",
                Form.of(
                        "asOf", DAY,
                        "reference",
                                Form.of(
                                        "type",
                                        "object",
                                        "properties",
                                        Form.of("service", Form.of("type", List.of("string", "null")))),
                        "facts", Form.of("type", "object", "properties", facts)),
                "additionalProperties",
                false);
    }

    private static Map<String, Object> example() {
        return Form.of(
                "reference",
                Form.of("service", "svc-1"),
                "facts",
                Form.of("scheme", "ISMAP", "applicationKind", "NEW", "assessmentPeriodStart", "2026-04-01"));
    }

    private static Map<String, Object> schedule() {
        var text = Form.of("type", "string");
        var line = Form.of(
                "type",
                "object",
                "properties",
                Form.of(
                        "id", text,
                        "cycle", Form.of("type", "integer"),
                        "step", codes(Schedule.Step.values()),
                        "kind", codes(Schedule.Kind.values()),
                        "what", OpenApi.ref("schemas", "Bilingual"),
                        "from", DAY,
                        "to", DAY,
                        "past", Form.of("type", "boolean"),
                        "why", Form.of("type", "array", "items", OpenApi.ref("schemas", "Finding"))),
                "required",
                List.of("id", "cycle", "step", "kind", "what", "from", "to", "past", "why"));
        return Form.of(
                "type",
                "object",
                "properties",
                Form.of(
                        "service", text,
                        "asOf", DAY,
                        "revision", Form.of("type", "object", "properties", Form.of("id", text, "digest", text)),
                        "entered", Form.of("type", "object", "additionalProperties", DAY),
                        "assumed",
                                Form.of(
                                        "type",
                                        "array",
                                        "items",
                                        Form.of(
                                                "type",
                                                "object",
                                                "properties",
                                                Form.of(
                                                        "cycle",
                                                        Form.of("type", "integer"),
                                                        "fact",
                                                        text,
                                                        "day",
                                                        DAY))),
                        "lines", Form.of("type", "array", "items", line),
                        "objections", Form.of("type", "array", "items", OpenApi.ref("schemas", "Finding"))),
                "required",
                List.of("asOf", "revision", "entered", "assumed", "lines", "objections"));
    }

    private static Map<String, Object> codes(Enum<?>[] values) {
        return Form.of(
                "type", "string", "enum", Arrays.stream(values).map(Enum::name).toList());
    }
}
