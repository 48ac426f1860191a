package ismap.postgres;

import ismap.postgres.DatabaseSettings.Login;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;

/** The generated passwords of the embedded server, in a file that its owner alone may read. */
record Credentials(Login superuser, Login owner, Login service) {
    private static final String SUPERUSER = "postgres";
    private static final String OWNER = "ismap_owner";
    private static final String SERVICE = "ismap_service";

    private static final Set<PosixFilePermission> OWNER_ONLY = PosixFilePermissions.fromString("rw-------");

    static Credentials generate() {
        var chance = new SecureRandom();
        return new Credentials(
                new Login(SUPERUSER, password(chance)),
                new Login(OWNER, password(chance)),
                new Login(SERVICE, password(chance)));
    }

    private static String password(SecureRandom chance) {
        var bytes = new byte[24];
        chance.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes); // no quote, no backslash: safe in SQL
    }

    static Optional<Credentials> read(Path file) {
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try {
            var excess = EnumSet.copyOf(Files.getPosixFilePermissions(file));
            excess.removeAll(OWNER_ONLY);
            if (!excess.isEmpty()) {
                throw new StorageRefused(
                        "others may read the passwords of the embedded database: %s is %s"
                                .formatted(file, PosixFilePermissions.toString(Files.getPosixFilePermissions(file))),
                        "delete that file: at the next start new passwords take its place");
            }
            var properties = new Properties();
            properties.load(new StringReader(Files.readString(file)));
            var names = properties.stringPropertyNames();
            if (!names.containsAll(Set.of(SUPERUSER, OWNER, SERVICE))) {
                return Optional.empty(); // cut off while it was written, long ago or on a full disk
            }
            return Optional.of(new Credentials(
                    new Login(SUPERUSER, properties.getProperty(SUPERUSER)),
                    new Login(OWNER, properties.getProperty(OWNER)),
                    new Login(SERVICE, properties.getProperty(SERVICE))));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file, e);
        }
    }

    void write(Path file) {
        var text =
                "# Generated. Deleting this file is safe while the service is stopped: new passwords take its place.\n"
                        + line(superuser) + line(owner) + line(service);
        writePrivately(file, text);
    }

    private static String line(Login login) {
        return login.username() + "=" + login.password() + "\n";
    }

    /** Nobody else may read it at any moment, nor see half of it. */
    static void writePrivately(Path file, String text) {
        var unfinished = file.resolveSibling(file.getFileName() + ".unfinished");
        try {
            Files.deleteIfExists(unfinished);
            Files.createFile(unfinished, PosixFilePermissions.asFileAttribute(OWNER_ONLY));
            Files.write(unfinished, text.getBytes(StandardCharsets.UTF_8), StandardOpenOption.SYNC);
            Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + file, e);
        }
    }
}
