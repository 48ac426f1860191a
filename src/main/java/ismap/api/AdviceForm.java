package ismap.api;

import ismap.analysis.Advice.Change;
import ismap.analysis.Advice.Turned;
import ismap.analysis.Advice.Way;
import ismap.decision.Value;
import ismap.evaluation.Advising.Result.Advice;
import ismap.evaluation.AnswerForm;
import ismap.rulebook.FactDefinition;
import ismap.rulebook.Plan;
import ismap.rulebook.Table;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What could be changed, as it is sent. */
final class AdviceForm {

    private AdviceForm() {}

    static Map<String, @Nullable Object> of(Advice advice) {
        Plan plan = advice.plan();
        var form = new LinkedHashMap<String, @Nullable Object>();
        form.put("decision", plan.decision().name());
        form.put("for", advice.asker());
        form.put("outcome", advice.outcome());
        form.put("asOf", advice.asOf().toString());
        form.put("revision", AnswerForm.revision(advice.by()));
        form.put("better", advice.better());
        form.put("changes", advice.ways().stream().map(way -> way(way, plan)).toList());
        form.put("byOthers", rests(advice.byOthers(), plan));
        form.put("fixed", rests(advice.fixed(), plan));
        form.put("complete", advice.complete());
        return form;
    }

    private static Map<String, @Nullable Object> way(Way way, Plan plan) {
        var form = new LinkedHashMap<String, @Nullable Object>();
        form.put(
                "facts",
                way.changes().stream().map(change -> change(change, plan)).toList());
        form.put("outcome", way.outcome());
        form.put("satisfies", way.met().stream().map(AdviceForm::turned).toList());
        form.put("lifts", way.lifted().stream().map(AdviceForm::turned).toList());
        return form;
    }

    private static Map<String, @Nullable Object> change(Change change, Plan plan) {
        var form = new LinkedHashMap<String, @Nullable Object>();
        form.put("fact", change.fact());
        form.put("label", label(change.fact(), plan));
        form.put("from", value(change.from()));
        form.put("to", value(change.to()));
        Value atLeast = change.atLeast();
        Value atMost = change.atMost();
        if (atLeast != null) {
            form.put("atLeast", value(atLeast));
        }
        if (atMost != null) {
            form.put("atMost", value(atMost));
        }
        return form;
    }

    private static @Nullable Object value(Value value) {
        return AnswerForm.value(value);
    }

    private static Map<String, @Nullable Object> turned(Turned turned) {
        var form = new LinkedHashMap<String, @Nullable Object>();
        form.put("rule", turned.rule().id());
        form.put("name", AnswerForm.bilingual(turned.rule().title()));
        form.put(
                "citation",
                turned.rule()
                        .row(turned.becomes().row())
                        .flatMap(Table.Row::citation)
                        .or(() -> NextForm.citation(turned.rule()))
                        .map(NextForm::citation)
                        .orElse(null));
        form.put("was", turned.was().status().name());
        form.put("becomes", turned.becomes().status().name());
        return form;
    }

    private static List<Map<String, @Nullable Object>> rests(Map<String, List<Table>> rests, Plan plan) {
        return rests.entrySet().stream()
                .map(entry -> rest(entry.getKey(), entry.getValue(), plan))
                .toList();
    }

    private static Map<String, @Nullable Object> rest(String fact, List<Table> rules, Plan plan) {
        Map<String, @Nullable Object> form = NextForm.named(fact, plan);
        form.put(
                "changeableBy",
                plan.rulebook()
                        .vocabulary()
                        .fact(fact)
                        .map(FactDefinition::changeableBy)
                        .filter(code -> !code.isBlank())
                        .orElse(null));
        form.put("why", rules.stream().map(NextForm::rule).toList());
        return form;
    }

    private static @Nullable Object label(String fact, Plan plan) {
        return NextForm.named(fact, plan).get("label");
    }
}
