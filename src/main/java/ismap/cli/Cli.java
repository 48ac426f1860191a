package ismap.cli;

import ismap.decision.Place;
import ismap.decision.Problem;
import ismap.decision.ProblemText;
import ismap.evaluation.ActiveRulebook;
import ismap.evaluation.Evaluation;
import ismap.json.JsonReader;
import ismap.json.JsonWriter;
import ismap.json.Parsed;
import ismap.publication.CheckedRulebook;
import ismap.publication.RulebookFolder;
import ismap.regression.Coverage;
import ismap.regression.Scenario;
import ismap.regression.ScenarioResult;
import ismap.regression.ScenarioRunner;
import ismap.rulebook.Digests;
import ismap.rulebook.Plan;
import ismap.rulebook.RuleCompiler.CompiledRules;
import ismap.traceability.Trace;
import ismap.traceability.TraceMarkdown;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;

/**
 * The commands that work on a rulebook in a folder, or on the records of a service, without the service itself. {@code DIR} is the folder that holds {@code decision-tables/},
 * or that folder itself, see {@link RulebookFolder}.
 *
 * <p>Exit codes: 0 clean, 1 findings, 2 usage, 3 internal. Answers and reports go to {@code out}, everything else to {@code err}; both
 * should write UTF-8 whatever the console's locale is.
 */
public final class Cli {

    public static final int CLEAN = 0;
    public static final int FINDINGS = 1;
    public static final int USAGE = 2;
    public static final int INTERNAL = 3;

    private final CliTools tools;
    private final PrintWriter out;
    private final PrintWriter err;

    public Cli(CliTools tools, PrintWriter out, PrintWriter err) {
        this.tools = tools;
        this.out = out;
        this.err = err;
    }

    /** Runs one command and says with which code to exit. Never throws. */
    public int run(String[] args) {
        CommandLine line = new CommandLine(new Commands())
                .addSubcommand(new VerifyCommand(out))
                .addSubcommand(new ReplayCommand(tools, out, err))
                .addSubcommand(new BundleCommand(tools, out, err))
                .addSubcommand(new ImportCommand(tools, out, err))
                .addSubcommand(new PushCommand(tools, out, err))
                .addSubcommand(new PullCommand(tools, err))
                .addSubcommand(new TokenCommand(tools, out, err))
                .addSubcommand(new BackupCommand(tools, out, err))
                .addSubcommand(new RestoreCommand(tools, out, err))
                .addSubcommand(new DiffCommand(tools, out, err))
                .addSubcommand(new ImpactCommand(tools, out, err))
                .addSubcommand(new MutateCommand(tools, out, err))
                .setOut(out)
                .setErr(err)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setUsageHelpAutoWidth(false)
                .setExecutionExceptionHandler((failure, command, parsed) -> internal(failure));
        int code = line.execute(args);
        out.flush();
        err.flush();
        return code;
    }

    private int internal(Exception failure) {
        err.println("内部エラーが起きました。 / An internal error occurred.");
        failure.printStackTrace(err);
        return INTERNAL;
    }

    enum ProblemFormat {
        TEXT,
        JSON,
        SARIF
    }

    enum TestFormat {
        TEXT,
        JUNIT
    }

    private static final String DIR_EN = "The folder that holds decision-tables/, or that folder itself.";
    private static final String DIR_JA = "decision-tables/ のあるフォルダー、又は decision-tables そのもの。";

    @Command(
            name = "ismap",
            mixinStandardHelpOptions = true,
            version = "ISMAP Decision Service 1.0.0",
            synopsisSubcommandLabel = "COMMAND",
            description = {"Checks, tests and asks the decision tables of a folder.", "フォルダーにある判断表を検査し、シナリオで試し、判断させます。"
            },
            footer = {
                "",
                "The command serve starts the service, rotate-key replaces its signing key, config shows its settings. / serve はサービスを起動し、rotate-key は署名鍵を交換し、config は設定を表示します。"
            },
            exitCodeListHeading = "%nExit codes / 終了コード:%n",
            exitCodeList = {
                "0:clean / 問題なし",
                "1:findings: problems, or expectations that do not hold / 問題、又は期待と異なる結果がある",
                "2:usage / 使い方の誤り",
                "3:internal / 内部エラー"
            })
    final class Commands implements Runnable {

