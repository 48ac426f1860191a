package ismap.cli;

import ismap.backup.BackupFile;
import ismap.backup.BackupManifest;
import ismap.backup.BackupRefused;
import ismap.backup.TableSource;
import ismap.json.JsonWriter;
import ismap.ledger.Checkpoint;
import ismap.ledger.KeyRing;
import ismap.ledger.StorageUnavailable;
import ismap.ledger.StoredCheckpoints;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;

/** Copies the whole database into a file, as it is at one moment, and beside it the checkpoints. */
@Command(
        name = "backup",
        mixinStandardHelpOptions = true,
        description = {
            "Copies the database that the service's environment variables name into one file, as it is at one moment, and reads the file again. The service may go on meanwhile. Beside it come the signed checkpoints, to be kept apart.",
            "サービスの環境変数が示すデータベースを、ある一時点の姿で一つのファイルに写し、読み直して確かめます。サービスは動いていて構いません。署名付きチェックポイントを隣に書き出します。別の場所に保管してください。"
        })
final class BackupCommand implements Callable<Integer> {

    private static final DateTimeFormatter STAMP =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

    @CommandLine.Spec
    @Nullable
    CommandSpec spec;

    @Parameters(
            paramLabel = "FILE|DIR",
            description = {
                "The file to write, or a folder, in which it is named after the time. A file that is there is never written over.",
                "書き込むファイル、又はフォルダー（時刻がファイル名になります）。既にあるファイルには上書きしません。"
            })
    Path path = Path.of("");

    @Option(
            names = "--with-key",
            description = {
                "Copy the private key that signs checkpoints as well, into a file of its own. Keep it apart: who has it and the database can forge both.",
                "チェックポイントに署名する秘密鍵も、別のファイルに写します。必ず別の場所に保管してください。鍵とデータベースの両方を持つ者は、どちらも偽造できます。"
            })
    boolean withKey;

    private final CliTools tools;
    private final PrintWriter out;
    private final PrintWriter err;

    BackupCommand(CliTools tools, PrintWriter out, PrintWriter err) {
        this.tools = tools;
        this.out = out;
        this.err = err;
    }

    @Override
    public Integer call() {
        Instant now = tools.clock().instant().truncatedTo(ChronoUnit.SECONDS);
        Path file = (Files.isDirectory(path) ? path.resolve("ismap-backup-" + STAMP.format(now) + ".zip") : path)
                .toAbsolutePath();
        Path folder = Objects.requireNonNull(file.getParent());
        if (!Files.isDirectory(folder)) {
            throw usage("There is no folder %s. / フォルダー %s がありません。".formatted(folder, folder));
        }
        Path checkpoints = beside(file, ".checkpoints.json");
        Path key = beside(file, ".signing-key");
        for (Path each : List.of(file, checkpoints, key)) {
            if (Files.exists(each)) {
                throw usage("%s is there already. / %s は既にあります。".formatted(each, each));
            }
        }
        try {
            write(file, checkpoints, key, now);
            return Cli.CLEAN;
        } catch (Storage.Refused refused) {
            err.println(refused.why().ja());
            err.println(refused.why().en());
        } catch (StorageUnavailable gone) {
            err.println("データベースとの接続が失われました。もう一度実行してください。 / The database was lost; run it again.");
            err.println(gone.getMessage());
        } catch (BackupRefused damaged) {
            err.println(damaged.what().ja());
            err.println(damaged.what().en());
        } catch (IOException unwritable) {
            err.println("バックアップを書き込めませんでした。 / The backup could not be written: " + unwritable.getMessage());
        }
        return Cli.FINDINGS;
    }

    private void write(Path file, Path checkpoints, Path key, Instant now)
            throws Storage.Refused, BackupRefused, IOException {
        BackupManifest manifest;
        try (TableSource source = tools.backups().get().source()) {
            manifest = BackupFile.write(file, source, now, new CopyProgress("書出し", "written", err));
            if (manifest.checkpoint().isPresent()) {
                export(checkpoints, source, manifest.checkpoint().get().sequence());
            }
        }
        try (BackupFile written = BackupFile.open(file)) {
            written.check(new CopyProgress("読直し", "read again", err));
        }
        if (withKey) {
            tools.backups().get().copyKey(key);
        }
        out.printf(
                "バックアップを作成しました: %s（表 %d、行 %d）%n%s は連鎖の%d番までを含みます。%n",
                file,
                manifest.parts().size(),
                manifest.rows(),
                file.getFileName(),
                manifest.head().map(head -> head.sequence()).orElse(0L));
        out.printf(
                "Backed up: %s (%d tables, %d rows), up to %d of the chain.%n",
                file,
                manifest.parts().size(),
                manifest.rows(),
                manifest.head().map(head -> head.sequence()).orElse(0L));
        if (Files.exists(checkpoints)) {
            out.printf("チェックポイント / Checkpoints: %s%n", checkpoints);
        }
        if (withKey) {
            out.printf("秘密鍵 / Private key: %s%n", key);
        }
    }

    /** One file that {@code verify} and {@code restore} take both checkpoints and keys from. */
    private static void export(Path file, TableSource source, long last) throws IOException {
        try (OutputStream json = new BufferedOutputStream(Files.newOutputStream(file, StandardOpenOption.CREATE_NEW))) {
            json.write(text("{\"keys\":"));
            json.write(JsonWriter.write(new KeyRing(source.checkpoints().keys()).form()));
            json.write(text(",\"checkpoints\":["));
            var all = new StoredCheckpoints(source.checkpoints(), 0, last);
            boolean first = true;
            while (all.hasNext()) {
                Checkpoint checkpoint = all.next();
                json.write(text(first ? "\n" : ",\n"));
                json.write(JsonWriter.write(checkpoint.form()));
                first = false;
            }
            json.write(text("\n]}\n"));
        }
    }

    private static byte[] text(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static Path beside(Path file, String ending) {
        return file.resolveSibling(file.getFileName().toString().replaceFirst("\\.zip$", "") + ending);
    }

    private ParameterException usage(String message) {
        return new ParameterException(Objects.requireNonNull(spec).commandLine(), message);
    }
}
