package ismap.revision;

import java.time.Instant;

/**
 * An event as it is on record.
 *
 * @param version counted from 1 in each revision, without gaps
 * @param actor the principal, or {@link #SERVICE}
 * @param at by the database's clock
 */
public record RecordedEvent(String revision, int version, String actor, Instant at, RevisionEvent event) {

    /** The service itself: what ships with it, and what it was given as a folder. Nobody can have a token of this name's form. */
    public static final String SERVICE = "(service)";
}
