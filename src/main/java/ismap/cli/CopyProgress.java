package ismap.cli;

import ismap.backup.Progress;
import java.io.PrintWriter;

/** A line on standard error, now and then. */
record CopyProgress(String ja, String en, PrintWriter err) implements Progress {

    @Override
    public void copied(String table, long bytes) {
        err.printf("%s / %s: %s %.1f MB%n", ja, en, table, bytes / 1e6);
        err.flush();
    }
}
