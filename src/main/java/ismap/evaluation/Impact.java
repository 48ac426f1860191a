package ismap.evaluation;

import ismap.decision.Bilingual;
import ismap.decision.Decision;
import ismap.decision.Problem;
import ismap.json.JsonReader;
import ismap.json.JsonWriter;
import ismap.json.Parsed;
import ismap.rulebook.Answers;
import ismap.rulebook.EvaluationFailure;
import ismap.rulebook.FactReader;
import ismap.rulebook.Interpreter;
import ismap.rulebook.Plan;
import ismap.rulebook.SourceMap;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What another rulebook would answer to what is on record: to the same request, about the same day. The reference interpreter decides, so
 * that nothing has to be compiled; texts and places are not compared.
 */
public final class Impact {

    private static final SourceMap NOWHERE = new SourceMap(Map.of());

    /** The service's own warnings about facts, which are no findings of a rule. */
    private static final String STATED = "/stated";

    private final Map<String, Plan> plans;

    /** @param plans of the other rulebook, by decision */
    public Impact(Map<String, Plan> plans) {
        this.plans = Collections.unmodifiableMap(new LinkedHashMap<>(plans));
    }

    /** What became of one record. */
    public sealed interface Effect {
        /** {@code SAME}, {@code DIFFERENT} or {@code UNDECIDABLE}. */
        String result();

        /** As members of a JSON object. */
        Map<String, @Nullable Object> form();
    }

    /** The same outcome, the same findings by the same rows, the same values. */
    public record Same(String outcome) implements Effect {
        @Override
        public String result() {
            return "SAME";
        }

        @Override
        public Map<String, @Nullable Object> form() {
            var form = new LinkedHashMap<String, @Nullable Object>();
            form.put("result", result());
            form.put("outcome", outcome);
            return form;
        }
    }

    /**
     * @param findings those that are not the same, in the order of the answer
     * @param values names of those that are not the same
     */
    public record Different(String before, String after, List<OtherFinding> findings, List<String> values)
            implements Effect {
        public Different {
            findings = List.copyOf(findings);
            values = List.copyOf(values);
        }

        @Override
        public String result() {
            return "DIFFERENT";
        }

        public boolean changesOutcome() {
            return !before.equals(after);
        }

        @Override
        public Map<String, @Nullable Object> form() {
            var form = new LinkedHashMap<String, @Nullable Object>();
            form.put("result", result());
            form.put("outcome", after);
            form.put("outcomeBefore", before);
            form.put("findings", findings.stream().map(OtherFinding::form).toList());
            form.put("values", values);
            return form;
        }
    }

    /** It cannot be said what would be answered: the request would be refused, or the record cannot be read. */
    public record Undecidable(String code, Bilingual message) implements Effect {
        @Override
        public String result() {
            return "UNDECIDABLE";
        }

        @Override
        public Map<String, @Nullable Object> form() {
            var form = new LinkedHashMap<String, @Nullable Object>();
            form.put("result", result());
            var reason = new LinkedHashMap<String, @Nullable Object>();
            reason.put("code", code);
            reason.put("message", AnswerForm.bilingual(message));
            form.put("reason", reason);
            return form;
        }
    }

    /**
     * @param rule with {@code [item]} behind it where it is about one element
     * @param before row and status; blank where there was no such finding, as {@code after}
     * @param clause that it rests on now, or rested on
     */
    public record OtherFinding(String rule, String before, String after, String clause) {
        Map<String, @Nullable Object> form() {
            var form = new LinkedHashMap<String, @Nullable Object>();
            form.put("rule", rule);
            form.put("before", before.isEmpty() ? null : before);
            form.put("after", after.isEmpty() ? null : after);
            form.put("clause", clause.isEmpty() ? null : clause);
            return form;
        }
    }

    public Effect on(Recorded record) {
        Optional<Map<String, @Nullable Object>> request = object(record.request());
        Optional<Map<String, @Nullable Object>> answer = object(record.answer());
        if (request.isEmpty() || answer.isEmpty()) {
            return new Undecidable(
                    "RECORD_UNREADABLE",
                    new Bilingual("記録された要求又は回答を読み取れません。", "The request or the answer on record cannot be read."));
        }
        Plan plan = plans.get(record.decision());
        if (plan == null) {
            return new Undecidable(
                    "DECISION_GONE",
                    new Bilingual(
                            "判断「%s」がありません。".formatted(record.decision()),
                            "There is no decision %s.".formatted(record.decision())));
        }
        Request.Read asked = Request.read(request.get());
        FactReader.Result facts = FactReader.read(plan, asked.request().facts());
        List<Problem> problems = new ArrayList<>(asked.problems());
        problems.addAll(facts.problems());
        return problems.stream()
                .filter(Problem::isError)
                .findFirst()
                .<Effect>map(problem -> new Undecidable(
                        "REQUEST_REFUSED",
                        new Bilingual(
                                "その要求は受け付けられません。%s".formatted(problem.message().ja()),
                                "The request would be refused. %s"
                                        .formatted(problem.message().en())
                                        .strip())))
                .orElseGet(() -> decided(record, plan, facts, answer.get()));
    }

