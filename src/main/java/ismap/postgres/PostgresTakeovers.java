package ismap.postgres;

import io.micronaut.data.exceptions.DataAccessException;
import io.micronaut.transaction.TransactionOperations;
import ismap.revision.NewRevision;
import ismap.revision.StoredRevision;
import ismap.revision.Takeovers;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;

/** The table {@code takeover}. */
@Singleton
final class PostgresTakeovers implements Takeovers {
    private final PostgresRevisionStore revisions;
    private final TransactionOperations<Connection> transactions;

    PostgresTakeovers(PostgresRevisionStore revisions, TransactionOperations<Connection> transactions) {
        this.revisions = revisions;
        this.transactions = transactions;
    }

    @Override
    public Optional<Takeover> latest(String origin) {
        return Failures.translate(
                "latest takeover", () -> transactions.executeRead(status -> latest(status.getConnection(), origin)));
    }

    @Override
    public Optional<StoredRevision> publish(NewRevision revision, Takeover from) {
        return Failures.translate(
                "takeover of " + revision.id(),
                () -> transactions.executeWrite(status -> {
                    Connection connection = status.getConnection();
                    PostgresRevisionStore.waitForOthersWhoPublish(connection);
                    boolean older = latest(connection, from.origin())
                            .filter(latest -> !from.publishedAt().isAfter(latest.publishedAt()))
                            .isPresent();
                    if (older || revisions.find(revision.id()).isPresent()) {
                        return Optional.empty();
                    }
                    StoredRevision stored = revisions.insert(connection, revision);
                    add(connection, from);
                    return Optional.of(stored);
                }));
    }

    private static Optional<Takeover> latest(Connection connection, String origin) {
        try (var select =
                connection.prepareStatement("select revision_id, origin, address, published_at from ismap.takeover "
                        + "where origin = ? order by published_at desc limit 1")) {
            select.setString(1, origin);
            try (ResultSet row = select.executeQuery()) {
                return row.next()
                        ? Optional.of(new Takeover(
                                row.getString(1),
                                row.getString(2),
                                row.getString(3),
                                row.getObject(4, OffsetDateTime.class).toInstant()))
                        : Optional.empty();
            }
        } catch (SQLException e) {
            throw new DataAccessException("cannot read takeovers", e);
        }
    }

    private static void add(Connection connection, Takeover from) {
        try (var insert = connection.prepareStatement(
                "insert into ismap.takeover (revision_id, origin, address, published_at) values (?, ?, ?, ?)")) {
            insert.setString(1, from.revisionId());
            insert.setString(2, from.origin());
            insert.setString(3, from.address());
            insert.setObject(4, OffsetDateTime.ofInstant(from.publishedAt(), ZoneOffset.UTC));
            insert.executeUpdate();
        } catch (SQLException e) {
            throw new DataAccessException("cannot keep a takeover", e);
        }
    }
}
