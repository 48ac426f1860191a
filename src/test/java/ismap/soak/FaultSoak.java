package ismap.soak;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Kills the service, or stops its database at once, under load, again and again. After each time: everything that was acknowledged is on
 * record under its id and its key, everything else can be sent again, there is one record a key, and the chain holds.
 *
 * <p>Arguments: cycles, seed.
 */
public final class FaultSoak {

    private static final int CLIENTS = 32;
    private static final String PATH = "/api/v1/decisions/service-validity";
    private static final ObjectMapper JSON = new ObjectMapper();

    private final ServiceUnderTest service;
    private final Random random;
    private final AtomicInteger keys = new AtomicInteger();
    private final List<String> wrong = new ArrayList<>();

    private FaultSoak(ServiceUnderTest service, long seed) {
        this.service = service;
        this.random = new Random(seed);
    }

    public static void main(String[] args) throws Exception {
        int cycles = args.length > 0 ? Integer.parseInt(args[0]) : 200;
        long seed = args.length > 1 ? Long.parseLong(args[1]) : 20261122;
        Path folder = Files.createTempDirectory("ismap-soak-");
        System.out.printf("%d cycles, seed %d, data in %s%n", cycles, seed, folder);
        FaultSoak soak;
        try (ServiceUnderTest service = new ServiceUnderTest(folder, List.of())) {
            soak = new FaultSoak(service, seed);
            for (int cycle = 1; cycle <= cycles && soak.wrong.isEmpty(); cycle++) {
                soak.cycle(cycle);
            }
        }
        soak.wrong.forEach(System.out::println);
        System.out.println(soak.wrong.isEmpty() ? "nothing lost, nothing twice, chain intact" : "FAILED");
        System.exit(soak.wrong.isEmpty() ? 0 : 1);
    }

    private void cycle(int number) throws Exception {
        Map<String, String> sent = new ConcurrentHashMap<>();
        Map<String, String> acknowledged = new ConcurrentHashMap<>();
        ExecutorService clients = Executors.newFixedThreadPool(CLIENTS);
        for (int i = 0; i < CLIENTS; i++) {
            clients.execute(() -> load(clients, sent, acknowledged));
        }
        Thread.sleep(200 + random.nextInt(800));
        boolean kill = random.nextBoolean();
        if (kill) {
            service.kill();
        } else {
            service.stopDatabaseAtOnce();
            Thread.sleep(300);
        }
        clients.shutdownNow();
        clients.awaitTermination(30, TimeUnit.SECONDS);
        if (kill) {
            service.startAgain();
        }
        waitUntilReady();
        resend(sent, acknowledged);
        JsonNode chain = verification();
        if (!chain.path("intact").asBoolean() || chain.path("records").asLong() != keys.get()) {
            wrong.add("cycle %d: %d keys were sent, and the chain says %s".formatted(number, keys.get(), chain));
        }
        System.out.printf(
                "%d: %s, %d sent, %d acknowledged, %d records%n",
                number,
                kill ? "service killed" : "database stopped",
                sent.size(),
                acknowledged.size(),
                chain.path("records").asLong());
    }

    private void load(ExecutorService clients, Map<String, String> sent, Map<String, String> acknowledged) {
        while (!clients.isShutdown()) {
            int number = keys.incrementAndGet();
            String key = "key-" + number;
            String body = "{\"asOf\":\"2024-04-%02d\",\"facts\":{},\"reference\":{\"application\":\"A-%d\"}}"
                    .formatted(1 + number % 28, number);
            sent.put(key, body);
            try {
                HttpResponse<String> response = service.post(PATH, key, body);
                if (response.statusCode() == 201) {
                    acknowledged.put(key, id(response).orElseThrow());
                } else if (response.statusCode() != 503) {
                    synchronized (wrong) {
                        wrong.add(key + ": " + response.statusCode() + " " + response.body());
                    }
                }
            } catch (IOException | InterruptedException cut) {
                // Whether it was recorded is not known; it is sent again.
            }
        }
    }

    /** Everything under the same keys: what was acknowledged answers with the same record, the rest is recorded now at the latest. */
    private void resend(Map<String, String> sent, Map<String, String> acknowledged) throws Exception {
        ExecutorService clients = Executors.newFixedThreadPool(CLIENTS);
        sent.forEach((key, body) -> clients.execute(() -> {
            String found = again(key, body);
            if (!found.equals(acknowledged.getOrDefault(key, found))) {
                synchronized (wrong) {
                    wrong.add("%s was acknowledged as %s and is now %s".formatted(key, acknowledged.get(key), found));
                }
            }
        }));
        clients.shutdown();
        if (!clients.awaitTermination(120, TimeUnit.SECONDS)) {
            wrong.add("sending again took more than two minutes");
        }
    }

    private String again(String key, String body) {
        for (int attempt = 0; attempt < 100; attempt++) {
            try {
                HttpResponse<String> response = service.post(PATH, key, body);
                if (response.statusCode() == 200 || response.statusCode() == 201) {
                    return id(response).orElseThrow();
                }
                Thread.sleep(100);
            } catch (IOException lost) {
                // Once more.
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
                return "interrupted";
            }
        }
        return "never answered";
    }

    private static Optional<String> id(HttpResponse<String> response) {
        return response.headers().firstValue("Location").map(path -> path.substring(path.lastIndexOf('/') + 1));
    }

    private void waitUntilReady() throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (System.nanoTime() < end) {
            try {
                if (service.get("/health/readiness").statusCode() == 200) {
                    return;
                }
            } catch (IOException notYet) {
                // Not yet.
            }
            Thread.sleep(50);
        }
        wrong.add("not ready after a minute");
    }

    private JsonNode verification() throws Exception {
        for (int attempt = 0; attempt < 20; attempt++) {
            HttpResponse<String> response = service.get("/api/v1/records/verification");
            if (response.statusCode() == 200) {
                return JSON.readTree(response.body());
            }
            Thread.sleep(200);
        }
        return JSON.nullNode();
    }
}
