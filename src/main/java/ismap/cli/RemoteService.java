package ismap.cli;

import ismap.json.JsonReader;
import ismap.json.JsonWriter;
import ismap.json.Parsed;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A running service, as its callers see it. */
final class RemoteService {

    static final String REVISIONS = "api/v1/revisions";

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final URI address;
    private final Optional<String> token;
    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(10)).build();

    /**
     * @param address as in {@code https://ismap.example}; a path behind it is kept
     * @throws Failed where it is no such address
     */
    RemoteService(URI address, Optional<String> token) throws Failed {
        String text = address.toString();
        if (address.getHost() == null || !List.of("http", "https").contains(address.getScheme())) {
            throw new Failed(
                    "「%s」はアドレスではありません。http://127.0.0.1:8080 のように示してください。 / \"%s\" is no address; give it as http://127.0.0.1:8080."
                            .formatted(text, text));
        }
        this.address = URI.create(text.endsWith("/") ? text : text + "/");
        this.token = token;
    }

    /** It does not answer, or answers otherwise than was asked; the message says what it said. */
    static final class Failed extends Exception {
        private static final long serialVersionUID = 1L;

        Failed(String message) {
            super(message);
        }
    }

    Map<?, ?> get(String path) throws Failed, InterruptedException {
        return json(path, send(request(path).GET().build()).body());
    }

    /** The id of the revision in force. */
    String inForce() throws Failed, InterruptedException {
        return list(get(REVISIONS).get("revisions")).stream()
                .filter(revision -> Boolean.TRUE.equals(revision.get("inForce")))
                .map(revision -> String.valueOf(revision.get("id")))
                .findFirst()
                .orElseThrow(() -> new Failed("施行中の改定版がありません。 / No revision is in force there."));
    }

    /** The SHA-256 of each file of a revision, by its path. */
    SortedMap<String, String> files(String revision) throws Failed, InterruptedException {
        var files = new TreeMap<String, String>();
        list(get(revision(revision) + "/files").get("files"))
                .forEach(file -> files.put(String.valueOf(file.get("path")), String.valueOf(file.get("sha256"))));
        return files;
    }

    /** The path of a revision, whatever its id is. */
    static String revision(String id) {
        return REVISIONS + "/" + encoded(id);
    }

    /** The path of one of its files. */
    static String file(String revision, String path) {
        return revision(revision) + "/files/"
                + Arrays.stream(path.split("/")).map(RemoteService::encoded).collect(Collectors.joining("/"));
    }

    private static String encoded(String segment) {
        return URLEncoder.encode(segment, StandardCharsets.UTF_8).replace("+", "%20");
    }

    static String sha256(byte[] content) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
        } catch (NoSuchAlgorithmException everyJavaHasIt) {
            throw new IllegalStateException(everyJavaHasIt);
        }
    }

    /** The objects of a JSON array; none where it is anything else. */
    static List<Map<?, ?>> list(@Nullable Object json) {
        var objects = new ArrayList<Map<?, ?>>();
        if (json instanceof List<?> list) {
            list.forEach(each -> {
                if (each instanceof Map<?, ?> object) {
                    objects.add(object);
                }
            });
        }
        return objects;
    }

    byte[] download(String path) throws Failed, InterruptedException {
        return send(request(path).GET().build()).body();
    }

    /** @param body JSON as JDK values */
    Map<?, ?> post(String path, Map<String, ?> body) throws Failed, InterruptedException {
        HttpRequest request = request(path)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofByteArray(JsonWriter.write(body)))
                .build();
        return json(path, send(request).body());
    }

    Map<?, ?> put(String path, byte[] content) throws Failed, InterruptedException {
        HttpRequest request = request(path)
                .header("Content-Type", "application/octet-stream")
                .PUT(BodyPublishers.ofByteArray(content))
                .build();
        return json(path, send(request).body());
    }

    void delete(String path) throws Failed, InterruptedException {
        send(request(path).DELETE().build());
    }

    private HttpRequest.Builder request(String path) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(address.resolve(path)).timeout(PATIENCE);
        token.ifPresent(bearer -> request.header("Authorization", "Bearer " + bearer));
        return request;
    }

    private HttpResponse<byte[]> send(HttpRequest request) throws Failed, InterruptedException {
        HttpResponse<byte[]> response;
        try {
            response = client.send(request, BodyHandlers.ofByteArray());
        } catch (IOException lost) {
            // Nothing that refuses a connection says why.
            String why = lost.getMessage() == null ? lost.getClass().getSimpleName() : lost.getMessage();
            throw new Failed(
                    "%s が応答しません（%s）。サービスが動いているか、アドレスが正しいか確かめてください。 / %s does not answer (%s). See whether the service runs, and whether that is its address."
                            .formatted(address, why, address, why));
        }
        if (response.statusCode() / 100 != 2) {
            throw new Failed("%s %s: %d %s"
                    .formatted(
                            request.method(), request.uri().getPath(), response.statusCode(), said(response.body())));
        }
        return response;
    }

    private Map<?, ?> json(String path, byte[] body) throws Failed {
        if (JsonReader.read(body) instanceof Parsed.Document document && document.value() instanceof Map<?, ?> map) {
            return map;
        }
        throw new Failed("%s%s は、このサービスの応答ではありません。 / The answer of %s%s is not one of this service."
                .formatted(address, path, address, path));
    }

    /** What a problem says, in both languages as far as it does. */
    private static String said(byte[] body) {
        if (!(JsonReader.read(body) instanceof Parsed.Document document
                && document.value() instanceof Map<?, ?> problem)) {
            return "";
        }
        var text = new StringBuilder(problem.get("detail") instanceof String detail ? detail : "");
        for (Map<?, ?> error : list(problem.get("errors"))) {
            if (error.get("message") instanceof Map<?, ?> message) {
                text.append(System.lineSeparator())
                        .append("  ")
                        .append(message.get("ja"))
                        .append(" / ")
                        .append(message.get("en"));
            }
        }
        return text.toString();
    }
}
