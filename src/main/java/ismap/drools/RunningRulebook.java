package ismap.drools;

import ismap.rulebook.Facts;
import ismap.rulebook.Reasoning;
import ismap.rulebook.RuleCompiler;
import java.time.LocalDate;
import java.util.Map;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/** The decisions of a rulebook, running. Closing waits for those that are being asked. */
final class RunningRulebook implements RuleCompiler.CompiledRules {

    private final Map<String, RunningDecision> decisions;
    private final Runnable dispose;
    private final ReadWriteLock open = new ReentrantReadWriteLock();
    private boolean closed;

    RunningRulebook(Map<String, RunningDecision> decisions, Runnable dispose) {
        this.decisions = Map.copyOf(decisions);
        this.dispose = dispose;
    }

    @Override
    public Reasoning reason(String decision, Facts facts, LocalDate asOf) {
        open.readLock().lock();
        try {
            if (closed) {
                throw new IllegalStateException("the rules of %s were closed".formatted(decision));
            }
            RunningDecision running = decisions.get(decision);
            if (running == null) {
                throw new IllegalArgumentException("no decision %s was compiled".formatted(decision));
            }
            return running.reason(facts, asOf);
        } finally {
            open.readLock().unlock();
        }
    }

    @Override
    public void close() {
        open.writeLock().lock();
        try {
            if (!closed) {
                closed = true;
                dispose.run();
            }
        } finally {
            open.writeLock().unlock();
        }
    }
}
