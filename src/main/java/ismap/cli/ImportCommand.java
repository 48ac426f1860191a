package ismap.cli;

import ismap.decision.Problem;
import ismap.publication.Bundle;
import ismap.publication.RulebookFolder;
import ismap.publication.TakeOver.Examined;
import ismap.publication.TakeOver.Outcome;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;

/** Takes a revision over from the bundle of another installation. */
@Command(
        name = "import",
        mixinStandardHelpOptions = true,
        description = {
            "Publishes here a revision that another installation published, exactly as it is; refuses what was altered, is not signed by a trusted installation, or is older than what is here of it.",
            "他の環境で公表された改定版を、そのままここで公表します。改変されたもの、信頼する公表元の署名がないもの、取込み済みのものより古いものは拒みます。"
        })
final class ImportCommand implements Callable<Integer> {

    private static final long LARGEST = RulebookFolder.LARGEST_FOLDER + (1 << 20);

    @CommandLine.Spec
    @Nullable
    CommandSpec spec;

    @Parameters(
            paramLabel = "FILE",
            description = {"A bundle.", "束。"})
    @Nullable
    Path file;

    @Option(
            names = "--trust",
            paramLabel = "KEY",
            description = {
                "The keyId of the first signing key of its origin, made sure of in another way; needed once for each origin.",
                "公表元の最初の署名鍵の keyId。別の経路で確かめたもの。公表元ごとに一度だけ必要です。"
            })
    @Nullable
    String trust;

    @Option(
            names = "--check",
            description = {
                "Only say whether it is in order; needs no database, and --trust.",
                "問題がないかだけを調べます。データベースは要らず、--trust が要ります。"
            })
    boolean check;

    private final CliTools tools;
    private final PrintWriter out;
    private final PrintWriter err;

    ImportCommand(CliTools tools, PrintWriter out, PrintWriter err) {
        this.tools = tools;
        this.out = out;
        this.err = err;
    }

    @Override
    public Integer call() throws IOException {
        byte[] zip = read(Objects.requireNonNull(file));
        if (check) {
            Examined examined = tools.takeOver().examine(zip, Optional.ofNullable(trust));
            examined.bundle().ifPresent(this::describe);
            return print(examined.problems());
        }
        try (Storage storage = tools.storage().open()) {
            Outcome outcome =
                    tools.takeOver().take(zip, Optional.ofNullable(trust), storage.revisions(), storage.takeovers());
            if (outcome instanceof Outcome.Refused refused) {
                return print(refused.problems());
            }
            out.println(
                    outcome instanceof Outcome.Taken taken
                            ? "改定版 %s を公表しました。 / Revision %s is published here."
                                    .formatted(
                                            taken.revision().id(),
                                            taken.revision().id())
                            : "その改定版はすでにあります。 / That revision is here already.");
            return Cli.CLEAN;
        } catch (Storage.Refused refused) {
            err.println(refused.why().ja());
            err.println(refused.why().en());
            return Cli.FINDINGS;
        }
    }

    private byte[] read(Path file) throws IOException {
        if (!Files.isRegularFile(file) || Files.size(file) > LARGEST) {
            throw new ParameterException(
                    Objects.requireNonNull(spec).commandLine(),
                    "%s is no file, or larger than any bundle. / %s はファイルでないか、大きすぎます。".formatted(file, file));
        }
        try (InputStream in = Files.newInputStream(file)) {
            return in.readAllBytes();
        }
    }

    private void describe(Bundle bundle) {
        out.printf(
                "改定版 / revision: %s%n公表 / published: %s%n内容 / content: sha256:%s%n%s%n",
                bundle.revision().id(),
                bundle.publishedAt(),
                bundle.address(),
                bundle.revision().note());
    }

    private int print(List<Problem> problems) {
        err.print(ProblemReports.text(problems));
        err.println(ProblemReports.summary(problems));
        return problems.stream().anyMatch(Problem::isError) ? Cli.FINDINGS : Cli.CLEAN;
    }
}
