package ismap.publication;

import ismap.decision.Problem;
import java.util.List;

/** What came of a step in the life of a revision. */
public sealed interface Revised<T> {

    /** Asks the case it is. */
    <R> R as(Cases<T, R> cases);

    /** One method a case, so that a new case fails to compile where it matters. */
    interface Cases<T, R> {
        R done(T value);

        R unknown();

        R stale(int version);

        R refused(List<Problem> problems);

        R wrong(List<Problem> problems);

        R busy();
    }

    /** It is on record. */
    record Done<T>(T value) implements Revised<T> {
        @Override
        public <R> R as(Cases<T, R> cases) {
            return cases.done(value);
        }
    }

    /** There is no such revision, or none of that id that this step is for. */
    record Unknown<T>() implements Revised<T> {
        @Override
        public <R> R as(Cases<T, R> cases) {
            return cases.unknown();
        }
    }

    /** Somebody else changed it first. @param version the one it has now */
    record Stale<T>(int version) implements Revised<T> {
        @Override
        public <R> R as(Cases<T, R> cases) {
            return cases.stale(version);
        }
    }

    /** Not in its state. */
    record Refused<T>(List<Problem> problems) implements Revised<T> {
        public Refused {
            problems = List.copyOf(problems);
        }

        Refused(Problem problem) {
            this(List.of(problem));
        }

        @Override
        public <R> R as(Cases<T, R> cases) {
            return cases.refused(problems);
        }
    }

    /** Never, with what was sent. */
    record Wrong<T>(List<Problem> problems) implements Revised<T> {
        public Wrong {
            problems = List.copyOf(problems);
        }

        @Override
        public <R> R as(Cases<T, R> cases) {
            return cases.wrong(problems);
        }
    }

    /** Not now. */
    record Busy<T>() implements Revised<T> {
        @Override
        public <R> R as(Cases<T, R> cases) {
            return cases.busy();
        }
    }
}
