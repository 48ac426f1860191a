package ismap.api;

import ismap.decision.Bilingual;
import ismap.decision.Citation;
import ismap.evaluation.AnswerForm;
import ismap.evaluation.NextQuestions.Question;
import ismap.evaluation.NextQuestions.Result.Asked;
import ismap.rulebook.FactDefinition;
import ismap.rulebook.FactType;
import ismap.rulebook.Parameter;
import ismap.rulebook.Plan;
import ismap.rulebook.Table;
import ismap.rulebook.Vocabulary;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The next question as it is sent. */
final class NextForm {

    private NextForm() {}

    static Map<String, @Nullable Object> of(Asked asked) {
        Plan plan = asked.plan();
        var form = new LinkedHashMap<String, @Nullable Object>();
        form.put("decision", plan.decision().name());
        form.put("outcome", asked.outcome());
        form.put("settled", asked.settled());
        form.put("asOf", asked.asOf().toString());
        form.put("applicableDay", asked.applicableDay().toString());
        form.put("revision", AnswerForm.revision(asked.by()));
        form.put("next", asked.next().map(next -> question(next, plan)).orElse(null));
        form.put("remainingAtMost", asked.remainingAtMost());
        form.put(
                "forOthers",
                asked.forOthers().stream().map(fact -> named(fact, plan)).toList());
        form.put(
                "notKnown",
                asked.notKnown().stream().map(fact -> named(fact, plan)).toList());
        form.put(
                "takenAsNone",
                asked.takenAsNone().stream().map(fact -> named(fact, plan)).toList());
        return form;
    }

    private static Map<String, @Nullable Object> question(Question next, Plan plan) {
        FactDefinition fact = next.fact();
        Vocabulary vocabulary = plan.rulebook().vocabulary();
        var form = new LinkedHashMap<String, @Nullable Object>();
        form.put("fact", fact.name());
        form.put("type", FactSchemas.word(fact.type()));
        form.put("codes", codes(fact.name(), element(fact.type()), vocabulary));
        form.put("element", fields(fact, vocabulary));
        form.put("label", AnswerForm.bilingual(fact.label()));
        form.put("question", AnswerForm.bilingual(fact.question()));
        form.put("help", AnswerForm.bilingual(fact.help()));
        form.put("knownBy", fact.knownBy());
        form.put("needsAttestation", fact.needsAttestation());
        form.put("absentMeans", FactSchemas.absentMeans(fact));
        form.put("why", next.why().stream().map(NextForm::rule).toList());
        return form;
    }

    private static FactType element(FactType type) {
        return type instanceof FactType.ListOf list ? list.element() : type;
    }

    private static List<Map<String, Object>> codes(String name, FactType type, Vocabulary vocabulary) {
        var codes = new ArrayList<Map<String, Object>>();
        for (String code : FactSchemas.codes(type)) {
            codes.add(Form.of(
                    "code",
                    code,
                    "label",
                    AnswerForm.bilingual(vocabulary.label(name, code).orElseGet(() -> new Bilingual(code, code)))));
        }
        return codes;
    }

    /** What an element of a list consists of; null where it has no fields. */
    private static @Nullable List<Map<String, Object>> fields(FactDefinition fact, Vocabulary vocabulary) {
        if (!(element(fact.type()) instanceof FactType.RecordOf record)) {
            return null;
        }
        var fields = new ArrayList<Map<String, Object>>();
        record.fields()
                .forEach((name, field) -> fields.add(Form.of(
                        "name",
                        name,
                        "type",
                        FactSchemas.word(field.type()),
                        "optional",
                        field.optional(),
                        "codes",
                        codes(fact.name() + "." + name, element(field.type()), vocabulary))));
        return fields;
    }

    private static Map<String, @Nullable Object> rule(Table rule) {
        var form = new LinkedHashMap<String, @Nullable Object>();
        form.put("rule", rule.id());
        form.put("name", AnswerForm.bilingual(rule.title()));
        form.put("citation", citation(rule).map(NextForm::citation).orElse(null));
        return form;
    }

    /** Of the rule, else of its first row that has one. */
    private static Optional<Citation> citation(Table rule) {
        return rule.citation()
                .or(() ->
                        rule.rows().stream().flatMap(row -> row.citation().stream()).findFirst());
    }

    static Map<String, @Nullable Object> citation(Citation citation) {
        var form = new LinkedHashMap<String, @Nullable Object>();
        form.put("document", citation.document());
        form.put("clause", citation.clause());
        form.put("edition", citation.edition().isBlank() ? null : citation.edition());
        return form;
    }

    /** A fact, or a parameter of the rulebook that has no value, which no person knows. */
    static Map<String, @Nullable Object> named(String fact, Plan plan) {
        Optional<FactDefinition> definition = plan.rulebook().vocabulary().fact(fact);
        var form = new LinkedHashMap<String, @Nullable Object>();
        form.put("fact", fact);
        form.put(
                "label",
                AnswerForm.bilingual(definition.map(FactDefinition::label).orElseGet(() -> parameter(fact, plan))));
        form.put("knownBy", definition.map(FactDefinition::knownBy).orElse(null));
        return form;
    }

    private static Bilingual parameter(String fact, Plan plan) {
        return plan.rulebook().parameters().values().stream()
                .filter(parameter -> Parameter.asFact(parameter.name()).equals(fact))
                .map(Parameter::label)
                .findFirst()
                .orElseGet(() -> new Bilingual(fact, fact));
    }
}
