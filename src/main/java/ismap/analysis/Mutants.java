package ismap.analysis;

import ismap.analysis.Mutant.Kind;
import ismap.decision.Status;
import ismap.decision.Value;
import ismap.rulebook.Condition;
import ismap.rulebook.DecisionDefinition;
import ismap.rulebook.FactDefinition;
import ismap.rulebook.FactType;
import ismap.rulebook.Rulebook;
import ismap.rulebook.Table;
import ismap.rulebook.UnaryTest;
import ismap.rulebook.UnaryTests;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The small mistakes that could be made in the tables of a rulebook, each by itself. */
final class Mutants {

    private final Rulebook rulebook;
    private final String decision;
    private final Table table;
    private final List<Mutant> mutants = new ArrayList<>();

    private Mutants(Rulebook rulebook, String decision, Table table) {
        this.rulebook = rulebook;
        this.decision = decision;
        this.table = table;
    }

    /** In the order of the tables and rows; a borrowed rule's where it stands. */
    static List<Mutant> of(Rulebook rulebook) {
        var all = new ArrayList<Mutant>();
        for (DecisionDefinition decision : rulebook.decisions().values()) {
            decision.rules().stream()
                    .filter(table -> !decision.borrows(table.id()))
                    .forEach(table -> all.addAll(new Mutants(rulebook, decision.name(), table).all()));
        }
        rulebook.concluded().values().forEach(table -> all.addAll(new Mutants(rulebook, "", table).all()));
        return List.copyOf(all);
    }

    private List<Mutant> all() {
        for (int i = 0; i < table.rows().size(); i++) {
            Table.Row row = table.rows().get(i);
            if (table.rows().size() > 1) {
                var others = new ArrayList<>(table.rows());
                others.remove(i);
                mutants.add(new Mutant(
                        decision, table.id(), row.id(), Kind.ROW_DELETED, "", "", "", table.withRows(others)));
            }
            conditions(i, row);
            days(i, row);
            result(i, row);
        }
        return mutants;
    }

    private void add(int at, Table.Row row, Kind kind, String column, String before, String after) {
        var rows = new ArrayList<>(table.rows());
        rows.set(at, row);
        mutants.add(new Mutant(decision, table.id(), row.id(), kind, column, before, after, table.withRows(rows)));
    }

    // ---- conditions

    private void conditions(int at, Table.Row row) {
        for (int i = 0; i < row.conditions().size(); i++) {
            Condition condition = row.conditions().get(i);
            if (condition.test() instanceof UnaryTest.Any) {
                continue;
            }
            var without = new ArrayList<>(row.conditions());
            without.remove(i);
            String written = UnaryTests.write(condition.test());
            add(at, row.withConditions(without), Kind.CONDITION_DROPPED, condition.fact(), written, "");
            for (UnaryTest other : shifted(condition.test())) {
                add(at, with(row, i, other), Kind.BOUNDARY_SHIFTED, condition.fact(), written, UnaryTests.write(other));
            }
            for (UnaryTest other : swapped(condition)) {
                add(at, with(row, i, other), Kind.CODE_SWAPPED, condition.fact(), written, UnaryTests.write(other));
            }
        }
    }

    private static Table.Row with(Table.Row row, int condition, UnaryTest test) {
        var conditions = new ArrayList<>(row.conditions());
        conditions.set(condition, new Condition(conditions.get(condition).fact(), test));
        return row.withConditions(List.copyOf(conditions));
    }

