package ismap.cli;

import ismap.decision.Bilingual;
import ismap.json.JsonReader;
import ismap.json.JsonWriter;
import ismap.json.Parsed;
import ismap.ledger.Checkpoint;
import ismap.ledger.KeyRing;
import ismap.ledger.ReceiptsVerifier;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
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

/** Verifies receipts that somebody kept; needs neither the service nor its database. */
@Command(
        name = "verify",
        mixinStandardHelpOptions = true,
        description = {
            "Verifies receipts against their seals, against each other and against signed checkpoints, without the service.",
            "受領証を、封印、前後の受領証、署名されたチェックポイントと照合します。サービスには接続しません。"
        })
final class VerifyCommand implements Callable<Integer> {

    enum Format {
        TEXT,
        JSON
    }

    /** A single receipt may be spread over lines by whoever kept it; an export may not. */
    private static final long LARGEST_RECEIPT = 16L * 1024 * 1024;

    private static final Bilingual NO_CHECKPOINT =
            new Bilingual("チェックポイントがないか、読めません。", "It holds no checkpoint, or one that cannot be read.");

    private final PrintWriter out;

    @CommandLine.Spec
    @Nullable
    CommandSpec spec;

    @Parameters(
            paramLabel = "FILE",
            arity = "1..*",
            description = {
                "A receipt (GET /api/v1/records/{id}), or receipts by sequence, one a line.",
                "受領証（GET /api/v1/records/{id}）、又は番号順に1行に1件ずつ並べた受領証。"
            })
    List<Path> files = new ArrayList<>();

    @Option(
            names = "--checkpoints",
            paramLabel = "DIR|FILE",
            description = {"Signed checkpoints, as they were exported or served.", "書き出された、又はサービスから得たチェックポイント。"})
    @Nullable
    Path checkpoints;

    @Option(
            names = "--keys",
            paramLabel = "FILE",
            description = {
                "The public keys (GET /api/v1/keys); keys.json beside the checkpoints where it is left out.",
                "公開鍵（GET /api/v1/keys）。省略時は、チェックポイントと同じ場所の keys.json。"
            })
    @Nullable
    Path keys;

    @Option(
            names = "--selection",
            description = {"The files leave records out on purpose: a gap is no finding.", "抜粋されたファイルです。番号の欠けを誤りとしません。"
            })
    boolean selection;

    @Option(
            names = "--format",
            paramLabel = "text|json",
            defaultValue = "text",
            description = {"How to print the result.", "結果の表示形式。"})
    Format format = Format.TEXT;

    VerifyCommand(PrintWriter out) {
        this.out = out;
    }

    @Override
    public Integer call() throws IOException {
        var verifier = new ReceiptsVerifier(selection);
        int stated = readCheckpoints(verifier);
        for (Path file : files) {
            if (!Files.isRegularFile(file)) {
                throw usage("%s cannot be read. / %s を読み込めません。".formatted(file, file));
            }
        }
        for (Path file : files) {
            verifier.file(file.toString());
            read(file, verifier);
        }
        ReceiptsVerifier.Report report = verifier.finish();
        switch (format) {
            case TEXT -> print(report, stated);
            case JSON -> out.println(new String(JsonWriter.write(report.form()), StandardCharsets.UTF_8));
        }
        return report.isClean() ? Cli.CLEAN : Cli.FINDINGS;
    }

    private int readCheckpoints(ReceiptsVerifier verifier) throws IOException {
        Path given = checkpoints;
        if (given == null) {
            return 0;
        }
        Path ring = keys == null ? CheckpointFiles.keys(given) : keys;
        if (!Files.isRegularFile(ring) || !Files.exists(given)) {
            throw usage(
                    "--checkpoints needs checkpoints, and the public keys: --keys FILE. / --checkpoints には、チェックポイントと公開鍵（--keys）が必要です。");
        }
        var all = new ArrayList<Checkpoint>();
        for (Path file : CheckpointFiles.of(given)) {
            List<?> stated = CheckpointFiles.list(file, "checkpoints");
            stated.forEach(one -> Checkpoint.read(one)
                    .ifPresentOrElse(all::add, () -> verifier.finding(file.toString(), NO_CHECKPOINT)));
            if (stated.isEmpty()) {
                verifier.finding(file.toString(), NO_CHECKPOINT);
            }
        }
        verifier.checkpoints(given.toString(), all, KeyRing.read(CheckpointFiles.list(ring, "keys")));
        return all.size();
    }

    private static void read(Path file, ReceiptsVerifier verifier) throws IOException {
        if (isOneReceipt(file)) {
            verifier.accept(1, Files.readAllBytes(file));
            return;
        }
        long line = 0;
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file), 1 << 16)) {
            for (byte[] json = line(in); json != null; json = line(in)) {
                line++;
                if (!new String(json, StandardCharsets.UTF_8).isBlank()) {
                    verifier.accept(line, json);
                }
            }
        }
    }

    private static boolean isOneReceipt(Path file) throws IOException {
        return Files.size(file) <= LARGEST_RECEIPT
                && JsonReader.read(Files.readAllBytes(file)) instanceof Parsed.Document;
    }

    private static byte @Nullable [] line(InputStream in) throws IOException {
        var line = new ByteArrayOutputStream();
        for (int b = in.read(); b != '\n'; b = in.read()) {
            if (b < 0) {
                return line.size() == 0 ? null : line.toByteArray();
            }
            line.write(b);
        }
        return line.toByteArray();
    }

    private void print(ReceiptsVerifier.Report report, int stated) {
        for (ReceiptsVerifier.Finding finding : report.findings()) {
            out.printf(
                    "%s%s%s%n  %s%n  %s%n",
                    finding.file(),
                    finding.line() > 0 ? ":" + finding.line() : "",
                    finding.sequence() > 0 ? " #%d %s".formatted(finding.sequence(), finding.id()) : "",
                    finding.what().ja(),
                    finding.what().en());
        }
        if (report.redactions() > 0) {
            out.printf(
                    "抹消の項目 %d件。 / %d entries say that a record was redacted.%n",
                    report.redactions(), report.redactions());
        }
        out.printf(
                "受領証 %d件、指摘 %d件。チェックポイント %d件のうち照合できたもの %d件、それに結び付く受領証 %d件。%n",
                report.receipts(), report.found(), stated, report.checkpoints(), report.anchored());
        out.printf(
                "%d receipts, %d findings. %d of %d checkpoints were held against them; %d receipts hang on one.%n",
                report.receipts(), report.found(), report.checkpoints(), stated, report.anchored());
    }

    private ParameterException usage(String message) {
        return new ParameterException(Objects.requireNonNull(spec).commandLine(), message);
    }
}
