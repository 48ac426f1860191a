package ismap.postgres;

import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Which database: one that the service runs itself, or a server that somebody else runs. */
public sealed interface DatabaseSettings {
    String URL = "ISMAP_DATASOURCE_URL";
    String USERNAME = "ISMAP_DATASOURCE_USERNAME";
    String PASSWORD = "ISMAP_DATASOURCE_PASSWORD";
    String MIGRATION_USERNAME = "ISMAP_MIGRATION_USERNAME";
    String MIGRATION_PASSWORD = "ISMAP_MIGRATION_PASSWORD";
    String DATA_DIR = "ISMAP_DATA_DIR";
    String PORT = "ISMAP_DATABASE_PORT";

    int ANY_PORT = 0;

    /** @param dataDir keeps the data, the server's binaries and the generated passwords */
    record Embedded(Path dataDir, int port) implements DatabaseSettings {}

    /** @param migration owns the schema; the same as {@code service} where there is only one role */
    record Server(String url, Login service, Login migration) implements DatabaseSettings {}

    record Login(String username, String password) {
        @Override
        public String toString() {
            return username; // a password has no business in a log
        }
    }

    /** @throws StorageRefused if the settings contradict each other */
    static DatabaseSettings from(Map<String, String> environment) {
        var url = value(environment, URL);
        return url == null ? embedded(environment) : server(url, environment);
    }

    private static Embedded embedded(Map<String, String> environment) {
        for (var name : new String[] {USERNAME, PASSWORD, MIGRATION_USERNAME, MIGRATION_PASSWORD}) {
            if (value(environment, name) != null) {
                throw new StorageRefused(
                        "%s is set, but %s is not".formatted(name, URL),
                        "set %s to use a server, or unset %s to use the embedded one".formatted(URL, name));
            }
        }
        var dataDir = value(environment, DATA_DIR);
        var folder =
                Path.of(dataDir == null ? "data" : dataDir).toAbsolutePath().normalize();
        return new Embedded(folder, port(value(environment, PORT)));
    }

    private static int port(@Nullable String value) {
        if (value == null) {
            return ANY_PORT;
        }
        if (!value.matches("[0-9]{1,5}") || Integer.parseInt(value) > 65535) {
            throw new StorageRefused(
                    "%s is \"%s\"".formatted(PORT, value),
                    "give a port from 1 to 65535, or unset it and a free one is taken");
        }
        return Integer.parseInt(value);
    }

    private static Server server(String url, Map<String, String> environment) {
        if (!url.startsWith("jdbc:postgresql:")) {
            throw new StorageRefused(
                    "%s does not begin with jdbc:postgresql:".formatted(URL), // it may hold a password: not shown
                    "give it as jdbc:postgresql://host:5432/database");
        }
        var username = value(environment, USERNAME);
        if (username == null) {
            throw new StorageRefused(
                    "%s is set, but %s is not".formatted(URL, USERNAME),
                    "set %s to the role that the service works under".formatted(USERNAME));
        }
        var service = new Login(username, environment.getOrDefault(PASSWORD, ""));
        var owner = value(environment, MIGRATION_USERNAME);
        if (owner == null) {
            return new Server(url, service, service);
        }
        return new Server(url, service, new Login(owner, environment.getOrDefault(MIGRATION_PASSWORD, "")));
    }

    private static @Nullable String value(Map<String, String> environment, String name) {
        var value = environment.get(name);
        return value == null || value.isBlank() ? null : value.strip();
    }
}
