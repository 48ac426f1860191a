package ismap.postgres;

import ismap.ledger.StorageUnavailable;
import java.sql.SQLException;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Says of a failed call whether the caller was wrong, we were, or the database is not there. */
final class Failures {
    private static final String INTEGRITY = "23";

    /** Classes of SQLSTATE that come back however often one asks: unsupported, bad data, no right to, wrong state. */
    private static final Set<String> BUGS = Set.of("0A", "22", "42", "55");

    private Failures() {}

    static <T> T translate(String what, Supplier<T> call) {
        try {
            return call.get();
        } catch (RuntimeException e) {
            throw translated(what, e);
        }
    }

    /** The exception to throw for this one: IllegalArgumentException, {@link StorageUnavailable}, or a bug as it is. */
    static RuntimeException translated(String what, Exception failure) {
        var cause = sqlException(failure);
        var state = cause == null ? null : cause.getSQLState();
        var kind = state == null || state.length() < 2 ? "" : state.substring(0, 2);
        if (cause != null && kind.equals(INTEGRITY)) {
            return new IllegalArgumentException(what + " contradicts what is stored: " + cause.getMessage(), failure);
        }
        // 55P03 is a lock that was not free in time.
        if (cause == null || (BUGS.contains(kind) && !"55P03".equals(state))) {
            return failure instanceof RuntimeException unchecked
                    ? unchecked
                    : new IllegalStateException(what + " failed: " + failure.getMessage(), failure);
        }
        return new StorageUnavailable("the database does not answer (" + what + ")", failure);
    }

    /** The one nearest to the driver: those above it often carry no state. */
    private static @Nullable SQLException sqlException(Throwable thrown) {
        SQLException found = null;
        for (Throwable each = thrown; each != null; each = each.getCause()) {
            if (each instanceof SQLException e) {
                found = e;
            }
        }
        return found;
    }
}
