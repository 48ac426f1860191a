package ismap.publication;

import ismap.decision.Problem;
import java.util.ArrayList;
import java.util.List;

/** Writes down what an instance was told, and what it says of what it is to prepare. */
public final class Activations implements Activation {
    private final List<String> told = new ArrayList<>();
    private List<Problem> problems = List.of();

    @Override
    public synchronized List<Problem> prepare(String revisionId) {
        told.add("prepare " + revisionId);
        return problems;
    }

    @Override
    public synchronized void published() {
        told.add("published");
    }

    public synchronized List<String> told() {
        return List.copyOf(told);
    }

    /** From now on it cannot decide by what it prepares. */
    public synchronized void find(List<Problem> wrong) {
        problems = List.copyOf(wrong);
    }
}
