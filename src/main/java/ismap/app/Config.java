package ismap.app;

import ismap.api.ApiSettings;
import ismap.decision.Bilingual;
import ismap.postgres.DatabaseSettings;
import ismap.postgres.StorageRefused;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/** {@code config}: what {@code serve} would work with, from the environment and from what holds where it is silent. Secrets are not shown. */
final class Config {

    private static final int CLEAN = 0;
    private static final int FINDINGS = 1;
    private static final int USAGE = 2;

    private static final String TOKEN = "ISMAP_TOKEN";
    private static final String NOT_SET = "-";
    private static final String SECRET = "********";

    private final Map<String, String> environment;
    private final PrintStream out;
    private final PrintStream err;

    Config(Map<String, String> environment, PrintStream out, PrintStream err) {
        this.environment = environment;
        this.out = out;
        this.err = err;
    }

    /** @param otherwise what holds where the variable is not set */
    private record Setting(String name, String otherwise, boolean secret, Bilingual meaning) {}

    int run(List<String> args) {
        if (!List.of(List.of(), List.of("--production")).contains(args)) {
            err.println("使い方 / Usage: config [--production]");
            err.println(
                    "サービスの設定を、既定値も含めて表示します。 / Prints the settings of the service, those that are not set included.");
            return args.equals(List.of("--help")) ? CLEAN : USAGE;
        }
        Settings.Read read = Settings.from(environment, args.contains("--production"));
        List<Setting> settings = settings(read.settings());
        settings.forEach(setting -> out.printf(
                "%-29s %-7s %s%n%37s %s / %s%n",
                setting.name(),
                value(setting.name()).isPresent() ? "set" : "default",
                shown(setting),
                "",
                setting.meaning().ja(),
                setting.meaning().en()));
        List<Bilingual> wrong = new ArrayList<>(read.refused());
        wrong.addAll(unknown(settings));
        wrong.forEach(sentence -> err.print(StartReport.of(sentence, List.of())));
        return database() && wrong.isEmpty() ? CLEAN : FINDINGS;
    }

    private boolean database() {
        try {
            DatabaseSettings.from(environment);
            return true;
        } catch (StorageRefused refused) {
            err.print(StartReport.of(
                    new Bilingual(
                            "データベースの設定に誤りがあります。",
                            "The settings of the database cannot be.\n  %s\n  → %s"
                                    .formatted(refused.getMessage(), refused.advice())),
                    List.of()));
            return false;
        }
    }

    /** A name that is misspelt would be passed over without a word. */
    private List<Bilingual> unknown(List<Setting> settings) {
        var names = new TreeSet<String>();
        environment.keySet().stream().filter(name -> name.startsWith("ISMAP_")).forEach(names::add);
        settings.forEach(setting -> names.remove(setting.name()));
        return names.stream()
                .map(name -> new Bilingual(
                        "%s という設定はありません。何の効果もありません。".formatted(name),
                        "There is no setting %s; it has no effect.".formatted(name)))
                .toList();
    }

    private Optional<String> value(String name) {
        return Optional.ofNullable(environment.get(name)).map(String::strip).filter(text -> !text.isEmpty());
    }

    private String shown(Setting setting) {
        return value(setting.name())
                .map(value -> setting.secret() ? SECRET : withoutPasswords(value))
                .orElse(setting.otherwise());
    }

    /** An address may name the password too. */
    private static String withoutPasswords(String value) {
        return value.replaceAll("(?i)(password|secret|key)=[^&;\\s]*", "$1=" + SECRET)
                .replaceAll("//[^/@\\s]*@", "//" + SECRET + "@");
    }

    private static List<Setting> settings(Settings effective) {
        return List.of(
                open(Settings.PORT, "8080", "待ち受けるポート。0なら空いているもの", "the port to listen on; 0 takes a free one"),
                open(Settings.HOST, "127.0.0.1", "待ち受けるアドレス", "the address to listen on"),
                secret(Settings.ADMIN_TOKEN, "管理者のトークン", "the token of an admin"),
                open(
                        Settings.OPERATOR_NAME,
                        NOT_SET,
                        "運営者の名前。ないときは試行環境と表示",
                        "who runs it; unset, pages say that it is unofficial"),
                open(Settings.OPERATOR_CONTACT, NOT_SET, "運営者の連絡先", "how to reach them"),
                open(Settings.RULEBOOK_DIR, NOT_SET, "起動時に公表する規則集のフォルダー", "a folder to publish from at the start"),
                open(
                        Settings.SIGNING_KEY,
                        effective.signingKey().toString(),
                        "署名鍵のファイル",
                        "the file of the key that signs checkpoints"),
                open(Settings.CHECKPOINT_DIR, NOT_SET, "チェックポイントの写しを置くフォルダー", "a folder for copies of checkpoints"),
                open(Settings.APPROVALS, "1", "改定に必要な承認者の人数", "how many have to approve a revision"),
                secret(
                        Settings.SELF_CHECK_KEY,
                        "自己診断の回答を封じる鍵。ないときは起動ごと",
                        "seals answers of self-checks; unset, a new one at each start"),
                open(
                        Settings.SELF_CHECKS,
                        String.valueOf(ApiSettings.SELF_CHECKS_PER_SECOND),
                        "利用者のアドレスごとの、1秒間の自己診断の数",
                        "self-checks a second for one address"),
                open(DatabaseSettings.DATA_DIR, "data", "組込みのデータベースのフォルダー", "the folder of the embedded database"),
                open(
                        DatabaseSettings.PORT,
                        NOT_SET,
                        "組込みのデータベースのポート。ないときは空いているもの",
                        "the port of the embedded database; unset, a free one"),
                open(
                        DatabaseSettings.URL,
                        NOT_SET,
                        "PostgreSQLサーバー。ないときは組込みのもの",
                        "a PostgreSQL server; unset, the embedded one"),
                open(DatabaseSettings.USERNAME, NOT_SET, "サービスのロール", "the role of the service"),
                secret(DatabaseSettings.PASSWORD, "そのパスワード", "its password"),
                open(
                        DatabaseSettings.MIGRATION_USERNAME,
                        NOT_SET,
                        "スキーマを所有するロール。ないときはサービスのロール",
                        "the role that owns the schema; unset, the same"),
                secret(DatabaseSettings.MIGRATION_PASSWORD, "そのパスワード", "its password"),
                secret(TOKEN, "コマンド push と pull が用いるトークン", "the token of the commands push and pull"));
    }

    private static Setting open(String name, String otherwise, String ja, String en) {
        return new Setting(name, otherwise, false, new Bilingual(ja, en));
    }

    private static Setting secret(String name, String ja, String en) {
        return new Setting(name, NOT_SET, true, new Bilingual(ja, en));
    }
}
