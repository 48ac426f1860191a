package ismap.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import ismap.rulebook.Facts;
import ismap.rulebook.Plan;
import ismap.rulebook.Reasoning;
import ismap.rulebook.RuleCompiler;
import java.time.LocalDate;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/** Counts what it compiled and what of that is open; refuses to decide by what is closed. */
final class CountingCompiler implements RuleCompiler {
    private final AtomicInteger compiled = new AtomicInteger();
    private final AtomicInteger open = new AtomicInteger();

    int compiled() {
        return compiled.get();
    }

    int open() {
        return open.get();
    }

    @Override
    public CompiledRules compile(Map<String, Plan> plans) {
        compiled.incrementAndGet();
        open.incrementAndGet();
        CompiledRules rules = new SmallRulebook.InterpretingCompiler().compile(plans);
        return new CompiledRules() {
            private volatile boolean closed;

            @Override
            public Reasoning reason(String decision, Facts facts, LocalDate asOf) {
                assertThat(closed).as("decides though it is closed").isFalse();
                return rules.reason(decision, facts, asOf);
            }

            @Override
            public void close() {
                assertThat(closed).as("closed once").isFalse();
                closed = true;
                open.decrementAndGet();
            }
        };
    }
}
