package ismap.postgres;

import ismap.saving.SavedChecks;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Optional;
import javax.sql.DataSource;

/** The table {@code saved_self_check}. */
final class PostgresSavedChecks implements SavedChecks {

    private final DataSource dataSource;

    PostgresSavedChecks(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    /** Whoever saves something clears away what has ended; nothing else has to run for that. */
    @Override
    public void keep(byte[] hash, byte[] sealed) {
        ask("insert into ismap.saved_self_check (code_hash, sealed) values (?, ?)", statement -> {
            statement.setBytes(1, hash);
            statement.setBytes(2, sealed);
            return statement.executeUpdate();
        });
        ask(
                "delete from ismap.saved_self_check where expires_at <= clock_timestamp()",
                PreparedStatement::executeUpdate);
    }

    @Override
    public Optional<byte[]> find(byte[] hash) {
        return ask(
                "select sealed from ismap.saved_self_check where code_hash = ? and expires_at > clock_timestamp()",
                statement -> {
                    statement.setBytes(1, hash);
                    try (var rows = statement.executeQuery()) {
                        return rows.next() ? Optional.of(rows.getBytes("sealed")) : Optional.<byte[]>empty();
                    }
                });
    }

    @Override
    public boolean delete(byte[] hash) {
        return ask(
                "delete from ismap.saved_self_check where code_hash = ? and expires_at > clock_timestamp()",
                statement -> {
                    statement.setBytes(1, hash);
                    return statement.executeUpdate() > 0;
                });
    }

    private interface Question<T> {
        T put(PreparedStatement statement) throws SQLException;
    }

    private <T> T ask(String sql, Question<T> question) {
        try (Connection connection = dataSource.getConnection();
                var statement = connection.prepareStatement(sql)) {
            return question.put(statement);
        } catch (SQLException e) {
            throw Failures.translated("saved self-check", e);
        }
    }
}
