package ismap.cli;

import ismap.decision.Problem;
import ismap.publication.RulebookFolder;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Hands the rulebook of a folder to a running service as a draft. */
@Command(
        name = "push",
        mixinStandardHelpOptions = true,
        description = {
            "Makes a draft of a folder's rulebook on a running service, has it checked, and says what was found. ISMAP_TOKEN holds an editor's token.",
            "フォルダーの規則集を、稼働中のサービスに草案として渡し、検査させ、結果を示します。ISMAP_TOKEN に編集者のトークンを設定してください。"
        })
final class PushCommand implements Callable<Integer> {

    private static final long PAUSE_MILLISECONDS = 500;
    private static final int MOST_PAUSES = 3600;

    @Parameters(
            paramLabel = "DIR",
            description = {
                "The folder that holds decision-tables/, or that folder itself.",
                "decision-tables/ のあるフォルダー、又は decision-tables そのもの。"
            })
    @Nullable
    Path dir;

    @Option(
            names = "--server",
            required = true,
            paramLabel = "URL",
            description = {"The address of the service.", "サービスのアドレス。"})
    @Nullable
    URI server;

    @Option(
            names = "--draft",
            paramLabel = "ID",
            description = {"Into this draft, instead of a new one on what is in force.", "新しい草案の代わりに、この草案に渡します。"})
    @Nullable
    String draft;

    @Option(
            names = "--note",
            paramLabel = "TEXT",
            defaultValue = "",
            description = {"What the revision is about.", "改定の趣旨。"})
    String note = "";

    private final CliTools tools;
    private final PrintWriter out;
    private final PrintWriter err;

    PushCommand(CliTools tools, PrintWriter out, PrintWriter err) {
        this.tools = tools;
        this.out = out;
        this.err = err;
    }

    @Override
    public Integer call() throws InterruptedException {
        RulebookFolder folder = RulebookFolder.read(Objects.requireNonNull(dir));
        if (folder.problems().stream().anyMatch(Problem::isError)) {
            err.print(ProblemReports.text(folder.problems()));
            return Cli.FINDINGS;
        }
        try {
            var service = new RemoteService(Objects.requireNonNull(server), tools.token());
            return push(service, folder.files().contents());
        } catch (RemoteService.Failed failed) {
            err.println(failed.getMessage());
            return Cli.FINDINGS;
        }
    }

    private int push(RemoteService service, Map<String, byte[]> local)
            throws RemoteService.Failed, InterruptedException {
        String against = draft == null ? service.inForce() : draft;
        Map<String, String> there = service.files(against);
        List<String> changed = local.keySet().stream()
                .filter(path -> !RemoteService.sha256(Objects.requireNonNull(local.get(path)))
                        .equals(there.get(path)))
                .toList();
        List<String> gone =
                there.keySet().stream().filter(path -> !local.containsKey(path)).toList();
        if (changed.isEmpty() && gone.isEmpty()) {
            err.printf("%s と同じです。 / Nothing differs from %s.%n", against, against);
            return Cli.CLEAN;
        }
        String id = draft == null
                ? String.valueOf(service.post(RemoteService.REVISIONS, Map.of("base", against, "note", note))
                        .get("id"))
                : draft;
        for (String path : changed) {
            service.put(RemoteService.file(id, path) + "?check=false", Objects.requireNonNull(local.get(path)));
            err.println("→ " + path);
        }
        for (String path : gone) {
            service.delete(RemoteService.file(id, path));
            err.println("× " + path);
        }
        out.println(id);
        out.flush();
        return checked(service, id);
    }

    /** Has it checked, shows how far that is, and then what was found. */
    private int checked(RemoteService service, String id) throws RemoteService.Failed, InterruptedException {
        String path = RemoteService.revision(id) + "/checks";
        Map<?, ?> report = service.post(path, Map.of());
        String before = "";
        for (int i = 0; i < MOST_PAUSES && "running".equals(report.get("state")); i++) {
            Thread.sleep(PAUSE_MILLISECONDS);
            report = service.get(path);
            String now = progress(report).orElse(before);
            if (!now.equals(before)) {
                err.println(now);
                before = now;
            }
        }
        for (Map.Entry<?, ?> check : report.entrySet()) {
            if (check.getValue() instanceof Map<?, ?> result) {
                RemoteService.list(result.get("problems")).forEach(problem -> err.println(line(problem)));
            }
        }
        boolean clean = Boolean.TRUE.equals(report.get("clean"));
        err.println(clean ? "検査に合格しました。 / The checks are clean." : "誤りがあります。 / The checks are not clean.");
        return clean ? Cli.CLEAN : Cli.FINDINGS;
    }

    private static Optional<String> progress(Map<?, ?> report) {
        return RemoteService.list(report.get("progress")).stream()
                .filter(part -> "running".equals(part.get("state")))
                .map(part -> "%s %s/%s".formatted(part.get("name"), part.get("done"), part.get("total")))
                .findFirst();
    }

    private static String line(Map<?, ?> problem) {
        String place = problem.get("at") instanceof Map<?, ?> at
                ? String.join(
                        " ",
                        at.values().stream()
                                .map(String::valueOf)
                                .filter(text -> !text.isEmpty())
                                .toList())
                : String.valueOf(problem.get("pointer"));
        Map<?, ?> message = problem.get("message") instanceof Map<?, ?> both ? both : Map.of();
        return "%s %s %s: %s / %s"
                .formatted(problem.get("severity"), problem.get("code"), place, message.get("ja"), message.get("en"));
    }
}
