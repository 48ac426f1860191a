package ismap.publication;

import ismap.decision.Problem;
import java.util.List;

/**
 * All that can be done with revisions.
 *
 * @param annotator writes what is wrong with a workbook into a copy of it
 */
public record Revising(
        RevisionHistory history,
        Drafting drafting,
        Rebasing rebasing,
        Checking checking,
        Publishing publishing,
        Annotator annotator) {

    /** Gives back a workbook whatever the bytes are; {@code path} is the one that places name. */
    @FunctionalInterface
    public interface Annotator {
        byte[] annotated(String path, byte[] workbook, List<Problem> problems);
    }
}