    /** The same bounds, one included that was not or the other way round; of days, also the bound a day earlier. */
    private static List<UnaryTest> shifted(UnaryTest test) {
        var others = new ArrayList<UnaryTest>();
        if (test instanceof UnaryTest.Interval interval) {
            if (interval.low() != null) {
                others.add(new UnaryTest.Interval(
                        interval.low(), !interval.lowIncluded(), interval.high(), interval.highIncluded()));
            }
            if (interval.high() != null) {
                others.add(new UnaryTest.Interval(
                        interval.low(), interval.lowIncluded(), interval.high(), !interval.highIncluded()));
            }
            if (interval.low() instanceof Value.Day day) {
                others.add(new UnaryTest.Interval(
                        Value.of(day.date().minusDays(1)),
                        interval.lowIncluded(),
                        interval.high(),
                        interval.highIncluded()));
            }
            if (interval.high() instanceof Value.Day day) {
                others.add(new UnaryTest.Interval(
                        interval.low(),
                        interval.lowIncluded(),
                        Value.of(day.date().minusDays(1)),
                        interval.highIncluded()));
            }
        } else if (test instanceof UnaryTest.Against against) {
            otherOperator(against.operator())
                    .ifPresent(operator -> others.add(new UnaryTest.Against(operator, against.parameter())));
        }
        return others;
    }

    private static Optional<UnaryTest.Operator> otherOperator(UnaryTest.Operator operator) {
        return switch (operator) {
            case EQUAL -> Optional.empty();
            case LESS -> Optional.of(UnaryTest.Operator.AT_MOST);
            case AT_MOST -> Optional.of(UnaryTest.Operator.LESS);
            case GREATER -> Optional.of(UnaryTest.Operator.AT_LEAST);
            case AT_LEAST -> Optional.of(UnaryTest.Operator.GREATER);
        };
    }

    /** One code in place of another, one too few, or the opposite. */
    private List<UnaryTest> swapped(Condition condition) {
        var others = new ArrayList<UnaryTest>();
        if (condition.test() instanceof UnaryTest.OneOf oneOf) {
            for (int i = 0; i < oneOf.constants().size(); i++) {
                Value constant = oneOf.constants().get(i);
                if (oneOf.constants().size() > 1) {
                    var fewer = new ArrayList<>(oneOf.constants());
                    fewer.remove(i);
                    others.add(new UnaryTest.OneOf(List.copyOf(fewer)));
                } else {
                    another(condition.fact(), constant, oneOf.constants())
                            .ifPresent(code -> others.add(new UnaryTest.OneOf(List.of(code))));
                }
            }
        } else if (condition.test() instanceof UnaryTest.Not not) {
            others.add(not.test());
        } else if (condition.test() instanceof UnaryTest.AnyOf anyOf
                && anyOf.tests().size() > 1) {
            for (int i = 0; i < anyOf.tests().size(); i++) {
                var fewer = new ArrayList<>(anyOf.tests());
                fewer.remove(i);
                others.add(fewer.size() == 1 ? fewer.get(0) : new UnaryTest.AnyOf(List.copyOf(fewer)));
            }
        } else if (condition.test() == UnaryTest.NONE || condition.test() == UnaryTest.GIVEN) {
            others.add(condition.test().opposite());
        }
        return others;
    }

    /** The code after it among those of the column, round and round. */
    private Optional<Value> another(String column, Value constant, List<Value> taken) {
        if (constant instanceof Value.Truth truth) {
            return Optional.of(Value.of(!truth.value()));
        }
        List<Value> codes = List.copyOf(codes(column));
        int at = codes.indexOf(constant);
        for (int i = 1; i < codes.size(); i++) {
            Value next = codes.get((at + i + codes.size()) % codes.size());
            if (!taken.contains(next)) {
                return Optional.of(next);
            }
        }
        return Optional.empty();
    }

    /** Those of its type, else those that the table compares it with. */
    private Set<Value> codes(String column) {
        var codes = new LinkedHashSet<Value>();
        rulebook.vocabulary()
                .fact(column)
                .map(FactDefinition::type)
                .filter(FactType.Code.class::isInstance)
                .ifPresent(type -> ((FactType.Code) type).codes().forEach(code -> codes.add(Value.of(code))));
        if (codes.isEmpty()) {
            for (Table.Row row : table.rows()) {
                for (Condition condition : row.conditions()) {
                    if (condition.fact().equals(column)) {
                        constants(condition.test(), codes);
                    }
                }
            }
        }
        return codes;
    }

