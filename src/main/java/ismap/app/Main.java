package ismap.app;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;

/** {@code serve} (also without arguments) starts the service; {@code rotate-key} needs its database; {@code config} shows its settings; everything else is the command line's. */
public final class Main {

    private Main() {}

    public static void main(String[] args) {
        // Messages are Japanese too, and a POSIX locale would print question marks.
        PrintStream out = utf8(FileDescriptor.out);
        PrintStream err = utf8(FileDescriptor.err);
        String command = args.length == 0 ? "serve" : args[0];
        boolean serve = command.equals("serve");
        Clock clock = Clock.systemUTC();
        List<String> rest = Arrays.asList(args).subList(Math.min(1, args.length), args.length);
        int code = switch (command) {
            case "serve" -> new Serve(System.getenv(), clock, out, err).run(rest);
            case "rotate-key" -> new RotateKey(System.getenv(), clock, out, err).run(rest);
            case "config" -> new Config(System.getenv(), out, err).run(rest);
            default -> CommandLine.run(args, System.getenv(), clock, out, err);
        };
        if (code != Serve.STARTED || !serve) {
            out.flush();
            err.flush();
            System.exit(code);
        }
    }

    private static PrintStream utf8(FileDescriptor descriptor) {
        return new PrintStream(new FileOutputStream(descriptor), true, StandardCharsets.UTF_8);
    }
}
