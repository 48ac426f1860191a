package ismap.evaluation;

import ismap.decision.Bilingual;
import ismap.decision.Decision;
import ismap.decision.Problem;
import ismap.evaluation.Replay.Difference;
import ismap.evaluation.Replay.Different;
import ismap.evaluation.Replay.Same;
import ismap.evaluation.Replay.Unreplayable;
import ismap.json.JsonReader;
import ismap.json.JsonWriter;
import ismap.json.Parsed;
import ismap.rulebook.FactReader;
import ismap.rulebook.Plan;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Decides a record again, with both engines, from the request as it was recorded, about the recorded day and instant, and compares all of
 * the answer but its id and whether its revision was in force. Needs no clock and no database.
 */
public final class Replayer {

    private final BothEngines engines;

    /** @param alarm told where the engines disagree today */
    public Replayer(Alarm alarm) {
        this.engines = new BothEngines(alarm);
    }

    /** @param active the revision that the record names */
    public Replay replay(Recorded record, ActiveRulebook active) {
        Optional<Map<String, @Nullable Object>> request = object(record.request());
        Optional<Map<String, @Nullable Object>> answer = object(record.answer());
        if (request.isEmpty() || answer.isEmpty()) {
            return unreadable(record);
        }
        Request.Read asked = Request.read(request.get());
        Optional<Plan> plan = active.plan(record.decision());
        Optional<Instant> knownAt =
                asked.request().knownAt().or(() -> instant(answer.get().get("knownAt")));
        if (plan.isEmpty() || knownAt.isEmpty()) {
            return unreadable(record);
        }
        FactReader.Result facts = FactReader.read(plan.get(), asked.request().facts());
        Optional<Problem> refused = asked.problems().stream()
                .filter(Problem::isError)
                .findFirst()
                .or(() -> facts.problems().stream().filter(Problem::isError).findFirst());
        if (refused.isPresent()) {
            return refused(record, refused.get());
        }
        return engines.decide(active, plan.get(), facts, asked.request(), record.asOf())
                .map(decision -> compared(record, answer.get(), decision, knownAt.get(), active))
                .orElseGet(() -> failed(record));
    }

    private static Replay compared(
            Recorded record,
            Map<String, @Nullable Object> recorded,
            Decision decision,
            Instant knownAt,
            ActiveRulebook active) {
        byte[] again =
                JsonWriter.canonical(AnswerForm.of(Optional.empty(), decision, knownAt, AnswerForm.revision(active)));
        Map<String, @Nullable Object> replayed = object(again).orElseThrow();
        List<Difference> differences = Differences.between(comparable(recorded), replayed);
        return differences.isEmpty() ? new Same(record) : new Different(record, differences);
    }

    /** Without what the revision and the request do not say: its id, and whether another revision was in force. */
    private static Map<String, @Nullable Object> comparable(Map<String, @Nullable Object> answer) {
        var rest = new LinkedHashMap<>(answer);
        rest.remove("id");
        rest.remove(AnswerForm.IN_FORCE);
        return rest;
    }

    private static Optional<Map<String, @Nullable Object>> object(byte[] json) {
        if (JsonReader.read(json) instanceof Parsed.Document document && document.value() instanceof Map<?, ?> map) {
            var object = new LinkedHashMap<String, @Nullable Object>();
            map.forEach((name, value) -> object.put((String) name, value));
            return Optional.of(object);
        }
        return Optional.empty();
    }

    private static Optional<Instant> instant(@Nullable Object json) {
        try {
            return json instanceof String text ? Optional.of(Instant.parse(text)) : Optional.empty();
        } catch (DateTimeException noInstant) {
            return Optional.empty();
        }
    }

    private static Unreplayable unreadable(Recorded record) {
        return new Unreplayable(
                record,
                "RECORD_UNREADABLE",
                new Bilingual(
                        "記録された要求又は回答を読み取れません。",
                        "The request or the answer that is on record cannot be read, or its revision has no such decision."));
    }

    /** Said without looking at the revision. */
    static Unreplayable redacted(Recorded record) {
        return new Unreplayable(
                record,
                "RECORD_REDACTED",
                new Bilingual(
                        "記録の内容（要求と回答）は抹消されています。封印と連鎖は検証できますが、もう一度判定することはできません。",
                        "What was asked and answered was redacted. Its seal and the chain still hold; it cannot be decided again."));
    }

    private static Unreplayable refused(Recorded record, Problem problem) {
        return new Unreplayable(
                record,
                "REQUEST_REFUSED",
                new Bilingual(
                        "記録された要求は、その改定版では受け付けられません。%s"
                                .formatted(problem.message().ja()),
                        "The request on record is not one that its revision takes. %s"
                                .formatted(problem.message().en())
                                .strip()));
    }

    private static Unreplayable failed(Recorded record) {
        return new Unreplayable(
                record,
                "REPLAY_FAILED",
                new Bilingual(
                        "二つの評価方法の結果が一致しないか、規則の評価に失敗しました。",
                        "The two engines disagree, or a rule failed, when the record was decided again."));
    }
}
