package ismap.postgres;

import ismap.postgres.DatabaseSettings.Login;
import ismap.revision.Head;
import ismap.revision.RevisionNews;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;

/** Listens on {@code ismap_revision} with a connection that is not of the pool, so that it hears also where all of that are taken. */
final class PostgresRevisionNews implements RevisionNews {

    /** A notification says {@code APPROVED <id>} or {@code PUBLISHED <id>}. */
    static final String CHANNEL = "ismap_revision";

    private static final String PUBLISHED = "PUBLISHED ";
    private static final String HEAD =
            "select id, sequence, digest, files_digest, published_at from ismap.revision order by sequence desc limit 1";

    private final String url;
    private final Login login;
    private @Nullable Connection open;

    /** @param url with its timeouts */
    PostgresRevisionNews(String url, Login login) {
        this.url = url;
        this.login = login;
    }

    @Override
    public Heard await(Duration atMost) {
        try {
            boolean isNew = open == null;
            Connection connection = isNew ? connect() : Objects.requireNonNull(open);
            open = connection;
            boolean candidatesChanged = isNew || approvals(connection, atMost);
            return new Heard(head(connection), candidatesChanged);
        } catch (SQLException lost) {
            close();
            throw Failures.translated("news of revisions", lost);
        }
    }

    private Connection connect() throws SQLException {
        Connection connection = DriverManager.getConnection(url, login.username(), login.password());
        try (var statement = connection.createStatement()) {
            statement.execute("set statement_timeout = 1500");
            statement.execute("listen " + CHANNEL);
            return connection;
        } catch (SQLException refused) {
            connection.close();
            throw refused;
        }
    }

    /** @return whether something else was announced than publications, which show in the head */
    private static boolean approvals(Connection connection, Duration atMost) throws SQLException {
        PGNotification[] said =
                connection.unwrap(PGConnection.class).getNotifications((int) Math.max(1, atMost.toMillis()));
        boolean approvals = false;
        if (said != null) {
            for (PGNotification each : said) {
                approvals |= !each.getParameter().startsWith(PUBLISHED);
            }
        }
        return approvals;
    }

    private static Optional<Head> head(Connection connection) throws SQLException {
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery(HEAD)) {
            return rows.next()
                    ? Optional.of(new Head(
                            rows.getString("id"),
                            rows.getLong("sequence"),
                            rows.getString("digest"),
                            rows.getString("files_digest"),
                            rows.getObject("published_at", OffsetDateTime.class).toInstant()))
                    : Optional.empty();
        }
    }

    @Override
    public void close() {
        Connection connection = open;
        open = null;
        if (connection != null) {
            try {
                connection.close();
            } catch (SQLException lost) {
                // It is gone, which is what is asked for.
            }
        }
    }
}
