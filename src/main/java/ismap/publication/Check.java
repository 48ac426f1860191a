package ismap.publication;

import ismap.decision.Problem;
import ismap.rulebook.RulebookFiles;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One thing that is looked at before a draft may be submitted; together they are the evidence that an approval binds. */
public interface Check {

    /** The key under which its result stands in the evidence: {@code problems}, {@code scenarios}, {@code impact} … */
    String name();

    /** Never throws for what the draft holds. */
    Result run(Subject subject, Progress progress);

    /**
     * @param base the published revision that the draft began with, read again; empty where it cannot be read any more
     */
    record Subject(RulebookFiles files, CheckedRulebook checked, Optional<CheckedRulebook> base) {}

    /**
     * @param problems errors bar a submission, warnings do not
     * @param details counts first; JSON values, the same for the same subject, so that evidence has a digest
     */
    record Result(List<Problem> problems, Map<String, @Nullable Object> details) {
        public Result {
            problems = List.copyOf(problems);
            details = Collections.unmodifiableMap(new LinkedHashMap<>(details));
        }
    }

    /** How far it is, for whoever waits. */
    interface Progress {
        void at(long done, long total);
    }
}
