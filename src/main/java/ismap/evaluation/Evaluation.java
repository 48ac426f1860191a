package ismap.evaluation;

import ismap.decision.Decision;
import ismap.decision.Problem;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** What came of a question. */
public sealed interface Evaluation {

    /** Asks the case it is. */
    <T> T as(Cases<T> cases);

    /** One method a case, so that a new case fails to compile where it matters. */
    interface Cases<T> {
        T answered(Answered answered);

        T repeated(Repeated repeated);

        T invalid(Invalid invalid);

        T unknownDecision(UnknownDecision unknown);

        T failed(EvaluationFailed failed);

        T unavailable(Unavailable unavailable);
    }

    /**
     * An answer; with an id it is on record, durably.
     *
     * @param knownAt the instant at which the revision was the published one
     * @param body the answer as it is sent, and as it was recorded: JSON, UTF-8
     */
    @SuppressWarnings("ArrayRecordComponent") // sent or stored as it is, never compared by equals
    record Answered(Optional<UUID> id, Decision decision, ActiveRulebook by, Instant knownAt, byte[] body)
            implements Evaluation {
        @Override
        public <T> T as(Cases<T> cases) {
            return cases.answered(this);
        }
    }

    /**
     * Asked before by the same principal under the same key: the answer of then.
     *
     * @param body as it was sent then
     */
    @SuppressWarnings("ArrayRecordComponent") // sent as it is, never compared by equals
    record Repeated(UUID id, byte[] body) implements Evaluation {
        @Override
        public <T> T as(Cases<T> cases) {
            return cases.repeated(this);
        }
    }

    /** Understood and wrong. */
    record Invalid(List<Problem> problems) implements Evaluation {
        public Invalid {
            problems = List.copyOf(problems);
        }

        @Override
        public <T> T as(Cases<T> cases) {
            return cases.invalid(this);
        }
    }

    /** @param known the decisions that the rulebook in force has */
    record UnknownDecision(String name, List<String> known) implements Evaluation {
        public UnknownDecision {
            known = List.copyOf(known);
        }

        @Override
        public <T> T as(Cases<T> cases) {
            return cases.unknownDecision(this);
        }
    }

    /** The rules failed, or the engines disagree. Nothing was decided, nothing recorded, and the alarm was told. */
    record EvaluationFailed(String decision, String revision) implements Evaluation {
        @Override
        public <T> T as(Cases<T> cases) {
            return cases.failed(this);
        }
    }

    /** Not now. */
    record Unavailable(What what) implements Evaluation {
        public enum What {
            DATABASE,
            /** More wait to be recorded than can be taken. */
            QUEUE,
            RULEBOOK,
            /** Too many wait for revisions that are not ready. */
            REVISION
        }

        @Override
        public <T> T as(Cases<T> cases) {
            return cases.unavailable(this);
        }
    }
}
