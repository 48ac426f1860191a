package ismap.drools;

import ismap.decision.Value;
import ismap.drools.PrintedDecision.FactShape;
import ismap.drools.PrintedDecision.Layer;
import ismap.drools.PrintedDecision.PlacedTable;
import ismap.drools.PrintedDecision.RowRef;
import ismap.rulebook.Condition;
import ismap.rulebook.Expression;
import ismap.rulebook.Function;
import ismap.rulebook.Names;
import ismap.rulebook.Plan;
import ismap.rulebook.Plan.Definition;
import ismap.rulebook.Plan.PlannedTable;
import ismap.rulebook.Plan.Segment;
import ismap.rulebook.UnaryTest;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * Writes a plan as DRL that people can read and Drools can run.
 *
 * <p>Definitions stand in layers, each of which only reads lower ones. A layer has one fact type for the case, and one for the elements
 * of each list that it asks about, with the columns that its tables test. Every rule looks at one fact: a segment of a row reports the
 * row, a derivation reports its value. What a table makes of its rows is not written here; all engines share it.
 */
final class DrlPrinter {

    private static final String HEAD = """
            // What Drools runs of one decision. The service prints it from the tables and derivations of a rulebook; nobody edits it.
            // Days are numbers (20210604). x_is says whether x is known, none, unknown or known partly; x_least and x_most are its bounds.
            // text-1, text-2 and so on stand for texts of the rulebook that are handed over as data.

            """;

    private static final String REFERENCE_DAY = Plan.referenceDay(Optional.of(""));

    private final Plan plan;
    private final UnaryOperator<UnaryTest> change;
    private final Wording wording = new Wording();
    private final String packageName;
    private final StringBuilder declarations = new StringBuilder();
    private final StringBuilder rules = new StringBuilder();
    private final Map<String, RowRef> rows = new LinkedHashMap<>();
    private int tables;

    private DrlPrinter(String packageName, Plan plan, UnaryOperator<UnaryTest> change) {
        this.packageName = packageName;
        this.plan = plan;
        this.change = change;
    }

    /**
     * @param packageName of the printed rules: an identifier of ours
     * @param change what becomes of each test on the way; the tests of this package make mistakes with it
     */
    static PrintedDecision print(String packageName, Plan plan, UnaryOperator<UnaryTest> change) {
        return new DrlPrinter(packageName, plan, change).printed();
    }

    private PrintedDecision printed() {
        var layered = new TreeMap<Integer, List<Definition>>();
        for (Definition definition : plan.definitions().values()) {
            layered.computeIfAbsent(plan.layer(definition.name()), layer -> new ArrayList<>())
                    .add(definition);
        }
        var layers = new ArrayList<Layer>();
        layered.forEach((number, definitions) -> layers.add(layer(number, definitions)));
        String text = HEAD
                + "package %s\n\nimport ismap.drools.Functions\n\nglobal ismap.drools.Out out\n".formatted(packageName)
                + declarations
                + rules;
        return new PrintedDecision(plan, packageName, text, List.copyOf(layers), wording.lexicon(), Map.copyOf(rows));
    }

    // Names ----------------------------------------------------------------------------------------------------------

    private String identifier(String name) {
        boolean rule = plan.definition(name)
                .filter(definition -> definition instanceof Definition.ByTable byTable
                        && byTable.table().table().decidesRule())
                .isPresent();
        return wording.identifier(name, rule ? "status_" : "");
    }

    private static boolean isOfElement(String name, Optional<String> list) {
        return list.isPresent() && name.startsWith(list.get() + ".");
    }

    /** The list of whose elements a table is asked, one by one. */
    private static Optional<String> scope(Definition.ByTable definition) {
        return definition.list().or(definition.table().table()::forEach);
    }

    // Layers ---------------------------------------------------------------------------------------------------------

    private Layer layer(int number, List<Definition> definitions) {
        var shapes = new LinkedHashMap<Optional<String>, Shape>();
        for (Definition definition : definitions) {
            if (definition instanceof Definition.ByTable byTable) {
                shape(shapes, number, scope(byTable)).readBy(byTable.table());
                if (isAskedWhetherOutside(byTable)) {
                    shape(shapes, number, Optional.empty()).readBy(byTable.table());
                }
            } else {
                shape(shapes, number, definition.list());
            }
        }
        var placed = new ArrayList<PlacedTable>();
        for (Definition definition : definitions) {
            if (definition instanceof Definition.ByTable byTable) {
                placed.add(table(byTable, shapes));
            } else {
                derivation((Definition.ByExpression) definition, shape(shapes, number, definition.list()));
            }
        }
        List<Shape> looked =
                shapes.values().stream().filter(shape -> shape.rules > 0).toList();
        looked.forEach(Shape::declare);
        return new Layer(looked.stream().map(Shape::facts).toList(), List.copyOf(placed));
    }

