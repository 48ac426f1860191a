package ismap.postgres;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A PostgreSQL server process over a data folder, known by its {@code postmaster.pid}. A number in a file is no proof: it
 * may be left over, and belong to anybody by now. So the process is asked what program it runs and where.
 */
record Postmaster(long pid, Path cluster) {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    static Path pidFile(Path cluster) {
        return cluster.resolve("postmaster.pid");
    }

    /** What the file says; it may be dead, or another program. */
    static Optional<Postmaster> recorded(Path cluster) {
        try {
            var lines = Files.readAllLines(pidFile(cluster), StandardCharsets.ISO_8859_1);
            return lines.isEmpty()
                    ? Optional.empty()
                    : Optional.of(
                            new Postmaster(Math.abs(Long.parseLong(lines.get(0).strip())), cluster));
        } catch (IOException | NumberFormatException e) {
            return Optional.empty();
        }
    }

    /** The port it listens at; empty while it starts. */
    OptionalInt port() {
        try {
            var lines = Files.readAllLines(pidFile(cluster), StandardCharsets.ISO_8859_1);
            return lines.size() > 3
                    ? OptionalInt.of(Integer.parseInt(lines.get(3).strip()))
                    : OptionalInt.empty();
        } catch (IOException | NumberFormatException e) {
            return OptionalInt.empty();
        }
    }

    /** Also false for a zombie, which nobody may be there to bury where the service is a container's first process. */
    boolean isOurs() {
        try {
            var process = Path.of("/proc", Long.toString(pid));
            var program = String.valueOf(
                    Files.readSymbolicLink(process.resolve("exe")).getFileName());
            return program.startsWith("postgres") // " (deleted)" follows where the program was replaced
                    && Files.isSameFile(process.resolve("cwd"), cluster);
        } catch (IOException e) {
            return false;
        }
    }

    boolean isAlive() {
        return ProcessHandle.of(pid).isPresent();
    }

    /** Fast: sessions are cut, what was committed is written out. */
    void stop() {
        if (!stoppedBy("INT", PATIENCE) && !stoppedBy("QUIT", PATIENCE)) {
            throw new StorageRefused(
                    "the PostgreSQL server %d over %s does not stop".formatted(pid, cluster),
                    "look into %s; end it with: kill -9 %d".formatted(cluster.resolve("server.log"), pid));
        }
    }

    private boolean stoppedBy(String signal, Duration patience) {
        // Java can only send TERM, which waits for every session, and KILL. A shell has kill built in.
        Command.run(List.of("/bin/sh", "-c", "kill -" + signal + " " + pid));
        var end = System.nanoTime() + patience.toNanos();
        while (isOurs()) {
            if (System.nanoTime() > end) {
                return false;
            }
            Pause.milliseconds(20);
        }
        return true;
    }
}
