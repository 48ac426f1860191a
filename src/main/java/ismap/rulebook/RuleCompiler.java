package ismap.rulebook;

import java.time.LocalDate;
import java.util.Map;

/** An engine that executes plans. */
public interface RuleCompiler {

    /** A rulebook made executable; it holds classes and memory until it is closed. Safe for many threads. */
    interface CompiledRules extends AutoCloseable {

        /**
         * What the engine finds, to be compared with the reference interpreter.
         *
         * @throws EvaluationFailure where the rules fail on this case
         */
        Reasoning reason(String decision, Facts facts, LocalDate asOf);

        @Override
        void close();
    }

    CompiledRules compile(Map<String, Plan> plans);
}
