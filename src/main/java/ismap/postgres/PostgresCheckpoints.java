package ismap.postgres;

import ismap.ledger.Checkpoint;
import ismap.ledger.CheckpointStore;
import ismap.ledger.SigningKey;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;

/** The tables {@code checkpoint} and {@code signing_key}. */
final class PostgresCheckpoints implements CheckpointStore {

    private static final String SELECT = "select sequence, hash, at, key_id, signature from ismap.checkpoint ";

    private final DataSource dataSource;

    PostgresCheckpoints(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    @Override
    public void add(Checkpoint checkpoint) {
        run(
                "checkpoint " + checkpoint.sequence(),
                "insert into ismap.checkpoint (sequence, hash, at, key_id, signature) values (?, ?, ?, ?, ?) "
                        + "on conflict do nothing",
                insert -> {
                    insert.setLong(1, checkpoint.sequence());
                    insert.setString(2, checkpoint.hash());
                    insert.setObject(3, OffsetDateTime.ofInstant(checkpoint.at(), ZoneOffset.UTC));
                    insert.setString(4, checkpoint.keyId());
                    insert.setString(5, checkpoint.signature());
                    return insert.executeUpdate();
                });
    }

    @Override
    public Optional<Checkpoint> last() {
        return run(
                "last checkpoint",
                SELECT + "order by sequence desc limit 1",
                select -> checkpoints(select).stream().findFirst());
    }

    @Override
    public List<Checkpoint> after(long sequence, int limit) {
        return run("checkpoints", SELECT + "where sequence > ? order by sequence limit ?", select -> {
            select.setLong(1, sequence);
            select.setInt(2, limit);
            return checkpoints(select);
        });
    }

    private static List<Checkpoint> checkpoints(PreparedStatement select) throws SQLException {
        var checkpoints = new ArrayList<Checkpoint>();
        try (ResultSet row = select.executeQuery()) {
            while (row.next()) {
                checkpoints.add(new Checkpoint(
                        row.getLong("sequence"),
                        row.getString("hash"),
                        row.getObject("at", OffsetDateTime.class).toInstant(),
                        row.getString("key_id"),
                        row.getString("signature")));
            }
        }
        return checkpoints;
    }

    @Override
    public List<SigningKey> keys() {
        return run(
                "signing keys",
                "select key_id, public_key, from_day, previous, hand_over from ismap.signing_key order by position",
                select -> {
                    var keys = new ArrayList<SigningKey>();
                    try (ResultSet row = select.executeQuery()) {
                        while (row.next()) {
                            keys.add(new SigningKey(
                                    row.getString("key_id"),
                                    row.getString("public_key"),
                                    row.getObject("from_day", LocalDate.class),
                                    row.getString("previous"),
                                    row.getString("hand_over")));
                        }
                    }
                    return keys;
                });
    }

    @Override
    public void add(SigningKey key) {
        run(
                "signing key " + key.keyId(),
                "insert into ismap.signing_key (key_id, public_key, from_day, previous, hand_over) values (?, ?, ?, ?, ?)",
                insert -> {
                    insert.setString(1, key.keyId());
                    insert.setString(2, key.publicKey());
                    insert.setObject(3, key.from());
                    insert.setString(4, key.previous());
                    insert.setString(5, key.handOver());
                    return insert.executeUpdate();
                });
    }

    private interface Statement<T> {
        T run(PreparedStatement statement) throws SQLException;
    }

    private <T> T run(String what, String sql, Statement<T> call) {
        try (Connection connection = dataSource.getConnection();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            return call.run(statement);
        } catch (SQLException e) {
            throw Failures.translated(what, e);
        }
    }
}
