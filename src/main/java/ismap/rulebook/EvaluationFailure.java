package ismap.rulebook;

/** The rules themselves fail on this case: a gap, or rows that contradict each other. Nobody gets an answer then. */
public final class EvaluationFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public EvaluationFailure(String message) {
        super(message);
    }
}
