package ismap.cli;

import ismap.access.Principal;
import ismap.access.Role;
import ismap.access.Tokens;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;

/** Gives and takes tokens, for whoever has the database in hand. */
@Command(
        name = "token",
        mixinStandardHelpOptions = true,
        description = {
            "Gives somebody a token and prints it, once; or takes it away. A running service does the same: POST /api/v1/tokens.",
            "トークンを発行して一度だけ表示し、又は取り消します。稼働中のサービスでは POST /api/v1/tokens を使います。"
        })
final class TokenCommand implements Callable<Integer> {

    /** Whoever runs a command on the machine of the database, as events name them. */
    private static final String OPERATOR = "operator";

    @CommandLine.Spec
    @Nullable
    CommandSpec spec;

    @Parameters(
            paramLabel = "NAME",
            description = {"Whose it is: an identifier, never a natural person's name.", "持ち主の識別子。自然人の氏名は使いません。"})
    String name = "";

    @Option(
            names = "--roles",
            paramLabel = "ROLE",
            split = ",",
            description = {"intake, editor, approver, auditor, admin.", "役割。"})
    List<String> roles = new ArrayList<>();

    @Option(
            names = "--days",
            paramLabel = "N",
            description = {"For so many days; 365 where it is left out.", "有効な日数。省略時は365日。"})
    int days = (int) Tokens.LIFE.toDays();

    @Option(
            names = "--revoke",
            description = {"Take it away.", "取り消します。"})
    boolean revoke;

    private final CliTools tools;
    private final PrintWriter out;
    private final PrintWriter err;

    TokenCommand(CliTools tools, PrintWriter out, PrintWriter err) {
        this.tools = tools;
        this.out = out;
        this.err = err;
    }

    @Override
    public Integer call() {
        Set<Role> given = EnumSet.noneOf(Role.class);
        roles.forEach(code -> given.add(Role.of(code)
                .orElseThrow(() -> usage("There is no role %s. / %s という役割はありません。".formatted(code, code)))));
        if (!Tokens.isName(name)) {
            throw usage("A name has up to %d of A-Z a-z 0-9 . _ @ -. / 名前に使えるのは英数字と . _ @ - です。"
                    .formatted(Tokens.LONGEST_NAME));
        }
        if (revoke == !given.isEmpty() || days < 1 || days > 3650) {
            throw usage(
                    "Give --roles (and --days 1 to 3650), or --revoke. / --roles（と1から3650までの --days）、又は --revoke を指定してください。");
        }
        try (Storage storage = tools.storage().open()) {
            return revoke ? revoke(storage.tokens()) : issue(storage.tokens(), given);
        } catch (Storage.Refused refused) {
            err.println(refused.why().ja());
            err.println(refused.why().en());
            return Cli.FINDINGS;
        }
    }

    private int issue(Tokens tokens, Set<Role> given) {
        var until = tools.clock().instant().plus(Duration.ofDays(days)).truncatedTo(ChronoUnit.SECONDS);
        Optional<String> token = tokens.issue(new Principal(name, given), until, OPERATOR);
        if (token.isEmpty()) {
            err.println("その名前には有効なトークンがあります。 / Somebody of that name has a token in force; --revoke it first.");
            return Cli.FINDINGS;
        }
        out.println(token.get());
        err.printf("%s: %s, %s%n", name, String.join(", ", roles), until);
        return Cli.CLEAN;
    }

    private int revoke(Tokens tokens) {
        if (tokens.revoke(name, OPERATOR)) {
            err.println("取り消しました。 / Revoked.");
            return Cli.CLEAN;
        }
        err.println("その名前の有効なトークンはありません。 / Nobody of that name has a token in force.");
        return Cli.FINDINGS;
    }

    private ParameterException usage(String message) {
        return new ParameterException(Objects.requireNonNull(spec).commandLine(), message);
    }
}
