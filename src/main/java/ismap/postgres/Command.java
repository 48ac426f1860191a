package ismap.postgres;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A short-lived program and what it said. */
record Command(int exitCode, String output) {
    private static final int SECONDS = 90;

    boolean succeeded() {
        return exitCode == 0;
    }

    /** A program that does not exist is one that failed: exit code 127, as a shell has it. */
    static Command run(List<String> words) {
        return run(Path.of("/"), words);
    }

    static Command run(Path folder, List<String> words) {
        var builder = new ProcessBuilder(new ArrayList<>(words))
                .directory(folder.toFile())
                .redirectErrorStream(true);
        builder.redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()));
        builder.environment().keySet().removeIf(name -> name.startsWith("PG")); // PGDATA, PGPORT, PGOPTIONS ...
        builder.environment().put("LC_ALL", "C"); // messages that we look at, and no locale that is not installed
        Process process;
        try {
            process = builder.start();
        } catch (IOException e) {
            return new Command(127, String.valueOf(e.getMessage()));
        }
        try (InputStream said = process.getInputStream()) {
            var output = new String(said.readAllBytes(), StandardCharsets.UTF_8).strip();
            if (!process.waitFor(SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                return new Command(124, output + " (gave up after " + SECONDS + " s)");
            }
            return new Command(process.exitValue(), output);
        } catch (IOException e) {
            return new Command(126, String.valueOf(e.getMessage()));
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
            return new Command(125, "interrupted");
        }
    }
}
