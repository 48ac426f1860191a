package ismap.postgres;

import io.micronaut.data.exceptions.DataAccessException;
import io.micronaut.transaction.TransactionOperations;
import ismap.revision.Head;
import ismap.revision.NewRevision;
import ismap.revision.RevisionStore;
import ismap.revision.StoredRevision;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;

@Singleton
final class PostgresRevisionStore implements RevisionStore {
    private final RevisionRepository revisions;
    private final RevisionFileRepository files;
    private final TransactionOperations<Connection> transactions;

    PostgresRevisionStore(
            RevisionRepository revisions,
            RevisionFileRepository files,
            TransactionOperations<Connection> transactions) {
        this.revisions = revisions;
        this.files = files;
        this.transactions = transactions;
    }

    @Override
    public Optional<StoredRevision> inForce() {
        return Failures.translate("revision in force", () -> revisions.inForce().map(this::withFiles));
    }

    @Override
    public Optional<StoredRevision> find(String id) {
        return Failures.translate("revision " + id, () -> revisions.findById(id).map(this::withFiles));
    }

    @Override
    public Optional<Head> head() {
        return Failures.translate("head of revisions", () -> revisions.head().map(HeadRow::head));
    }

    @Override
    public Optional<String> inForceAt(Instant instant) {
        return Failures.translate("revision in force at " + instant, () -> revisions.inForceAt(instant));
    }

    @Override
    public boolean knows(String id) {
        return Failures.translate("revision " + id, () -> revisions.existsById(id));
    }

    private StoredRevision withFiles(RevisionRow row) {
        return row.with(files.of(row.id()));
    }

    @Override
    public StoredRevision publish(NewRevision revision) {
        return Failures.translate(
                "revision " + revision.id(),
                () -> transactions.executeWrite(status -> {
                    waitForOthersWhoPublish(status.getConnection());
                    return insert(status.getConnection(), revision);
                }));
    }

    /** In a transaction that has waited for others who publish. */
    StoredRevision insert(Connection connection, NewRevision revision) {
        var row = revisions.insertReturning(RevisionRow.of(revision));
        var rows = RevisionFileRow.of(revision);
        files.insertAll(rows);
        announce(connection, revision.id());
        return row.with(rows);
    }

    /** Heard when this is committed, by every instance at once. */
    private static void announce(Connection connection, String id) {
        try (var statement = connection.prepareStatement("select pg_notify(?, ?)")) {
            statement.setString(1, PostgresRevisionNews.CHANNEL);
            statement.setString(2, "PUBLISHED " + id);
            statement.execute();
        } catch (SQLException e) {
            throw new DataAccessException("cannot announce", e);
        }
    }

    /** A sequence is drawn before the commit: only one at a time keeps its order the order of commits. */
    static void waitForOthersWhoPublish(Connection connection) {
        try (var statement = connection.createStatement()) {
            statement.execute("select pg_advisory_xact_lock(hashtext('ismap.revision'))");
        } catch (SQLException e) {
            throw new DataAccessException("cannot lock", e);
        }
    }
}
