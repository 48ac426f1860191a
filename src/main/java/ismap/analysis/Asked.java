package ismap.analysis;

import ismap.decision.Problem;
import ismap.decision.Value;
import ismap.rulebook.Answers;
import ismap.rulebook.EvaluationFailure;
import ismap.rulebook.FactDefinition;
import ismap.rulebook.FactReader;
import ismap.rulebook.Facts;
import ismap.rulebook.Interpreter;
import ismap.rulebook.Names;
import ismap.rulebook.Plan;
import ismap.rulebook.Reasoning;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A request, decided by a plan with the reference interpreter.
 *
 * @param reasoning empty where the rules fail on it
 */
record Asked(Plan plan, Facts facts, LocalDate asOf, Optional<Reasoning> reasoning) {

    /** Empty where the request would be refused. A fact that the rulebook does not know is left out: nobody could have stated it. */
    static Optional<Asked> of(Plan plan, Seed request) {
        var known = new LinkedHashMap<String, @Nullable Object>();
        request.facts().forEach((name, value) -> {
            Optional<FactDefinition> fact = plan.rulebook().vocabulary().fact(name);
            if (fact.isPresent() && fact.get().kind() != FactDefinition.Kind.DERIVED) {
                known.put(name, value);
            }
        });
        FactReader.Result read = FactReader.read(plan, known);
        if (read.problems().stream().anyMatch(Problem::isError)) {
            return Optional.empty();
        }
        return Optional.of(new Asked(plan, read.facts(), request.asOf(), reason(plan, read.facts(), request.asOf())));
    }

    private static Optional<Reasoning> reason(Plan plan, Facts facts, LocalDate asOf) {
        try {
            return Optional.of(Interpreter.reason(plan, facts, asOf));
        } catch (EvaluationFailure failure) {
            return Optional.empty();
        }
    }

    String calledFor() {
        return reasoning.map(reached -> Answers.calledFor(plan, reached)).orElse(FAILS);
    }

    static final String FAILS = "(no answer)";

    /** What is answered, missing facts considered. */
    String outcome() {
        try {
            return reasoning
                    .map(reached -> Answers.outcome(plan, facts, asOf, reached))
                    .orElse(FAILS);
        } catch (EvaluationFailure completedItFails) {
            return FAILS;
        }
    }

    /** Of a fact, a derived one, a rule or a day, outside of elements. */
    Value value(String name) {
        if (name.equals(Names.AS_OF)) {
            return Value.of(asOf);
        }
        Reasoning reached = reasoning.orElseThrow();
        Reasoning.Decided decided = reached.decided().get(name);
        if (decided != null) {
            return decided.asValue();
        }
        Value derived = reached.derived().get(name);
        return derived == null ? facts.get(name) : derived;
    }

    /** As a request states it. */
    static Object json(Value value) {
        if (value instanceof Value.Truth truth) {
            return truth.value();
        }
        if (value instanceof Value.Number number) {
            return number.value();
        }
        if (value instanceof Value.Elements list) {
            List<Object> elements = new ArrayList<>();
            list.values().forEach(each -> elements.add(json(each)));
            return elements;
        }
        if (value instanceof Value.Element element) {
            var fields = new LinkedHashMap<String, Object>();
            element.fields().forEach((name, field) -> {
                if (field.isKnown()) {
                    fields.put(name, json(field));
                }
            });
            return fields;
        }
        return value.toString();
    }
}