        @CommandLine.Spec
        @Nullable
        CommandSpec spec;

        @Override
        public void run() {
            throw usage("Name a command. / コマンドを指定してください。");
        }

        private ParameterException usage(String message) {
            return new ParameterException(java.util.Objects.requireNonNull(spec).commandLine(), message);
        }

        @Command(
                name = "check",
                mixinStandardHelpOptions = true,
                description = {
                    "Reads a rulebook and its scenarios and lists everything that is wrong with them.",
                    "判断表とシナリオを読み、誤りをすべて示します。"
                })
        int check(
                @Parameters(
                                paramLabel = "DIR",
                                description = {DIR_EN, DIR_JA})
                        Path dir,
                @Option(
                                names = "--format",
                                paramLabel = "text|json|sarif",
                                defaultValue = "text",
                                description = {"How to print the problems.", "誤りの表示形式。"})
                        ProblemFormat format,
                @Option(
                                names = "--annotated",
                                paramLabel = "OUT",
                                description = {
                                    "Write a copy of each workbook with problems there, with the problems as comments at their cells.",
                                    "誤りのあるブックの写しを、誤りをセルのコメントとして書き込んで、そこに置きます。"
                                })
                        @Nullable
                        Path annotated)
                throws IOException {
            Folder folder = Folder.read(tools, dir);
            if (folder.checked().rulebook().isPresent()) {
                // A rulebook without problems compiles; where it does not, that is a bug of ours and not a finding.
                tools.compiler().compile(folder.checked().plans()).close();
            }
            print(folder, format);
            if (annotated != null) {
                annotate(folder, annotated);
            }
            return folder.isClean() ? CLEAN : FINDINGS;
        }

        private void annotate(Folder folder, Path out) throws IOException {
            for (Map.Entry<String, byte[]> file :
                    folder.folder().files().contents().entrySet()) {
                String path = file.getKey();
                List<Problem> problems = folder.problems().stream()
                        .filter(problem -> problem.places().stream()
                                .anyMatch(place -> place instanceof Place.Cell cell
                                        && cell.workbook().equals(path)))
                        .toList();
                if (problems.isEmpty()) {
                    continue;
                }
                Path copy = out.resolve(path);
                Path original = folder.folder().paths().get(path);
                if (original != null && Files.exists(copy) && Files.isSameFile(copy, original)) {
                    throw usage("%s would be overwritten; name another folder. / %s を上書きしないよう、別のフォルダーを指定してください。"
                            .formatted(copy, copy));
                }
                Files.createDirectories(java.util.Objects.requireNonNull(copy.getParent()));
                Files.write(copy, tools.annotator().annotated(path, file.getValue(), problems));
                err.println("書き込みました。 / Written: " + copy);
            }
        }

