package ismap.evaluation;

/** Told when the rules themselves failed. What it is told never holds a value of the case. */
public interface Alarm {

    /** @param difference what the engines disagree on, or how one of them failed; names and rows only */
    void evaluationFailed(String decision, String revision, String difference);
}
