package ismap.soak;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.http.HttpResponse;
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
import java.util.concurrent.atomic.AtomicLong;

/**
 * Remembers what was sent and what was acknowledged, and holds the records against it: everything that was acknowledged is on record under
 * its id and its key, everything else can be sent again, there is one record a key, the chain holds, and records are decided the same again.
 */
final class History {

    private static final int CLIENTS = 32;
    private static final String PATH = "/api/v1/decisions/service-validity";
    private static final ObjectMapper JSON = new ObjectMapper();

    /** A database that is gone is said to be within a second or two; a machine that has much else to do takes longer. */
    private static final long LATEST_REFUSAL_MILLIS = 20_000;

    private final AtomicInteger keys = new AtomicInteger();
    private final Map<String, String> sent = new ConcurrentHashMap<>();
    private final Map<String, String> acknowledged = new ConcurrentHashMap<>();
    private final List<String> ids = new ArrayList<>();
    private final List<String> wrong = new ArrayList<>();
    private final AtomicLong refused = new AtomicLong();
    private final AtomicLong slowestRefusal = new AtomicLong();

    /** Clients that ask one thing after the other until they are stopped. */
    final class Load implements AutoCloseable {
        private final ExecutorService clients = Executors.newFixedThreadPool(CLIENTS);

        private Load(List<ServiceUnderTest> services) {
            for (int i = 0; i < CLIENTS; i++) {
                ServiceUnderTest service = services.get(i % services.size());
                clients.execute(() -> {
                    while (!clients.isShutdown()) {
                        ask(service);
                    }
                });
            }
        }

        @Override
        public void close() throws InterruptedException {
            clients.shutdownNow();
            clients.awaitTermination(30, TimeUnit.SECONDS);
        }
    }

    Load load(ServiceUnderTest... services) {
        return new Load(List.of(services));
    }

    /** Until so many more are acknowledged: a service that has just begun is slow. */
    void await(int more) throws InterruptedException {
        int due = acknowledged() + more;
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (acknowledged() < due) {
            if (System.nanoTime() > end) {
                wrong("%d acknowledged within a minute, and not %d".formatted(acknowledged(), due));
                return;
            }
            Thread.sleep(10);
        }
    }

    private void ask(ServiceUnderTest service) {
        int number = keys.incrementAndGet();
        String key = "key-" + number;
        String body = "{\"asOf\":\"2024-04-%02d\",\"facts\":{},\"reference\":{\"application\":\"A-%d\"}}"
                .formatted(1 + number % 28, number);
        sent.put(key, body);
        long start = System.nanoTime();
        try {
            HttpResponse<String> response = service.post(PATH, key, body);
            long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
            if (response.statusCode() == 201) {
                acknowledged.put(key, id(response).orElseThrow());
            } else if (response.statusCode() == 503) {
                refused.incrementAndGet();
                slowestRefusal.accumulateAndGet(millis, Math::max);
                if (millis > LATEST_REFUSAL_MILLIS) {
                    wrong("%s: refused after %d ms".formatted(key, millis));
                }
            } else {
                wrong(key + ": " + response.statusCode() + " " + response.body());
            }
        } catch (IOException | InterruptedException cut) {
            // Whether it was recorded is not known; it is sent again.
        }
    }

    void wrong(String what) {
        synchronized (wrong) {
            wrong.add(what);
        }
    }

    boolean isClean() {
        synchronized (wrong) {
            return wrong.isEmpty();
        }
    }

    int acknowledged() {
        return acknowledged.size();
    }

    long refused() {
        return refused.get();
    }

    /** Sends everything of this turn again, and looks at the whole chain. @return what came of it */
    String check(ServiceUnderTest service) throws Exception {
        long start = System.nanoTime();
        waitUntilReady(service);
        long ready = System.nanoTime();
        resend(service);
        long resent = System.nanoTime();
        JsonNode chain = service.verification();
        if (!chain.path("intact").asBoolean() || chain.path("records").asLong() != keys.get()) {
            wrong("%d keys were sent, and the chain says %s".formatted(keys.get(), chain));
        }
        String said =
                "%d sent, %d acknowledged, %d refused (at the latest after %d ms), %d records; ready %.1f s, sent again %.1f s, verified %.1f s"
                        .formatted(
                                sent.size(),
                                acknowledged.size(),
                                refused.getAndSet(0),
                                slowestRefusal.getAndSet(0),
                                chain.path("records").asLong(),
                                (ready - start) / 1e9,
                                (resent - ready) / 1e9,
                                (System.nanoTime() - resent) / 1e9);
        ids.addAll(acknowledged.values());
        sent.clear();
        acknowledged.clear();
        return said;
    }

    /** Everything under the same keys: what was acknowledged answers with the same record, the rest is recorded now at the latest. */
    private void resend(ServiceUnderTest service) throws InterruptedException {
        ExecutorService clients = Executors.newFixedThreadPool(CLIENTS);
        sent.forEach((key, body) -> clients.execute(() -> {
            String found = again(service, key, body);
            if (!found.equals(acknowledged.getOrDefault(key, found))) {
                wrong("%s was acknowledged as %s and is now %s".formatted(key, acknowledged.get(key), found));
            }
        }));
        clients.shutdown();
        if (!clients.awaitTermination(120, TimeUnit.SECONDS)) {
            wrong("sending again took more than two minutes");
        }
    }

    private String again(ServiceUnderTest service, String key, String body) {
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
        wrong(key + " was never answered");
        return "never answered";
    }

    private static Optional<String> id(HttpResponse<String> response) {
        return response.headers().firstValue("Location").map(path -> path.substring(path.lastIndexOf('/') + 1));
    }

    void waitUntilReady(ServiceUnderTest service) throws InterruptedException {
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
        wrong("not ready after a minute");
    }

    /** Decides some of all that was ever acknowledged again. */
    String replay(ServiceUnderTest service, int most, Random random) throws Exception {
        if (ids.isEmpty()) {
            wrong("not one was acknowledged");
            return "nothing to replay";
        }
        int times = Math.min(most, ids.size());
        for (int i = 0; i < times; i++) {
            String id = ids.get(random.nextInt(ids.size()));
            HttpResponse<String> response = service.post("/api/v1/records/" + id + "/replay", "replay-" + i, "");
            if (response.statusCode() != 200
                    || !"SAME"
                            .equals(JSON.readTree(response.body())
                                    .path("result")
                                    .asText())) {
                wrong("replay of %s: %d %s".formatted(id, response.statusCode(), response.body()));
            }
        }
        return "%d of %d acknowledged records decided the same again".formatted(times, ids.size());
    }

    /** Says what was wrong, if anything. @return the code to exit with */
    int end() {
        synchronized (wrong) {
            wrong.stream().limit(50).forEach(System.out::println);
            System.out.println(
                    wrong.isEmpty() ? "nothing lost, nothing twice, chain intact" : "FAILED: " + wrong.size());
            return wrong.isEmpty() ? 0 : 1;
        }
    }
}
