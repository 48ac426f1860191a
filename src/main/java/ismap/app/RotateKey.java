package ismap.app;

import ismap.ledger.SigningKey;
import ismap.ledger.StorageUnavailable;
import ismap.postgres.Database;
import ismap.postgres.DatabaseSettings;
import ismap.postgres.StorageRefused;
import java.io.PrintStream;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The command {@code rotate-key}: a new key signs checkpoints from here on, and the old one says so. */
final class RotateKey {

    private final Map<String, String> environment;
    private final Clock clock;
    private final PrintStream out;
    private final PrintStream err;

    RotateKey(Map<String, String> environment, Clock clock, PrintStream out, PrintStream err) {
        this.environment = environment;
        this.clock = clock;
        this.out = out;
        this.err = err;
    }

    /** @return the code to exit with: 0, 1 where it was refused, 2 usage */
    int run(List<String> args) {
        if (!args.isEmpty()) {
            err.println("使い方 / Usage: rotate-key");
            return Serve.USAGE;
        }
        Settings.Read read = Settings.from(environment, false);
        if (!read.refused().isEmpty()) {
            read.refused().forEach(sentence -> err.print(StartReport.of(sentence, List.of())));
            return Serve.REFUSED;
        }
        SigningKeyFile file = new SigningKeyFile(read.settings().signingKey());
        try (Database database = Database.open(DatabaseSettings.from(environment))) {
            SigningKeys keys = new SigningKeys(file, database.checkpoints(), clock);
            keys.begin();
            Optional<SigningKey> key = keys.rotate();
            if (key.isEmpty()) {
                err.printf(
                        "今の署名鍵が %s にないため、引き継げません。鍵のファイルを戻してください。%n"
                                + "The key that signs now is not in %s, so it cannot hand over. Put its file back.%n",
                        file, file);
                return Serve.REFUSED;
            }
            out.printf(
                    "署名鍵を交換しました。 / The signing key was replaced.%n%s → %s%n",
                    key.get().previous(), key.get().keyId());
            return Serve.STARTED;
        } catch (SigningKeyFile.Unusable unusable) {
            err.print(StartReport.of(unusable.what(), List.of()));
        } catch (StorageRefused refused) {
            err.printf(
                    "データベースを利用できません。 / The database cannot be used: %s%n  → %s%n",
                    refused.getMessage(), refused.advice());
        } catch (StorageUnavailable gone) {
            err.println("データベースとの接続が失われました。もう一度実行してください。 / The database was lost; run it again.");
        }
        return Serve.REFUSED;
    }
}
