package ismap.postgres;

import ismap.access.Principal;
import ismap.access.Role;
import ismap.access.TokenHash;
import ismap.access.Tokens;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Base64;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.sql.DataSource;

/** The tables {@code token}, {@code token_revocation}, {@code token_use} and {@code access_event}. */
final class PostgresTokens implements Tokens {

    /** One change of rights at a time. The number is this schema's own. */
    private static final long LOCK = 0x1534AA;

    private static final int BYTES = 32;

    private static final String IN_FORCE =
            "not exists (select from ismap.token_revocation r where r.token_id = t.id) and t.expires_at > clock_timestamp()";

    private final DataSource dataSource;
    private final SecureRandom random = new SecureRandom();

    PostgresTokens(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    @Override
    public Optional<String> issue(Principal principal, Instant expiresAt, String by) {
        return change("token of " + principal.name(), connection -> {
            if (!inForce(connection, principal.name()).isEmpty()) {
                return Optional.<String>empty();
            }
            byte[] secret = new byte[BYTES];
            random.nextBytes(secret);
            String token = "ismap_" + Base64.getUrlEncoder().withoutPadding().encodeToString(secret);
            try (var insert = connection.prepareStatement(
                    "insert into ismap.token (name, roles, hash, created_by, expires_at) values (?, ?, ?, ?, ?)")) {
                insert.setString(1, principal.name());
                insert.setArray(2, roles(connection, principal.roles()));
                insert.setBytes(3, TokenHash.of(token));
                insert.setString(4, by);
                insert.setObject(5, OffsetDateTime.ofInstant(expiresAt, ZoneOffset.UTC));
                insert.executeUpdate();
            }
            event(connection, by, "TOKEN_ISSUED", principal);
            return Optional.of(token);
        });
    }

    @Override
    public boolean revoke(String name, String by) {
        return change("token of " + name, connection -> {
            List<Principal> known = inForce(connection, name);
            try (var insert = connection.prepareStatement("insert into ismap.token_revocation (token_id, revoked_by) "
                    + "select t.id, ? from ismap.token t where t.name = ? and " + IN_FORCE)) {
                insert.setString(1, by);
                insert.setString(2, name);
                insert.executeUpdate();
            }
            for (Principal principal : known) {
                event(connection, by, "TOKEN_REVOKED", principal);
            }
            return !known.isEmpty();
        });
    }

    private static List<Principal> inForce(Connection connection, String name) throws SQLException {
        var found = new ArrayList<Principal>();
        try (var select = connection.prepareStatement(
                "select t.name, t.roles from ismap.token t where t.name = ? and " + IN_FORCE)) {
            select.setString(1, name);
            try (var rows = select.executeQuery()) {
                while (rows.next()) {
                    found.add(principal(rows));
                }
            }
        }
        return found;
    }

    @Override
    public Optional<Principal> find(String token) {
        try (Connection connection = dataSource.getConnection();
                var select = connection.prepareStatement(
                        "select t.id, t.name, t.roles from ismap.token t where t.hash = ? and " + IN_FORCE)) {
            select.setBytes(1, TokenHash.of(token));
            try (var rows = select.executeQuery()) {
                if (!rows.next()) {
                    return Optional.empty();
                }
                used(connection, rows.getLong("id"));
                return Optional.of(principal(rows));
            }
        } catch (SQLException e) {
            throw Failures.translated("token", e);
        }
    }

    private static void used(Connection connection, long id) throws SQLException {
        try (var upsert = connection.prepareStatement("insert into ismap.token_use as u (token_id, last_used) "
                + "values (?, date_trunc('hour', clock_timestamp())) on conflict (token_id) do update "
                + "set last_used = excluded.last_used where u.last_used < excluded.last_used")) {
            upsert.setLong(1, id);
            upsert.executeUpdate();
        }
    }

    @Override
    public List<Shown> all() {
        var all = new ArrayList<Shown>();
        try (Connection connection = dataSource.getConnection();
                var select = connection.createStatement();
                var rows = select.executeQuery("select t.*, u.last_used from ismap.token t "
                        + "left join ismap.token_use u on u.token_id = t.id where " + IN_FORCE + " order by t.name")) {
            while (rows.next()) {
                all.add(new Shown(
                        principal(rows),
                        instant(rows, "created_at").orElseThrow(),
                        rows.getString("created_by"),
                        instant(rows, "expires_at").orElseThrow(),
                        instant(rows, "last_used")));
            }
        } catch (SQLException e) {
            throw Failures.translated("tokens", e);
        }
        return all;
    }

    private static void event(Connection connection, String actor, String what, Principal subject) throws SQLException {
        try (var insert = connection.prepareStatement(
                "insert into ismap.access_event (actor, what, subject, roles) values (?, ?, ?, ?)")) {
            insert.setString(1, actor);
            insert.setString(2, what);
            insert.setString(3, subject.name());
            insert.setArray(4, roles(connection, subject.roles()));
            insert.executeUpdate();
        }
    }

    private static java.sql.Array roles(Connection connection, Set<Role> roles) throws SQLException {
        return connection.createArrayOf("text", roles.stream().map(Role::code).toArray());
    }

    private static Principal principal(ResultSet row) throws SQLException {
        Set<Role> roles = EnumSet.noneOf(Role.class);
        for (String code : (String[]) row.getArray("roles").getArray()) {
            Role.of(code).ifPresent(roles::add);
        }
        return new Principal(row.getString("name"), roles);
    }

    private static Optional<Instant> instant(ResultSet row, String column) throws SQLException {
        return Optional.ofNullable(row.getObject(column, OffsetDateTime.class)).map(OffsetDateTime::toInstant);
    }

    private interface Change<T> {
        T make(Connection connection) throws SQLException;
    }

    private <T> T change(String what, Change<T> change) {
        try (Connection connection = dataSource.getConnection()) {
            connection.setAutoCommit(false);
            try (var lock = connection.createStatement()) {
                lock.execute("set local lock_timeout = '1s'; select pg_advisory_xact_lock(" + LOCK + ")");
                T result = change.make(connection);
                connection.commit();
                return result;
            } catch (SQLException | RuntimeException e) {
                connection.rollback();
                throw e;
            }
        } catch (SQLException e) {
            throw Failures.translated(what, e);
        }
    }
}
