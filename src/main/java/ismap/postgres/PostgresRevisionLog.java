package ismap.postgres;

import static java.nio.charset.StandardCharsets.UTF_8;

import ismap.json.JsonReader;
import ismap.json.JsonWriter;
import ismap.json.Parsed;
import ismap.revision.NewEvent;
import ismap.revision.NewRevision;
import ismap.revision.PublishedRevision;
import ismap.revision.RecordedEvent;
import ismap.revision.RevisionEvent;
import ismap.revision.RevisionLog;
import ismap.revision.StoredRevision;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.sql.DataSource;

/** The tables {@code revision_event} and {@code revision_blob}, and what is published from there into {@code revision}. */
final class PostgresRevisionLog implements RevisionLog {

    private final DataSource dataSource;

    PostgresRevisionLog(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    @Override
    public Map<String, List<RecordedEvent>> events(Collection<String> ids) {
        var events = new HashMap<String, List<RecordedEvent>>();
        return ask("events of revisions", connection -> {
            try (var select = connection.prepareStatement(
                    "select * from ismap.revision_event where revision_id = any(?) order by revision_id, version")) {
                select.setArray(1, texts(connection, ids));
                try (var rows = select.executeQuery()) {
                    while (rows.next()) {
                        events.computeIfAbsent(rows.getString("revision_id"), none -> new ArrayList<>())
                                .add(event(rows));
                    }
                }
            }
            return events;
        });
    }

    @Override
    public List<String> unpublished() {
        return ask("drafts", connection -> {
            var ids = new ArrayList<String>();
            try (var select = connection.prepareStatement(
                            "select revision_id from ismap.revision_event e where version = 1 "
                                    + "and not exists (select from ismap.revision r where r.id = e.revision_id) order by at, revision_id");
                    var rows = select.executeQuery()) {
                while (rows.next()) {
                    ids.add(rows.getString(1));
                }
            }
            return ids;
        });
    }

    @Override
    public List<PublishedRevision> published(Optional<String> before, int limit) {
        return ask("published revisions", connection -> {
            var published = new ArrayList<PublishedRevision>();
            try (var select = connection.prepareStatement("select * from ismap.revision where sequence < "
                    + "coalesce((select sequence from ismap.revision where id = ?), 9223372036854775807) "
                    + "order by sequence desc limit ?")) {
                select.setString(1, before.orElse(""));
                select.setInt(2, limit);
                try (var rows = select.executeQuery()) {
                    while (rows.next()) {
                        published.add(new PublishedRevision(
                                rows.getString("id"),
                                rows.getString("digest"),
                                rows.getString("files_digest"),
                                rows.getString("note"),
                                instant(rows, "published_at")));
                    }
                }
            }
            return published;
        });
    }

    @Override
    public Optional<RecordedEvent> append(NewEvent event, Map<String, byte[]> contents) {
        return transaction("event of " + event.revision(), connection -> {
            Optional<Instant> at = insert(connection, event);
            if (at.isEmpty()) {
                return Optional.<RecordedEvent>empty();
            }
            insert(connection, contents);
            if (event.event() instanceof RevisionEvent.Approved) {
                announce(connection, "APPROVED " + event.revision());
            }
            return Optional.of(
                    new RecordedEvent(event.revision(), event.version(), event.actor(), at.get(), event.event()));
        });
    }

    @Override
    public Publication publish(NewRevision revision, Optional<String> supersedes, List<NewEvent> events) {
        return this.<Publication>transaction("publication of " + revision.id(), connection -> {
            waitForOthersWhoPublish(connection);
            Optional<String> inForce = inForce(connection);
            if (!inForce.equals(supersedes)) {
                return new Publication.Superseded(inForce.orElse(""));
            }
            Instant publishedAt = insert(connection, revision);
            for (NewEvent event : events) {
                if (insert(connection, event).isEmpty()) {
                    connection.rollback();
                    return new Publication.Stale();
                }
            }
            announce(connection, "PUBLISHED " + revision.id());
            return new Publication.Done(new StoredRevision(
                    revision.id(),
                    revision.digest(),
                    revision.filesDigest(),
                    revision.note(),
                    publishedAt,
                    revision.files()));
        });
    }

    @Override
    public Map<String, byte[]> contents(Collection<String> sha256) {
        return ask("files of a draft", connection -> {
            var contents = new LinkedHashMap<String, byte[]>();
            try (var select = connection.prepareStatement(
                    "select sha256, content from ismap.revision_blob where sha256 = any(?)")) {
                select.setArray(1, texts(connection, sha256));
                try (var rows = select.executeQuery()) {
                    while (rows.next()) {
                        contents.put(rows.getString("sha256"), rows.getBytes("content"));
                    }
                }
            }
            return contents;
        });
    }

    /** When it was recorded; empty where another took its version, or the one before it is not there. */
    private static Optional<Instant> insert(Connection connection, NewEvent event) throws SQLException {
        try (var insert = connection.prepareStatement(
                "insert into ismap.revision_event (revision_id, version, kind, actor, why, data) select ?, ?, ?, ?, ?, ? "
                        + "where coalesce((select max(version) from ismap.revision_event where revision_id = ?), 0) = ? - 1 "
                        + "on conflict do nothing returning at")) {
            insert.setString(1, event.revision());
            insert.setInt(2, event.version());
            insert.setString(3, event.event().kind());
            insert.setString(4, event.actor());
            insert.setString(5, event.event().why());
            insert.setString(6, new String(JsonWriter.canonical(event.event().data()), UTF_8));
            insert.setString(7, event.revision());
            insert.setInt(8, event.version());
            try (var rows = insert.executeQuery()) {
                return rows.next() ? Optional.of(instant(rows, "at")) : Optional.empty();
            }
        }
    }

    private static void insert(Connection connection, Map<String, byte[]> contents) throws SQLException {
        try (var insert = connection.prepareStatement(
                "insert into ismap.revision_blob (sha256, content) values (?, ?) on conflict do nothing")) {
            // In one order, so that two who bring the same contents do not wait for each other.
            for (String sha256 : contents.keySet().stream().sorted().toList()) {
                insert.setString(1, sha256);
                insert.setBytes(2, contents.get(sha256));
                insert.executeUpdate();
            }
        }
    }

    private static Instant insert(Connection connection, NewRevision revision) throws SQLException {
        Instant publishedAt;
        try (var insert = connection.prepareStatement(
                "insert into ismap.revision (id, digest, files_digest, note) values (?, ?, ?, ?) returning published_at")) {
            insert.setString(1, revision.id());
            insert.setString(2, revision.digest());
            insert.setString(3, revision.filesDigest());
            insert.setString(4, revision.note());
            try (var rows = insert.executeQuery()) {
                rows.next();
                publishedAt = instant(rows, "published_at");
            }
        }
        try (PreparedStatement insert = connection.prepareStatement(
                "insert into ismap.revision_file (revision_id, path, content) values (?, ?, ?)")) {
            for (Map.Entry<String, byte[]> file : revision.files().entrySet()) {
                insert.setString(1, revision.id());
                insert.setString(2, file.getKey());
                insert.setBytes(3, file.getValue());
                insert.executeUpdate();
            }
        }
        return publishedAt;
    }

    private static Optional<String> inForce(Connection connection) throws SQLException {
        try (var select = connection.prepareStatement("select id from ismap.revision order by sequence desc limit 1");
                var rows = select.executeQuery()) {
            return rows.next() ? Optional.of(rows.getString(1)) : Optional.empty();
        }
    }

    /** Told to all instances with the commit, and not before. */
    private static void announce(Connection connection, String what) throws SQLException {
        try (var notify = connection.prepareStatement("select pg_notify('ismap_revision', ?)")) {
            notify.setString(1, what);
            notify.execute();
        }
    }

    /** A sequence is drawn before the commit: only one at a time keeps its order the order of commits. */
    static void waitForOthersWhoPublish(Connection connection) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute("select pg_advisory_xact_lock(hashtext('ismap.revision'))");
        }
    }

    private static RecordedEvent event(ResultSet row) throws SQLException {
        Parsed data = JsonReader.read(row.getString("data").getBytes(UTF_8));
        if (!(data instanceof Parsed.Document document) || !(document.value() instanceof Map<?, ?> map)) {
            throw new IllegalStateException("event %d of revision %s is not readable: %s"
                    .formatted(row.getInt("version"), row.getString("revision_id"), data));
        }
        return new RecordedEvent(
                row.getString("revision_id"),
                row.getInt("version"),
                row.getString("actor"),
                instant(row, "at"),
                RevisionEvent.read(row.getString("kind"), row.getString("why"), map));
    }

    private static Instant instant(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }

    private static Array texts(Connection connection, Collection<String> texts) throws SQLException {
        return connection.createArrayOf("text", texts.toArray());
    }

    private interface Work<T> {
        T with(Connection connection) throws SQLException;
    }

    private <T> T ask(String what, Work<T> question) {
        try (Connection connection = dataSource.getConnection()) {
            return question.with(connection);
        } catch (SQLException e) {
            throw Failures.translated(what, e);
        }
    }

    private <T> T transaction(String what, Work<T> change) {
        try (Connection connection = dataSource.getConnection()) {
            connection.setAutoCommit(false);
            try {
                T result = change.with(connection);
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
