package ismap.revision;

/**
 * An event that is about to be recorded.
 *
 * @param version the one it is going to be; somebody else may be first
 */
public record NewEvent(String revision, int version, String actor, RevisionEvent event) {}
