package ismap.regression;

import ismap.decision.Bilingual;
import ismap.decision.Place;
import ismap.decision.Problem;
import ismap.decision.Status;
import ismap.decision.Value;
import ismap.rulebook.DecisionDefinition;
import ismap.rulebook.FactDefinition;
import ismap.rulebook.FactReader;
import ismap.rulebook.FactType;
import ismap.rulebook.Names;
import ismap.rulebook.Plan;
import ismap.rulebook.Table;
import java.math.BigDecimal;
import java.text.Normalizer;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Reads lines of scenarios with the types of a decision's vocabulary.
 *
 * <p>A cell of a fact: blank is left out; なし or {@code none} is known not to be, or an empty list; 不明 or {@code unknown} is what nobody
 * knows. A request says the latter by null, and so may a cell; of a fact whose absence means none, null says none too, and 不明 is a Problem. Codes and numbers of a list stand beside each other with commas; elements with fields one a line,
 * {@code client: A; from: 2021-01-01}. Expected findings and values stand one a line, {@code BR-3.5-4: SATISFIED}.
 */
public final class ScenarioParser {

    /** The columns that are not facts. */
    private static final Set<String> RESERVED =
            Set.of("id", "scenario_ja", "scenario_en", "asOf", "outcome", "findings", "values", "missing");

    /** All scenarios that could be read; those with an error are left out, and the error says where it stands. */
    public record Parsed(List<Scenario> scenarios, List<Problem> problems) {
        public Parsed {
            scenarios = List.copyOf(scenarios);
            problems = List.copyOf(problems);
        }
    }

    private final Plan plan;
    private final Names names;
    private final List<Problem> problems = new ArrayList<>();
    private final Set<String> unknownColumns = new HashSet<>();

    private ScenarioParser(Plan plan) {
        this.plan = plan;
        this.names = new Names(
                plan.rulebook().vocabulary(),
                plan.rulebook().derivations(),
                plan.rulebook().parameters(),
                plan.decision().rules().stream().map(Table::id).collect(Collectors.toSet()));
    }

    public static Parsed parse(Plan plan, List<ScenarioText> lines) {
        return new ScenarioParser(plan).parse(lines);
    }

    private Parsed parse(List<ScenarioText> lines) {
        var scenarios = new ArrayList<Scenario>();
        for (ScenarioText line : lines) {
            int before = errors();
            Optional<Scenario> scenario = scenario(line);
            if (errors() == before) {
                scenario.ifPresent(scenarios::add);
            }
        }
        return new Parsed(scenarios, problems);
    }

    private int errors() {
        return (int) problems.stream().filter(Problem::isError).count();
    }

    private Optional<Scenario> scenario(ScenarioText line) {
        Optional<LocalDate> asOf = asOf(line);
        Map<String, @Nullable Object> facts = facts(line);
        Optional<String> outcome = outcome(line);
        Map<String, Status> findings = findings(line);
        Map<String, Value> values = values(line);
        Optional<SortedSet<String>> missing = missing(line);
        if (Stream.of("outcome", "findings", "values", "missing")
                .allMatch(column -> cell(line, column).isBlank())) {
            problem(
                    line,
                    "outcome",
                    "SCENARIO_EXPECTS_NOTHING",
                    "",
                    "an outcome, findings, values or missing facts",
                    "このシナリオには、期待する結果がありません。",
                    "The scenario expects nothing.",
                    "少なくとも結論を書いてください。",
                    "Write at least the outcome.");
        }
        return asOf.map(day -> new Scenario(
                line.id(),
                line.sentence(),
                plan.decision().name(),
                day,
                facts,
                outcome,
                findings,
                values,
                missing,
                line.places()));
    }

    private Optional<LocalDate> asOf(ScenarioText line) {
        String text = plain(cell(line, Names.AS_OF));
        try {
            return Optional.of(LocalDate.parse(text));
        } catch (DateTimeException notADay) {
            problem(
                    line,
                    Names.AS_OF,
                    "DATE_EXPECTED",
                    text,
                    "date",
                    text.isEmpty() ? "対象日がありません。" : "「%s」は日付として読めません。".formatted(text),
                    text.isEmpty() ? "The day asked about is missing." : "\"%s\" is not a day.".formatted(text),
                    "2022-10-01 のように書いてください。",
                    "Write it like 2022-10-01.");
            return Optional.empty();
        }
    }

    // ---- facts

    private Map<String, @Nullable Object> facts(ScenarioText line) {
        var raw = new LinkedHashMap<String, @Nullable Object>();
        int before = errors();
        line.cells().forEach((column, text) -> {
            if (!RESERVED.contains(column) && !text.isBlank()) {
                fact(line, column, text.strip(), raw);
            }
        });
        if (errors() == before) {
            FactReader.Result read = FactReader.read(plan, raw);
            read.problems().forEach(problem -> problems.add(atCell(line, problem)));
            line.cells().forEach((column, text) -> checkAbsence(line, column, plain(text), read));
        }
        return raw;
    }

