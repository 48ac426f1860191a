package ismap.rulebook;

import ismap.decision.Periods;
import ismap.decision.Value;
import ismap.rulebook.Plan.Definition;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Which days of a plan are compared with which, and so where an unknown day has to lie to make a difference.
 *
 * <p>Every comparison is of two days that come from facts or constants by steps of days and months. All such steps never decrease, so
 * the days of an unknown fact fall into finitely many intervals in which every comparison comes out alike.
 */
final class DayComparisons {

    /** A step from one day to another: the end of a period of months, or a number of days on. */
    private record Step(boolean months, int amount) {
        LocalDate from(LocalDate day) {
            return months ? Periods.end(day, amount) : day.plusDays(amount);
        }

        long reach() {
            return (months ? 32L : 1L) * Math.abs(amount);
        }
    }

    /** A day that comes from the fact {@code base} (or {@code list.field}, {@code asOf}, {@code parameter:x}) or from a constant. */
    private record Origin(String base, @Nullable LocalDate constant, List<Step> steps) {
        static Origin of(String base) {
            return new Origin(base, null, List.of());
        }

        static Origin of(LocalDate constant) {
            return new Origin("", constant, List.of());
        }

        Origin then(Step step) {
            var more = new ArrayList<>(steps);
            more.add(step);
            return new Origin(base, constant, List.copyOf(more));
        }

        Optional<LocalDate> from(LocalDate day) {
            try {
                LocalDate result = day;
                for (Step step : steps) {
                    result = step.from(result);
                }
                return Optional.of(result);
            } catch (DateTimeException beyondCalendar) {
                return Optional.empty();
            }
        }

        /** The first day from which on the steps lead to {@code target} or beyond it. */
        LocalDate firstReaching(LocalDate target) {
            long reach = steps.stream().mapToLong(Step::reach).sum() + 40;
            long low = target.toEpochDay() - reach;
            long high = target.toEpochDay() + reach;
            while (low < high) {
                long middle = Math.floorDiv(low + high, 2);
                boolean reaches = from(LocalDate.ofEpochDay(middle))
                        .map(day -> !day.isBefore(target))
                        .orElse(true);
                if (reaches) {
                    high = middle;
                } else {
                    low = middle + 1;
                }
            }
            return LocalDate.ofEpochDay(low);
        }
    }

    /** Beyond the first and the last break, and between breaks this far apart, one more day stands for those that are near neither. */
    private static final int FAR = 800;

    private static final int ROOMY = 40;

    private final Plan plan;
    private final List<Set<Origin>> groups = new ArrayList<>();

    /** @param definitions of the plan, of which the comparisons count */
    DayComparisons(Plan plan, Collection<Definition> definitions) {
        this.plan = plan;
        for (Definition definition : definitions) {
            if (definition instanceof Definition.ByExpression byExpression) {
                group(origins(byExpression.expression()));
            } else {
                Plan.PlannedTable table = ((Definition.ByTable) definition).table();
                table.segments().forEach(segment -> segment.conditions().forEach(this::condition));
                group(concluded(table.table()));
            }
        }
    }

    private void group(Set<Origin> origins) {
        if (origins.size() > 1 && !groups.contains(origins)) {
            groups.add(origins);
        }
    }

    private void condition(Condition condition) {
        var days = new LinkedHashSet<Origin>();
        constants(condition.test(), days);
        if (!days.isEmpty()) {
            days.addAll(origins(condition.fact()));
            group(days);
        }
    }

    private static void constants(UnaryTest test, Set<Origin> days) {
        if (test instanceof UnaryTest.Interval interval) {
            addDay(interval.low(), days);
            addDay(interval.high(), days);
        } else if (test instanceof UnaryTest.OneOf oneOf) {
            oneOf.constants().forEach(constant -> addDay(constant, days));
        } else if (test instanceof UnaryTest.Not not) {
            constants(not.test(), days);
        } else if (test instanceof UnaryTest.AnyOf anyOf) {
            anyOf.tests().forEach(each -> constants(each, days));
        }
    }

