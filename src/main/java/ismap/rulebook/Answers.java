package ismap.rulebook;

import ismap.decision.Bilingual;
import ismap.decision.Citation;
import ismap.decision.Decision;
import ismap.decision.Finding;
import ismap.decision.Place;
import ismap.decision.Value;
import ismap.rulebook.DecisionDefinition.Outcome;
import ismap.rulebook.Plan.PlannedTable;
import ismap.rulebook.Reasoning.Decided;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/** From what the engines found to the answer: findings with their reasons, the outcome, what is missing and what was not examined. */
public final class Answers {

    private static final Pattern PLACEHOLDER = Pattern.compile("\\{([A-Za-z][A-Za-z0-9.:-]*)}");

    private final Plan plan;
    private final SourceMap sources;
    private final Facts facts;
    private final LocalDate asOf;
    private final Reasoning reasoning;

    private Answers(Plan plan, SourceMap sources, Facts facts, LocalDate asOf, Reasoning reasoning) {
        this.plan = plan;
        this.sources = sources;
        this.facts = facts;
        this.asOf = asOf;
        this.reasoning = reasoning;
    }

    /** @param reasoning what every engine agreed on for these facts */
    public static Decision answer(Plan plan, SourceMap sources, Facts facts, LocalDate asOf, Reasoning reasoning) {
        return new Answers(plan, sources, facts, asOf, reasoning).answer();
    }

    /** The outcome that what is known calls for; that facts may be missing is not looked at, and so it costs next to nothing. */
    public static String calledFor(Plan plan, Reasoning reasoning) {
        return Outcomes.calledFor(
                        plan.decision(),
                        rule -> java.util.Objects.requireNonNull(
                                reasoning.decided().get(rule)))
                .code();
    }

    /** What the rules say and what the decision computes; an outcome would need to know what is missing, which can take long. */
    public record Said(Map<String, Value> values, List<Finding> findings) {}

    /** As {@link #answer}, without the outcome and what is missing. */
    public static Said said(Plan plan, SourceMap sources, Facts facts, LocalDate asOf, Reasoning reasoning) {
        var answers = new Answers(plan, sources, facts, asOf, reasoning);
        return new Said(answers.values(), answers.findings());
    }

    private Map<String, Value> values() {
        var values = new LinkedHashMap<String, Value>();
        for (DecisionDefinition.Shown shown : plan.decision().values()) {
            if (!valueOf(shown.fact()).isNone()) {
                values.put(shown.name(), valueOf(shown.fact()));
            }
        }
        return values;
    }

    private List<Finding> findings() {
        return plan.decision().rules().stream()
                .flatMap(rule -> findings(plan.rule(rule.id())).stream())
                .toList();
    }

    private Decision answer() {
        DecisionDefinition decision = plan.decision();
        Completions.Missing missing = Completions.missing(plan, facts, asOf);
        return new Decision(
                decision.name(),
                outcome(plan, reasoning, missing.settled()),
                asOf,
                ((Value.Day) valueOf(Names.APPLICABLE_DAY)).date(),
                values(),
                findings(),
                missing.facts(),
                decision.notExamined().stream()
                        .filter(entry -> Condition.allHold(entry.conditions(), this::valueOf))
                        .map(entry -> new Decision.NotExamined(entry.rule(), entry.message(), entry.decidedBy()))
                        .toList());
    }

    /** The outcome of {@link #answer} alone. What is missing is looked for only where it could make another one of it. */
    public static String outcome(Plan plan, Facts facts, LocalDate asOf, Reasoning reasoning) {
        String called = calledFor(plan, reasoning);
        int insufficient = Outcomes.insufficient(plan.decision());
        boolean holds = plan.decision().outcomes().subList(0, insufficient).stream()
                .anyMatch(outcome -> outcome.code().equals(called));
        return holds
                ? called
                : outcome(
                        plan, reasoning, Completions.missing(plan, facts, asOf).settled());
    }

    /**
     * The contract's rule: what stands before INSUFFICIENT_FACTS holds as soon as a known finding calls for it; what stands after it,
     * only when no unknown fact could change the outcome any more.
     *
     * @param settled the outcome of every completion, where they all have the same
     */
    static String outcome(Plan plan, Reasoning reasoning, Optional<String> settled) {
        DecisionDefinition decision = plan.decision();
        Outcome called = Outcomes.calledFor(
                decision,
                rule -> java.util.Objects.requireNonNull(reasoning.decided().get(rule)));
        int insufficient = Outcomes.insufficient(decision);
        if (decision.outcomes().indexOf(called) < insufficient) {
            return called.code();
        }
        return settled.orElseGet(() -> decision.outcomes().get(insufficient).code());
    }