    private void fact(ScenarioText line, String column, String text, Map<String, @Nullable Object> raw) {
        Optional<FactDefinition> fact = plan.rulebook().vocabulary().fact(column);
        if (fact.isEmpty()) {
            if (unknownColumns.add(column)) {
                problem(
                        line,
                        column,
                        "UNKNOWN_COLUMN",
                        column,
                        "a fact of the vocabulary",
                        "列「%s」は語彙にない名前です。".formatted(column),
                        "Column \"%s\" names no fact of the vocabulary.".formatted(column),
                        "vocabulary.xlsx の Facts シートにある名前を使ってください。",
                        "Use a name of the sheet Facts in vocabulary.xlsx.");
            }
            return;
        }
        FactType type = fact.get().type();
        if (isUnknown(plain(text))) {
            raw.put(column, null);
        } else if (isNone(plain(text))) {
            if (type instanceof FactType.ListOf) {
                raw.put(column, List.of());
            }
        } else {
            raw.put(column, raw(line, column, type, text));
        }
    }

    private @Nullable Object raw(ScenarioText line, String column, FactType type, String text) {
        if (type instanceof FactType.ListOf list) {
            return list.element() instanceof FactType.RecordOf fields
                    ? lines(text).stream()
                            .map(each -> element(line, column, fields, each))
                            .toList()
                    : items(text).stream()
                            .map(each -> raw(line, column, list.element(), each))
                            .toList();
        }
        if (type instanceof FactType.Truth) {
            return truth(line, column, text);
        }
        if (type instanceof FactType.Numeric) {
            return number(line, column, text);
        }
        return type instanceof FactType.Text ? text : plain(text);
    }

    private Object truth(ScenarioText line, String column, String text) {
        String word = plain(text).toLowerCase(java.util.Locale.ROOT);
        if (Set.of("はい", "true", "yes").contains(word)) {
            return true;
        }
        if (!Set.of("いいえ", "false", "no").contains(word)) {
            problem(
                    line,
                    column,
                    "BOOLEAN_EXPECTED",
                    text,
                    "boolean",
                    "「%s」は、はい・いいえとして読めません。".formatted(text),
                    "\"%s\" is neither yes nor no.".formatted(text),
                    "はい、いいえ、true、false のいずれかを書いてください。",
                    "Write はい, いいえ, true or false.");
        }
        return false;
    }

    private Object number(ScenarioText line, String column, String text) {
        try {
            return new BigDecimal(plain(text));
        } catch (NumberFormatException notANumber) {
            problem(
                    line,
                    column,
                    "NUMBER_EXPECTED",
                    text,
                    "number",
                    "「%s」は数として読めません。".formatted(text),
                    "\"%s\" is not a number.".formatted(text),
                    "16 のように書いてください。",
                    "Write it like 16.");
            return BigDecimal.ZERO;
        }
    }

    private Map<String, @Nullable Object> element(
            ScenarioText line, String column, FactType.RecordOf type, String text) {
        var fields = new LinkedHashMap<String, @Nullable Object>();
        for (String part : text.split("[;；]")) {
            if (part.isBlank()) {
                continue;
            }
            int colon = colon(part);
            String name = colon < 0 ? part.strip() : part.substring(0, colon).strip();
            String value = colon < 0 ? "" : part.substring(colon + 1).strip();
            FactType.Field field = type.fields().get(name);
            if (colon < 0 || field == null) {
                problem(
                        line,
                        column,
                        "FIELD_EXPECTED",
                        part.strip(),
                        type.describe(),
                        "「%s」は項目として読めません。".formatted(part.strip()),
                        "\"%s\" is not a field.".formatted(part.strip()),
                        "「項目: 値」を ; で区切って書いてください。項目: "
                                + String.join("、", type.fields().keySet()),
                        "Write \"field: value\", separated by semicolons. The fields are: "
                                + String.join(", ", type.fields().keySet()));
            } else if (!value.isEmpty() && !isNone(plain(value))) {
                fields.put(name, isUnknown(plain(value)) ? null : raw(line, column, field.type(), value));
            }
        }
        return fields;
    }

    private static int colon(String part) {
        int plain = part.indexOf(':');
        int wide = part.indexOf('：');
        return plain < 0 ? wide : wide < 0 ? plain : Math.min(plain, wide);
    }

