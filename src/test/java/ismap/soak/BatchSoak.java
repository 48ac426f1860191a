package ismap.soak;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One long batch against a service with a small heap. Sends and reads at the same time, and checks every answer: of a thousand lines one is
 * wrong (422) and one is the line before it again; of these two, which are decided at once, one is recorded (201) and the other finds that
 * (200). All others are recorded.
 *
 * <p>Arguments: lines.
 */
public final class BatchSoak {

    private static final String HEAP = "-Xmx256m";
    private static final int LINES_A_CHUNK = 100;
    private static final int PROGRESS = 50_000;
    private static final Pattern ANSWER =
            Pattern.compile("\\{\"line\":(\\d+),\"key\":\"([^\"]*)\",\"status\":(\\d+),\"body\":\\{.*\\}\\}");

    private BatchSoak() {}

    public static void main(String[] args) throws Exception {
        int lines = args.length > 0 ? Integer.parseInt(args[0]) : 1_000_000;
        Path folder = Files.createTempDirectory("ismap-soak-");
        String wrong;
        try (ServiceUnderTest service = new ServiceUnderTest(folder, List.of(HEAP));
                Socket socket = new Socket(InetAddress.getLoopbackAddress(), service.port())) {
            socket.setSoTimeout(120_000);
            OutputStream out = new BufferedOutputStream(socket.getOutputStream(), 1 << 16);
            write(
                    out,
                    "POST /api/v1/decisions/service-validity/batch HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer "
                            + ServiceUnderTest.TOKEN
                            + "\r\nContent-Type: application/x-ndjson\r\nTransfer-Encoding: chunked\r\n\r\n");
            var sending = CompletableFuture.runAsync(() -> send(out, lines));
            long start = System.nanoTime();
            wrong = read(new Lines(socket.getInputStream()), lines, service, start);
            if (wrong.isEmpty()) {
                sending.join();
                double seconds = (System.nanoTime() - start) / 1e9;
                System.out.printf(
                        "%d lines in order and as expected: %.1f s, %.0f lines/s, peak memory of the service %d MB%n",
                        lines, seconds, lines / seconds, peak(service));
            }
        }
        if (!wrong.isEmpty()) {
            System.out.println("FAILED: " + wrong);
        }
        System.exit(wrong.isEmpty() ? 0 : 1);
    }

    private static String line(int number) {
        int meant = meant(number);
        return ("{\"key\":\"soak-%d\",\"asOf\":\"2022-%02d-01\",\"reference\":{\"service\":\"S-%d\"},\"facts\":{"
                        + "\"registrationDecision\":\"%s\",\"registrationDecidedOn\":\"2021-04-01\","
                        + "\"assessmentPeriodEnd\":\"2021-03-31\",\"renewalFiledAt\":\"2022-07-31T14:59:59Z\"}}\n")
                .formatted(meant, 1 + meant % 12, meant, meant % 1000 == 0 ? "NO_SUCH_DECISION" : "APPROVED");
    }

    private static int meant(int number) {
        return number % 1000 == 2 ? number - 1 : number;
    }

    /** @param before the status of the line before */
    private static boolean isExpected(int number, int status, int before) {
        return switch (number % 1000) {
            case 0 -> status == 422;
            case 1 -> status == 201 || status == 200;
            case 2 -> status == (before == 201 ? 200 : 201);
            default -> status == 201;
        };
    }

    private static void send(OutputStream out, int lines) {
        try {
            for (int first = 1; first <= lines; first += LINES_A_CHUNK) {
                var piece = new StringBuilder();
                for (int number = first; number < Math.min(first + LINES_A_CHUNK, lines + 1); number++) {
                    piece.append(line(number));
                }
                write(out, "%x\r\n%s\r\n".formatted(piece.length(), piece));
            }
            write(out, "0\r\n\r\n");
        } catch (IOException cut) {
            throw new IllegalStateException("the batch cannot be sent", cut);
        }
    }

    private static void write(OutputStream out, String ascii) throws IOException {
        out.write(ascii.getBytes(StandardCharsets.US_ASCII));
        out.flush();
    }

    /** @return what is wrong; blank where nothing is */
    private static String read(Lines answers, int lines, ServiceUnderTest service, long start) throws IOException {
        if (!answers.status.startsWith("HTTP/1.1 200")) {
            return answers.status;
        }
        int number = 0;
        int before = 0;
        for (String answer = answers.next(); answer != null; answer = answers.next()) {
            number++;
            Matcher matcher = ANSWER.matcher(answer);
            if (!matcher.matches()
                    || Integer.parseInt(matcher.group(1)) != number
                    || !matcher.group(2).equals("soak-" + meant(number))
                    || !isExpected(number, Integer.parseInt(matcher.group(3)), before)) {
                return "line %d, wanted key soak-%d: %s".formatted(number, meant(number), answer);
            }
            before = Integer.parseInt(matcher.group(3));
            if (number % PROGRESS == 0) {
                System.out.printf(
                        "%d lines, %.0f/s, peak %d MB%n",
                        number, number / ((System.nanoTime() - start) / 1e9), peak(service));
            }
        }
        return number == lines ? "" : "%d lines answered of %d".formatted(number, lines);
    }

    /** The most memory that the service ever had resident, in MB. */
    private static long peak(ServiceUnderTest service) throws IOException {
        return Files.readAllLines(Path.of("/proc", Long.toString(service.pid()), "status")).stream()
                .filter(line -> line.startsWith("VmHWM"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) / 1024)
                .findFirst()
                .orElse(0);
    }

    /** The lines of a chunked answer. */
    private static final class Lines {
        private final InputStream in;
        private final String status;
        private int leftInChunk;

        Lines(InputStream socket) throws IOException {
            in = new BufferedInputStream(socket, 1 << 16);
            status = raw();
            String header = raw();
            while (!header.isEmpty()) {
                if (header.toLowerCase(Locale.ROOT).startsWith("ismap-")) {
                    System.out.println(header);
                }
                header = raw();
            }
        }

        private String raw() throws IOException {
            var line = new ByteArrayOutputStream();
            for (int next = in.read(); next != '\n'; next = in.read()) {
                if (next < 0) {
                    throw new IOException("the answer was cut off");
                }
                if (next != '\r') {
                    line.write(next);
                }
            }
            return line.toString(StandardCharsets.US_ASCII);
        }

        @Nullable
        String next() throws IOException {
            var line = new ByteArrayOutputStream();
            while (true) {
                if (leftInChunk == 0) {
                    leftInChunk = Integer.parseInt(raw(), 16);
                    if (leftInChunk == 0) {
                        return line.size() == 0 ? null : line.toString(StandardCharsets.UTF_8);
                    }
                }
                int next = in.read();
                leftInChunk--;
                if (leftInChunk == 0) {
                    raw();
                }
                if (next < 0) {
                    throw new IOException("the answer was cut off");
                }
                if (next == '\n') {
                    return line.toString(StandardCharsets.UTF_8);
                }
                line.write(next);
            }
        }
    }
}
