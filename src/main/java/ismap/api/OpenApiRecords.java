package ismap.api;

import ismap.evaluation.RecordQuery;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The calls about records in OpenAPI: they are the same for every rulebook. */
final class OpenApiRecords {

    private static final Map<String, String> MEANINGS = Map.ofEntries(
            Map.entry("decision", "判断の名前 / The name of the decision"),
            Map.entry("outcome", "結論の符号 / The code of the outcome"),
            Map.entry("rule", "「該当なし」以外の結果を出した規則 / A rule with a finding other than NOT_APPLICABLE"),
            Map.entry("clause", "その結果が引く条項（文書 条項） / A clause that such a finding cites: document and clause"),
            Map.entry("reference", "申請・サービス・申請者・監査機関の識別子 / Of the application, service, applicant or assessor"),
            Map.entry("applicableFrom", "適用日の始まり（その日を含む） / First applicable day, included"),
            Map.entry("applicableUntil", "適用日の終わり（その日を含まない） / Excluded"),
            Map.entry("recordedFrom", "記録日時の始まり。日付は日本の日 / Instant, or a day in Japan; included"),
            Map.entry("recordedUntil", "記録日時の終わり（含まない） / Excluded"),
            Map.entry("limit", "1件から%d件 / 1 to %d".formatted(RecordQuery.HIGHEST_LIMIT, RecordQuery.HIGHEST_LIMIT)),
            Map.entry("after", "前のページの最後の連番 / Sequence of the last record of the page before"));

    private OpenApiRecords() {}

    static Map<String, Object> paths() {
        var paging = filters();
        paging.add(query("limit", Form.of("type", "integer", "default", RecordQuery.LIMIT)));
        paging.add(query("after", Form.of("type", "integer")));
        var export = filters();
        export.add(query("format", Form.of("type", "string", "enum", List.of("ndjson", "csv"))));
        var paths = new LinkedHashMap<String, Object>();
        paths.put(
                "/api/v1/records",
                Form.of(
                        "get",
                        call("新しい順に探す / Search, newest first", "searchRecords", paging, "application/json", page())));
        paths.put(
                "/api/v1/records/export",
                Form.of(
                        "get",
                        call(
                                "古い順に書き出す / Export, oldest first",
                                "exportRecords",
                                export,
                                "application/x-ndjson",
                                Form.of("type", "string"))));
        paths.put(
                "/api/v1/records/{id}/replay",
                Form.of(
                        "post",
                        call("もう一度判定する / Decide it again", "replayRecord", id(), "application/json", replay())));
        paths.put(
                "/api/v1/records/{id}/dossier",
                Form.of(
                        "get",
                        call(
                                "根拠一式（ZIP） / The record with all that it rests on",
                                "getDossier",
                                id(),
                                "application/zip",
                                Form.of("type", "string", "contentMediaType", "application/zip"))));
        paths.putAll(redactions());
        return paths;
    }

    private static Map<String, Object> redactions() {
        String path = "/api/v1/records/{id}/redactions";
        Map<String, Object> propose =
                call("抹消を提案する / Propose a redaction", "proposeRedaction", id(), "application/json", proposal());
        propose.put(
                "requestBody",
                Form.of(
                        "required",
                        true,
                        "content",
                        Form.of(
                                "application/json",
                                Form.of(
                                        "schema",
                                        Form.of(
                                                "type",
                                                "object",
                                                "properties",
                                                Form.of("reason", why(), "legalBasis", why()),
                                                "required",
                                                List.of("reason", "legalBasis"),
                                                "additionalProperties",
                                                false)))));
        propose.put(
                "responses",
                Form.of(
                        "201",
                        Form.of(
                                "description",
                                "提案した / Proposed",
                                "headers",
                                Form.of("Location", Form.of("schema", Form.of("type", "string"))),
                                "content",
                                Form.of("application/json", Form.of("schema", proposal()))),
                        "default",
                        OpenApi.ref("responses", "Problem")));
        var paths = new LinkedHashMap<String, Object>();
        paths.put(
                path,
                Form.of(
                        "get",
                        call(
                                "抹消の提案 / Proposals to redact it",
                                "listRedactions",
                                id(),
                                "application/json",
                                Form.of(
                                        "type",
                                        "object",
                                        "properties",
                                        Form.of("redactions", Form.of("type", "array", "items", proposal())),
                                        "required",
                                        List.of("redactions"))),
                        "post",
                        propose));
        paths.put(
                path + "/{proposal}",
                Form.of(
                        "get",
                        call("抹消の提案一件 / One proposal", "getRedaction", proposalId(), "application/json", proposal())));
        paths.put(
                path + "/{proposal}/execution",
                Form.of(
                        "post",
                        call(
                                "別の監査担当者が抹消する / Redact it; by another auditor",
                                "carryOutRedaction",
                                proposalId(),
                                "application/json",
                                line())));
        return paths;
    }