    /** A request cannot say "none" of a fact whose absence means that nobody knows, nor the other way round. */
    private void checkAbsence(ScenarioText line, String column, String text, FactReader.Result read) {
        Optional<FactDefinition> fact = plan.rulebook().vocabulary().fact(column);
        if (fact.isEmpty() || read.stated().containsKey(column) || !(isNone(text) || isUnknown(text))) {
            return;
        }
        FactDefinition.Absence absence = fact.get().absence();
        Value value = read.facts().values().get(column);
        boolean none = value == null ? absence.none() : value.isNone() || value.equals(new Value.Elements(List.of()));
        if (isNone(text) && !none) {
            problem(
                    line,
                    column,
                    "NONE_CANNOT_BE_SAID",
                    text,
                    "a value, or blank",
                    "「%s」は、示されないとき不明と読まれるため、「なし」とは書けません。".formatted(column),
                    "\"%s\" reads as unknown where it is left out, so a request cannot say that it is none."
                            .formatted(column),
                    "値を書くか、空欄又は「不明」にしてください。",
                    "Write a value, or leave it blank, or write 不明.");
        } else if (isUnknown(text) && !text.equals("null") && none && absence.none()) {
            problem(
                    line,
                    column,
                    "UNKNOWN_CANNOT_BE_SAID",
                    text,
                    "a value, or blank",
                    "「%s」は、示されないとき「なし」と読まれるため、「不明」とは書けません。".formatted(column),
                    "\"%s\" reads as none where it is left out or null, so a request cannot say that it is not known."
                            .formatted(column),
                    "値を書くか、空欄又は「なし」にしてください。null を送る場合を試すには null と書いてください。",
                    "Write a value, or leave it blank, or write なし; to try what a null does, write null.");
        }
    }

    /** A problem of the request, at the cell that the request came from. */
    private static Problem atCell(ScenarioText line, Problem problem) {
        List<Place> places = problem.places().stream()
                .map(place -> place instanceof Place.Pointer pointer ? line.place(factOf(pointer.pointer())) : place)
                .toList();
        return new Problem(
                problem.code(),
                problem.severity(),
                places,
                problem.message(),
                problem.advice(),
                problem.value(),
                problem.expected());
    }

    private static String factOf(String pointer) {
        String[] parts = pointer.split("/");
        return parts.length > 2 ? parts[2] : "id";
    }

    // ---- expectations

    private Optional<String> outcome(ScenarioText line) {
        String text = plain(cell(line, "outcome"));
        List<String> codes = plan.decision().outcomes().stream()
                .map(DecisionDefinition.Outcome::code)
                .toList();
        if (!text.isEmpty() && !codes.contains(text)) {
            notAmong(line, "outcome", "UNKNOWN_OUTCOME", text, codes);
        }
        return Optional.of(text).filter(codes::contains);
    }

    private Map<String, Status> findings(ScenarioText line) {
        var findings = new LinkedHashMap<String, Status>();
        List<String> rules = plan.decision().rules().stream().map(Table::id).toList();
        List<String> statuses = Arrays.stream(Status.values()).map(Enum::name).toList();
        pairs(line, "findings").forEach((rule, status) -> {
            String whole = rule.endsWith("]") && rule.contains("[") ? rule.substring(0, rule.indexOf('[')) : rule;
            if (!rules.contains(whole)) {
                notAmong(line, "findings", "UNKNOWN_RULE", rule, rules);
            } else if (!statuses.contains(plain(status))) {
                notAmong(line, "findings", "UNKNOWN_STATUS", status, statuses);
            } else {
                findings.put(rule, Status.valueOf(plain(status)));
            }
        });
        return findings;
    }

    private Map<String, Value> values(ScenarioText line) {
        var values = new LinkedHashMap<String, Value>();
        var known = new LinkedHashMap<String, String>();
        plan.decision().values().forEach(shown -> known.put(shown.name(), shown.fact()));
        pairs(line, "values").forEach((name, text) -> {
            String fact = known.get(name);
            if (fact == null) {
                notAmong(line, "values", "UNKNOWN_VALUE_NAME", name, List.copyOf(known.keySet()));
            } else {
                value(line, fact, text).ifPresent(value -> values.put(name, value));
            }
        });
        return values;
    }

    private Optional<Value> value(ScenarioText line, String name, String text) {
        if (isNone(plain(text))) {
            return Optional.of(Value.NONE);
        }
        if (isUnknown(plain(text))) {
            return Optional.of(Value.UNKNOWN);
        }
        FactType type = names.typeOf(name).orElse(FactType.TEXT);
        try {
            if (type instanceof FactType.ListOf list) {
                return Optional.of(new Value.Elements(items(text).stream()
                        .map(item -> scalar(list.element(), item))
                        .toList()));
            }
            return Optional.of(scalar(type, text));
        } catch (DateTimeException | NumberFormatException unreadable) {
            problem(
                    line,
                    "values",
                    "VALUE_UNREADABLE",
                    text,
                    type.describe(),
                    "「%s」の期待値「%s」は読めません。".formatted(name, text),
                    "The value \"%s\" that is expected of %s cannot be read.".formatted(text, name),
                    "次の形にしてください: " + type.describe(),
                    "It must be: " + type.describe());
            return Optional.empty();
        }
    }

