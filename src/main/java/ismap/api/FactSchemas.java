package ismap.api;

import ismap.decision.Bilingual;
import ismap.evaluation.AnswerForm;
import ismap.rulebook.FactDefinition;
import ismap.rulebook.FactDefinition.Kind;
import ismap.rulebook.FactType;
import ismap.rulebook.Plan;
import ismap.rulebook.Vocabulary;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The facts of a decision as JSON Schema 2020-12, and as the catalogue shows them. Null is always allowed: it means unknown. */
final class FactSchemas {

    private static final String DATE = "^[0-9]{4}-[0-9]{2}-[0-9]{2}$";
    private static final String INSTANT =
            "^[0-9]{4}-[0-9]{2}-[0-9]{2}[Tt][0-9]{2}:[0-9]{2}:[0-9]{2}(\\.[0-9]{1,9})?([Zz]|[+-][0-9]{2}:[0-9]{2})$";

    private FactSchemas() {}

    /** The facts that a caller may give and that matter to the decision, in the order of the vocabulary. */
    static List<FactDefinition> facts(Plan plan) {
        Vocabulary vocabulary = plan.rulebook().vocabulary();
        return plan.asked().stream()
                .flatMap(name -> vocabulary.fact(name).stream())
                .filter(fact -> fact.kind() != Kind.DERIVED)
                .toList();
    }

    /** A schema document of its own. */
    static Map<String, Object> document(Plan plan) {
        var schema = new LinkedHashMap<String, Object>();
        schema.put("$schema", "https://json-schema.org/draft/2020-12/schema");
        schema.putAll(of(plan));
        return schema;
    }

    /**
     * The object under {@code facts}. Facts of the vocabulary that the decision does not read are accepted and ignored, so their names are
     * allowed and nothing is said of them.
     */
    static Map<String, Object> of(Plan plan) {
        Vocabulary vocabulary = plan.rulebook().vocabulary();
        var properties = new LinkedHashMap<String, Object>();
        facts(plan).forEach(fact -> properties.put(fact.name(), ofFact(fact, vocabulary)));
        var schema = new LinkedHashMap<String, Object>();
        schema.put("title", plan.decision().title().ja());
        schema.put(
                "description",
                either(
                        plan.decision().question().en(),
                        plan.decision().question().ja()));
        schema.put("type", "object");
        schema.put("properties", properties);
        schema.put(
                "propertyNames",
                Map.of(
                        "enum",
                        vocabulary.facts().values().stream()
                                .filter(fact -> fact.kind() != Kind.DERIVED)
                                .map(FactDefinition::name)
                                .toList()));
        return schema;
    }

    /** A fact as the catalogue shows it. */
    static Map<String, Object> entry(FactDefinition fact, Vocabulary vocabulary) {
        var entry = new LinkedHashMap<String, Object>();
        entry.put("name", fact.name());
        entry.put("type", word(fact.type()));
        entry.put("domain", fact.type().describe());
        entry.put("codes", codes(fact, vocabulary));
        entry.put("label", AnswerForm.bilingual(fact.label()));
        entry.put("question", AnswerForm.bilingual(fact.question()));
        entry.put("help", AnswerForm.bilingual(fact.help()));
        entry.put("kind", fact.kind().name().toLowerCase(java.util.Locale.ROOT));
        entry.put("absentMeans", absentMeans(fact));
        entry.put("knownBy", fact.knownBy());
        entry.put("changeableBy", fact.changeableBy());
        entry.put("needsAttestation", fact.needsAttestation());
        entry.put("happensOn", fact.happensOn().orElse(""));
        return entry;
    }

    static String absentMeans(FactDefinition fact) {
        if (!fact.absence().none()) {
            return "unknown";
        }
        return fact.absence().unknownWhere().isEmpty() ? "none" : "none, on a condition";
    }

    private static Map<String, Object> ofFact(FactDefinition fact, Vocabulary vocabulary) {
        var schema = new LinkedHashMap<String, Object>();
        schema.put("title", fact.label().ja());
        schema.put("description", either(fact.label().en(), fact.label().ja()));
        schema.putAll(orNull(of(fact.type())));
        var labels = new LinkedHashMap<String, Object>();
        labels.put("label", AnswerForm.bilingual(fact.label()));
        labels.put("question", AnswerForm.bilingual(fact.question()));
        labels.put("codes", codes(fact, vocabulary));
        schema.put("x-ismap", labels);
        return schema;
    }

