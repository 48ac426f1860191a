package ismap.bench;

import ismap.soak.ServiceUnderTest;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * {@code dev/bench records}: recorded decisions a second at 64 connections, beside the same question as a self-check, and beside single-row
 * commits of the same bytes by a plain JDBC loop. All three in one run, taking turns, against one service and its database.
 */
public final class RecordBenchmark {

    private static final int CONNECTIONS = 64;
    private static final int ROUNDS = 3;
    private static final String FACTS =
            "{\"asOf\":\"2022-10-01\",\"facts\":{\"registrationDecision\":\"APPROVED\",\"registrationDecidedOn\":\"2021-03-12\","
                    + "\"assessmentPeriodEnd\":\"2020-12-31\"},\"reference\":{\"application\":\"A-1\"}}";

    private final ServiceUnderTest service;
    private final Path folder;
    private final int seconds;

    private RecordBenchmark(ServiceUnderTest service, Path folder, int seconds) {
        this.service = service;
        this.folder = folder;
        this.seconds = seconds;
    }

    /** One turn of one connection, until the time is up: nanoseconds of each call. */
    private interface Client {
        List<Long> run(long end) throws Exception;
    }

    private record Measured(double perSecond, double p50, double p99) {}

    public static void main(String[] args) throws Exception {
        int seconds = args.length > 0 ? Integer.parseInt(args[0]) : 10;
        Path folder = Files.createTempDirectory("ismap-bench-");
        try (ServiceUnderTest service = new ServiceUnderTest(folder, List.of())) {
            new RecordBenchmark(service, folder, seconds).run();
        }
    }

    private void run() throws Exception {
        byte[] answer;
        try (Calls call = new Calls("/api/v1/decisions/service-validity")) {
            call.once();
            answer = call.lastBody;
        }
        prepareTable();
        measure(5, () -> http("/api/v1/self-check/service-validity"));
        measure(5, () -> http("/api/v1/decisions/service-validity"));
        var selfCheck = new ArrayList<Measured>();
        var recorded = new ArrayList<Measured>();
        var plain = new ArrayList<Measured>();
        for (int round = 0; round < ROUNDS; round++) {
            selfCheck.add(measure(seconds, () -> http("/api/v1/self-check/service-validity")));
            recorded.add(measure(seconds, () -> http("/api/v1/decisions/service-validity")));
            plain.add(measure(seconds, () -> jdbc(answer)));
        }
        System.out.println("| what, 64 connections | a second | p50 ms | p99 ms |");
        System.out.println("|---|---|---|---|");
        double a = print("self-check", selfCheck);
        double c = print("recorded decision", recorded);
        double b = print("plain JDBC, a row a commit", plain);
        System.out.printf("recorded / self-check: %.2f (at least 0.5)%n", c / a);
        System.out.printf("recorded / plain JDBC: %.2f (at least 3)%n", c / b);
    }

    private static double print(String what, List<Measured> rounds) {
        double mean = rounds.stream().mapToDouble(Measured::perSecond).average().orElseThrow();
        System.out.printf(
                "| %s | %.0f | %.1f | %.1f |%n",
                what,
                mean,
                rounds.stream().mapToDouble(Measured::p50).average().orElseThrow(),
                rounds.stream().mapToDouble(Measured::p99).average().orElseThrow());
        return mean;
    }

    private Measured measure(int seconds, Callable<Client> clients) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(CONNECTIONS);
        var start = new CountDownLatch(1);
        var results = new ArrayList<Future<List<Long>>>();
        for (int i = 0; i < CONNECTIONS; i++) {
            Client client = clients.call();
            results.add(threads.submit(() -> {
                start.await();
                return client.run(System.nanoTime() + seconds * 1_000_000_000L);
            }));
        }
        start.countDown();
        var all = new ArrayList<Long>();
        for (Future<List<Long>> result : results) {
            all.addAll(result.get());
        }
        threads.shutdown();
        long[] sorted = all.stream().mapToLong(Long::longValue).sorted().toArray();
        return new Measured(
                sorted.length / (double) seconds,
                sorted[sorted.length / 2] / 1e6,
                sorted[(int) (sorted.length * 0.99)] / 1e6);
    }

    private Client http(String path) {
        return end -> {
            var took = new ArrayList<Long>();
            try (Calls call = new Calls(path)) {
                for (long now = System.nanoTime(); now < end; ) {
                    call.once();
                    long then = System.nanoTime();
                    took.add(then - now);
                    now = then;
                }
            }
            return took;
        };
    }

    private Connection connect(String role) throws Exception {
        var passwords = new Properties();
        try (var file = Files.newBufferedReader(folder.resolve("postgres-passwords"))) {
            passwords.load(file);
        }
        String port = Files.readAllLines(folder.resolve("postgres").resolve("postmaster.pid"))
                .get(3)
                .strip();
        return DriverManager.getConnection(
                "jdbc:postgresql://127.0.0.1:%s/ismap".formatted(port), role, passwords.getProperty(role));
    }

    private void prepareTable() throws Exception {
        try (Connection connection = connect("ismap_owner");
                var statement = connection.createStatement()) {
            statement.execute("create table ismap.plain (id bigint generated always as identity primary key, "
                    + "request bytea not null, answer bytea not null)");
        }
    }

    private Client jdbc(byte[] answer) {
        byte[] request = FACTS.getBytes(StandardCharsets.UTF_8);
        return end -> {
            var took = new ArrayList<Long>();
            try (Connection connection = connect("ismap_owner");
                    var insert =
                            connection.prepareStatement("insert into ismap.plain (request, answer) values (?, ?)")) {
                for (long now = System.nanoTime(); now < end; ) {
                    insert.setBytes(1, request);
                    insert.setBytes(2, answer);
                    insert.executeUpdate();
                    long then = System.nanoTime();
                    took.add(then - now);
                    now = then;
                }
            }
            return took;
        };
    }

    /** One kept connection with as little of a client as there can be: it must not be what is measured. */
    private final class Calls implements AutoCloseable {
        private final Socket socket;
        private final InputStream in;
        private final OutputStream out;
        private final byte[] request;
        private byte[] lastBody = new byte[0];

        Calls(String path) throws IOException {
            socket = new Socket(InetAddress.getLoopbackAddress(), service.port());
            socket.setTcpNoDelay(true);
            in = new BufferedInputStream(socket.getInputStream(), 65536);
            out = socket.getOutputStream();
            request =
                    ("POST %s HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer %s\r\nContent-Type: application/json\r\n"
                                    + "Content-Length: %d\r\n\r\n%s")
                            .formatted(path, ServiceUnderTest.TOKEN, FACTS.length(), FACTS)
                            .getBytes(StandardCharsets.US_ASCII);
        }

        void once() throws IOException {
            out.write(request);
            String status = line();
            if (!status.contains(" 20")) {
                throw new IOException(status);
            }
            int length = -1;
            for (String header = line(); !header.isEmpty(); header = line()) {
                if (header.regionMatches(true, 0, "content-length:", 0, 15)) {
                    length = Integer.parseInt(header.substring(15).strip());
                }
            }
            lastBody = in.readNBytes(length);
        }

        private String line() throws IOException {
            byte[] bytes = new byte[512];
            int length = 0;
            for (int c = in.read(); c != '\n'; c = in.read()) {
                if (c < 0) {
                    throw new IOException("cut");
                }
                if (length < bytes.length) {
                    bytes[length++] = (byte) c;
                }
            }
            return new String(Arrays.copyOf(bytes, length), StandardCharsets.US_ASCII).strip();
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }
}
