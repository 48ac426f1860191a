package ismap.app;

import ismap.api.ApiSettings;
import ismap.decision.Bilingual;
import ismap.postgres.DatabaseSettings;
import ismap.selfcheck.SelfCheckSettings;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the environment and the arguments of {@code serve} say.
 *
 * @param selfCheck what the pages of the self-check are given
 * @param signingKey the file of the key that checkpoints are signed with
 * @param checkpointDir where checkpoints are written to as well as into the database
 * @param approvals how many different people have to approve a revision
 * @param rulebookDir a folder to publish from at every start, for writing rules; never with {@code --production}
 */
record Settings(
        ApiSettings api,
        SelfCheckSettings selfCheck,
        Optional<Path> rulebookDir,
        Path signingKey,
        Optional<Path> checkpointDir,
        int approvals,
        boolean production) {

    static final String HOST = "ISMAP_HOST";
    static final String PORT = "ISMAP_PORT";
    static final String RULEBOOK_DIR = "ISMAP_RULEBOOK_DIR";
    static final String ADMIN_TOKEN = "ISMAP_ADMIN_TOKEN";
    static final String OPERATOR_NAME = "ISMAP_OPERATOR_NAME";
    static final String OPERATOR_CONTACT = "ISMAP_OPERATOR_CONTACT";
    static final String SELF_CHECKS = "ISMAP_SELF_CHECK_PER_SECOND";

    static final String SELF_CHECK_KEY = "ISMAP_SELF_CHECK_KEY";

    static final String SIGNING_KEY = "ISMAP_SIGNING_KEY";
    static final String CHECKPOINT_DIR = "ISMAP_CHECKPOINT_DIR";

    static final String APPROVALS = "ISMAP_APPROVALS";

    private static final int DEFAULT_PORT = 8080;
    private static final int MOST_APPROVALS = 5;

    /** @param refused one sentence for each setting that cannot be; only where there is none may the settings be used */
    record Read(Settings settings, List<Bilingual> refused) {
        Read {
            refused = List.copyOf(refused);
        }
    }

    static Read from(Map<String, String> environment, boolean production) {
        var refused = new ArrayList<Bilingual>();
        int port = (int) number(environment, PORT, DEFAULT_PORT, 0, 65535, refused);
        long selfChecks = number(environment, SELF_CHECKS, ApiSettings.SELF_CHECKS_PER_SECOND, 1, 1_000_000, refused);
        Optional<Path> rulebookDir = path(environment, RULEBOOK_DIR, refused);
        Path signingKey = path(environment, SIGNING_KEY, refused)
                .or(() -> path(environment, DatabaseSettings.DATA_DIR, refused).map(dir -> dir.resolve("signing-key")))
                .orElse(Path.of("data", "signing-key"));
        Optional<Path> checkpointDir = path(environment, CHECKPOINT_DIR, refused);
        int approvals = (int) number(environment, APPROVALS, 1, 1, MOST_APPROVALS, refused);
        Optional<String> operator = value(environment, OPERATOR_NAME);
        Optional<String> contact = value(environment, OPERATOR_CONTACT);
        if (production) {
            if (operator.isEmpty() || contact.isEmpty()) {
                refused.add(new Bilingual(
                        "--production では %s と %s が必要です。".formatted(OPERATOR_NAME, OPERATOR_CONTACT),
                        "--production needs %s and %s.".formatted(OPERATOR_NAME, OPERATOR_CONTACT)));
            }
            if (rulebookDir.isPresent()) {
                refused.add(new Bilingual(
                        "--production では %s を使えません。改定は承認を経て公表します。".formatted(RULEBOOK_DIR),
                        "--production refuses %s: a revision is published after approval.".formatted(RULEBOOK_DIR)));
            }
        }
        ApiSettings api = new ApiSettings(
                value(environment, HOST).orElse("127.0.0.1"),
                port,
                value(environment, ADMIN_TOKEN),
                operator,
                contact,
                selfChecks);
        return new Read(
                new Settings(
                        api,
                        new SelfCheckSettings(api.notice(), selfChecks, value(environment, SELF_CHECK_KEY)),
                        rulebookDir,
                        signingKey,
                        checkpointDir,
                        approvals,
                        production),
                refused);
    }

    private static Optional<Path> path(Map<String, String> environment, String name, List<Bilingual> refused) {
        return value(environment, name).flatMap(text -> path(name, text, refused));
    }

    private static Optional<Path> path(String name, String text, List<Bilingual> refused) {
        try {
            return Optional.of(Path.of(text));
        } catch (InvalidPathException noPath) {
            refused.add(new Bilingual(
                    "%s「%s」はファイルやフォルダーの名前ではありません。".formatted(name, text),
                    "%s \"%s\" is no name of a file or folder.".formatted(name, text)));
            return Optional.empty();
        }
    }

    private static long number(
            Map<String, String> environment,
            String name,
            long otherwise,
            long least,
            long most,
            List<Bilingual> refused) {
        Optional<String> text = value(environment, name);
        if (text.isEmpty()) {
            return otherwise;
        }
        if (text.get().matches("[0-9]{1,9}")) {
            long number = Long.parseLong(text.get());
            if (number >= least && number <= most) {
                return number;
            }
        }
        refused.add(new Bilingual(
                "%s「%s」は %d から %d までの整数ではありません。".formatted(name, text.get(), least, most),
                "%s \"%s\" is not a whole number from %d to %d.".formatted(name, text.get(), least, most)));
        return otherwise;
    }

    private static Optional<String> value(Map<String, String> environment, String name) {
        return Optional.ofNullable(environment.get(name)).map(String::strip).filter(text -> !text.isEmpty());
    }
}