    private static void addDay(@Nullable Value value, Set<Origin> days) {
        if (value instanceof Value.Day day) {
            days.add(Origin.of(day.date()));
        }
    }

    private Set<Origin> origins(String name) {
        Optional<Definition> definition = plan.definition(name);
        if (definition.isPresent()) {
            return definition.get() instanceof Definition.ByExpression byExpression
                    ? origins(byExpression.expression())
                    : concluded(((Definition.ByTable) definition.get()).table().table());
        }
        return stated(name);
    }

    private Set<Origin> stated(String name) {
        var origins = new LinkedHashSet<Origin>();
        Optional<FactType> type = plan.rulebook().vocabulary().fact(name).map(FactDefinition::type);
        if (type.isPresent() && type.get() instanceof FactType.ListOf list) {
            if (list.element() instanceof FactType.RecordOf fields) {
                fields.fields().forEach((field, each) -> {
                    if (each.type() instanceof FactType.Day) {
                        origins.add(Origin.of(name + "." + field));
                    }
                });
            }
        } else if (type.isEmpty() || type.get() instanceof FactType.Day) {
            origins.add(Origin.of(name));
        }
        return origins;
    }

    private static Set<Origin> concluded(Table table) {
        var origins = new LinkedHashSet<Origin>();
        for (Table.Row row : table.rows()) {
            addDay(row.conclusion(), origins);
            if (table.aggregation() == Table.Aggregation.DAYS) {
                origins.add(Origin.of(row.from()));
                origins.add(Origin.of(row.until()));
            }
        }
        return origins;
    }

    private Set<Origin> origins(Expression expression) {
        if (expression instanceof Expression.Fact fact) {
            return origins(fact.name());
        }
        if (expression instanceof Expression.Stated stated) {
            return stated(stated.name());
        }
        var origins = new LinkedHashSet<Origin>();
        if (expression instanceof Expression.Literal literal) {
            addDay(literal.value(), origins);
        } else if (expression instanceof Expression.ParameterOn parameter) {
            parameter(parameter, origins);
        } else if (expression instanceof Expression.Exists exists) {
            exists.matches().forEach(match -> {
                origins.add(Origin.of(exists.list() + "." + match.field()));
                origins.addAll(origins(match.value()));
            });
        } else {
            call((Expression.Call) expression, origins);
        }
        return origins;
    }

    private void parameter(Expression.ParameterOn reference, Set<Origin> origins) {
        Parameter parameter =
                java.util.Objects.requireNonNull(plan.rulebook().parameters().get(reference.name()));
        var bounds = new LinkedHashSet<>(origins(reference.referenceDay().orElse(Names.APPLICABLE_DAY)));
        for (Parameter.Dated dated : parameter.values()) {
            addDay(dated.value(), origins);
            bounds.add(Origin.of(dated.from()));
            bounds.add(Origin.of(dated.until()));
        }
        group(bounds);
        if (parameter.values().stream().anyMatch(dated -> dated.value() == Value.UNKNOWN)) {
            origins.add(Origin.of(Parameter.asFact(parameter.name())));
        }
    }

    private void call(Expression.Call call, Set<Origin> origins) {
        if (call.function() == Function.PERIOD_END || call.function() == Function.PLUS_DAYS) {
            for (int amount : amounts(call.arguments().get(1))) {
                Step step = new Step(call.function() == Function.PERIOD_END, amount);
                origins(call.arguments().get(0)).forEach(origin -> origins.add(origin.then(step)));
            }
        } else {
            call.arguments().forEach(argument -> origins.addAll(origins(argument)));
        }
    }

    private Set<Integer> amounts(Expression expression) {
        var amounts = new LinkedHashSet<Integer>();
        if (expression instanceof Expression.Literal literal && literal.value() instanceof Value.Number number) {
            amounts.add(number.value().intValue());
        } else if (expression instanceof Expression.ParameterOn reference) {
            origins(reference);
            for (Parameter.Dated dated : java.util.Objects.requireNonNull(
                            plan.rulebook().parameters().get(reference.name()))
                    .values()) {
                if (dated.value() instanceof Value.Number number) {
                    amounts.add(number.value().intValue());
                }
            }
        }
        return amounts;
    }

