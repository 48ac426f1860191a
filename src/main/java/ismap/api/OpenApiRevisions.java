package ismap.api;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The calls about revisions in OpenAPI: they are the same for every rulebook. */
final class OpenApiRevisions {

    private static final String ROOT = "/api/v1/revisions";
    private static final String JSON = "application/json";
    private static final String BYTES = "application/octet-stream";

    private static final Map<String, Object> TEXT = Form.of("type", "string");
    private static final Map<String, Object> DIGEST =
            Form.of("type", List.of("string", "null"), "pattern", "^sha256:[0-9a-f]{64}$");
    private static final Map<String, Object> FILE = Form.of("type", "string", "contentMediaType", BYTES);

    private static final Map<String, Object> ID = parameter("id", "path", "改定版のID / Id of the revision");
    private static final Map<String, Object> PATH =
            parameter("path", "path", "parameters.xlsx, scenarios/x.xlsx, rules/x.drl");
    private static final Map<String, Object> IF_MATCH = parameter(
            "If-Match",
            "header",
            "見た版の ETag。違えば412 / The ETag of the version that was seen; 412 where it is another now");

    private OpenApiRevisions() {}

    static Map<String, Object> paths() {
        var paths = new LinkedHashMap<String, Object>();
        paths.put(
                ROOT,
                Form.of(
                        "get",
                        call("改定版の一覧 / Revisions", "listRevisions", "200", JSON, list())
                                .with(parameter("after", "query", "前のページの最後のID / The last id of the page before"))
                                .form(),
                        "post",
                        call("草案を作る / Make a draft", "createRevision", "201", JSON, revision())
                                .sending(JSON, object("base", TEXT, "note", TEXT))
                                .needing("editor")
                                .form()));
        paths.put(
                ROOT + "/{id}",
                Form.of(
                        "get",
                        call("改定版 / A revision", "getRevision", "200", JSON, revision())
                                .with(ID)
                                .form()));
        paths.put(
                ROOT + "/{id}/files",
                Form.of(
                        "get",
                        call("ファイルの一覧 / Its files", "listRevisionFiles", "200", JSON, object("files", array()))
                                .with(ID)
                                .form()));
        paths.put(
                ROOT + "/{id}/files/{path}",
                Form.of(
                        "get",
                        call("ファイル（そのまま） / A file, byte for byte", "getRevisionFile", "200", BYTES, FILE)
                                .with(
                                        ID,
                                        PATH,
                                        parameter(
                                                "annotated",
                                                "query",
                                                "true なら誤りをコメントとして書き込んだ写し / true: a copy with its mistakes as comments"),
                                        parameter("version", "query", "職員: その版での内容 / Staff: as it was at that version"))
                                .form(),
                        "put",
                        call("ファイルを入れる / Put a file", "putRevisionFile", "200", JSON, stored())
                                .with(
                                        ID,
                                        PATH,
                                        IF_MATCH,
                                        parameter(
                                                "check", "query", "false なら誤りを調べない / false: do not look for mistakes"))
                                .sending(BYTES, FILE)
                                .needing("editor")
                                .form(),
                        "delete",
                        call("ファイルを除く / Take a file out", "deleteRevisionFile", "200", JSON, revision())
                                .with(ID, PATH, IF_MATCH)
                                .needing("editor")
                                .form()));
        paths.put(
                ROOT + "/{id}/checks",
                Form.of(
                        "post",
                        call("検査を始める / Begin its checks", "checkRevision", "202", JSON, checks())
                                .with(ID)
                                .needing("editor")
                                .form(),
                        "get",
                        call(
                                        "検査の進み具合と結果 / Their progress, then what they found",
                                        "getRevisionChecks",
                                        "200",
                                        JSON,
                                        checks())
                                .with(ID)
                                .needing("staff")
                                .form()));
        paths.put(
                ROOT + "/{id}/rebase",
                step("施行中の改定版に合わせる / Move on to the revision in force", "rebaseRevision", "editor", Form.of()));
        paths.put(ROOT + "/{id}/submission", step("提出する / Submit", "submitRevision", "editor", Form.of()));
        paths.put(
                ROOT + "/{id}/approval",
                step(
                        "承認する / Approve",
                        "approveRevision",
                        "approver",
                        Form.of("resolution", TEXT, "digest", TEXT, "filesDigest", TEXT, "evidenceDigest", TEXT)));
        paths.put(ROOT + "/{id}/publication", step("公表する / Publish", "publishRevision", "approver", Form.of()));
        paths.put(
                ROOT + "/{id}/withdrawal",
                step("取り下げる / Withdraw", "withdrawRevision", "approver", Form.of("reason", TEXT)));
        return paths;
    }

