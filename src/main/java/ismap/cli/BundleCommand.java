package ismap.cli;

import ismap.publication.Bundle;
import ismap.publication.Bundles.Made;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;

/** Writes a published revision as a signed bundle. */
@Command(
        name = "bundle",
        mixinStandardHelpOptions = true,
        description = {
            "Writes a published revision of the database as a signed bundle, for import elsewhere. A running service gives the same: GET /api/v1/revisions/{id}/bundle.",
            "公表された改定版を、他の環境に取り込むための署名付きの束として書き出します。稼働中のサービスからは GET /api/v1/revisions/{id}/bundle で得られます。"
        })
final class BundleCommand implements Callable<Integer> {

    @CommandLine.Spec
    @Nullable
    CommandSpec spec;

    @Parameters(
            index = "0",
            paramLabel = "REVISION",
            description = {"The id of a published revision, or \"current\".", "公表された改定版のID、又は current（施行中のもの）。"})
    String revision = "";

    @Parameters(
            index = "1",
            paramLabel = "FILE",
            description = {"Where to write it; nothing is overwritten.", "書き込むファイル。上書きはしません。"})
    @Nullable
    Path file;

    private final CliTools tools;
    private final PrintWriter out;
    private final PrintWriter err;

    BundleCommand(CliTools tools, PrintWriter out, PrintWriter err) {
        this.tools = tools;
        this.out = out;
        this.err = err;
    }

    @Override
    public Integer call() throws IOException {
        try (Storage storage = tools.storage().open()) {
            String id = revision.equals("current")
                    ? storage.revisions().inForce().map(one -> one.id()).orElse(revision)
                    : revision;
            Made made = storage.bundles().make(id);
            if (made instanceof Made.Bundled bundled) {
                return write(bundled.bundle());
            }
            err.println(
                    made instanceof Made.Unsigned
                            ? "署名鍵がここにありません（ISMAP_SIGNING_KEY）。 / The signing key is not here (ISMAP_SIGNING_KEY)."
                            : "改定版 %s はありません。 / There is no revision %s.".formatted(id, id));
            return Cli.FINDINGS;
        } catch (Storage.Refused refused) {
            err.println(refused.why().ja());
            err.println(refused.why().en());
            return Cli.FINDINGS;
        }
    }

    private int write(Bundle bundle) throws IOException {
        try {
            Files.write(Objects.requireNonNull(file), bundle.zip(), StandardOpenOption.CREATE_NEW);
        } catch (FileAlreadyExistsException there) {
            throw new ParameterException(
                    Objects.requireNonNull(spec).commandLine(),
                    "%s is there already. / %s はすでにあります。".formatted(file, file));
        }
        out.printf(
                "%s%n内容 / content: sha256:%s%n公表元の鍵 / key of its origin (import --trust): %s%n",
                file, bundle.address(), bundle.origin().orElse(""));
        return Cli.CLEAN;
    }
}