    private Shape shape(Map<Optional<String>, Shape> shapes, int number, Optional<String> list) {
        return shapes.computeIfAbsent(
                list,
                any -> new Shape(
                        "Layer" + number
                                + list.map(name -> "_" + wording.identifier(name, ""))
                                        .orElse(""),
                        list));
    }

    /** A fact type in the making. */
    private final class Shape {
        private final String type;
        private final Optional<String> list;
        private final Map<String, List<UnaryTest>> tests = new LinkedHashMap<>();
        private final Map<String, Column> columns = new LinkedHashMap<>();
        private int rules;

        Shape(String type, Optional<String> list) {
            this.type = type;
            this.list = list;
        }

        void readBy(PlannedTable table) {
            for (Segment segment : table.segments()) {
                for (Condition condition : segment.conditions()) {
                    tests.computeIfAbsent(condition.fact(), name -> new ArrayList<>())
                            .add(condition.test());
                }
            }
        }

        Column column(String name) {
            return columns.computeIfAbsent(
                    name,
                    any -> new Column(
                            name,
                            identifier(name),
                            Constraints.kindOf(tests.getOrDefault(name, List.of()).stream(), name),
                            isOfElement(name, list),
                            name.equals(Names.AS_OF)
                                    || name.equals(Names.APPLICABLE_DAY)
                                    || name.startsWith(REFERENCE_DAY)));
        }

        void declare() {
            declarations.append("\ndeclare ").append(type).append('\n');
            if (list.isPresent()) {
                declarations.append("    index : int\n");
            }
            for (Column column : columns.values()) {
                for (Column.Part part : column.parts()) {
                    declarations
                            .append("    ")
                            .append(column.field(part))
                            .append(" : ")
                            .append(column.type(part))
                            .append('\n');
                }
            }
            declarations.append("end\n");
        }

        FactShape facts() {
            return new FactShape(
                    type,
                    list,
                    columns.values().stream()
                            .filter(column -> !column.parts().isEmpty())
                            .toList(),
                    rules);
        }

        /** @param conditions the constraints of the pattern, of which blank ones are left out */
        void rule(String name, Stream<String> conditions, String effect) {
            rules++;
            String pattern = String.join(
                    ", ",
                    Stream.concat(list.isPresent() ? Stream.of("$i : index") : Stream.empty(), conditions)
                            .toList());
            DrlPrinter.this.rules.append("\nrule \"%s\"\nwhen\n    %s(%s)\nthen\n    %s\nend\n"
                    .formatted(name, type, pattern.isEmpty() ? "" : " " + pattern + " ", effect));
        }
    }

    // Tables ---------------------------------------------------------------------------------------------------------

    /** Outside its dates a rule over a list says so once, whatever the list holds. */
    private static boolean isAskedWhetherOutside(Definition.ByTable definition) {
        return definition.table().table().decidesRule() && scope(definition).isPresent();
    }

    private PlacedTable table(Definition.ByTable definition, Map<Optional<String>, Shape> shapes) {
        PlannedTable planned = definition.table();
        int number = tables++;
        var ids = new LinkedHashSet<String>();
        planned.segments().forEach(segment -> ids.add(segment.row()));
        List<String> ordered = List.copyOf(ids);
        Optional<String> list = scope(definition);
        String outside = Plan.outsideRow(planned.table());
        var parts = new LinkedHashMap<String, Integer>();
        var written = new LinkedHashMap<String, String>();
        for (Segment segment : planned.segments()) {
            String row = written.computeIfAbsent(
                    segment.row(), id -> reported(id, definition.name(), new RowRef(number, ordered.indexOf(id))));
            boolean once = list.isPresent()
                    && planned.table().decidesRule()
                    && segment.row().equals(outside);
            int part = parts.merge(row, 1, Integer::sum);
            segment(
                    segment,
                    row,
                    part,
                    planned.readsOpenRows(),
                    Objects.requireNonNull(shapes.get(once ? Optional.<String>empty() : list)));
        }
        return new PlacedTable(definition, number, ordered, list);
    }

    /** The id with which rules report a row; two tables may have rows of the same id. */
    private String reported(String row, String definition, RowRef ref) {
        String id = wording.row(row);
        for (String longer = row + " of " + definition; rows.containsKey(id); longer += "!") {
            id = wording.row(longer);
        }
        rows.put(id, ref);
        return id;
    }

    private void segment(Segment segment, String row, int part, boolean readsOpenRows, Shape shape) {
        String index = shape.list.isPresent() ? ", $i" : "";
        Optional<List<String>> matching = constraints(segment, shape, (constraints, test) -> constraints.matches(test));
        matching.ifPresent(constraints -> shape.rule(
                "%s #%d".formatted(row, part), constraints.stream(), "out.match(\"%s\"%s);".formatted(row, index)));
        if (readsOpenRows) {
            Optional<List<String>> open =
                    constraints(segment, shape, (constraints, test) -> constraints.mayMatch(test));
            open.filter(constraints -> !open.equals(matching))
                    .ifPresent(constraints -> shape.rule(
                            "%s #%d open".formatted(row, part),
                            constraints.stream(),
                            "out.mayMatch(\"%s\"%s);".formatted(row, index)));
        }
    }

