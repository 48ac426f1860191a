package ismap.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import ismap.saving.SavedChecks;
import ismap.saving.SavedChecksContract;
import java.sql.SQLException;
import java.util.HexFormat;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@Tag("database")
@ExtendWith(PostgresExtension.class)
final class PostgresSavedChecksTest extends SavedChecksContract {

    private final Database database;

    PostgresSavedChecksTest(Database database) {
        this.database = database;
    }

    @Override
    protected SavedChecks checks() {
        return database.savedChecks();
    }

    @Test
    void afterThirtyDaysItIsGoneForItsOwnerAndThenForEverybody() throws SQLException {
        byte[] old = HexFormat.of().parseHex("0a".repeat(32));
        ask("insert into ismap.saved_self_check (code_hash, sealed, expires_at) values " + "('\\x" + "0a".repeat(32)
                + "', 'x', clock_timestamp() - interval '1 second') returning 1");
        assertThat(checks().find(old)).isEmpty();
        assertThat(checks().delete(old)).isFalse();

        byte[] fresh = HexFormat.of().parseHex("0b".repeat(32));
        checks().keep(fresh, new byte[] {1});

        assertThat(ask("select count(*) from ismap.saved_self_check where code_hash = '\\x" + "0a".repeat(32) + "'"))
                .isEqualTo("0");
        assertThat(ask("select round(extract(epoch from expires_at - clock_timestamp()) / 86400) "
                        + "from ismap.saved_self_check where code_hash = '\\x" + "0b".repeat(32) + "'"))
                .isEqualTo("30");
        checks().delete(fresh);
    }

    private String ask(String sql) throws SQLException {
        return TestPostgres.ask(database.server().url(), database.server().migration(), sql);
    }
}
