package ismap.evaluation;

import ismap.decision.Bilingual;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What came of deciding a record again. */
public sealed interface Replay {

    Recorded record();

    /** {@code SAME}, {@code DIFFERENT} or {@code UNREPLAYABLE}. */
    String result();

    /** What there is to say beside the result, as members of a JSON object. */
    Map<String, @Nullable Object> details();

    /** {@code {"id","revision","sequence","result",…}} */
    default Map<String, @Nullable Object> form() {
        var form = new LinkedHashMap<String, @Nullable Object>();
        form.put("id", record().id().toString());
        form.put("revision", record().revision());
        form.put("sequence", record().sequence());
        form.put("result", result());
        form.putAll(details());
        return form;
    }

    /** The same answer, in all its parts. */
    record Same(Recorded record) implements Replay {
        @Override
        public String result() {
            return "SAME";
        }

        @Override
        public Map<String, @Nullable Object> details() {
            return Map.of();
        }
    }

    /** @param differences in the order of the answer */
    record Different(Recorded record, List<Difference> differences) implements Replay {
        public Different {
            differences = List.copyOf(differences);
        }

        @Override
        public String result() {
            return "DIFFERENT";
        }

        @Override
        public Map<String, @Nullable Object> details() {
            return Map.of(
                    "differences", differences.stream().map(Difference::form).toList());
        }
    }

    /** It cannot be decided again; its answer is neither confirmed nor refuted. */
    record Unreplayable(Recorded record, String code, Bilingual message) implements Replay {
        @Override
        public String result() {
            return "UNREPLAYABLE";
        }

        @Override
        public Map<String, @Nullable Object> details() {
            var reason = new LinkedHashMap<String, Object>();
            reason.put("code", code);
            reason.put("message", AnswerForm.bilingual(message));
            return Map.of("reason", reason);
        }
    }

    /**
     * One place where two answers differ.
     *
     * @param pointer into the answer (RFC 6901)
     * @param recorded the JSON that stands there; empty where nothing does, as {@code replayed}
     */
    record Difference(String pointer, Optional<Json> recorded, Optional<Json> replayed) {
        Map<String, @Nullable Object> form() {
            var form = new LinkedHashMap<String, @Nullable Object>();
            form.put("pointer", pointer);
            recorded.ifPresent(json -> form.put("recorded", json.value()));
            replayed.ifPresent(json -> form.put("replayed", json.value()));
            return form;
        }
    }

    /** @param value JSON as JDK values, null included */
    record Json(@Nullable Object value) {}
}