    private static Map<String, Object> of(FactType type) {
        var schema = new LinkedHashMap<String, Object>();
        if (type instanceof FactType.Code code) {
            schema.put("type", "string");
            schema.put("enum", List.copyOf(code.codes()));
        } else if (type instanceof FactType.Numeric number) {
            schema.put("type", number.whole() ? "integer" : "number");
            if (!number.domain().isEmpty()) {
                schema.put("enum", List.copyOf(number.domain()));
            }
        } else if (type instanceof FactType.Truth) {
            schema.put("type", "boolean");
        } else if (type instanceof FactType.Day day) {
            schema.put("type", "string");
            if (day.moment()) {
                schema.put("anyOf", List.of(text("date", DATE), text("date-time", INSTANT)));
            } else {
                schema.putAll(text("date", DATE));
            }
        } else if (type instanceof FactType.ListOf list) {
            schema.put("type", "array");
            schema.put("items", of(list.element()));
        } else if (type instanceof FactType.RecordOf fields) {
            record(fields, schema);
        } else {
            schema.put("type", "string");
        }
        return schema;
    }

    private static void record(FactType.RecordOf type, Map<String, Object> schema) {
        var properties = new LinkedHashMap<String, Object>();
        var required = new ArrayList<String>();
        type.fields().forEach((name, field) -> {
            properties.put(name, field.optional() ? orNull(of(field.type())) : of(field.type()));
            if (!field.optional()) {
                required.add(name);
            }
        });
        schema.put("type", "object");
        schema.put("properties", properties);
        schema.put("required", required);
        schema.put("additionalProperties", false);
    }

    private static Map<String, Object> text(String format, String pattern) {
        var schema = new LinkedHashMap<String, Object>();
        schema.put("format", format);
        schema.put("pattern", pattern);
        return schema;
    }

    private static Map<String, Object> orNull(Map<String, Object> schema) {
        var open = new LinkedHashMap<String, Object>(schema);
        open.put("type", List.of(java.util.Objects.requireNonNull(schema.get("type")), "null"));
        if (schema.get("enum") instanceof List<?> constants) {
            var all = new ArrayList<@Nullable Object>(constants);
            all.add(null);
            open.put("enum", all);
        }
        if (schema.get("anyOf") instanceof List<?> forms) {
            var all = new ArrayList<Object>(forms);
            all.add(Map.of("type", "null"));
            open.put("anyOf", all);
        }
        return open;
    }

    static String word(FactType type) {
        if (type instanceof FactType.ListOf list) {
            return "list<" + word(list.element()) + ">";
        }
        if (type instanceof FactType.RecordOf fields) {
            return fields.name();
        }
        if (type instanceof FactType.Code) {
            return "enum";
        }
        if (type instanceof FactType.Day day) {
            return day.moment() ? "moment" : "date";
        }
        if (type instanceof FactType.Numeric number) {
            return number.whole() ? "integer" : "number";
        }
        return type instanceof FactType.Truth ? "boolean" : "string";
    }

    private static Map<String, Object> codes(FactDefinition fact, Vocabulary vocabulary) {
        FactType type = fact.type() instanceof FactType.ListOf list ? list.element() : fact.type();
        var labels = new LinkedHashMap<String, Object>();
        for (String code : codes(type)) {
            labels.put(
                    code,
                    AnswerForm.bilingual(
                            vocabulary.label(fact.name(), code).orElseGet(() -> new Bilingual(code, code))));
        }
        return labels;
    }

    static List<String> codes(FactType type) {
        if (type instanceof FactType.Code code) {
            return code.codes();
        }
        return type instanceof FactType.Numeric number
                ? number.domain().stream().map(BigDecimal::toPlainString).toList()
                : List.of();
    }

    private static String either(String text, String other) {
        return text.isBlank() ? other : text;
    }

    /** A value of the type, for an example that is accepted. */
    static Object example(FactType type) {
        if (type instanceof FactType.Code code) {
            return code.codes().get(0);
        }
        if (type instanceof FactType.Numeric number) {
            return number.domain().isEmpty() ? 1 : number.domain().get(0);
        }
        if (type instanceof FactType.Truth) {
            return true;
        }
        if (type instanceof FactType.Day) {
            return "2022-10-01";
        }
        if (type instanceof FactType.ListOf list) {
            return List.of(example(list.element()));
        }
        if (type instanceof FactType.RecordOf record) {
            var element = new LinkedHashMap<String, Object>();
            record.fields().forEach((name, field) -> {
                if (!field.optional()) {
                    element.put(name, example(field.type()));
                }
            });
            return element;
        }
        return "example";
    }
}