    private List<Finding> findings(PlannedTable planned) {
        Table table = planned.table();
        Decided whole = java.util.Objects.requireNonNull(reasoning.decided().get(table.id()));
        var findings = new ArrayList<Finding>();
        List<Decided> elements = elements(table);
        int decisive = elements.indexOf(whole);
        findings.add(finding(
                planned, whole, decisive < 0 ? OptionalInt.empty() : OptionalInt.of(decisive), Optional.empty()));
        for (int i = 0; i < elements.size(); i++) {
            if (!table.items().isEmpty()
                    && !table.items().contains(elements.get(i).status())) {
                continue;
            }
            findings.add(finding(planned, elements.get(i), OptionalInt.of(i), Optional.of(itemOf(table, i))));
        }
        return findings;
    }

    private List<Decided> elements(Table table) {
        return IntStream.iterate(0, i -> i + 1)
                .mapToObj(i -> Optional.ofNullable(reasoning.decided().get(Reasoning.ofElement(table.id(), i))))
                .takeWhile(Optional::isPresent)
                .map(Optional::get)
                .toList();
    }

    private String itemOf(Table table, int index) {
        return table.item()
                .map(field -> valueOf(table.forEach().orElseThrow() + "." + field, OptionalInt.of(index))
                        .toString())
                .orElse(String.valueOf(index + 1));
    }

    private Finding finding(PlannedTable planned, Decided decided, OptionalInt element, Optional<String> item) {
        Table table = planned.table();
        Optional<Table.Row> row = table.row(decided.row());
        Citation citation = row.flatMap(Table.Row::citation)
                .or(table::citation)
                .orElseThrow(() -> new IllegalStateException("%s cites nothing".formatted(decided.row())));
        Bilingual message = row.map(Table.Row::message)
                .filter(text -> !text.isBlank())
                .orElseGet(() -> general(table, decided.row()));
        return new Finding(
                table.id(),
                decided.status(),
                decided.row(),
                item.orElse(null),
                citation,
                filled(message, element),
                because(planned, decided.row(), element),
                source(table, decided.row()),
                row.flatMap(Table.Row::assumption).or(table::assumption).orElse(null),
                row.map(Table.Row::attributes).orElse(Map.of()));
    }

    private static Bilingual general(Table table, String row) {
        if (row.equals(Plan.outsideRow(table))) {
            return table.outsideDates();
        }
        return row.equals(Plan.emptyRow(table))
                ? table.noElements().map(Table.NoElements::text).orElse(Bilingual.EMPTY)
                : table.notEnoughFacts();
    }

    private Place source(Table table, String row) {
        String decision = plan.decision().name();
        String title = "table:" + decision + ":" + table.id();
        String text = "text:" + decision + ":" + table.id() + ":";
        if (row.equals(Plan.outsideRow(table))) {
            return sources.of(text + "outsideDates", title);
        }
        if (row.equals(Plan.unknownRow(table))) {
            return sources.of(text + "notEnoughFacts", title);
        }
        return row.equals(Plan.emptyRow(table))
                ? sources.of(text + "noElements", title)
                : sources.of("row:" + decision + ":" + row, title);
    }

    /** The facts that the row looked at; behind a derived one, those it follows from, and the derived one itself. */
    private Map<String, Value> because(PlannedTable planned, String row, OptionalInt element) {
        var because = new LinkedHashMap<String, Value>();
        if (row.equals(Plan.unknownRow(planned.table()))) {
            planned.columns().stream()
                    .filter(column -> valueOf(column, element).isOpen())
                    .forEach(column -> unknownBehind(column, because));
            planned.table()
                    .forEach()
                    .filter(list -> valueOf(list).isOpen())
                    .ifPresent(list -> because.put(list, Value.UNKNOWN));
            return because;
        }
        boolean outside = row.equals(Plan.outsideRow(planned.table()));
        for (String column : columns(planned, row)) {
            if (column.indexOf('.') > 0 && element.isEmpty()) {
                because.put(column.substring(0, column.indexOf('.')), Value.UNKNOWN);
            } else if (!isDay(column)) {
                explain(column, element, because);
            } else if (outside) {
                because.put(column.substring(column.indexOf(':') + 1), valueOf(column));
            }
        }
        return because;
    }

