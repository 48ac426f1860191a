package ismap.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import ismap.revision.Binding;
import ismap.revision.NewEvent;
import ismap.revision.NewRevisions;
import ismap.revision.RevisionEvent;
import ismap.revision.RevisionLog;
import ismap.revision.RevisionLogContract;
import ismap.revision.RevisionStore;
import ismap.revision.StoredRevision;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.postgresql.PGConnection;

@Tag("database")
@ExtendWith(PostgresExtension.class)
final class PostgresRevisionLogTest extends RevisionLogContract {
    private final Database database;

    PostgresRevisionLogTest(Database database) {
        this.database = database;
    }

    @Override
    protected RevisionLog log() {
        return database.revisionLog();
    }

    @Override
    protected RevisionStore store() {
        return database.revisions();
    }

    @Test
    void everyInstanceIsToldOfApprovalsAndPublications() throws SQLException {
        String id = "r-" + UUID.randomUUID();
        try (var connection = database.dataSource().getConnection();
                var listen = connection.createStatement()) {
            listen.execute("listen ismap_revision");
            log().append(
                            new NewEvent(
                                    id,
                                    1,
                                    "editor",
                                    new RevisionEvent.Created(
                                            Optional.empty(), "", new TreeMap<>(), "sha256:1", Optional.empty())),
                            Map.of());
            log().append(
                            new NewEvent(
                                    id,
                                    2,
                                    "approver",
                                    new RevisionEvent.Approved("yes", new Binding("sha256:1", "sha256:2", "sha256:3"))),
                            Map.of());
            log().publish(
                            NewRevisions.withId(id),
                            store().inForce().map(StoredRevision::id),
                            List.of(new NewEvent(
                                    id, 3, "approver", new RevisionEvent.Published("sha256:1", "sha256:2"))));
            var told = new ArrayList<String>();
            for (int i = 0; i < 10 && !told.contains("PUBLISHED " + id); i++) {
                for (var notification : connection.unwrap(PGConnection.class).getNotifications(1_000)) {
                    told.add(notification.getParameter());
                }
            }
            listen.execute("unlisten *");

            assertThat(told).contains("APPROVED " + id, "PUBLISHED " + id);
        }
    }
}