        @Command(
                name = "test",
                mixinStandardHelpOptions = true,
                description = {"Runs the scenarios of a rulebook with both engines.", "判断表のシナリオを、二つの実行系で実行します。"})
        int test(
                @Parameters(
                                paramLabel = "DIR",
                                description = {DIR_EN, DIR_JA})
                        Path dir,
                @Option(
                                names = "--format",
                                paramLabel = "text|junit",
                                defaultValue = "text",
                                description = {"How to print the results.", "結果の表示形式。"})
                        TestFormat format,
                @Option(
                                names = "--out",
                                paramLabel = "FILE",
                                description = {"Write the results there.", "結果を書き込むファイル。"})
                        @Nullable
                        Path file,
                @Option(
                                names = "--min-coverage",
                                paramLabel = "N",
                                defaultValue = "0",
                                description = {
                                    "Fail where less than N percent of the conditions of a decision are decisive both ways.",
                                    "成立・不成立の両方でシナリオの決め手となる条件がN%%に満たない判断があるとき、失敗とします。"
                                })
                        int minimum)
                throws IOException {
            if (minimum < 0 || minimum > 100) {
                throw usage("--min-coverage is a percentage from 0 to 100. / --min-coverage は0から100までの百分率です。");
            }
            Folder folder = Folder.read(tools, dir);
            err.print(ProblemReports.text(folder.problems()));
            if (!folder.isUsable()) {
                err.println(ProblemReports.summary(folder.problems()));
                return FINDINGS;
            }
            List<TestReports.Suite> suites = runAll(folder.checked());
            String report = format == TestFormat.JUNIT ? TestReports.junit(suites) : TestReports.text(suites);
            write(report, file);
            boolean covered = suites.stream().allMatch(suite -> suite.coverage().percent() >= minimum);
            if (!covered) {
                err.println(
                        "網羅率が %d%% に満たない判断があります。 / A decision is covered less than %d %%.".formatted(minimum, minimum));
            }
            boolean allHold = suites.stream().allMatch(suite -> suite.failures() == 0);
            return allHold && covered && folder.isClean() ? CLEAN : FINDINGS;
        }

        @Command(
                name = "decide",
                mixinStandardHelpOptions = true,
                description = {
                    "Answers one question about the facts in a file, as the service would. Nothing is recorded.",
                    "ファイルの事実について一つの判断をします。記録はしません。"
                })
        int decide(
                @Parameters(
                                paramLabel = "DIR",
                                description = {DIR_EN, DIR_JA})
                        Path dir,
                @Parameters(
                                paramLabel = "DECISION",
                                description = {"The name of a decision, such as service-validity.", "判断の名前。"})
                        String decision,
                @Parameters(
                                paramLabel = "FACTS.json",
                                description = {
                                    "The facts, or a whole call with asOf and facts.",
                                    "事実、又は asOf と facts を持つ呼出しの全体。"
                                })
                        Path file,
                @Option(
                                names = "--as-of",
                                paramLabel = "DAY",
                                description = {
                                    "The day the question is asked about; today in Tokyo where nothing names it.",
                                    "対象日。示されないときは日本の今日。"
                                })
                        @Nullable
                        String asOf) {
            Map<String, @Nullable Object> call = call(file);
            if (asOf != null) {
                call.put("asOf", asOf);
            }
            Folder folder = Folder.read(tools, dir);
            Plan plan = plan(folder, decision);
            if (plan == null) {
                return FINDINGS;
            }
            // Only what is asked is compiled.
            Map<String, Plan> plans = Map.of(decision, plan);
            ActiveRulebook active = new ActiveRulebook(
                    "folder",
                    Digests.ofRulebook(plan.rulebook()),
                    tools.clock().instant(),
                    plan.rulebook(),
                    folder.checked().sources(),
                    plans,
                    tools.compiler().compile(plans));
            try (CompiledRules compiled = active.rules()) {
                return tools.evaluations()
                        .apply(active)
                        .selfCheck(decision, call)
                        .as(new Asked());
            }
        }

        @Command(
                name = "print-drl",
                mixinStandardHelpOptions = true,
                description = {"Prints the DRL that is compiled for a decision.", "判断のためにコンパイルされるDRLを表示します。"})
        int printDrl(
                @Parameters(
                                paramLabel = "DIR",
                                description = {DIR_EN, DIR_JA})
                        Path dir,
                @Parameters(
                                paramLabel = "DECISION",
                                description = {"The name of a decision, such as service-validity.", "判断の名前。"})
                        String decision) {
            Plan plan = plan(Folder.read(tools, dir), decision);
            if (plan == null) {
                return FINDINGS;
            }
            out.print(tools.drl().apply(plan));
            return CLEAN;
        }

