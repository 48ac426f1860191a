package ismap.api;

/**
 * The threads that decide, so that the event loop never waits for a rule or for the database. What is recorded has its own: anybody
 * may ask for a self-check, and as often as they like.
 */
final class Workers {
    static final String SELF_CHECK = "self-check";
    static final String RECORD = "record";

    /** Few: a batch works through its lines in turns with the others, and whoever asks one question goes before. */
    static final String BATCH = "batch";

    /** Few: what they do may take seconds, and nobody who asks for a decision may wait for it. */
    static final String ARCHIVE = "archive";

    /** Few, and of their own: editors hand in files that take a processor for seconds. */
    static final String REVISION = "revision";

    private Workers() {}
}
