package ismap.rulebook;

import ismap.decision.Value;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What the names of a rulebook stand for, and their types: facts of the vocabulary, derived facts, {@code asOf}, {@code applicableDay},
 * rule ids (their status), and {@code list.field} for the elements of a list.
 */
public final class Names {

    public static final String AS_OF = "asOf";
    public static final String APPLICABLE_DAY = "applicableDay";

    /** The name under which an element of a plain list (of codes, of numbers) is read. */
    public static final String PLAIN_ELEMENT = "value";

    private final Vocabulary vocabulary;
    private final Map<String, Derivation> derivations;
    private final Map<String, Parameter> parameters;
    private final Set<String> rules;

    // Without it a chain of sixty derivations that each name the one before twice would be asked for 2^60 types.
    private final Map<String, FactType> derivedTypes = new ConcurrentHashMap<>();

    public Names(
            Vocabulary vocabulary,
            Map<String, Derivation> derivations,
            Map<String, Parameter> parameters,
            Set<String> rules) {
        this.vocabulary = vocabulary;
        this.derivations = derivations;
        this.parameters = parameters;
        this.rules = rules;
    }

    public Set<String> parameterNames() {
        return parameters.keySet();
    }

    /** The type of a name, or empty where it is not known, refers to itself, or is of an expression whose arguments do not fit. */
    public Optional<FactType> typeOf(String name) {
        return typeOf(name, new HashSet<>());
    }

    private Optional<FactType> typeOf(String name, Set<String> above) {
        if (name.equals(AS_OF) || name.equals(APPLICABLE_DAY)) {
            return Optional.of(FactType.DAY);
        }
        if (rules.contains(name)) {
            return Optional.of(FactType.STATUS);
        }
        Optional<FactType> declared = vocabulary.fact(name).map(FactDefinition::type);
        if (declared.isPresent()) {
            return declared;
        }
        FactType settled = derivedTypes.get(name);
        if (settled != null) {
            return Optional.of(settled);
        }
        Derivation derivation = derivations.get(name);
        if (derivation != null && above.add(name)) {
            Optional<FactType> type = typeOf(derivation.expression(), above);
            above.remove(name);
            type.ifPresent(found -> derivedTypes.put(name, found));
            return type;
        }
        return fieldType(name);
    }

    private Optional<FactType> fieldType(String name) {
        int dot = name.indexOf('.');
        if (dot < 0) {
            return Optional.empty();
        }
        Optional<FactType> list = vocabulary.fact(name.substring(0, dot)).map(FactDefinition::type);
        String field = name.substring(dot + 1);
        if (list.isEmpty() || !(list.get() instanceof FactType.ListOf of)) {
            return Optional.empty();
        }
        if (of.element() instanceof FactType.RecordOf fields) {
            FactType.Field found = fields.fields().get(field);
            return found == null ? Optional.empty() : Optional.of(found.type());
        }
        return field.equals(PLAIN_ELEMENT) ? Optional.of(of.element()) : Optional.empty();
    }

    /** The type of an expression, or empty where something in it is not known or does not fit. */
    public Optional<FactType> typeOf(Expression expression) {
        return typeOf(expression, new HashSet<>());
    }

    private Optional<FactType> typeOf(Expression expression, Set<String> above) {
        if (expression instanceof Expression.Fact fact) {
            return typeOf(fact.name(), above);
        }
        if (expression instanceof Expression.Stated stated) {
            return vocabulary.fact(stated.name()).map(FactDefinition::type);
        }
        if (expression instanceof Expression.ParameterOn parameter) {
            return Optional.ofNullable(parameters.get(parameter.name())).map(Parameter::type);
        }
        if (expression instanceof Expression.Literal literal) {
            return Optional.of(typeOfValue(literal.value()));
        }
        if (expression instanceof Expression.Exists exists) {
            return vocabulary.fact(exists.list()).map(list -> FactType.TRUTH);
        }
        Expression.Call call = (Expression.Call) expression;
        var arguments = new java.util.ArrayList<FactType>();
        for (Expression argument : call.arguments()) {
            Optional<FactType> type = typeOf(argument, above);
            if (type.isEmpty()) {
                return Optional.empty();
            }
            arguments.add(type.get());
        }
        return call.function().result(arguments);
    }

    private static FactType typeOfValue(Value value) {
        if (value instanceof Value.Truth) {
            return FactType.TRUTH;
        }
        if (value instanceof Value.Day) {
            return FactType.DAY;
        }
        if (value instanceof Value.Number) {
            return FactType.NUMBER;
        }
        return value.isNone() ? FactType.NOTHING : new FactType.Code(java.util.List.of(value.toString()));
    }

    /** Names in an expression that stand for nothing, in order of appearance. */
    public Set<String> unknownIn(Expression expression) {
        var unknown = new LinkedHashSet<String>();
        for (String name : expression.reads()) {
            if (!derivations.containsKey(name) && typeOf(name).isEmpty()) {
                unknown.add(name);
            }
        }
        return unknown;
    }
}