    private static Effect decided(
            Recorded record, Plan plan, FactReader.Result facts, Map<String, @Nullable Object> answer) {
        Decision decision;
        try {
            decision = Answers.answer(
                    plan,
                    NOWHERE,
                    facts.facts(),
                    record.asOf(),
                    Interpreter.reason(plan, facts.facts(), record.asOf()));
        } catch (EvaluationFailure failure) {
            return new Undecidable(
                    "RULES_FAIL",
                    new Bilingual(
                            "規則を評価できません: " + failure.getMessage(), "The rules fail on it: " + failure.getMessage()));
        }
        // Through the same bytes as what is on record, so that equal answers are equal.
        Map<String, @Nullable Object> again = object(
                        JsonWriter.canonical(AnswerForm.of(Optional.empty(), decision, Instant.EPOCH, Map.of())))
                .orElseThrow();
        String before = String.valueOf(answer.get("outcome"));
        List<OtherFinding> findings = findings(answer, again);
        List<String> values = values(answer, again);
        return before.equals(decision.outcome()) && findings.isEmpty() && values.isEmpty()
                ? new Same(before)
                : new Different(before, decision.outcome(), findings, values);
    }

    // ---- what differs

    private record Found(String said, String clause) {}

    private static List<OtherFinding> findings(
            Map<String, @Nullable Object> before, Map<String, @Nullable Object> after) {
        Map<String, Found> old = byRule(before);
        Map<String, Found> now = byRule(after);
        var rules = new LinkedHashSet<>(now.keySet());
        rules.addAll(old.keySet());
        var differing = new ArrayList<OtherFinding>();
        Found none = new Found("", "");
        for (String rule : rules) {
            Found was = old.getOrDefault(rule, none);
            Found is = now.getOrDefault(rule, none);
            if (!was.said().equals(is.said())) {
                differing.add(new OtherFinding(
                        rule, was.said(), is.said(), is.clause().isEmpty() ? was.clause() : is.clause()));
            }
        }
        return differing;
    }

    private static Map<String, Found> byRule(Map<String, @Nullable Object> answer) {
        var byRule = new LinkedHashMap<String, Found>();
        if (answer.get("findings") instanceof List<?> findings) {
            for (Object each : findings) {
                if (each instanceof Map<?, ?> finding
                        && finding.get("rule") instanceof String rule
                        && finding.get("row") instanceof String row
                        && !row.endsWith(STATED)) {
                    Object item = finding.get("item");
                    String clause = finding.get("citation") instanceof Map<?, ?> citation
                            ? citation.get("document") + " " + citation.get("clause")
                            : "";
                    byRule.putIfAbsent(
                            item == null ? rule : rule + "[" + item + "]",
                            new Found(row + " " + finding.get("status"), clause));
                }
            }
        }
        return byRule;
    }

    private static List<String> values(Map<String, @Nullable Object> before, Map<String, @Nullable Object> after) {
        Map<?, ?> old = before.get("values") instanceof Map<?, ?> map ? map : Map.of();
        Map<?, ?> now = after.get("values") instanceof Map<?, ?> map ? map : Map.of();
        var names = new TreeSet<String>();
        old.keySet().forEach(name -> names.add(String.valueOf(name)));
        now.keySet().forEach(name -> names.add(String.valueOf(name)));
        return names.stream()
                .filter(name ->
                        old.containsKey(name) != now.containsKey(name) || !Objects.equals(old.get(name), now.get(name)))
                .toList();
    }

    private static Optional<Map<String, @Nullable Object>> object(byte[] json) {
        if (JsonReader.read(json) instanceof Parsed.Document document && document.value() instanceof Map<?, ?> map) {
            var object = new LinkedHashMap<String, @Nullable Object>();
            map.forEach((name, value) -> object.put((String) name, value));
            return Optional.of(object);
        }
        return Optional.empty();
    }
}
