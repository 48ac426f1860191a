package ismap.api;

import java.util.List;
import java.util.Map;

/** The call for the bundle of a revision in OpenAPI. */
final class OpenApiBundles {

    private OpenApiBundles() {}

    static Map<String, Object> paths() {
        return Map.of(
                "/api/v1/revisions/{id}/bundle",
                Form.of(
                        "get",
                        Form.of(
                                "summary",
                                "署名付きの束（ZIP） / The revision as a signed bundle (ZIP)",
                                "operationId",
                                "getBundle",
                                "tags",
                                List.of("revisions"),
                                "parameters",
                                List.of(parameter("id", "path", true), parameter("If-None-Match", "header", false)),
                                "responses",
                                Form.of(
                                        "200",
                                        Form.of(
                                                "description",
                                                "The bundle; its ETag stands for every byte of the revision",
                                                "content",
                                                Form.of(
                                                        "application/zip",
                                                        Form.of(
                                                                "schema",
                                                                Form.of(
                                                                        "type",
                                                                        "string",
                                                                        "contentMediaType",
                                                                        "application/zip")))),
                                        "304",
                                        Form.of("description", "The bundle that the caller has")))));
    }

    private static Map<String, Object> parameter(String name, String in, boolean required) {
        return Form.of("name", name, "in", in, "required", required, "schema", Form.of("type", "string"));
    }
}