    private static void constants(UnaryTest test, Set<Value> constants) {
        if (test instanceof UnaryTest.OneOf oneOf) {
            constants.addAll(oneOf.constants());
        } else if (test instanceof UnaryTest.Not not) {
            constants(not.test(), constants);
        } else if (test instanceof UnaryTest.AnyOf anyOf) {
            anyOf.tests().forEach(each -> constants(each, constants));
        }
    }

    // ---- days

    private void days(int at, Table.Row row) {
        if (row.from().isAfter(Table.ALWAYS)) {
            shift(at, row, row.from().plusDays(1), row.until());
            shift(at, row, row.from().minusDays(1), row.until());
        }
        if (row.until().isBefore(Table.FOREVER)) {
            shift(at, row, row.from(), row.until().plusDays(1));
            shift(at, row, row.from(), row.until().minusDays(1));
        }
    }

    private void shift(int at, Table.Row row, LocalDate from, LocalDate until) {
        boolean begins = !from.equals(row.from());
        add(
                at,
                new Table.Row(
                        row.id(),
                        from,
                        until,
                        row.referenceDay(),
                        row.conditions(),
                        row.status(),
                        row.conclusion(),
                        row.attributes(),
                        row.citation(),
                        row.message(),
                        row.assumption(),
                        row.note()),
                Kind.DATE_SHIFTED,
                begins ? "from" : "until",
                // As the sheet has them: the last day, and not the one after it.
                (begins ? row.from() : row.until().minusDays(1)).toString(),
                (begins ? from : until.minusDays(1)).toString());
    }

    // ---- results

    private void result(int at, Table.Row row) {
        Optional<Status> status = row.status().map(this::otherStatus);
        Optional<Value> conclusion = table.decidesRule() ? Optional.empty() : otherConclusion(row.conclusion());
        if (status.isEmpty() && conclusion.isEmpty()) {
            return;
        }
        add(
                at,
                new Table.Row(
                        row.id(),
                        row.from(),
                        row.until(),
                        row.referenceDay(),
                        row.conditions(),
                        status,
                        conclusion.orElse(row.conclusion()),
                        row.attributes(),
                        row.citation(),
                        row.message(),
                        row.assumption(),
                        row.note()),
                Kind.RESULT_SWAPPED,
                status.isPresent() ? "status" : "conclusion",
                status.isPresent() ? row.status().orElseThrow().name() : Parts.written(row.conclusion()),
                status.isPresent() ? status.get().name() : Parts.written(conclusion.orElseThrow()));
    }

    /** The next that the table decides elsewhere; where it always decides the same, the opposite. */
    private Status otherStatus(Status status) {
        List<Status> used = table.rows().stream()
                .flatMap(row -> row.status().stream())
                .distinct()
                .toList();
        return used.size() > 1
                ? used.get((used.indexOf(status) + 1) % used.size())
                : status == Status.NOT_SATISFIED ? Status.SATISFIED : Status.NOT_SATISFIED;
    }

    private Optional<Value> otherConclusion(Value conclusion) {
        if (conclusion instanceof Value.Truth truth) {
            return Optional.of(Value.of(!truth.value()));
        }
        if (conclusion instanceof Value.Number number) {
            return Optional.of(new Value.Number(number.value().add(java.math.BigDecimal.ONE)));
        }
        if (conclusion instanceof Value.Day day) {
            return Optional.of(Value.of(day.date().plusDays(1)));
        }
        List<Value> used =
                table.rows().stream().map(Table.Row::conclusion).distinct().toList();
        return used.size() > 1 ? Optional.of(used.get((used.indexOf(conclusion) + 1) % used.size())) : Optional.empty();
    }
}
