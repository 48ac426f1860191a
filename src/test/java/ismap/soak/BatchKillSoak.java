package ismap.soak;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;

/**
 * Sends a batch of 5,000 keyed lines, kills the service at a random line, and the client with it, starts the service again and sends all
 * lines again: there are exactly 5,000 records more, every time.
 *
 * <p>Arguments: times, lines, seed.
 */
public final class BatchKillSoak {

    private static final String PATH = "/api/v1/decisions/service-validity/batch";
    private static final ObjectMapper JSON = new ObjectMapper();

    private BatchKillSoak() {}

    public static void main(String[] args) throws Exception {
        int times = args.length > 0 ? Integer.parseInt(args[0]) : 10;
        int lines = args.length > 1 ? Integer.parseInt(args[1]) : 5000;
        Random random = new Random(args.length > 2 ? Long.parseLong(args[2]) : 20261122);
        Path folder = Files.createTempDirectory("ismap-soak-");
        boolean right = true;
        try (ServiceUnderTest service = new ServiceUnderTest(folder, List.of())) {
            for (int time = 1; time <= times && right; time++) {
                String batch = batch(time, lines);
                int cut = 1 + random.nextInt(lines - 1);
                int answered = sendUntil(service, batch, cut);
                service.startAgain();
                long before = records(service);
                int again = sendUntil(service, batch, Integer.MAX_VALUE);
                long after = records(service);
                right = again == lines && after == (long) time * lines;
                System.out.printf(
                        "%d: killed at line %d (%d answered, %d on record), sent again: %d answered, %d records%n",
                        time, cut, answered, before - (time - 1L) * lines, again, after);
            }
        }
        System.out.println(right ? "each line once, every time" : "FAILED");
        System.exit(right ? 0 : 1);
    }

    private static String batch(int time, int lines) {
        var batch = new StringBuilder();
        for (int line = 1; line <= lines; line++) {
            batch.append("{\"key\":\"batch-%d-%d\",\"asOf\":\"2024-04-%02d\",\"facts\":{}}%n"
                    .formatted(time, line, 1 + line % 28));
        }
        return batch.toString();
    }

    /** Kills the service after so many answers; how many lines were answered with a record. */
    private static int sendUntil(ServiceUnderTest service, String batch, int cut) throws Exception {
        int answered = 0;
        HttpRequest request = service.request(PATH)
                .header("Content-Type", "application/x-ndjson")
                .POST(HttpRequest.BodyPublishers.ofString(batch))
                .build();
        HttpClient client =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
        HttpResponse<InputStream> response = client.send(request, HttpResponse.BodyHandlers.ofInputStream());
        try (var answers = new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8))) {
            for (String line = answers.readLine(); line != null; line = answers.readLine()) {
                int status = JSON.readTree(line).path("status").asInt();
                if (status != 200 && status != 201) {
                    throw new IOException(line);
                }
                answered++;
                if (answered == cut) {
                    service.kill();
                    return answered;
                }
            }
        } catch (IOException cutOff) {
            if (cut == Integer.MAX_VALUE) {
                throw cutOff;
            }
        }
        return answered;
    }

    private static long records(ServiceUnderTest service) throws Exception {
        JsonNode chain = service.verification();
        if (!chain.path("intact").asBoolean()) {
            throw new IOException(chain.toString());
        }
        return chain.path("records").asLong();
    }
}
