package ismap.soak;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;

/**
 * Fills the disk under the embedded database, under load: nothing is acknowledged that is lost, and when there is room again the service goes
 * on by itself. The disk is a small one in memory, mounted where nobody else sees it: as root, or in a user namespace.
 *
 * <p>Arguments: seconds for which the disk is full.
 */
public final class DiskFullSoak {

    private static final String INSIDE = "--inside";
    private static final int DISK_MB = 200;
    private static final int UNANIMOUS = 200;

    private DiskFullSoak() {}

    public static void main(String[] args) throws Exception {
        if (args.length > 0 && args[0].equals(INSIDE)) {
            System.exit(inside(Integer.parseInt(args[1])));
        }
        Path log = Files.createTempFile("ismap-soak-", ".log");
        for (List<String> way : List.of(
                List.of("unshare", "--mount", "--propagation", "private"),
                List.of("unshare", "--map-root-user", "--mount", "--propagation", "private"))) {
            var trial = new ArrayList<>(way);
            trial.addAll(List.of("mount", "-t", "tmpfs", "tmpfs", String.valueOf(log.getParent())));
            if (run(trial, log) == 0) {
                var command = new ArrayList<>(way);
                command.addAll(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        DiskFullSoak.class.getName(),
                        INSIDE,
                        args.length > 0 ? args[0] : "5"));
                System.exit(new ProcessBuilder(command).inheritIO().start().waitFor());
            }
        }
        System.out.print(Files.readString(log));
        System.out.println("A disk of its own cannot be mounted here. Run this as root, or allow user namespaces "
                + "(sysctl kernel.unprivileged_userns_clone=1; in a container: --cap-add SYS_ADMIN).");
        System.exit(1);
    }

    private static int run(List<String> command, Path log) throws IOException, InterruptedException {
        try {
            return new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                    .start()
                    .waitFor();
        } catch (IOException noSuchProgram) {
            Files.writeString(log, noSuchProgram + "\n", StandardOpenOption.APPEND);
            return 1;
        }
    }

    private static int inside(int seconds) throws Exception {
        Path folder = Files.createTempDirectory("ismap-soak-");
        Path disk = Files.createDirectory(folder.resolve("disk"));
        Path log = folder.resolve("mount.log");
        Files.createFile(log);
        if (run(List.of("mount", "-t", "tmpfs", "-o", "size=" + DISK_MB + "m,mode=755", "tmpfs", disk.toString()), log)
                != 0) {
            System.out.print(Files.readString(log));
            return 1;
        }
        System.out.printf("a disk of %d MB at %s%n", DISK_MB, disk);
        // The programs are 60 MB that never change.
        Path programs = Path.of("target", "postgres-programs").toAbsolutePath();
        Files.createDirectories(programs);
        Files.createSymbolicLink(disk.resolve("postgres-programs"), programs);
        History history = new History();
        try (ServiceUnderTest service = new ServiceUnderTest(disk, folder.resolve("service.log"), List.of())) {
            int before;
            long stopped;
            try (History.Load load = history.load(service)) {
                history.await(300);
                before = history.acknowledged();
                Path ballast = disk.resolve("ballast");
                fill(ballast);
                long full = System.nanoTime();
                long until = full + TimeUnit.SECONDS.toNanos(60);
                while (history.refused() < UNANIMOUS && System.nanoTime() < until) {
                    fill(ballast); // what PostgreSQL gave back meanwhile
                    Thread.sleep(50);
                }
                if (history.refused() < UNANIMOUS) {
                    history.wrong("the disk is full and nobody is refused");
                }
                int acknowledged = history.acknowledged();
                System.out.printf(
                        "full: %d acknowledged before, %d after; refusing after %.1f s%n",
                        before, acknowledged - before, (System.nanoTime() - full) / 1e9);
                Thread.sleep(TimeUnit.SECONDS.toMillis(seconds));
                Files.delete(ballast);
                stopped = System.nanoTime();
                long refused = history.refused();
                acknowledged = history.acknowledged();
                while (history.acknowledged() == acknowledged && System.nanoTime() < stopped + 60_000_000_000L) {
                    Thread.sleep(20);
                }
                if (history.acknowledged() == acknowledged) {
                    history.wrong("there is room again, and the service does not go on");
                }
                System.out.printf(
                        "%d refused; room again, and after %.1f s the service goes on%n",
                        refused, (System.nanoTime() - stopped) / 1e9);
                Thread.sleep(500);
            }
            System.out.println(history.check(service));
            System.out.println(history.replay(service, 50, new Random(20261122)));
        }
        return history.end();
    }

    /** Until not one byte more can be written. */
    private static void fill(Path ballast) throws IOException {
        for (int piece : new int[] {1 << 20, 1 << 12, 1}) {
            try (OutputStream out =
                    Files.newOutputStream(ballast, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
                byte[] bytes = new byte[piece];
                for (int i = 0; i < DISK_MB * 1024; i++) {
                    out.write(bytes);
                }
            } catch (IOException full) {
                // As it should be.
            }
        }
    }
}
