package ismap.soak;

import java.io.IOException;
import java.io.StringReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Random;

/**
 * Two services on one database, under load: the one that holds the lock of the chain hangs, and is then killed; the other goes on. Started
 * again, the first restarts the database under the second, which goes on again by itself.
 *
 * <p>Arguments: times, seed.
 */
public final class InstancesSoak {

    private InstancesSoak() {}

    public static void main(String[] args) throws Exception {
        int times = args.length > 0 ? Integer.parseInt(args[0]) : 10;
        Random random = new Random(args.length > 1 ? Long.parseLong(args[1]) : 20261122);
        Path folder = Files.createTempDirectory("ismap-soak-");
        System.out.printf("%d times, data in %s%n", times, folder);
        History history = new History();
        int port = freePort();
        try (var first = new ServiceUnderTest(
                        folder.resolve("first"), List.of(), Map.of("ISMAP_DATABASE_PORT", Integer.toString(port)));
                var second = new ServiceUnderTest(
                        folder.resolve("second"), List.of(), beside(folder.resolve("first"), port))) {
            for (int time = 1; time <= times && history.isClean(); time++) {
                int goesOn;
                try (History.Load load = history.load(first, second)) {
                    history.await(200);
                    Thread.sleep(random.nextInt(500));
                    first.hang();
                    Thread.sleep(2500); // the server throws out who sits on the lock for 1.5 s
                    int before = history.acknowledged();
                    Thread.sleep(1500);
                    goesOn = history.acknowledged() - before;
                    first.kill();
                }
                if (goesOn == 0) {
                    history.wrong("the second service did not go on");
                }
                String said = history.check(second);
                first.startAgain();
                history.waitUntilReady(second);
                System.out.printf("%d: %d acknowledged while the first hung; %s%n", time, goesOn, said);
            }
            System.out.println(history.replay(second, 50, random));
        }
        System.exit(history.end());
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static Map<String, String> beside(Path first, int port) throws IOException {
        var passwords = new Properties();
        passwords.load(new StringReader(Files.readString(first.resolve("postgres-passwords"))));
        return Map.of(
                "ISMAP_DATASOURCE_URL", "jdbc:postgresql://127.0.0.1:%d/ismap".formatted(port),
                "ISMAP_DATASOURCE_USERNAME", "ismap_service",
                "ISMAP_DATASOURCE_PASSWORD", passwords.getProperty("ismap_service"),
                "ISMAP_MIGRATION_USERNAME", "ismap_owner",
                "ISMAP_MIGRATION_PASSWORD", passwords.getProperty("ismap_owner"),
                "ISMAP_SIGNING_KEY", first.resolve("signing-key").toString());
    }
}
