package ismap.api;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The calls that compare revisions, in OpenAPI. */
final class OpenApiDiff {

    private OpenApiDiff() {}

    static Map<String, Object> paths() {
        var paths = new LinkedHashMap<String, Object>();
        paths.put("/api/v1/revisions/{before}/diff/{after}", Form.of("get", diff()));
        paths.put("/api/v1/revisions/{id}/records", Form.of("get", records()));
        return paths;
    }

    private static Map<String, Object> diff() {
        return Form.of(
                "tags",
                List.of("revisions"),
                "summary",
                "二つの改定版の違い / What one revision changes against another",
                "operationId",
                "diffRevisions",
                "parameters",
                List.of(path("before"), path("after")),
                "responses",
                Form.of(
                        "200",
                        Form.of(
                                "description",
                                "書かれたものの違いと、答えの変わる場合（例とともに） / What is written and what is answered otherwise, with examples",
                                "content",
                                Form.of(
                                        "application/json",
                                        Form.of("schema", differences()),
                                        "text/markdown",
                                        Form.of("schema", text()))),
                        "404",
                        Form.of("$ref", "#/components/responses/Problem"),
                        "422",
                        Form.of("$ref", "#/components/responses/Problem")));
    }

    private static Map<String, Object> records() {
        return Form.of(
                "tags",
                List.of("revisions"),
                "summary",
                "その改定版による記録と、施行中の改定版ならどう答えるか / What was decided under it, and what the revision in force would decide",
                "operationId",
                "listRecordsOfRevision",
                "security",
                List.of(Form.of("token", List.of())),
                "parameters",
                List.of(
                        path("id"),
                        Form.of("name", "limit", "in", "query", "schema", Form.of("type", "integer")),
                        Form.of("name", "after", "in", "query", "schema", Form.of("type", "integer"))),
                "responses",
                Form.of(
                        "200",
                        Form.of(
                                "description",
                                "新しい順。wouldBe.result は SAME・DIFFERENT・UNDECIDABLE / Newest first",
                                "content",
                                Form.of("application/json", Form.of("schema", page()))),
                        "404",
                        Form.of("$ref", "#/components/responses/Problem")));
    }

    private static Map<String, Object> differences() {
        return Form.of(
                "type",
                "object",
                "required",
                List.of("before", "after", "identical", "changes", "decisions"),
                "properties",
                Form.of(
                        "before",
                        text(),
                        "after",
                        text(),
                        "identical",
                        Form.of("type", "boolean"),
                        "changes",
                        list(),
                        "decisions",
                        list()));
    }

    private static Map<String, Object> page() {
        return Form.of(
                "type",
                "object",
                "required",
                List.of("revision", "successor", "records", "next"),
                "properties",
                Form.of(
                        "revision",
                        text(),
                        "successor",
                        Form.of("type", List.of("string", "null")),
                        "records",
                        list(),
                        "next",
                        Form.of("type", List.of("string", "null"))));
    }

    private static Map<String, Object> list() {
        return Form.of("type", "array", "items", Form.of("type", "object"));
    }

    private static Map<String, Object> text() {
        return Form.of("type", "string");
    }

    private static Map<String, Object> path(String name) {
        return Form.of("name", name, "in", "path", "required", true, "schema", text());
    }
}
