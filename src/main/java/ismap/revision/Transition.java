package ismap.revision;

import ismap.decision.Problem;

/** What comes of asking a revision to go on: the event that does it, or why it does not. */
public sealed interface Transition {

    record Taken(RevisionEvent event) implements Transition {}

    record Refused(Problem why) implements Transition {}
}
