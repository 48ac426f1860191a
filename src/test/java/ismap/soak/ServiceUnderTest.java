package ismap.soak;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The service as a process of its own over a folder of its own, to be killed and started again. */
public final class ServiceUnderTest implements AutoCloseable {

    public static final String TOKEN = "soak-token";

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern ADDRESS = Pattern.compile("http://127\\.0\\.0\\.1:(\\d+)");

    private final Path folder;
    private final Path log;
    private final List<String> options;
    private final Map<String, String> environment;
    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(2))
            .build();
    private Process process;
    private int port;

    /** @param options of the Java that runs the service, as in {@code -Xmx256m} */
    public ServiceUnderTest(Path folder, List<String> options) throws IOException {
        this(folder, folder.resolve("service.log"), options, Map.of());
    }

    /** @param log of the service, where it is not to be in its folder */
    ServiceUnderTest(Path folder, Path log, List<String> options) throws IOException {
        this(folder, log, options, Map.of());
    }

    /** @param environment what it is set by beside that */
    ServiceUnderTest(Path folder, List<String> options, Map<String, String> environment) throws IOException {
        this(folder, folder.resolve("service.log"), options, environment);
    }

    private ServiceUnderTest(Path folder, Path log, List<String> options, Map<String, String> environment)
            throws IOException {
        Files.createDirectories(folder);
        this.folder = folder;
        this.log = log;
        this.options = List.copyOf(options);
        this.environment = Map.copyOf(environment);
        this.process = launch();
        this.port = address(process);
    }

    private Process launch() throws IOException {
        var command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
        command.addAll(options);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), "ismap.app.Main", "serve"));
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().put("ISMAP_DATA_DIR", folder.toString());
        builder.environment().put("ISMAP_PORT", "0");
        builder.environment().put("ISMAP_ADMIN_TOKEN", TOKEN);
        builder.environment().put("ISMAP_SELF_CHECK_PER_SECOND", "1000000");
        builder.environment().putAll(environment);
        builder.redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()));
        return builder.start();
    }

    private int address(Process started) throws IOException {
        BufferedReader said =
                new BufferedReader(new InputStreamReader(started.getInputStream(), StandardCharsets.UTF_8));
        for (String line = said.readLine(); line != null; line = said.readLine()) {
            Matcher address = ADDRESS.matcher(line);
            if (address.find()) {
                CompletableFuture.runAsync(() -> {
                    try {
                        while (said.readLine() != null) {
                            // A full pipe would stop the service.
                        }
                    } catch (IOException ended) {
                        // It was killed.
                    }
                });
                return Integer.parseInt(address.group(1));
            }
        }
        throw new IOException("the service did not start; see " + log);
    }

    void kill() throws InterruptedException {
        process.destroyForcibly();
        process.waitFor(10, TimeUnit.SECONDS);
    }

    void startAgain() throws IOException {
        process = launch();
        port = address(process);
    }

    /** It does nothing any more, and nobody is told. Only {@link #kill} ends that. */
    void hang() throws IOException, InterruptedException {
        signal("STOP", process.pid());
    }

    /** As {@code pg_ctl stop -m immediate} does. */
    void stopDatabaseAtOnce() throws IOException, InterruptedException {
        signal("QUIT", database());
    }

    /** Its sessions stand still for so long, and go on then. */
    void hangDatabase(long millis) throws IOException, InterruptedException {
        List<Long> sessions = ProcessHandle.of(database()).stream()
                .flatMap(ProcessHandle::children)
                .map(ProcessHandle::pid)
                .toList();
        for (long session : sessions) {
            signal("STOP", session);
        }
        Thread.sleep(millis);
        for (long session : sessions) {
            signal("CONT", session);
        }
    }

    private long database() throws IOException {
        List<String> lines = Files.readAllLines(folder.resolve("postgres").resolve("postmaster.pid"));
        return Long.parseLong(lines.get(0).strip());
    }

    private static void signal(String name, long pid) throws IOException, InterruptedException {
        new ProcessBuilder("/bin/sh", "-c", "kill -" + name + " " + pid).start().waitFor();
    }

    public int port() {
        return port;
    }

    long pid() {
        return process.pid();
    }

    HttpResponse<String> post(String path, String key, String body) throws IOException, InterruptedException {
        return client.send(
                request(path)
                        .header("Content-Type", "application/json")
                        .header("Idempotency-Key", key)
                        .POST(HttpRequest.BodyPublishers.ofString(body))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return client.send(request(path).GET().build(), HttpResponse.BodyHandlers.ofString());
    }

    /** What the walk along the chain comes to; a long one is asked for until it has ended. */
    JsonNode verification() throws IOException, InterruptedException {
        HttpResponse<String> response = get("/api/v1/records/verification");
        for (int attempt = 0; response.statusCode() == 503 && attempt < 300; attempt++) {
            Thread.sleep(200);
            response = get("/api/v1/records/verification");
        }
        return JSON.readTree(response.body());
    }

    HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .timeout(Duration.ofSeconds(60))
                .header("Authorization", "Bearer " + TOKEN);
    }

    @Override
    public void close() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(20, TimeUnit.SECONDS)) {
            process.destroyForcibly();
        }
    }
}
