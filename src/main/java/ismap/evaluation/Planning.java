package ismap.evaluation;

import ismap.decision.Problem;
import java.util.List;

/** What came of planning. */
public sealed interface Planning {

    /** Asks the case it is. */
    <T> T as(Cases<T> cases);

    /** One method a case, so that a new case fails to compile where it matters. */
    interface Cases<T> {
        T planned(Schedule schedule);

        T invalid(List<Problem> problems);

        /** The rules failed on some day, or the engines disagree; the alarm was told. */
        T failed();

        T noRulebook();
    }

    record Planned(Schedule schedule) implements Planning {
        @Override
        public <T> T as(Cases<T> cases) {
            return cases.planned(schedule);
        }
    }

    /** Understood and wrong. */
    record Invalid(List<Problem> problems) implements Planning {
        public Invalid {
            problems = List.copyOf(problems);
        }

        @Override
        public <T> T as(Cases<T> cases) {
            return cases.invalid(problems);
        }
    }

    record Failed() implements Planning {
        @Override
        public <T> T as(Cases<T> cases) {
            return cases.failed();
        }
    }

    record NoRulebook() implements Planning {
        @Override
        public <T> T as(Cases<T> cases) {
            return cases.noRulebook();
        }
    }
}
