package ismap.api;

import ismap.evaluation.ActiveRulebook;
import ismap.evaluation.AnswerForm;
import ismap.rulebook.DecisionDefinition;
import ismap.rulebook.Plan;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The decisions that can be asked for, with their words. */
final class Catalogue {

    private Catalogue() {}

    static Map<String, Object> of(ActiveRulebook active) {
        var catalogue = new LinkedHashMap<String, Object>();
        catalogue.put("revision", AnswerForm.revision(active));
        catalogue.put(
                "decisions",
                active.plans().values().stream().map(Catalogue::decision).toList());
        return catalogue;
    }

    private static Map<String, @Nullable Object> decision(Plan plan) {
        DecisionDefinition decision = plan.decision();
        var entry = new LinkedHashMap<String, @Nullable Object>();
        entry.put("name", decision.name());
        entry.put("title", AnswerForm.bilingual(decision.title()));
        entry.put("question", AnswerForm.bilingual(decision.question()));
        entry.put("governingFact", decision.governingFact().orElse(null));
        entry.put("schema", "/api/v1/decisions/%s/schema".formatted(decision.name()));
        entry.put("selfCheck", "/api/v1/self-check/%s".formatted(decision.name()));
        entry.put(
                "facts",
                FactSchemas.facts(plan).stream()
                        .map(fact -> FactSchemas.entry(fact, plan.rulebook().vocabulary()))
                        .toList());
        entry.put(
                "outcomes",
                decision.outcomes().stream()
                        .map(outcome -> labelled("code", outcome.code(), AnswerForm.bilingual(outcome.label())))
                        .toList());
        entry.put(
                "values",
                decision.values().stream()
                        .map(value -> labelled("name", value.name(), AnswerForm.bilingual(value.label())))
                        .toList());
        entry.put(
                "rules",
                decision.rules().stream()
                        .map(rule -> labelled("id", rule.id(), AnswerForm.bilingual(rule.title())))
                        .toList());
        return entry;
    }

    private static Map<String, Object> labelled(String key, String name, Map<String, String> label) {
        var entry = new LinkedHashMap<String, Object>();
        entry.put(key, name);
        entry.put("label", label);
        return entry;
    }
}
