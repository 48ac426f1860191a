package ismap.app;

import ismap.decision.Problem;
import ismap.evaluation.InForce;
import ismap.publication.Activation;
import java.util.List;

/** What a publication does to the instance that it is made on. */
final class InstanceActivation implements Activation {

    private final InForce inForce;

    InstanceActivation(InForce inForce) {
        this.inForce = inForce;
    }

    @Override
    public List<Problem> prepare(String revisionId) {
        return inForce.prepare(revisionId);
    }

    @Override
    public void published() {
        inForce.published();
    }
}