    private static Value scalar(FactType type, String text) {
        if (type instanceof FactType.Day) {
            return Value.of(LocalDate.parse(plain(text)));
        }
        if (type instanceof FactType.Numeric) {
            return new Value.Number(new BigDecimal(plain(text)));
        }
        if (type instanceof FactType.Truth) {
            return Value.of(Set.of("はい", "true", "yes").contains(plain(text)));
        }
        return Value.of(type instanceof FactType.Text ? text : plain(text));
    }

    private Optional<SortedSet<String>> missing(ScenarioText line) {
        String text = cell(line, "missing").strip();
        if (text.isEmpty()) {
            return Optional.empty();
        }
        var missing = new TreeSet<String>();
        for (String name : isNone(plain(text)) ? List.<String>of() : items(text)) {
            String prefix = "parameter:";
            boolean known = name.startsWith(prefix)
                    ? plan.rulebook().parameters().containsKey(name.substring(prefix.length()))
                    : plan.rulebook().vocabulary().fact(name).isPresent();
            if (!known) {
                problem(
                        line,
                        "missing",
                        "UNKNOWN_FACT",
                        name,
                        "a fact of the vocabulary",
                        "「%s」という事実は語彙にありません。".formatted(name),
                        "There is no fact \"%s\" in the vocabulary.".formatted(name),
                        "vocabulary.xlsx の Facts シートにある名前を使ってください。",
                        "Use a name of the sheet Facts in vocabulary.xlsx.");
            }
            missing.add(name);
        }
        return Optional.of(Collections.unmodifiableSortedSet(missing));
    }

    private Map<String, String> pairs(ScenarioText line, String column) {
        var pairs = new LinkedHashMap<String, String>();
        for (String each : lines(cell(line, column))) {
            int colon = colon(each);
            String name = colon < 0 ? each : each.substring(0, colon).strip();
            if (colon < 0 || name.isEmpty() || each.substring(colon + 1).isBlank()) {
                problem(
                        line,
                        column,
                        "PAIR_EXPECTED",
                        each,
                        "name: value",
                        "「%s」は「名前: 値」の形ではありません。".formatted(each),
                        "\"%s\" is not of the form \"name: value\".".formatted(each),
                        "一行に一つ、「BR-3.5-4: SATISFIED」のように書いてください。",
                        "Write one a line, like \"BR-3.5-4: SATISFIED\".");
            } else if (pairs.put(name, each.substring(colon + 1).strip()) != null) {
                problem(
                        line,
                        column,
                        "PAIR_REPEATED",
                        name,
                        "each name once",
                        "「%s」が二度書かれています。".formatted(name),
                        "\"%s\" is named twice.".formatted(name),
                        "一つにしてください。",
                        "Keep one of them.");
            }
        }
        return pairs;
    }

    // ---- words

    private static String cell(ScenarioText line, String column) {
        return line.cells().getOrDefault(column, "");
    }

    /** In small letters only: NONE is a code of some facts. */
    private static boolean isNone(String text) {
        return text.equals("なし") || text.equals("none");
    }

    private static boolean isUnknown(String text) {
        return text.equals("不明") || text.equals("null") || text.equals("unknown");
    }

    /** Without blanks around it, full-width forms as ordinary ones. */
    private static String plain(String text) {
        return Normalizer.normalize(text, Normalizer.Form.NFKC).strip();
    }

    private static List<String> lines(String text) {
        return text.lines().map(String::strip).filter(line -> !line.isEmpty()).toList();
    }

    private static List<String> items(String text) {
        return Arrays.stream(text.split("[,、，\\n]"))
                .map(String::strip)
                .filter(item -> !item.isEmpty())
                .toList();
    }

    private void notAmong(ScenarioText line, String column, String code, String found, List<String> known) {
        problem(
                line,
                column,
                code,
                found,
                String.join("|", known),
                "「%s」は判断「%s」にありません。".formatted(found, plan.decision().name()),
                "The decision %s has no \"%s\".".formatted(plan.decision().name(), found),
                "使えるもの: " + String.join("、", known),
                "It has: " + String.join(", ", known));
    }

    private void problem(
            ScenarioText line,
            String column,
            String code,
            String value,
            String expected,
            String ja,
            String en,
            String adviceJa,
            String adviceEn) {
        problems.add(Problem.error(code, line.place(column), new Bilingual(ja, en), new Bilingual(adviceJa, adviceEn))
                .value(value)
                .expected(expected));
    }
}