    private interface Reading {
        Formula of(Constraints constraints, UnaryTest test);
    }

    /** The conditions of a segment as constraints; empty where they can never hold. */
    private Optional<List<String>> constraints(Segment segment, Shape shape, Reading reading) {
        var formulas = new LinkedHashMap<Condition, Formula>();
        for (Condition condition : segment.conditions()) {
            Column column = shape.column(condition.fact());
            formulas.put(condition, reading.of(new Constraints(column, wording), change.apply(condition.test())));
        }
        if (formulas.containsValue(Formula.NEVER)) {
            return Optional.empty();
        }
        var constraints = new ArrayList<String>();
        formulas.forEach((condition, formula) -> {
            if (formula != Formula.ALWAYS) {
                constraints.add(formula.written(shape.column(condition.fact()), false));
            }
        });
        return Optional.of(constraints);
    }

    // Derivations ----------------------------------------------------------------------------------------------------

    private void derivation(Definition.ByExpression definition, Shape shape) {
        String identifier = identifier(definition.name());
        String index = definition.list().isPresent() ? ", $i" : "";
        shape.rule(
                "derive " + identifier + " #1",
                Stream.empty(),
                "out.derive(\"%s\"%s, %s);"
                        .formatted(identifier, index, expression(definition.expression(), definition.list())));
    }

    private String expression(Expression expression, Optional<String> list) {
        if (expression instanceof Expression.Fact fact) {
            return value(fact.name(), list);
        }
        if (expression instanceof Expression.Literal literal) {
            return literal(literal.value());
        }
        if (expression instanceof Expression.Stated stated) {
            return "out.stated(\"%s\")".formatted(identifier(stated.name()));
        }
        if (expression instanceof Expression.ParameterOn parameter) {
            return "out.parameter(\"%s\", %s)"
                    .formatted(
                            wording.text(parameter.name()),
                            value(parameter.referenceDay().orElse(Names.APPLICABLE_DAY), list));
        }
        if (expression instanceof Expression.Exists exists) {
            return call(
                    "exists",
                    Stream.concat(
                            Stream.of(value(exists.list(), Optional.empty())),
                            exists.matches().stream()
                                    .map(match -> "Functions.where(\"%s\", \"%s\", %s)"
                                            .formatted(
                                                    field(match.field()),
                                                    match.operator().name(),
                                                    expression(match.value(), list)))));
        }
        Expression.Call call = (Expression.Call) expression;
        if (call.function() == Function.SOME_OF || call.function() == Function.EVERY_OF) {
            String each = ((Expression.Fact) call.arguments().get(0)).name();
            String field = each + "." + ((Expression.Literal) call.arguments().get(1)).value();
            return call(
                    call.function().text(),
                    Stream.of("out.each(\"%s\", \"%s\")".formatted(identifier(each), identifier(field))));
        }
        return call(call.function().text(), call.arguments().stream().map(argument -> expression(argument, list)));
    }

    private String field(String name) {
        if (!wording.text(name).equals(name)) {
            throw new IllegalArgumentException("no element has a field named %s".formatted(name));
        }
        return name;
    }

    private static String call(String function, Stream<String> arguments) {
        return "Functions.%s(%s)".formatted(function, String.join(", ", arguments.toList()));
    }

    private String value(String name, Optional<String> list) {
        return "out.value(\"%s\"%s)".formatted(identifier(name), isOfElement(name, list) ? ", $i" : "");
    }

    private String literal(Value value) {
        if (value instanceof Value.Special special) {
            return "Functions." + special.name();
        }
        if (value instanceof Value.Truth truth) {
            return truth.value() ? "Functions.YES" : "Functions.NO";
        }
        if (value instanceof Value.Number number) {
            return "Functions.number(\"%s\")".formatted(number);
        }
        if (value instanceof Value.Day day && isOrdinary(day.date())) {
            return "Functions.day(%d)".formatted(Constraints.day(day.date()));
        }
        if (value instanceof Value.Text text && wording.text(text.text()).equals(text.text())) {
            return "Functions.text(\"%s\")".formatted(text);
        }
        if (value instanceof Value.Elements elements
                && elements.values().stream().noneMatch(Value.Element.class::isInstance)) {
            return call("list", elements.values().stream().map(this::literal));
        }
        return "out.constant(%d)".formatted(wording.constant(value));
    }

    private static boolean isOrdinary(LocalDate day) {
        return day.getYear() >= 1000 && day.getYear() <= 9999;
    }
}
