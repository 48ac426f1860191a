package ismap.backup;

/** Hears how far a long copy is. */
@FunctionalInterface
public interface Progress {

    /** So often it is told, and once more at the end of a table. */
    long STEP = 64L * 1024 * 1024;

    void copied(String table, long bytes);
}
