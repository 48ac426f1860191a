package ismap.soak;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import ismap.Shipped;
import ismap.postgres.Database;
import ismap.postgres.DatabaseSettings;
import ismap.publication.RulebookFolder;
import ismap.revision.NewRevision;
import ismap.rulebook.Digests;
import ismap.rulebook.RulebookFiles;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Publishes revision after revision, 16 months and 18 in turns and no two with the same bytes, to a service that is asked all the while. No
 * request fails, and at the end the service holds about as much heap and metaspace as after the thirtieth.
 *
 * <p>Arguments: publications, and after how many of them it is warm.
 */
public final class PublicationSoak {

    private static final int WARM = 30;
    private static final int EVERY = 10;
    private static final double MORE = 1.1;
    private static final String PATH = "/api/v1/decisions/service-validity";
    private static final String FACTS =
            "{\"asOf\":\"2025-06-01\",\"facts\":{\"registrationDecision\":\"APPROVED\",\"registrationDecidedOn\":\"2025-01-01\",\"assessmentPeriodEnd\":\"2024-09-30\"}}";
    private static final ObjectMapper JSON = new ObjectMapper();

    private static final Pattern HEAP = Pattern.compile("garbage-first heap +total \\d+K, used (\\d+)K");
    private static final Pattern METASPACE = Pattern.compile("Metaspace +used (\\d+)K");

    private final ServiceUnderTest service;
    private final Database database;
    private final int warmAfter;
    private final AtomicInteger answered = new AtomicInteger();
    private volatile String wrong = "";
    private volatile boolean over;

    private PublicationSoak(ServiceUnderTest service, Database database, int warmAfter) {
        this.service = service;
        this.database = database;
        this.warmAfter = warmAfter;
    }

    /** In KB, after a collection. */
    private record Memory(long heap, long metaspace) {}

    public static void main(String[] args) throws Exception {
        int publications = args.length > 0 ? Integer.parseInt(args[0]) : 200;
        int warmAfter = args.length > 1 ? Integer.parseInt(args[1]) : WARM;
        if (publications <= warmAfter) {
            System.err.println("more than " + warmAfter);
            System.exit(2);
        }
        Path folder = Files.createTempDirectory("ismap-soak-");
        System.out.printf("%d publications, data in %s%n", publications, folder);
        boolean right;
        try (ServiceUnderTest service = new ServiceUnderTest(folder, List.of("-Xmx512m", "-XX:+UseG1GC"));
                Database database = Database.open(DatabaseSettings.from(settings(folder)))) {
            right = new PublicationSoak(service, database, warmAfter).run(publications);
        }
        System.out.println(right ? "flat, and every request answered" : "FAILED");
        System.exit(right ? 0 : 1);
    }

    /** Of the database that the service runs. */
    private static Map<String, String> settings(Path folder) throws IOException {
        var passwords = new Properties();
        try (var file = Files.newBufferedReader(folder.resolve("postgres-passwords"))) {
            passwords.load(file);
        }
        String port = Files.readAllLines(folder.resolve("postgres").resolve("postmaster.pid"))
                .get(3)
                .strip();
        return Map.of(
                DatabaseSettings.URL, "jdbc:postgresql://127.0.0.1:%s/ismap".formatted(port),
                DatabaseSettings.USERNAME, "ismap_service",
                DatabaseSettings.PASSWORD, passwords.getProperty("ismap_service"),
                DatabaseSettings.MIGRATION_USERNAME, "ismap_owner",
                DatabaseSettings.MIGRATION_PASSWORD, passwords.getProperty("ismap_owner"));
    }

