package ismap.postgres;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Who PostgreSQL's programs run as. They refuse to be root, so where the service is root they run in a user namespace of
 * their own (root's files, none of root's powers) or, where namespaces are refused as in most containers, under an account
 * that can do nothing else.
 */
final class Account {
    private final String description;
    private final List<String> prefix;
    private final long uid;

    private Account(String description, List<String> prefix, long uid) {
        this.description = description;
        this.prefix = prefix;
        this.uid = uid;
    }

    /** A way to run as somebody; empty where this machine does not offer it. */
    interface Way {
        Optional<Account> tryOut();
    }

    static Account choose(Binaries binaries, Path dataDir) {
        return choose(ways(), binaries, dataDir);
    }

    static Account choose(List<Way> ways, Binaries binaries, Path dataDir) {
        for (var way : ways) {
            var account = way.tryOut().filter(candidate -> candidate.canUse(binaries, dataDir));
            if (account.isPresent()) {
                return account.get();
            }
        }
        throw new StorageRefused(
                "the service runs as root, as which PostgreSQL refuses to run; user namespaces are refused here, and "
                        + "neither of the accounts postgres and nobody can enter " + dataDir,
                "run the service under an ordinary account; or set %s to a folder that the account nobody may enter; or set %s"
                        .formatted(DatabaseSettings.DATA_DIR, DatabaseSettings.URL));
    }

    static List<Way> ways() {
        return ownUid() == 0
                ? List.of(Account::namespace, () -> named("postgres"), () -> named("nobody"))
                : List.of(Account::ourselves);
    }

    static Optional<Account> ourselves() {
        return Optional.of(new Account("the service's own account", List.of(), ownUid()));
    }

    static Optional<Account> namespace() {
        // Inside, root is nobody; outside, the files stay root's.
        return through("a user namespace", List.of("unshare", "--user", "--"));
    }

    static Optional<Account> through(String description, List<String> prefix) {
        return Optional.of(new Account(description, prefix, ownUid()));
    }

    static Optional<Account> named(String name) {
        var uid = number(List.of("id", "-u", name));
        var gid = number(List.of("id", "-g", name));
        if (uid == null || gid == null) {
            return Optional.empty();
        }
        // setpriv and not runuser: no PAM, and no parent process that stays.
        return Optional.of(new Account(
                "the account " + name,
                List.of("setpriv", "--reuid=" + uid, "--regid=" + gid, "--clear-groups", "--"),
                uid));
    }

    private static @Nullable Long number(List<String> words) {
        var said = Command.run(words);
        return said.succeeded() && said.output().matches("[0-9]+") ? Long.valueOf(said.output()) : null;
    }

    private boolean canUse(Binaries binaries, Path dataDir) {
        return run(List.of(binaries.program("postgres"), "--version")).succeeded()
                && run(List.of("test", "-x", dataDir.toString())).succeeded();
    }

    Command run(List<String> words) {
        return Command.run(words(words));
    }

    List<String> words(List<String> words) {
        return Stream.concat(prefix.stream(), words.stream()).toList();
    }

    /** Gives it a folder that was another account's, as happens when a machine starts to refuse namespaces. */
    void own(Path path) {
        try {
            if (uid(path) == uid) {
                return;
            }
            var owner = path.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName(Long.toString(uid));
            // The folder itself comes last: it is what says that all of it was handed over.
            var paths = new ArrayList<Path>();
            Files.walkFileTree(path, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                    paths.add(file);
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException e) throws IOException {
                    if (e != null) {
                        throw e;
                    }
                    paths.add(folder);
                    return FileVisitResult.CONTINUE;
                }
            });
            for (var each : paths) {
                Files.setAttribute(each, "posix:owner", owner, LinkOption.NOFOLLOW_LINKS);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot give " + path + " to " + description, e);
        }
    }

    private static long ownUid() {
        try {
            return uid(Path.of("/proc/self"));
        } catch (IOException | UncheckedIOException e) {
            return -1; // no /proc: not Linux, and there are no programs for it either
        }
    }

    private static long uid(Path path) throws IOException {
        return ((Number) Files.getAttribute(path, "unix:uid")).longValue();
    }

    @Override
    public String toString() {
        return description;
    }
}
