package ismap.cli;

import ismap.analysis.Mutant;
import ismap.analysis.MutationScore;
import ismap.json.JsonWriter;
import ismap.publication.CheckedRulebook;
import ismap.publication.MutantsCheck;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;

/** Which small mistakes in the tables the scenarios would notice. */
@Command(
        name = "mutate",
        mixinStandardHelpOptions = true,
        description = {
            "Makes small mistakes in the tables, one at a time, and tells which of them no scenario notices, each with a case that would.",
            "表に小さな誤りを一つずつ入れ、どのシナリオも気付かないものを、気付く事例とともに示します。"
        })
final class MutateCommand implements Callable<Integer> {

    enum Format {
        TEXT,
        JSON
    }

    private static final int REPORTED = 200;

    @CommandLine.Spec
    @Nullable
    CommandSpec spec;

    @Parameters(
            paramLabel = "DIR",
            description = {
                "The folder that holds decision-tables/, or that folder itself.",
                "decision-tables/ のあるフォルダー、又は decision-tables そのもの。"
            })
    Path dir = Path.of("");

    @Option(
            names = "--threshold",
            paramLabel = "N",
            description = {"Fail where less than N percent are noticed.", "気付くものがN%%に満たないとき、失敗とします。"})
    @Nullable
    Integer threshold;

    @Option(
            names = "--sample",
            paramLabel = "N",
            description = {"Make only N of the mistakes, the same ones each time.", "誤りのうちN件だけを（毎回同じものを）入れます。"})
    @Nullable
    Integer sample;

    @Option(
            names = "--format",
            paramLabel = "text|json",
            defaultValue = "text",
            description = {"How to tell it.", "示し方。"})
    Format format = Format.TEXT;

    private final CliTools tools;
    private final PrintWriter out;
    private final PrintWriter err;

    MutateCommand(CliTools tools, PrintWriter out, PrintWriter err) {
        this.tools = tools;
        this.out = out;
        this.err = err;
    }

    @Override
    public Integer call() {
        OptionalInt least = threshold == null ? OptionalInt.empty() : OptionalInt.of(threshold);
        int most = sample == null ? Integer.MAX_VALUE : sample;
        if (most < 1 || least.orElse(0) < 0 || least.orElse(0) > 100) {
            throw usage("--threshold is a percentage, --sample 1 or more. / --threshold は百分率、--sample は1以上です。");
        }
        Optional<CheckedRulebook> checked = Loaded.read(tools, dir, err);
        if (checked.isEmpty()) {
            return Cli.FINDINGS;
        }
        MutationScore.Result score = new MutationScore(
                        checked.get().rulebook().orElseThrow(),
                        checked.get().plans(),
                        checked.get().scenarios())
                .run(most, (done, total) -> {
                    if (done % REPORTED == 0) {
                        err.printf("%d / %d%n", done, total);
                        err.flush();
                    }
                });
        if (format == Format.JSON) {
            out.println(new String(JsonWriter.write(MutantsCheck.form(score)), StandardCharsets.UTF_8));
        } else {
            text(score);
        }
        return least.isPresent() && score.percent() < least.getAsInt() ? Cli.FINDINGS : Cli.CLEAN;
    }

    private void text(MutationScore.Result score) {
        for (MutationScore.Survivor survivor : score.survivors()) {
            out.printf("%s: %s%n", survivor.decision(), survivor.mutant().id());
            survivor.example()
                    .ifPresent(region -> out.printf(
                            "  例 / example: asOf %s, %s%n",
                            region.example().asOf(),
                            new String(JsonWriter.write(region.example().facts()), StandardCharsets.UTF_8)));
        }
        for (Mutant mutant : score.equivalent()) {
            out.printf("(違いが見つからない / no difference found) %s%n", mutant.id());
        }
        out.printf(
                "%d%%: %d件のうち%d件に気付き、%d件に気付かず、%d件は違いが見つからない（全%d件）。%n",
                score.percent(),
                score.tried(),
                score.killed(),
                score.survivors().size(),
                score.equivalent().size(),
                score.possible());
        out.printf(
                "%d %%: of %d mistakes %d are noticed, %d are not, and of %d no difference was found (%d possible).%n",
                score.percent(),
                score.tried(),
                score.killed(),
                score.survivors().size(),
                score.equivalent().size(),
                score.possible());
    }

    private ParameterException usage(String message) {
        return new ParameterException(java.util.Objects.requireNonNull(spec).commandLine(), message);
    }
}
