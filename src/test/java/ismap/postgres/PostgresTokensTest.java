package ismap.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import ismap.access.Principal;
import ismap.access.Role;
import ismap.access.Tokens;
import ismap.access.TokensContract;
import java.sql.SQLException;
import java.time.Instant;
import java.util.EnumSet;
import java.util.UUID;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@Tag("database")
@ExtendWith(PostgresExtension.class)
final class PostgresTokensTest extends TokensContract {

    private final Database database;

    PostgresTokensTest(Database database) {
        this.database = database;
    }

    @Override
    protected Tokens tokens() {
        return database.tokens();
    }

    @Override
    protected Instant now() {
        return PostgresLedgerTest.clock(database);
    }

    @Test
    void everyChangeOfRightsIsAnEventAndNoTokenIsKept() throws SQLException {
        String name = "desk-" + UUID.randomUUID();
        String token = tokens().issue(new Principal(name, EnumSet.of(Role.EDITOR)), now().plusSeconds(60), "admin")
                .orElseThrow();
        tokens().find(token);
        tokens().revoke(name, "somebody");

        String events = "select string_agg(what || ' by ' || actor || ' ' || roles[1], ', ' order by id) "
                + "from ismap.access_event where subject = '" + name + "'";
        assertThat(ask(events)).isEqualTo("TOKEN_ISSUED by admin editor, TOKEN_REVOKED by somebody editor");
        assertThat(ask("select count(*) from ismap.token where position('" + token.substring(6)
                        + "' in encode(hash, 'escape') || name || created_by) > 0"))
                .isEqualTo("0");
        assertThat(ask("select last_used is not null from ismap.token_use u join ismap.token t on t.id = u.token_id "
                        + "where t.name = '" + name + "'"))
                .isEqualTo("t");
    }

    private String ask(String sql) throws SQLException {
        return TestPostgres.ask(database.server().url(), database.server().migration(), sql);
    }
}
