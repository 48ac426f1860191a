package ismap.evaluation;

/** Told when the rules themselves failed, or cannot be had. What it is told never holds a value of the case. */
public interface Alarm {

    /** @param difference what the engines disagree on, or how one of them failed; names and rows only */
    void evaluationFailed(String decision, String revision, String difference);

    /**
     * A revision was published, or is about to be, by which this instance cannot decide; the one before it serves on.
     *
     * @param reason why, in English; nothing of a case
     */
    default void revisionRefused(String revision, String reason) {}
}
