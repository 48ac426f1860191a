package ismap.cli;

import ismap.analysis.Diff;
import ismap.json.JsonWriter;
import ismap.publication.CheckedRulebook;
import ismap.publication.Comparison;
import ismap.publication.DiffForm;
import ismap.publication.DiffMarkdown;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;

/** What one rulebook changes against another. */
@Command(
        name = "diff",
        mixinStandardHelpOptions = true,
        description = {
            "Tells what a rulebook changes against another: rows, parameters, clauses, and the cases whose answer changes, each with an example.",
            "二つの規則集の違いを示します。行・パラメータ・条項の変更と、答えの変わる場合（例とともに）です。"
        },
        exitCodeListHeading = "%nExit codes / 終了コード:%n",
        exitCodeList = {
            "0:no difference / 違いなし",
            "1:differences, or a folder with mistakes / 違いあり、又はフォルダーに誤りあり",
            "2:usage / 使い方の誤り"
        })
final class DiffCommand implements Callable<Integer> {

    enum Format {
        TEXT,
        MD,
        JSON,
        XLSX
    }

    @CommandLine.Spec
    @Nullable
    CommandSpec spec;

    @Parameters(
            index = "0",
            paramLabel = "BEFORE",
            description = {"The folder of the one rulebook.", "変更前の規則集のフォルダー。"})
    Path before = Path.of("");

    @Parameters(
            index = "1",
            paramLabel = "AFTER",
            description = {"The folder of the other.", "変更後の規則集のフォルダー。"})
    Path after = Path.of("");

    @Option(
            names = "--format",
            paramLabel = "text|md|json|xlsx",
            defaultValue = "text",
            description = {"How to tell it; xlsx needs --out.", "示し方。xlsx には --out が要ります。"})
    Format format = Format.TEXT;

    @Option(
            names = "--out",
            paramLabel = "FILE",
            description = {"Write it there.", "書き込むファイル。"})
    @Nullable
    Path file;

    @Option(
            names = "--budget",
            paramLabel = "N",
            defaultValue = "" + Diff.BUDGET,
            description = {
                "How many requests may be asked of a decision to find what is answered otherwise.",
                "答えの変わる場合を探すために、一つの判断について試す件数の上限。"
            })
    int budget = Diff.BUDGET;

    private final CliTools tools;
    private final PrintWriter out;
    private final PrintWriter err;

    DiffCommand(CliTools tools, PrintWriter out, PrintWriter err) {
        this.tools = tools;
        this.out = out;
        this.err = err;
    }

    @Override
    public Integer call() throws IOException {
        if (budget < 1) {
            throw usage("--budget is 1 or more. / --budget は1以上です。");
        }
        if (format == Format.XLSX && file == null) {
            throw usage("--format xlsx needs --out FILE. / --format xlsx には --out FILE が要ります。");
        }
        Optional<CheckedRulebook> old = Loaded.read(tools, before, err);
        Optional<CheckedRulebook> now = Loaded.read(tools, after, err);
        if (old.isEmpty() || now.isEmpty()) {
            return Cli.FINDINGS;
        }
        Diff diff = Comparison.of(old.get(), now.get(), budget, done -> {});
        write(diff);
        return diff.isEmpty() ? Cli.CLEAN : Cli.FINDINGS;
    }

    private void write(Diff diff) throws IOException {
        if (format == Format.XLSX) {
            Files.write(java.util.Objects.requireNonNull(file), tools.diffs().apply(diff));
            return;
        }
        String text = switch (format) {
            case TEXT -> DiffMarkdown.text(diff);
            case MD -> DiffMarkdown.of(diff);
            case JSON, XLSX -> new String(JsonWriter.write(DiffForm.of(diff)), StandardCharsets.UTF_8) + "\n";
        };
        if (file == null) {
            out.print(text);
        } else {
            Files.writeString(file, text);
        }
    }

    private ParameterException usage(String message) {
        return new ParameterException(java.util.Objects.requireNonNull(spec).commandLine(), message);
    }
}
