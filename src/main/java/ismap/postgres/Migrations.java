package ismap.postgres;

import ismap.postgres.DatabaseSettings.Server;
import java.util.Arrays;
import java.util.Map;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationVersion;

/** Brings the schema up to this version of the service, as its owner. */
final class Migrations {
    private Migrations() {}

    static void run(Server server) {
        migrate(server, "latest");
    }

    /** Up to that one and no further, and without the rights of the service's role, which are those of the newest tables. */
    static void run(Server server, String version) {
        migrate(server, version);
    }

    /** Whether this version of the service brings that migration. */
    static boolean knows(Server server, String version) {
        var sought = MigrationVersion.fromVersion(version);
        return Arrays.stream(flyway(server, "latest").info().all())
                .anyMatch(migration -> sought.equals(migration.getVersion()));
    }

    private static void migrate(Server server, String target) {
        var owner = server.migration();
        var service = server.service().username();
        if (service.matches(".*[\"'\\\\].*")) {
            throw new StorageRefused(
                    "the role name %s has a quote or a backslash in it".formatted(service), "use another role");
        }
        try {
            flyway(server, target).migrate();
        } catch (FlywayException e) {
            throw new StorageRefused(
                    "cannot bring the schema in %s up to date as %s: %s"
                            .formatted(withoutParameters(server.url()), owner, rootMessage(e)),
                    "see that the server answers, that %s may sign in and owns the schema ismap (or may create it), and that the role %s exists"
                            .formatted(owner, service),
                    e);
        }
    }

    private static Flyway flyway(Server server, String target) {
        var owner = server.migration();
        return Flyway.configure(Migrations.class.getClassLoader())
                .dataSource(server.url(), owner.username(), owner.password())
                .driver("org.postgresql.Driver")
                .schemas("ismap")
                .createSchemas(true)
                .locations("classpath:db/migration")
                .javaMigrations(new SealEarlierRecords())
                .failOnMissingLocations(true)
                .placeholders(Map.of("service", server.service().username()))
                .target(target)
                .skipDefaultCallbacks(!target.equals("latest"))
                .load();
    }

    private static String withoutParameters(String url) {
        return url.replaceFirst("\\?.*", ""); // they may hold a password
    }

    private static String rootMessage(Throwable thrown) {
        var root = thrown;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return String.valueOf(root.getMessage());
    }
}