    private static Map<String, Object> step(String summary, String id, String role, Map<String, Object> said) {
        Call call =
                call(summary, id, "200", JSON, revision()).with(ID, IF_MATCH).needing(role);
        return Form.of("post", (said.isEmpty() ? call : call.sending(JSON, object(said))).form());
    }

    private static Map<String, Object> revision() {
        return object(Form.of(
                "id", TEXT,
                "state", Form.of("type", "string", "enum", List.of("DRAFT", "SUBMITTED", "APPROVED", "PUBLISHED")),
                "inForce", Form.of("type", "boolean"),
                "version", Form.of("type", "integer"),
                "base", Form.of("type", List.of("string", "null")),
                "note", TEXT,
                "digest", DIGEST,
                "filesDigest", DIGEST,
                "author", TEXT,
                "publishedAt", Form.of("type", List.of("string", "null"), "format", "date-time"),
                "requiredApprovals", Form.of("type", "integer"),
                "approvals", array(),
                "evidence", Form.of("type", List.of("object", "null")),
                "events", array()));
    }

    private static Map<String, Object> stored() {
        return object(Form.of(
                "path", TEXT,
                "version", Form.of("type", "integer"),
                "filesDigest", DIGEST,
                "errors", Form.of("type", "integer"),
                "problems", array(),
                "errorsElsewhere", Form.of("type", "integer")));
    }

    private static Map<String, Object> checks() {
        return object(Form.of(
                "state", Form.of("type", "string", "enum", List.of("none", "running", "done", "failed")),
                "progress", array(),
                "clean", Form.of("type", "boolean"),
                "evidenceDigest", DIGEST,
                "problems", Form.of("type", "object"),
                "proofs", Form.of("type", "object"),
                "scenarios", Form.of("type", "object"),
                "impact", Form.of("type", "object")));
    }

    private static Map<String, Object> list() {
        return object(
                "revisions",
                Form.of("type", "array", "items", revision()),
                "next",
                Form.of("type", List.of("string", "null"), "format", "uri-reference"));
    }

    private static Map<String, Object> array() {
        return Form.of("type", "array", "items", Form.of("type", "object"));
    }

    private static Map<String, Object> object(Object... fields) {
        return object(Form.of(fields));
    }

    private static Map<String, Object> object(Map<String, Object> fields) {
        return Form.of("type", "object", "properties", fields);
    }

    private static Map<String, Object> parameter(String name, String in, String description) {
        return Form.of(
                "name",
                name,
                "in",
                in,
                "required",
                in.equals("path"),
                "schema",
                Form.of("type", "string"),
                "description",
                description);
    }

    private static Call call(String summary, String id, String status, String type, Map<String, Object> schema) {
        Map<String, Object> form = Form.of("tags", List.of("revisions"), "operationId", id, "summary", summary);
        form.put(
                "responses",
                Form.of(
                        status,
                        Form.of("description", "OK", "content", Form.of(type, Form.of("schema", schema))),
                        "default",
                        OpenApi.ref("responses", "Problem")));
        return new Call(form);
    }

    private record Call(Map<String, Object> form) {

        @SafeVarargs
        final Call with(Map<String, Object>... parameters) {
            form.put("parameters", new ArrayList<>(Arrays.asList(parameters)));
            return this;
        }

        Call sending(String type, Map<String, Object> schema) {
            form.put("requestBody", Form.of("content", Form.of(type, Form.of("schema", schema))));
            return this;
        }

        Call needing(String role) {
            form.put("security", List.of(Form.of("token", List.of())));
            form.put("description", "役割 / Role: " + role);
            return this;
        }
    }
}
