package ismap.soak;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/**
 * Kills the service, stops its database at once, or lets it hang, under load, again and again, and holds the records against the
 * {@link History} after each time.
 *
 * <p>Arguments: cycles, seed.
 */
public final class FaultSoak {

    private static final int REPLAYS = 200;

    private enum Fault {
        SERVICE_KILLED,
        DATABASE_STOPPED,
        DATABASE_HUNG
    }

    private final ServiceUnderTest service;
    private final Random random;
    private final History history = new History();

    private FaultSoak(ServiceUnderTest service, long seed) {
        this.service = service;
        this.random = new Random(seed);
    }

    public static void main(String[] args) throws Exception {
        int cycles = args.length > 0 ? Integer.parseInt(args[0]) : 200;
        long seed = args.length > 1 ? Long.parseLong(args[1]) : 20261122;
        Path folder = Files.createTempDirectory("ismap-soak-");
        System.out.printf("%d cycles, seed %d, data in %s%n", cycles, seed, folder);
        int code;
        try (ServiceUnderTest service = new ServiceUnderTest(folder, List.of())) {
            FaultSoak soak = new FaultSoak(service, seed);
            for (int cycle = 1; cycle <= cycles && soak.history.isClean(); cycle++) {
                soak.cycle(cycle);
            }
            System.out.println(soak.history.replay(service, REPLAYS, soak.random));
            code = soak.history.end();
        }
        System.exit(code);
    }

    private void cycle(int number) throws Exception {
        long start = System.nanoTime();
        // Each kind in turn: ten cycles have all of them.
        Fault fault = Fault.values()[number % Fault.values().length];
        try (History.Load load = history.load(service)) {
            history.await(64);
            Thread.sleep(random.nextInt(500));
            switch (fault) {
                case SERVICE_KILLED -> service.kill();
                case DATABASE_STOPPED -> {
                    service.stopDatabaseAtOnce();
                    Thread.sleep(300);
                }
                case DATABASE_HUNG -> service.hangDatabase(1500 + random.nextInt(1500));
            }
        }
        if (fault == Fault.SERVICE_KILLED) {
            service.startAgain();
        }
        String said = history.check(service);
        System.out.printf(
                "%d: %s, %s; %.1f s%n",
                number,
                fault.name().toLowerCase(Locale.ROOT).replace('_', ' '),
                said,
                (System.nanoTime() - start) / 1e9);
    }
}
