package ismap.xlsx;

import ismap.decision.Bilingual;
import ismap.decision.Characters;
import ismap.decision.Value;
import ismap.rulebook.Derivation;
import ismap.rulebook.Expression;
import ismap.rulebook.FactDefinition;
import ismap.rulebook.FactType;
import ismap.rulebook.Vocabulary;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Binds {@code registers.xlsx}: a sheet a register, named after the derived list fact whose elements its rows are. A register is a
 * derivation that follows from nothing.
 */
final class RegisterSheets {

    private final References references;
    private final Problems problems;

    RegisterSheets(References references, Problems problems) {
        this.references = references;
        this.problems = problems;
    }

    void bind(Sheets sheets) {
        for (Grid grid : sheets.others()) {
            String name = Characters.code(grid.sheet());
            Optional<FactDefinition> fact = references.vocabulary.fact(name);
            if (fact.isEmpty()) {
                references.unknown(grid.at(0, 0), name, java.util.Set.of());
            } else if (fieldsOf(fact.get()).isEmpty()) {
                problems.add(Mistakes.wrongType(
                        grid.at(0, 0), name, fact.get().type().describe(), "list<…>"));
            } else {
                register(grid, fact.get(), fieldsOf(fact.get()).get());
            }
        }
    }

    /** A register is a derivation whose expression is the list itself. */
    static Optional<Value.Elements> entries(Derivation derivation) {
        return derivation.expression() instanceof Expression.Literal literal
                        && literal.value() instanceof Value.Elements entries
                        && !entries.values().isEmpty()
                        && entries.values().stream().allMatch(Value.Element.class::isInstance)
                ? Optional.of(entries)
                : Optional.empty();
    }

    static Optional<FactType.RecordOf> fieldsOf(FactDefinition fact) {
        return fact.type() instanceof FactType.ListOf list && list.element() instanceof FactType.RecordOf fields
                ? Optional.of(fields)
                : Optional.empty();
    }

    /** The columns of a register's sheet: the fields of its elements. */
    static List<Column> columns(FactDefinition fact, Vocabulary vocabulary) {
        var columns = new ArrayList<Column>();
        Map<String, Bilingual> labels = vocabulary.codeLabels().getOrDefault(fact.name(), Map.of());
        fieldsOf(fact)
                .orElseThrow()
                .fields()
                .keySet()
                .forEach(field -> columns.add(new Column(
                        field, labels.getOrDefault(field, new Bilingual(field, field)), Column.Kind.CODE, true)));
        return columns;
    }

    private void register(Grid grid, FactDefinition fact, FactType.RecordOf record) {
        Body body = Body.ofList(grid, columns(fact, references.vocabulary), key -> false, problems);
        String first = record.fields().keySet().iterator().next();
        var entries = new ArrayList<Value>();
        var seen = new LinkedHashMap<String, Entry>();
        for (Entry entry : body.entries()) {
            entry.code(first).ifPresent(id -> {
                Entry same = seen.putIfAbsent(id, entry);
                if (same != null) {
                    problems.add(Mistakes.duplicate(entry.at(first), same.at(first), id));
                }
            });
            entries.add(element(entry, record));
        }
        references.place("derivation:" + fact.name(), grid.at(0, 0));
        if (entries.isEmpty()) {
            problems.add(Mistakes.tableEmpty(grid.at(0, 0)));
        }
        if (references.derivations.containsKey(fact.name())) {
            problems.add(Mistakes.definedTwice(
                    grid.at(0, 0),
                    references.places.getOrDefault("derivation:" + fact.name(), grid.at(0, 0)),
                    fact.name()));
        }
        references.derivations.put(
                fact.name(),
                new Derivation(
                        fact.name(),
                        new Expression.Literal(new Value.Elements(entries)),
                        Optional.empty(),
                        Optional.empty(),
                        fact.label(),
                        ""));
    }

    private Value element(Entry entry, FactType.RecordOf record) {
        var fields = new LinkedHashMap<String, Value>();
        record.fields().forEach((name, field) -> {
            if (entry.isBlank(name) && !field.optional()) {
                problems.add(Mistakes.valueMissing(entry.at(name), name));
            }
            Optional<Value> value = field.type() instanceof FactType.Text
                    ? entry.code(name).map(Value::of)
                    : entry.isBlank(name) ? Optional.empty() : references.value(entry, name, field.type());
            value.filter(known -> !known.isNone()).ifPresent(known -> fields.put(name, known));
        });
        return new Value.Element(fields);
    }
}
