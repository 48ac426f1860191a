package ismap.app;

import ismap.backup.TableSource;
import ismap.backup.TableTarget;
import ismap.cli.Backups;
import ismap.cli.Storage;
import ismap.decision.Bilingual;
import ismap.postgres.DatabaseSettings;
import ismap.postgres.StorageRefused;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Function;

/** The database and the key that the service itself is set to. */
final class DatabaseBackups implements Backups {

    private final Map<String, String> environment;

    DatabaseBackups(Map<String, String> environment) {
        this.environment = environment;
    }

    @Override
    public TableSource source() throws Storage.Refused {
        return open(ismap.postgres.Backups::source);
    }

    @Override
    public TableTarget target() throws Storage.Refused {
        return open(ismap.postgres.Backups::target);
    }

    private <T> T open(Function<DatabaseSettings, T> opener) throws Storage.Refused {
        try {
            return opener.apply(DatabaseSettings.from(environment));
        } catch (StorageRefused refused) {
            throw new Storage.Refused(
                    new Bilingual(
                            "データベースを利用できません。",
                            "The database cannot be used.\n  %s\n  → %s"
                                    .formatted(refused.getMessage(), refused.advice())),
                    refused);
        }
    }

    @Override
    public Path signingKey() throws Storage.Refused {
        Settings.Read read = Settings.from(environment, false);
        if (!read.refused().isEmpty()) {
            throw new Storage.Refused(read.refused().get(0), new IllegalStateException("settings"));
        }
        return read.settings().signingKey().toAbsolutePath().normalize();
    }

    @Override
    public boolean holdsKey(String keyId) throws Storage.Refused {
        try {
            return new SigningKeyFile(signingKey())
                    .read()
                    .filter(key -> key.keyId().equals(keyId))
                    .isPresent();
        } catch (SigningKeyFile.Unusable unusable) {
            return false;
        }
    }

    @Override
    public void copyKey(Path to) throws Storage.Refused, IOException {
        Path from = signingKey();
        try {
            if (new SigningKeyFile(from).read().isEmpty()) {
                throw new Storage.Refused(
                        new Bilingual("署名鍵 %s がありません。".formatted(from), "There is no signing key %s.".formatted(from)),
                        new IOException(from.toString()));
            }
        } catch (SigningKeyFile.Unusable unusable) {
            throw new Storage.Refused(unusable.what(), unusable);
        }
        // Its rights, which only its owner has, go with it.
        Files.copy(from, to, java.nio.file.StandardCopyOption.COPY_ATTRIBUTES);
    }
}