    private static Map<String, Object> why() {
        return Form.of(
                "type",
                "string",
                "minLength",
                1,
                "maxLength",
                1000,
                "description",
                "連鎖に残る。記録の内容を繰り返さない / Stays in the chain; repeats nothing of the record");
    }

    private static Map<String, Object> line() {
        return Form.of(
                "type",
                "object",
                "properties",
                Form.of("seal", Form.of("type", "object"), "hash", Form.of("type", "string")),
                "required",
                List.of("seal", "hash"));
    }

    private static Map<String, Object> proposal() {
        Map<String, Object> text = Form.of("type", "string");
        return Form.of(
                "type",
                "object",
                "properties",
                Form.of(
                        "id",
                        Form.of("type", "string", "format", "uuid"),
                        "record",
                        Form.of("type", "string", "format", "uuid"),
                        "proposedAt",
                        Form.of("type", "string", "format", "date-time"),
                        "proposedBy",
                        text,
                        "reason",
                        text,
                        "legalBasis",
                        text,
                        "carriedOut",
                        Form.of("anyOf", List.of(line(), Form.of("type", "null")))),
                "required",
                List.of("id", "record", "proposedAt", "proposedBy", "reason", "legalBasis", "carriedOut"));
    }

    private static Map<String, Object> page() {
        return Form.of(
                "type",
                "object",
                "properties",
                Form.of(
                        "records", Form.of("type", "array", "items", Form.of("type", "object")),
                        "next", Form.of("type", List.of("string", "null"), "format", "uri-reference")),
                "required",
                List.of("records", "next"));
    }

    private static Map<String, Object> replay() {
        return Form.of(
                "type",
                "object",
                "properties",
                Form.of(
                        "id", Form.of("type", "string", "format", "uuid"),
                        "revision", Form.of("type", "string"),
                        "sequence", Form.of("type", "integer"),
                        "result", Form.of("type", "string", "enum", List.of("SAME", "DIFFERENT", "UNREPLAYABLE")),
                        "differences", Form.of("type", "array", "items", Form.of("type", "object")),
                        "reason", Form.of("type", "object")),
                "required",
                List.of("id", "revision", "sequence", "result"));
    }

    private static List<Map<String, Object>> filters() {
        var filters = new ArrayList<Map<String, Object>>();
        for (String name : RecordQuery.FILTERS) {
            boolean day = name.startsWith("applicable");
            filters.add(query(name, day ? Form.of("type", "string", "format", "date") : Form.of("type", "string")));
        }
        return filters;
    }

    private static Map<String, Object> query(String name, Map<String, Object> schema) {
        return Form.of(
                "name",
                name,
                "in",
                "query",
                "schema",
                schema,
                "description",
                MEANINGS.getOrDefault(name, "形式 / Format"));
    }

    private static List<Map<String, Object>> id() {
        return List.of(Form.of(
                "name", "id", "in", "path", "required", true, "schema", Form.of("type", "string", "format", "uuid")));
    }

    private static List<Map<String, Object>> proposalId() {
        var both = new ArrayList<>(id());
        both.add(Form.of(
                "name",
                "proposal",
                "in",
                "path",
                "required",
                true,
                "schema",
                Form.of("type", "string", "format", "uuid")));
        return both;
    }

    private static Map<String, Object> call(
            String summary,
            String id,
            List<Map<String, Object>> parameters,
            String mediaType,
            Map<String, Object> schema) {
        return Form.of(
                "tags",
                List.of("records"),
                "operationId",
                id,
                "summary",
                summary,
                "security",
                List.of(Form.of("token", List.of())),
                "parameters",
                parameters,
                "responses",
                Form.of(
                        "200",
                        Form.of("description", "OK", "content", Form.of(mediaType, Form.of("schema", schema))),
                        "default",
                        OpenApi.ref("responses", "Problem")));
    }
}
