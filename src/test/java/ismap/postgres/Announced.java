package ismap.postgres;

import java.sql.SQLException;

/** What the life of a revision tells every instance, and what becomes of those who listen. */
public final class Announced {
    private Announced() {}

    /** As a transaction does that approves a revision. */
    public static void approved(Database database, String id) {
        ask(database, "select pg_notify('ismap_revision', 'APPROVED %s')".formatted(id));
    }

    /** Cuts the connections of all who listen. */
    public static void cut(Database database) {
        ask(
                database,
                "select count(pg_terminate_backend(pid)) from pg_stat_activity where application_name = 'ismap'"
                        + " and pid <> pg_backend_pid() and query like '%from ismap.revision order by sequence desc limit 1'");
    }

    private static void ask(Database database, String sql) {
        try (var connection = database.dataSource().getConnection();
                var statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new AssertionError(sql, e);
        }
    }
}
