package ismap.app;

import ismap.cli.Cli;
import java.io.PrintStream;
import java.time.Clock;

/** Wires the commands that work on folders. */
final class CommandLine {

    private CommandLine() {}

    static int run(String[] args, Clock clock, PrintStream out, PrintStream err) {
        return new Cli().run(args);
    }
}