        @Command(
                name = "traceability",
                mixinStandardHelpOptions = true,
                description = {
                    "Writes which rows rest on which clause and which scenarios show them, and back, as Markdown.",
                    "条項、規則、行、シナリオの対応をMarkdownで書き出します。"
                })
        int traceability(
                @Parameters(
                                paramLabel = "DIR",
                                description = {DIR_EN, DIR_JA})
                        Path dir,
                @Option(
                                names = "--out",
                                paramLabel = "FILE",
                                description = {"Write it there.", "書き込むファイル。"})
                        @Nullable
                        Path file)
                throws IOException {
            Folder folder = Folder.read(tools, dir);
            if (!folder.isUsable()) {
                err.print(ProblemReports.text(folder.problems()));
                err.println(ProblemReports.summary(folder.problems()));
                return FINDINGS;
            }
            CheckedRulebook checked = folder.checked();
            write(
                    TraceMarkdown.of(Trace.of(
                            checked.rulebook().orElseThrow(), checked.sources(), checked.plans(), checked.scenarios())),
                    file);
            return folder.isClean() ? CLEAN : FINDINGS;
        }

        @Command(
                name = "problems",
                mixinStandardHelpOptions = true,
                description = {
                    "Writes what the codes of problems mean and how each is mended, as Markdown.",
                    "誤りの種類ごとの意味と直し方をMarkdownで書き出します。"
                })
        int problems(
                @Option(
                                names = "--out",
                                paramLabel = "FILE",
                                description = {"Write it there.", "書き込むファイル。"})
                        @Nullable
                        Path file)
                throws IOException {
            write(ProblemReports.markdown(ProblemText.all()), file);
            return CLEAN;
        }

        private void write(String text, @Nullable Path file) throws IOException {
            if (file == null) {
                out.print(text);
            } else {
                Files.writeString(file, text);
            }
        }

        /** The plan of a decision; null where the rulebook has problems, which are then printed. */
        private @Nullable Plan plan(Folder folder, String decision) {
            if (!folder.isUsable()) {
                err.print(ProblemReports.text(folder.problems()));
                err.println(ProblemReports.summary(folder.problems()));
                return null;
            }
            Plan plan = folder.checked().plans().get(decision);
            if (plan == null) {
                throw usage("There is no decision %s; there are %s. / その名前の判断はありません。"
                        .formatted(
                                decision,
                                String.join(", ", folder.checked().plans().keySet())));
            }
            return plan;
        }

        /** The file as a whole call; facts alone are wrapped into one. No fact is called "facts". */
        private Map<String, @Nullable Object> call(Path file) {
            byte[] bytes;
            try {
                bytes = Files.readAllBytes(file);
            } catch (IOException unreadable) {
                throw usage("%s cannot be read. / %s を読み込めません。".formatted(file, file));
            }
            Parsed parsed = JsonReader.read(bytes);
            if (parsed instanceof Parsed.Unreadable unreadable) {
                throw usage("%s: %s / %s"
                        .formatted(
                                file,
                                unreadable.message().en(),
                                unreadable.message().ja()));
            }
            var call = new LinkedHashMap<String, @Nullable Object>();
            if (((Parsed.Document) parsed).value() instanceof Map<?, ?> object) {
                if (object.containsKey("facts")) {
                    object.forEach((name, value) -> call.put(String.valueOf(name), value));
                } else {
                    call.put("facts", object);
                }
                return call;
            }
            throw usage("%s is not a JSON object. / %s はJSONオブジェクトではありません。".formatted(file, file));
        }

        /** What becomes of each kind of answer on a command line. */
        private final class Asked implements Evaluation.Cases<Integer> {
            @Override
            public Integer answered(Evaluation.Answered answered) {
                out.println(new String(answered.body(), StandardCharsets.UTF_8));
                return CLEAN;
            }

