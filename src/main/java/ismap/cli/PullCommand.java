package ismap.cli;

import ismap.decision.Problem;
import ismap.publication.RulebookFolder;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;

/** Writes the files of a revision of a running service into a folder. */
@Command(
        name = "pull",
        mixinStandardHelpOptions = true,
        description = {
            "Writes the files of a revision of a running service into a folder, byte for byte. ISMAP_TOKEN holds a token of staff where the revision is a draft.",
            "稼働中のサービスの改定版のファイルを、そのままフォルダーに書き込みます。草案のときは ISMAP_TOKEN に職員のトークンを設定してください。"
        })
final class PullCommand implements Callable<Integer> {

    /** What a service names is a name from outside: nothing but this is written. */
    private static final String PATH = "((scenarios/)?NAME\\.xlsx|rules/NAME\\.drl)"
            .replace("NAME", "[^/\\\\.:\\p{Cntrl}][^/\\\\:\\p{Cntrl}]{0,120}");

    private static final Set<String> NOT_THERE_YET = Set.of("FOLDER_NOT_FOUND", "FOLDER_EMPTY");

    @CommandLine.Spec
    @Nullable
    CommandSpec spec;

    @Parameters(
            index = "0",
            paramLabel = "REVISION",
            description = {"The id of a revision, or \"current\".", "改定版のID、又は current（施行中のもの）。"})
    String revision = "";

    @Parameters(
            index = "1",
            paramLabel = "DIR",
            description = {
                "Made where it is not there. Files that differ are overwritten.",
                "ないときは作ります。内容の異なるファイルは上書きします。"
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
            names = "--delete",
            description = {
                "Delete the files of the folder's rulebook that the revision has not.",
                "改定版にない規則集のファイルを、フォルダーから削除します。"
            })
    boolean delete;

    private final CliTools tools;
    private final PrintWriter err;

    PullCommand(CliTools tools, PrintWriter err) {
        this.tools = tools;
        this.err = err;
    }

    @Override
    public Integer call() throws InterruptedException {
        try {
            var service = new RemoteService(Objects.requireNonNull(server), tools.token());
            return pull(service, Objects.requireNonNull(dir));
        } catch (RemoteService.Failed failed) {
            err.println(failed.getMessage());
            return Cli.FINDINGS;
        } catch (IOException refused) {
            err.printf("%s に書き込めません（%s）。 / %s cannot be written to (%s).%n", dir, refused, dir, refused);
            return Cli.FINDINGS;
        }
    }

    private int pull(RemoteService service, Path folder)
            throws RemoteService.Failed, InterruptedException, IOException {
        String id = revision.equals("current") ? service.inForce() : revision;
        SortedMap<String, String> there = service.files(id);
        List<String> paths = List.copyOf(there.keySet());
        Optional<String> strange =
                paths.stream().filter(path -> !path.matches(PATH)).findFirst();
        if (strange.isPresent()) {
            err.printf("「%s」は規則集のファイル名ではありません。 / \"%s\" is no file of a rulebook.%n", strange.get(), strange.get());
            return Cli.FINDINGS;
        }
        RulebookFolder before = RulebookFolder.read(folder);
        if (before.problems().stream()
                .filter(Problem::isError)
                .anyMatch(problem -> !NOT_THERE_YET.contains(problem.code()))) {
            err.print(ProblemReports.text(before.problems()));
            throw new ParameterException(
                    Objects.requireNonNull(spec).commandLine(),
                    "%s holds what cannot be read; nothing was written. / %s に読めないものがあるため、何も書き込みません。"
                            .formatted(folder, folder));
        }
        var contents = new TreeMap<String, byte[]>();
        for (String path : paths) {
            byte[] content = service.download(RemoteService.file(id, path));
            if (!RemoteService.sha256(content).equals(there.get(path))) {
                err.printf(
                        "%s が、示されたSHA-256と一致しません。何も書き込みません。 / %s is not what the service says it is; nothing was written.%n",
                        path, path);
                return Cli.FINDINGS;
            }
            contents.put(path, content);
        }
        Files.createDirectories(folder);
        for (var each : contents.entrySet()) {
            String path = each.getKey();
            byte[] content = each.getValue();
            Path file = before.paths().getOrDefault(path, RulebookFolder.place(folder, path));
            if (!Arrays.equals(before.files().contents().get(path), content)) {
                Files.createDirectories(Objects.requireNonNull(file.getParent()));
                Files.write(file, content);
                err.println("→ " + file);
            }
        }
        boolean left = false;
        for (var more : before.paths().entrySet()) {
            if (paths.contains(more.getKey())) {
                continue;
            }
            if (delete) {
                Files.delete(more.getValue());
                err.println("× " + more.getValue());
            } else {
                left = true;
                err.printf(
                        "改定版にありません（--delete で削除）。 / Not in the revision (--delete removes it): %s%n", more.getValue());
            }
        }
        return left ? Cli.FINDINGS : Cli.CLEAN;
    }
}
