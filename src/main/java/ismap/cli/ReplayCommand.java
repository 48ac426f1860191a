package ismap.cli;

import ismap.decision.Problem;
import ismap.evaluation.ActiveRulebook;
import ismap.evaluation.FolderReplays;
import ismap.evaluation.Recorded;
import ismap.evaluation.Replay;
import ismap.json.JsonReader;
import ismap.json.Parsed;
import ismap.ledger.Receipt;
import ismap.ledger.RecordFilter;
import ismap.ledger.RecordSearch;
import ismap.ledger.Redaction;
import ismap.publication.CheckedRulebook;
import ismap.publication.RulebookFolder;
import ismap.rulebook.Digests;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** Decides records again: those of a database, or receipts of a file under the rulebook of a folder. */
@Command(
        name = "replay",
        mixinStandardHelpOptions = true,
        description = {
            "Decides records again under the revision of each, and compares the whole answers. Without --file: those of the database that the service's environment variables name (the embedded one while no service runs on it).",
            "記録をそれぞれの改定版でもう一度判定し、回答の全体を比べます。--file がないときは、サービスの環境変数が示すデータベースの記録を対象とします（組込みのものは、サービスが動いていないときに限ります）。"
        })
final class ReplayCommand implements Callable<Integer> {

    private static final int PAGE = 100;

    @CommandLine.Spec
    @Nullable
    CommandSpec spec;

    @Option(
            names = "--from",
            paramLabel = "SEQ",
            defaultValue = "1",
            description = {"The first sequence.", "最初の連番。"})
    long from;

    @Option(
            names = "--to",
            paramLabel = "SEQ",
            description = {"The last sequence.", "最後の連番。"})
    @Nullable
    Long to;

    @Option(
            names = "--id",
            paramLabel = "ID",
            description = {"One record alone.", "一つの記録だけ。"})
    @Nullable
    UUID id;

    @Option(
            names = "--file",
            paramLabel = "EXPORT.ndjson",
            description = {"Receipts, one a line, instead of a database.", "データベースの代わりに、一行に一つの受領書を持つファイル。"})
    @Nullable
    Path file;

    @Option(
            names = "--rulebook",
            paramLabel = "DIR",
            description = {"The rulebook that the receipts of --file were decided by.", "--file の受領書の判定に用いた規則集のフォルダー。"})
    @Nullable
    Path rulebook;

    @Option(
            names = "--format",
            paramLabel = "text|json",
            defaultValue = "text",
            description = {
                "json: one object a line, for each record that is not the same, and a summary.",
                "json: 同じでない記録ごとに一行、最後に集計。"
            })
    ReplayReport.Format format = ReplayReport.Format.TEXT;

    private final CliTools tools;
    private final PrintWriter out;
    private final PrintWriter err;

    ReplayCommand(CliTools tools, PrintWriter out, PrintWriter err) {
        this.tools = tools;
        this.out = out;
        this.err = err;
    }

    @Override
    public Integer call() throws IOException {
        boolean range = to != null || from != 1;
        if ((file == null) != (rulebook == null)) {
            throw usage("--file and --rulebook go together. / --file と --rulebook は一緒に指定してください。");
        }
        if (file != null && (id != null || range) || id != null && range) {
            throw usage("Name a file, one record or a range. / ファイル、一つの記録、範囲のどれか一つを指定してください。");
        }
        var report = new ReplayReport(format, out, err);
        if (file != null && rulebook != null) {
            return file(file, rulebook, report);
        }
        try (Storage storage = tools.storage().open()) {
            return database(storage, report);
        } catch (Storage.Refused refused) {
            err.println(refused.why().ja());
            err.println(refused.why().en());
            return Cli.FINDINGS;
        }
    }

    private int database(Storage storage, ReplayReport report) {
        if (id != null) {
            Receipt receipt = storage.find(id)
                    .orElseThrow(() -> usage("There is no record %s. / 記録 %s はありません。".formatted(id, id)));
            report.add(storage.replays().replay(Recorded.of(receipt)));
            return report.end();
        }
        long last = to == null ? RecordSearch.END : to;
        long after = from - 1;
        List<Receipt> page;
        do {
            page = storage.search().receipts(RecordFilter.NONE, after, PAGE);
            for (Receipt receipt : page) {
                after = receipt.seal().sequence();
                if (after > last) {
                    return report.end();
                }
                report.add(storage.replays().replay(Recorded.of(receipt)));
            }
        } while (page.size() == PAGE);
        return report.end();
    }

    private int file(Path receipts, Path folder, ReplayReport report) throws IOException {
        RulebookFolder read = RulebookFolder.read(folder);
        CheckedRulebook checked = tools.check().check(read.files());
        if (checked.rulebook().isEmpty() || read.problems().stream().anyMatch(Problem::isError)) {
            err.print(ProblemReports.text(read.problems()));
            err.print(ProblemReports.text(checked.problems()));
            return Cli.FINDINGS;
        }
        ActiveRulebook active = ActiveRulebook.compile(
                "folder",
                Digests.ofRulebook(checked.rulebook().get()),
                tools.clock().instant(),
                checked.rulebook().get(),
                checked.sources(),
                tools.compiler());
        var replays = new FolderReplays(
                active,
                Digests.ofFiles(read.files()),
                (decision, revision, difference) -> err.println("evaluation-failed: " + decision + ": " + difference));
        try (var rules = active.rules();
                BufferedReader lines = Files.newBufferedReader(receipts, StandardCharsets.UTF_8)) {
            int number = 0;
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                number++;
                if (!line.isBlank() && !isRedaction(line)) {
                    report.add(replayed(replays, line).orElseThrow(notAReceipt(receipts, number)));
                }
            }
        } catch (java.nio.file.NoSuchFileException | java.nio.charset.CharacterCodingException unreadable) {
            throw usage("%s cannot be read. / %s を読み込めません。".formatted(receipts, receipts));
        }
        return report.end();
    }

    private static boolean isRedaction(String line) {
        return line.contains(Redaction.KIND)
                && JsonReader.read(line.getBytes(StandardCharsets.UTF_8)) instanceof Parsed.Document document
                && FolderReplays.isRedaction(document.value());
    }

    private static Optional<Replay> replayed(FolderReplays replays, String line) {
        return JsonReader.read(line.getBytes(StandardCharsets.UTF_8)) instanceof Parsed.Document document
                ? replays.replay(document.value())
                : Optional.empty();
    }

    private java.util.function.Supplier<ParameterException> notAReceipt(Path receipts, int line) {
        return () -> usage("%s:%d is no receipt. / %s の%d行目は受領書ではありません。".formatted(receipts, line, receipts, line));
    }

    private ParameterException usage(String message) {
        return new ParameterException(java.util.Objects.requireNonNull(spec).commandLine(), message);
    }
}
