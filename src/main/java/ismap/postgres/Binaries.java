package ismap.postgres;

import io.zonky.test.db.postgres.embedded.DefaultPostgresBinaryResolver;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tukaani.xz.XZInputStream;

/**
 * PostgreSQL's own programs, unpacked once from the jar. They are kept beside the data and not in the temporary folder,
 * where anybody may put a program of the same name first.
 */
record Binaries(Path home) {
    private static final Logger log = LoggerFactory.getLogger(Binaries.class);

    /** The major version of the binaries in the pom; a test compares it with what they say themselves. */
    static final String MAJOR = "17";

    String program(String name) {
        return home.resolve("bin").resolve(name).toString();
    }

    static Binaries unpackInto(Path folder) {
        try {
            var archive = archive();
            var home = folder.resolve(MAJOR + "-" + digest(archive));
            if (!Files.isDirectory(home)) {
                log.info("unpacking PostgreSQL {} into {}", MAJOR, home);
                Files.createDirectories(folder);
                var unfinished = Files.createTempDirectory(folder, "unfinished-");
                unpack(archive, unfinished);
                Files.setPosixFilePermissions(unfinished, PosixFilePermissions.fromString("rwxr-xr-x"));
                try {
                    Files.move(unfinished, home, StandardCopyOption.ATOMIC_MOVE);
                } catch (IOException e) {
                    if (!Files.isDirectory(home)) { // else somebody else was faster, with the same bytes
                        throw e;
                    }
                }
            }
            return new Binaries(home);
        } catch (IOException e) {
            throw new StorageRefused(
                    "cannot unpack PostgreSQL into %s: %s".formatted(folder, e.getMessage()),
                    "see that 60 MB are free there and that the service's account may write",
                    e);
        }
    }

    private static byte[] archive() throws IOException {
        var system = System.getProperty("os.name", "");
        var machine = System.getProperty("os.arch", "");
        try (InputStream in = DefaultPostgresBinaryResolver.INSTANCE.getPgBinary(
                system.startsWith("Linux") ? "Linux" : system, machine.equals("amd64") ? "x86_64" : machine)) {
            if (in == null) {
                throw noneFor(system, machine, null);
            }
            return in.readAllBytes();
        } catch (IllegalStateException e) {
            throw noneFor(system, machine, e);
        }
    }

    private static StorageRefused noneFor(String system, String machine, @Nullable Throwable e) {
        return new StorageRefused(
                "the embedded PostgreSQL has no programs for %s on %s".formatted(system, machine),
                "run it on Linux (amd64 or arm64, glibc), or set %s to use a server".formatted(DatabaseSettings.URL),
                e);
    }

    private static void unpack(byte[] archive, Path home) throws IOException {
        try (var tar = new TarArchiveInputStream(new XZInputStream(new ByteArrayInputStream(archive)))) {
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                var path = home.resolve(entry.getName()).normalize();
                if (!path.startsWith(home)) {
                    throw new IOException("an entry leads out of the archive: " + entry.getName());
                }
                if (entry.getName().endsWith(".a")) {
                    continue; // for linking, half of the weight
                }
                if (entry.isDirectory()) {
                    Files.createDirectories(path);
                    Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwxr-xr-x"));
                    continue;
                }
                Files.createDirectories(path.getParent());
                if (entry.isSymbolicLink()) {
                    Files.createSymbolicLink(path, Path.of(entry.getLinkName()));
                } else {
                    Files.copy(tar, path, StandardCopyOption.REPLACE_EXISTING);
                    var executable = (entry.getMode() & 0100) != 0;
                    Files.setPosixFilePermissions(
                            path, PosixFilePermissions.fromString(executable ? "rwxr-xr-x" : "rw-r--r--"));
                }
            }
        }
    }

    private static String digest(byte[] bytes) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(bytes))
                    .substring(0, 16);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
