package ismap.app;

import ismap.evaluation.Alarm;
import java.util.concurrent.atomic.LongAdder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** An error in the log, and a count. */
final class LoggedAlarm implements Alarm {

    private static final Logger LOG = LoggerFactory.getLogger("ismap.alarm");

    private final LongAdder count = new LongAdder();

    @Override
    public void evaluationFailed(String decision, String revision, String difference) {
        count.increment();
        LOG.error(
                "evaluation-failed number {} since the start: {} under revision {}: {}",
                count.sum(),
                decision,
                revision,
                difference);
    }

    @Override
    public void revisionRefused(String revision, String reason) {
        LOG.error(
                "revision-refused {}: this instance cannot decide by it, the one before serves on: {}",
                revision,
                reason);
    }
}