    private static boolean isDay(String column) {
        return column.equals(Names.APPLICABLE_DAY)
                || column.equals(Plan.referenceDay(Optional.of(column.substring(column.indexOf(':') + 1))));
    }

    private static LinkedHashSet<String> columns(PlannedTable planned, String row) {
        var columns = new LinkedHashSet<String>();
        planned.segments().stream()
                .filter(segment -> segment.row().equals(row))
                .forEach(segment -> segment.conditions().forEach(condition -> columns.add(condition.fact())));
        return columns;
    }

    private void unknownBehind(String column, Map<String, Value> because) {
        plan.support(column, this::valueOf).stream()
                .filter(this::isNotKnown)
                .forEach(fact -> because.put(fact, Value.UNKNOWN));
    }

    private boolean isNotKnown(String fact) {
        return facts.get(fact) == Value.UNKNOWN || (facts.get(fact).isNone() && plan.isOnlyStated(fact, this::valueOf));
    }

    private void explain(String column, OptionalInt element, Map<String, Value> because) {
        Value value = valueOf(column, element);
        boolean derived = plan.definesEither(column) && facts.get(column).isNone() && value.isKnown();
        boolean stated = !derived && (plan.inputs().contains(column) || column.indexOf('.') > 0);
        if (!stated) {
            for (String fact : plan.support(column, this::valueOf)) {
                if (!valueOf(fact).isNone()) {
                    because.put(fact, valueOf(fact));
                }
            }
        }
        if (!(value instanceof Value.Days)) {
            because.put(column, value);
        }
    }

    private Value valueOf(String name) {
        return valueOf(name, OptionalInt.empty());
    }

    private Value valueOf(String name, OptionalInt element) {
        if (element.isPresent() && name.indexOf('.') > 0) {
            Value derived = reasoning.derived().get(Reasoning.ofElement(name, element.getAsInt()));
            return derived == null ? field(name, element.getAsInt()) : derived;
        }
        if (name.equals(Names.AS_OF)) {
            return Value.of(asOf);
        }
        Decided decided = reasoning.decided().get(name);
        if (decided != null) {
            return Value.of(decided.status().name());
        }
        Value derived = reasoning.derived().get(name);
        return derived == null ? facts.get(name) : derived;
    }

    private Value field(String name, int index) {
        int dot = name.indexOf('.');
        if (!(valueOf(name.substring(0, dot)) instanceof Value.Elements list)
                || index >= list.values().size()) {
            return Value.UNKNOWN;
        }
        Value element = list.values().get(index);
        return element instanceof Value.Element fields ? fields.field(name.substring(dot + 1)) : element;
    }

    private Bilingual filled(Bilingual message, OptionalInt element) {
        return new Bilingual(filled(message.ja(), element, true), filled(message.en(), element, false));
    }

    private String filled(String text, OptionalInt element, boolean japanese) {
        Matcher placeholder = PLACEHOLDER.matcher(text);
        return placeholder.replaceAll(
                found -> Matcher.quoteReplacement(shown(found.group(1), valueOf(found.group(1), element), japanese)));
    }

    private String shown(String name, Value value, boolean japanese) {
        if (value.isNone()) {
            return japanese ? "なし" : "none";
        }
        if (value == Value.UNKNOWN) {
            return japanese ? "不明" : "not known";
        }
        if (value instanceof Value.Truth truth) {
            return truth.value() ? (japanese ? "はい" : "yes") : japanese ? "いいえ" : "no";
        }
        if (value instanceof Value.Elements list) {
            return String.join(
                    japanese ? "、" : ", ",
                    list.values().stream()
                            .map(each -> shown(name, each, japanese))
                            .toList());
        }
        return value instanceof Value.Text code ? label(name, code.text(), japanese) : value.toString();
    }

    private String label(String fact, String code, boolean japanese) {
        return plan.rulebook()
                .vocabulary()
                .label(fact, code)
                .map(label -> japanese ? label.ja() : label.en())
                .filter(text -> !text.isBlank())
                .orElse(code);
    }
}