    private boolean run(int publications) throws Exception {
        List<RulebookFiles> variants = List.of(
                Shipped.withMonths(18), RulebookFolder.read(Shipped.FOLDER).files());
        Thread load = new Thread(this::ask, "load");
        load.start();
        Memory warm = new Memory(0, 0);
        Memory last = warm;
        long slowest = 0;
        for (int i = 1; i <= publications && wrong.isEmpty(); i++) {
            long millis = publish(i, variants.get((i - 1) % 2), i % 2 == 1 ? "2026-03-31" : "2026-01-31");
            slowest = Math.max(slowest, millis);
            if (i % EVERY == 0 || i == warmAfter || i == publications) {
                last = memory();
                System.out.printf(
                        "%d: heap %d KB, metaspace %d KB, %d answers, at most %d ms until in force (compiled then)%n",
                        i, last.heap, last.metaspace, answered.get(), slowest);
                slowest = 0;
            }
            if (i == warmAfter) {
                warm = last;
            }
        }
        over = true;
        load.join();
        System.out.print(wrong.isEmpty() ? "" : wrong + "\n");
        return wrong.isEmpty() && last.heap <= warm.heap * MORE && last.metaspace <= warm.metaspace * MORE;
    }

    private void ask() {
        while (!over && wrong.isEmpty()) {
            try {
                HttpResponse<String> response = service.post(PATH, "key-" + answered.get(), FACTS);
                if (response.statusCode() != 201) {
                    wrong = response.statusCode() + " " + response.body();
                }
                answered.incrementAndGet();
                Thread.sleep(20);
            } catch (IOException | InterruptedException lost) {
                wrong = lost.toString();
            }
        }
    }

    /** @return the milliseconds until it decides */
    private long publish(int number, RulebookFiles variant, String expiresOn) throws Exception {
        var files = new TreeMap<>(variant.contents());
        // A comment: another digest of the files, so that nothing kept can be taken for it.
        files.replaceAll((path, content) -> path.endsWith(".drl") ? commented(content, number) : content);
        String id = "soak-" + number;
        var revision = new NewRevision(
                id, "sha256:%064d".formatted(number), Digests.ofFiles(new RulebookFiles(files)), "soak", files);
        database.revisions().publish(revision);
        long published = System.nanoTime();
        JsonNode answer = JSON.nullNode();
        while (!answer.path("revision").path("id").asText().equals(id)) {
            if (System.nanoTime() - published > TimeUnit.SECONDS.toNanos(120)) {
                wrong = id + " is not in force after two minutes: " + answer;
                return 0;
            }
            Thread.sleep(20);
            answer = JSON.readTree(service.post("/api/v1/self-check/service-validity", "none", FACTS)
                    .body());
        }
        if (!answer.path("values").path("expiresOn").asText().equals(expiresOn)) {
            wrong = "%s answers %s".formatted(id, answer);
        }
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - published);
    }

    private static byte[] commented(byte[] drl, int number) {
        byte[] comment = "\n// publication %d\n".formatted(number).getBytes(StandardCharsets.UTF_8);
        byte[] all = Arrays.copyOf(drl, drl.length + comment.length);
        System.arraycopy(comment, 0, all, drl.length, comment.length);
        return all;
    }

    /** When nothing is being worked out ahead any more: the page of the rules waits for that. */
    private Memory memory() throws IOException, InterruptedException {
        if (service.get("/rulebook").statusCode() != 200) {
            wrong = "no page of the rules";
        }
        jcmd("GC.run");
        jcmd("GC.run"); // the first may only enqueue what the second frees
        String info = jcmd("GC.heap_info");
        return new Memory(number(HEAP, info), number(METASPACE, info));
    }

    private static long number(Pattern pattern, String text) {
        Matcher found = pattern.matcher(text);
        if (!found.find()) {
            throw new IllegalStateException(text);
        }
        return Long.parseLong(found.group(1));
    }

    private String jcmd(String what) throws IOException, InterruptedException {
        String home = Objects.requireNonNull(System.getProperty("java.home"));
        Process process = new ProcessBuilder(
                        Path.of(home, "bin", "jcmd").toString(), String.valueOf(service.pid()), what)
                .redirectErrorStream(true)
                .start();
        String said;
        try (var out = process.getInputStream()) {
            said = new String(out.readAllBytes(), StandardCharsets.UTF_8);
        }
        process.waitFor();
        return said;
    }
}
