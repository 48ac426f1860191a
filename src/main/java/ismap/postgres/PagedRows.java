package ismap.postgres;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/** Rows in the order of their sequence, with one page of them in memory. */
final class PagedRows<T> implements AutoCloseable {

    record Placed<T>(long sequence, T row) {}

    interface Reader<T> {
        Placed<T> read(ResultSet row) throws SQLException;
    }

    /** A request and its answer may have a mebibyte each. */
    private static final int PAGE = 64;

    private final PreparedStatement select;
    private final Reader<T> reader;
    private final ArrayDeque<Placed<T>> page = new ArrayDeque<>();
    private long after;
    private boolean exhausted;

    /** @param sql asks for the rows after a sequence, and for how many of them at most */
    PagedRows(Connection connection, String sql, long after, Reader<T> reader) throws SQLException {
        this.select = connection.prepareStatement(sql);
        this.after = after;
        this.reader = reader;
    }

    @Nullable
    Placed<T> next() throws SQLException {
        if (page.isEmpty() && !exhausted) {
            fetch();
        }
        return page.poll();
    }

    private void fetch() throws SQLException {
        select.setLong(1, after);
        select.setInt(2, PAGE);
        int read = 0;
        try (var rows = select.executeQuery()) {
            while (rows.next()) {
                Placed<T> placed = reader.read(rows);
                page.add(placed);
                after = placed.sequence();
                read++;
            }
        }
        exhausted = read < PAGE;
    }

    @Override
    public void close() throws SQLException {
        select.close();
    }
}
