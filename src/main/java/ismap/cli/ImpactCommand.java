package ismap.cli;

import ismap.evaluation.Impact;
import ismap.evaluation.ImpactReport;
import ismap.evaluation.Recorded;
import ismap.json.JsonReader;
import ismap.json.JsonWriter;
import ismap.json.Parsed;
import ismap.publication.CheckedRulebook;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;

/** What a rulebook would answer to what is on record. */
@Command(
        name = "impact",
        mixinStandardHelpOptions = true,
        description = {
            "Decides what is on record under the rulebook of a folder, and tells what would be answered otherwise. Without --records: the newest records of the database that --datasource, or the service's environment variables, name.",
            "記録された要求をフォルダーの規則集で判定し、答えの変わるものを示します。--records がないときは、--datasource 又はサービスの環境変数が示すデータベースの新しい記録を対象とします。"
        },
        exitCodeListHeading = "%nExit codes / 終了コード:%n",
        exitCodeList = {
            "0:none differs / 変わるものなし",
            "1:some differ, or a folder with mistakes / 変わるものあり、又はフォルダーに誤りあり",
            "2:usage / 使い方の誤り"
        })
final class ImpactCommand implements Callable<Integer> {

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
            names = "--records",
            paramLabel = "EXPORT.ndjson",
            description = {"Receipts, one a line, instead of a database.", "データベースの代わりに、一行に一つの受領書を持つファイル。"})
    @Nullable
    Path records;

    @Option(
            names = "--datasource",
            paramLabel = "URL",
            description = {
                "The JDBC address of a database, in place of ISMAP_DATASOURCE_URL; who asks is said by the other variables.",
                "ISMAP_DATASOURCE_URL に代わるデータベースのJDBCの所在。利用者名などは環境変数で示します。"
            })
    @Nullable
    String datasource;

    @Option(
            names = "--newest",
            paramLabel = "N",
            defaultValue = "" + ImpactReport.RECORDS,
            description = {"How many of the newest records to look at in a database.", "データベースの新しい記録のうち調べる件数。"})
    int newest = ImpactReport.RECORDS;

    @Option(
            names = "--base",
            paramLabel = "DIR",
            description = {
                "The rulebook that this one was made from: what that one answers in the same way is left out.",
                "元になった規則集のフォルダー。それでも同じ答えになるものは数えません。"
            })
    @Nullable
    Path base;

    private final CliTools tools;
    private final PrintWriter out;
    private final PrintWriter err;

    ImpactCommand(CliTools tools, PrintWriter out, PrintWriter err) {
        this.tools = tools;
        this.out = out;
        this.err = err;
    }

    @Override
    public Integer call() throws IOException {
        if (records != null && datasource != null || newest < 1) {
            throw usage(
                    "Name --records or --datasource, not both; --newest is 1 or more. / --records と --datasource はどちらか一つ、--newest は1以上です。");
        }
        Optional<CheckedRulebook> checked = Loaded.read(tools, dir, err);
        Optional<CheckedRulebook> from = base == null ? Optional.empty() : Loaded.read(tools, base, err);
        if (checked.isEmpty() || (base != null && from.isEmpty())) {
            return Cli.FINDINGS;
        }
        var report = new ImpactReport(new Impact(checked.get().plans()), from.map(read -> new Impact(read.plans())));
        if (records != null) {
            file(records, report);
        } else {
            Map<String, String> more = datasource == null ? Map.of() : Map.of("ISMAP_DATASOURCE_URL", datasource);
            try (Storage storage = tools.storage().open(more)) {
                report.newest(storage.search(), newest, done -> {
                    err.println(done);
                    err.flush();
                });
            } catch (Storage.Refused refused) {
                err.println(refused.why().ja());
                err.println(refused.why().en());
                return Cli.FINDINGS;
            }
        }
        out.println(new String(JsonWriter.write(report.form()), StandardCharsets.UTF_8));
        err.printf(
                "%d件を調べ、%d件の答えが変わります（うち結論が変わるもの%d件、判定できないもの%d件）。%n",
                report.examined(), report.different(), report.otherOutcome(), report.undecidable());
        err.printf(
                "%d examined: %d would be answered otherwise, %d of them with another outcome; %d cannot be decided.%n",
                report.examined(), report.different(), report.otherOutcome(), report.undecidable());
        return report.different() == 0 && report.undecidable() == 0 ? Cli.CLEAN : Cli.FINDINGS;
    }

    private void file(Path receipts, ImpactReport report) throws IOException {
        int number = 0;
        try (BufferedReader lines = Files.newBufferedReader(receipts, StandardCharsets.UTF_8)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                number++;
                if (!line.isBlank()) {
                    report.add(recorded(line, receipts, number));
                }
            }
        } catch (java.nio.file.NoSuchFileException | java.nio.charset.CharacterCodingException unreadable) {
            throw usage("%s cannot be read. / %s を読み込めません。".formatted(receipts, receipts));
        }
    }

    private Recorded recorded(String line, Path receipts, int number) {
        Optional<Recorded> read =
                JsonReader.read(line.getBytes(StandardCharsets.UTF_8)) instanceof Parsed.Document document
                        ? Recorded.read(document.value())
                        : Optional.empty();
        return read.orElseThrow(() ->
                usage("%s:%d is no receipt. / %s の%d行目は受領書ではありません。".formatted(receipts, number, receipts, number)));
    }

    private ParameterException usage(String message) {
        return new ParameterException(java.util.Objects.requireNonNull(spec).commandLine(), message);
    }
}