            @Override
            public Integer repeated(Evaluation.Repeated repeated) {
                throw new IllegalStateException("nothing is asked under a key here");
            }

            @Override
            public Integer invalid(Evaluation.Invalid invalid) {
                err.print(ProblemReports.text(invalid.problems()));
                err.println(ProblemReports.summary(invalid.problems()));
                return FINDINGS;
            }

            @Override
            public Integer unknownDecision(Evaluation.UnknownDecision unknown) {
                throw usage("There is no decision %s; there are %s. / その名前の判断はありません。"
                        .formatted(unknown.name(), String.join(", ", unknown.known())));
            }

            @Override
            public Integer failed(Evaluation.EvaluationFailed failed) {
                err.println("規則を評価できませんでした。 / The rules failed, or the engines disagree; nothing was decided.");
                return INTERNAL;
            }

            @Override
            public Integer unavailable(Evaluation.Unavailable unavailable) {
                throw new IllegalStateException("a folder needs no %s".formatted(unavailable.what()));
            }
        }
    }

    private void print(Folder folder, ProblemFormat format) {
        switch (format) {
            case TEXT -> {
                out.print(ProblemReports.text(folder.problems()));
                out.println(ProblemReports.summary(folder.problems()));
            }
            case JSON -> out.println(json(ProblemReports.json(folder.problems())));
            case SARIF -> out.println(json(ProblemReports.sarif(folder.problems(), folder::uriOf)));
        }
    }

    private static String json(Map<String, Object> tree) {
        return new String(JsonWriter.write(tree), StandardCharsets.UTF_8);
    }

    private List<TestReports.Suite> runAll(CheckedRulebook checked) {
        var suites = new ArrayList<TestReports.Suite>();
        try (CompiledRules rules = tools.compiler().compile(checked.plans())) {
            checked.plans().forEach((decision, plan) -> {
                ScenarioRunner runner = new ScenarioRunner(plan, checked.sources(), rules);
                var results = new ArrayList<TestReports.Timed>();
                for (Scenario scenario : checked.scenarios().getOrDefault(decision, List.of())) {
                    long start = System.nanoTime();
                    ScenarioResult result = runner.run(scenario);
                    results.add(new TestReports.Timed(result, System.nanoTime() - start));
                }
                Coverage coverage = Coverage.of(
                        plan, results.stream().map(TestReports.Timed::result).toList());
                suites.add(new TestReports.Suite(coverage, List.copyOf(results)));
            });
        }
        return suites;
    }

    /** A folder that was read and checked. */
    private record Folder(RulebookFolder folder, CheckedRulebook checked) {

        static Folder read(CliTools tools, Path dir) {
            RulebookFolder folder = RulebookFolder.read(dir);
            return new Folder(folder, tools.check().check(folder.files()));
        }

        List<Problem> problems() {
            var all = new ArrayList<>(folder.problems());
            // Without a folder there is nothing that could be wrong in it.
            if (!folder.files().contents().isEmpty()) {
                all.addAll(checked.problems());
            }
            return all;
        }

        boolean isClean() {
            return checked.rulebook().isPresent() && problems().stream().noneMatch(Problem::isError);
        }

        /** Whether every file was read and the rulebook is in order, whatever is wrong with its scenarios. */
        boolean isUsable() {
            return checked.rulebook().isPresent() && folder.problems().stream().noneMatch(Problem::isError);
        }

        String uriOf(String file) {
            Path path = folder.paths().get(file);
            if (path == null) {
                return relative(file);
            }
            Path here = Path.of("").toAbsolutePath();
            return path.startsWith(here)
                    ? relative(here.relativize(path).toString().replace('\\', '/'))
                    : path.toUri().toString();
        }

        private static String relative(String path) {
            try {
                return new URI(null, null, path, null).toASCIIString();
            } catch (java.net.URISyntaxException notAPath) {
                throw new UncheckedIOException(new IOException(notAPath));
            }
        }
    }
}
