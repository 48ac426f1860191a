package ismap.api;

/** The threads that decide, so that the event loop never waits for a rule or for the database. */
final class Workers {
    static final String DECIDE = "decide";

    private Workers() {}
}