    /** Days that between them show every way in which a day of {@code base} can compare with what is known in {@code facts}. */
    List<LocalDate> candidates(String base, Facts facts, LocalDate asOf) {
        TreeSet<LocalDate> breaks = breaks(base, facts, asOf, new HashSet<>(Set.of(base)));
        if (breaks.isEmpty()) {
            return List.of(asOf);
        }
        var candidates = new TreeSet<LocalDate>();
        candidates.add(breaks.first().minusDays(1));
        candidates.add(breaks.last().plusDays(FAR));
        LocalDate previous = breaks.first().minusDays(FAR);
        candidates.add(previous);
        for (LocalDate day : breaks) {
            candidates.add(day);
            candidates.add(day.minusDays(1));
            long between = previous.until(day, ChronoUnit.DAYS);
            if (between > ROOMY) {
                candidates.add(previous.plusDays(between / 2));
            }
            previous = day;
        }
        return List.copyOf(candidates);
    }

    /** The days at which some comparison of {@code base} changes; what it is compared with is taken as known, or by its own breaks. */
    private TreeSet<LocalDate> breaks(String base, Facts facts, LocalDate asOf, Set<String> above) {
        var breaks = new TreeSet<LocalDate>();
        for (Set<Origin> group : groups) {
            for (Origin mine : group) {
                if (mine.base().equals(base) && mine.constant() == null) {
                    group.stream()
                            .filter(other ->
                                    other.constant() != null || !other.base().equals(base))
                            .flatMap(other ->
                                    days(other, facts, asOf, above).stream().flatMap(day -> other.from(day).stream()))
                            .forEach(target -> {
                                breaks.add(mine.firstReaching(target));
                                breaks.add(mine.firstReaching(target.plusDays(1)));
                            });
                }
            }
        }
        return breaks;
    }

    private Set<LocalDate> days(Origin origin, Facts facts, LocalDate asOf, Set<String> above) {
        if (origin.constant() != null) {
            return origin.constant().equals(Table.FOREVER) || origin.constant().equals(Table.ALWAYS)
                    ? Set.of()
                    : Set.of(origin.constant());
        }
        if (origin.base().equals(Names.AS_OF)) {
            return Set.of(asOf);
        }
        int dot = origin.base().indexOf('.');
        Value value = facts.get(dot < 0 ? origin.base() : origin.base().substring(0, dot));
        var days = new TreeSet<LocalDate>();
        if (value instanceof Value.Day day) {
            days.add(day.date());
        } else if (value instanceof Value.Elements list && dot > 0) {
            list.values().forEach(element -> {
                if (element instanceof Value.Element fields
                        && fields.field(origin.base().substring(dot + 1)) instanceof Value.Day day) {
                    days.add(day.date());
                }
            });
        } else if (value == Value.UNKNOWN && above.size() == 1 && above.add(origin.base())) {
            days.addAll(breaks(origin.base(), facts, asOf, above));
            above.remove(origin.base());
        }
        return days;
    }

    /** Numbers that tests compare with, for facts that are numbers. */
    static Set<Value> constantsOf(Map<String, Definition> definitions) {
        var constants = new LinkedHashSet<Value>();
        for (Definition definition : definitions.values()) {
            if (definition instanceof Definition.ByTable byTable) {
                byTable.table()
                        .segments()
                        .forEach(segment ->
                                segment.conditions().forEach(condition -> values(condition.test(), constants)));
            }
        }
        return constants;
    }

    private static void values(UnaryTest test, Set<Value> constants) {
        if (test instanceof UnaryTest.Interval interval) {
            Optional.ofNullable(interval.low()).ifPresent(constants::add);
            Optional.ofNullable(interval.high()).ifPresent(constants::add);
        } else if (test instanceof UnaryTest.OneOf oneOf) {
            constants.addAll(oneOf.constants());
        } else if (test instanceof UnaryTest.Not not) {
            values(not.test(), constants);
        } else if (test instanceof UnaryTest.AnyOf anyOf) {
            anyOf.tests().forEach(each -> values(each, constants));
        }
    }
}
