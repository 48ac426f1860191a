package ismap.rulebook;

import ismap.decision.Periods;
import ismap.decision.Value;
import ismap.regression.Scenario;
import ismap.rulebook.Plan.Definition;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Seeded cases of one decision: its scenarios, bent at every boundary of its plan. Each constant in a test, each dated row and parameter, each
 * other day of the case, the days next to them, and what periods of months make of them.
 */
final class RandomCases {

    /** One case as a caller would send it. */
    record Drawn(Map<String, @Nullable Object> raw, LocalDate asOf) {}

    private static final List<Integer> MONTHS = List.of(2, 3, 12, 16, 18, 24);
    private static final List<String> INSTANTS =
            List.of("T14:59:59Z", "T15:00:00Z", "T00:00:00+09:00", "T23:59:59+09:00");

    private final Plan plan;
    private final List<Scenario> scenarios;
    private final List<LocalDate> boundaries;
    private final List<String> texts = new ArrayList<>(List.of("A", "B", "C"));
    private final Random random;

    RandomCases(Plan plan, List<Scenario> scenarios, long seed) {
        this.plan = plan;
        this.scenarios = scenarios;
        this.boundaries = List.copyOf(boundaries(plan));
        this.random = new Random(seed);
    }

    Random random() {
        return random;
    }

    /** A case that a caller could send: of the right types, no period that ends before it begins. */
    Drawn next() {
        while (true) {
            Drawn drawn = draw();
            if (FactReader.read(plan, drawn.raw()).problems().isEmpty()) {
                return drawn;
            }
        }
    }

    private Drawn draw() {
        Map<String, @Nullable Object> raw = new LinkedHashMap<>();
        LocalDate asOf = LocalDate.of(2021, 1, 1).plusDays(random.nextInt(2500));
        if (random.nextInt(20) > 0) {
            Scenario scenario = pick(scenarios);
            raw.putAll(scenario.facts());
            asOf = scenario.asOf();
        }
        int changes = random.nextInt(6);
        for (int i = 0; i < changes; i++) {
            String name = pick(plan.asked());
            if (plan.rulebook().vocabulary().fact(name).isEmpty()) {
                continue;
            }
            switch (random.nextInt(6)) {
                case 0 -> raw.remove(name);
                case 1 -> raw.put(name, null);
                default -> raw.put(name, raw(name, raw, asOf));
            }
        }
        return new Drawn(raw, random.nextInt(3) == 0 ? day(raw, asOf) : asOf);
    }

    /** Some value of a fact, given the others. */
    Object raw(String name, Map<String, ?> others, LocalDate asOf) {
        return raw(plan.rulebook().vocabulary().fact(name).orElseThrow().type(), others, asOf);
    }

    private Object raw(FactType type, Map<String, ?> others, LocalDate asOf) {
        if (type instanceof FactType.Code code) {
            return pick(code.codes());
        }
        if (type instanceof FactType.Truth) {
            return random.nextBoolean();
        }
        if (type instanceof FactType.Numeric numeric) {
            return numeric.domain().isEmpty()
                    ? java.math.BigDecimal.valueOf(random.nextInt(100))
                    : pick(numeric.domain());
        }
        if (type instanceof FactType.Day day) {
            String date = day(others, asOf).toString();
            return day.moment() && random.nextInt(3) == 0 ? date + pick(INSTANTS) : date;
        }
        if (type instanceof FactType.ListOf list) {
            var elements = new ArrayList<Object>();
            for (int i = random.nextInt(4); i > 0; i--) {
                elements.add(raw(list.element(), others, asOf));
            }
            return elements;
        }
        if (type instanceof FactType.RecordOf fields) {
            var element = new LinkedHashMap<String, Object>();
            fields.fields().forEach((name, field) -> {
                if (!field.optional() || random.nextInt(3) > 0) {
                    element.put(name, raw(field.type(), others, asOf));
                }
            });
            return element;
        }
        return pick(texts);
    }

    /** A day at or beside a boundary of the plan or a day of the case, or an arbitrary one. */
    LocalDate day(Map<String, ?> others, LocalDate asOf) {
        if (random.nextInt(12) == 0) {
            return LocalDate.of(2019, 1, 1).plusDays(random.nextInt(3300));
        }
        var near = new ArrayList<LocalDate>(List.of(asOf));
        collectDays(others.values(), near);
        LocalDate day = random.nextInt(3) == 0 && !boundaries.isEmpty() ? pick(boundaries) : pick(near);
        int months = pick(MONTHS);
        day = switch (random.nextInt(6)) {
            case 0 -> Periods.end(day, months);
            case 1 -> day.minusMonths(months);
            case 2 -> Periods.end(day.minusDays(1), months);
            default -> day;
        };
        return day.plusDays(random.nextInt(3) - 1L);
    }

    private static void collectDays(Object raw, List<LocalDate> days) {
        if (raw instanceof Collection<?> many) {
            many.stream().filter(each -> each != null).forEach(each -> collectDays(each, days));
        } else if (raw instanceof Map<?, ?> element) {
            collectDays(element.values(), days);
        } else if (raw instanceof String text && text.matches("\\d{4}-\\d{2}-\\d{2}.*")) {
            days.add(LocalDate.parse(text.substring(0, 10)));
        }
    }

    private <T> T pick(List<T> of) {
        return of.get(random.nextInt(of.size()));
    }

    /** Every day that the plan compares something with. */
    static Set<LocalDate> boundaries(Plan plan) {
        var days = new TreeSet<LocalDate>();
        for (Definition definition : plan.definitions().values()) {
            if (definition instanceof Definition.ByTable byTable) {
                Table table = byTable.table().table();
                days.add(table.from());
                days.add(table.until());
                table.rows().forEach(row -> {
                    days.add(row.from());
                    days.add(row.until());
                });
                byTable.table()
                        .segments()
                        .forEach(segment ->
                                segment.conditions().forEach(condition -> constants(condition.test(), days)));
            } else if (definition instanceof Definition.ByExpression byExpression) {
                byExpression.expression().walk(part -> {
                    if (part instanceof Expression.Literal literal && literal.value() instanceof Value.Day day) {
                        days.add(day.date());
                    } else if (part instanceof Expression.ParameterOn on) {
                        parameter(plan, on.name(), days);
                    }
                });
            }
        }
        var shown = new LinkedHashSet<LocalDate>(days);
        shown.removeIf(day -> day.equals(Table.ALWAYS) || day.equals(Table.FOREVER));
        return shown;
    }

    private static void parameter(Plan plan, String name, Set<LocalDate> days) {
        Parameter parameter =
                java.util.Objects.requireNonNull(plan.rulebook().parameters().get(name));
        parameter.values().forEach(dated -> {
            days.add(dated.from());
            days.add(dated.until());
            if (dated.value() instanceof Value.Day day) {
                days.add(day.date());
            }
        });
    }

    private static void constants(UnaryTest test, Set<LocalDate> days) {
        if (test instanceof UnaryTest.Interval interval) {
            day(interval.low(), days);
            day(interval.high(), days);
        } else if (test instanceof UnaryTest.OneOf oneOf) {
            oneOf.constants().forEach(constant -> day(constant, days));
        } else if (test instanceof UnaryTest.Not not) {
            constants(not.test(), days);
        } else if (test instanceof UnaryTest.AnyOf anyOf) {
            anyOf.tests().forEach(each -> constants(each, days));
        }
    }

    private static void day(@Nullable Value value, Set<LocalDate> days) {
        if (value instanceof Value.Day day) {
            days.add(day.date());
        }
    }
}
