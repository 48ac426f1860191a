package ismap.rulebook;

import ismap.decision.Bilingual;
import ismap.decision.DaySet;
import ismap.decision.Place;
import ismap.decision.Problem;
import ismap.decision.Value;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Types the facts of a request by the vocabulary and reads what was left out, as the vocabulary and the decision say. */
public final class FactReader {

    /** All days are days in Japan, whatever zone an instant was written in and whatever zone this machine keeps. */
    public static final ZoneId TOKYO = ZoneId.of("Asia/Tokyo");

    private static final Pattern DATE = Pattern.compile("\\d{4}-\\d{2}-\\d{2}");
    private static final Pattern INSTANT =
            Pattern.compile("\\d{4}-\\d{2}-\\d{2}[Tt]\\d{2}:\\d{2}:\\d{2}(\\.\\d{1,9})?([Zz]|[+-]\\d{2}:\\d{2})");

    /** So many elements may a list have; a rule over two lists compares each with each. */
    public static final int LONGEST_LIST = 2_000;

    private static final int LONGEST_NUMBER = 100;

    /**
     * @param facts every fact that the decision reads, absence included
     * @param stated what the caller gave, typed; without what was null
     */
    public record Result(Facts facts, Map<String, Value> stated, List<Problem> problems) {
        public Result {
            stated = Collections.unmodifiableMap(new LinkedHashMap<>(stated));
            problems = List.copyOf(problems);
        }
    }

    private final Plan plan;
    private final List<Problem> problems = new ArrayList<>();

    private FactReader(Plan plan) {
        this.plan = plan;
    }

    /** Reads a JSON object given as JDK values: Map, List, String, BigDecimal (or another Number), Boolean, null. */
    public static Result read(Plan plan, Map<String, ?> rawFacts) {
        return new FactReader(plan).read(rawFacts);
    }

    private Result read(Map<String, ?> rawFacts) {
        var stated = new LinkedHashMap<String, Value>();
        rawFacts.forEach((name, raw) -> {
            Value value = fact(name, raw, "/facts/" + escaped(name));
            if (value.isKnown()) {
                stated.put(name, value);
            }
        });
        return new Result(asRead(plan, stated), stated, problems);
    }

    /** The facts of a decision where this, typed, and nothing else was stated: absence included. */
    public static Facts asRead(Plan plan, Map<String, Value> stated) {
        var facts = new HashMap<String, Value>();
        for (String name : plan.inputs()) {
            facts.put(name, reading(plan, name, stated));
        }
        return new Facts(facts);
    }

    /** How a decision reads a fact where this, and nothing else, was stated. */
    static Value reading(Plan plan, String name, Map<String, Value> stated) {
        Value read = readOrAbsent(plan, name, stated);
        return read == Value.UNKNOWN && plan.definesEither(name) ? Value.NONE : read;
    }

    private static Value readOrAbsent(Plan plan, String name, Map<String, Value> stated) {
        Value value = stated.getOrDefault(name, Value.UNKNOWN);
        for (DecisionDefinition.Reading reading : plan.decision().readings()) {
            if (reading.fact().equals(name)
                    && reading.test().matches(value)
                    && Condition.allHold(reading.conditions(), other -> stated.getOrDefault(other, Value.UNKNOWN))) {
                return reading.none() ? Value.NONE : Value.UNKNOWN;
            }
        }
        return value == Value.UNKNOWN ? absent(plan, name, stated) : value;
    }

    private static Value absent(Plan plan, String name, Map<String, Value> stated) {
        FactDefinition fact = plan.rulebook().vocabulary().fact(name).orElseThrow();
        FactDefinition.Absence absence = fact.absence();
        boolean unknown = !absence.none()
                || (!absence.unknownWhere().isEmpty()
                        && Condition.allHold(
                                absence.unknownWhere(), other -> stated.getOrDefault(other, Value.UNKNOWN)));
        if (unknown) {
            return Value.UNKNOWN;
        }
        return fact.type() instanceof FactType.ListOf ? new Value.Elements(List.of()) : Value.NONE;
    }

    private Value fact(String name, @Nullable Object raw, String pointer) {
        FactDefinition fact = plan.rulebook().vocabulary().facts().get(name);
        if (fact == null) {
            problems.add(problem(
                    "UNKNOWN_FACT",
                    pointer,
                    name,
                    "a fact of the vocabulary",
                    "「%s」という事実は語彙にありません。".formatted(shown(name)),
                    "There is no fact \"%s\" in the vocabulary.".formatted(shown(name)),
                    "使える名前は GET /api/v1/decisions/%s/schema にあります。"
                            .formatted(plan.decision().name()),
                    "See GET /api/v1/decisions/%s/schema for the names."
                            .formatted(plan.decision().name())));
            return Value.UNKNOWN;
        }
        if (fact.kind() == FactDefinition.Kind.DERIVED) {
            problems.add(problem(
                    "FACT_IS_DERIVED",
                    pointer,
                    name,
                    "nothing: the rules derive it",
                    "「%s」は規則から導出されるため、値を渡せません。".formatted(name),
                    "\"%s\" is derived by the rules; it cannot be given.".formatted(name),
                    "この事実を取り除いてください。",
                    "Leave it out."));
            return Value.UNKNOWN;
        }
        return raw == null ? Value.UNKNOWN : value(fact.type(), raw, pointer);
    }

    private Value value(FactType type, @Nullable Object raw, String pointer) {
        if (type instanceof FactType.ListOf list) {
            return raw instanceof List<?> elements
                    ? elements(list.element(), elements, pointer)
                    : wrong(type, raw, pointer);
        }
        if (type instanceof FactType.RecordOf fields) {
            return raw instanceof Map<?, ?> object ? element(fields, object, pointer) : wrong(type, raw, pointer);
        }
        if (type instanceof FactType.Truth) {
            return raw instanceof Boolean truth ? Value.of(truth) : wrong(type, raw, pointer);
        }
        if (type instanceof FactType.Numeric numeric) {
            return raw instanceof Number number ? number(numeric, number, pointer) : wrong(type, raw, pointer);
        }
        if (!(raw instanceof String text)) {
            return wrong(type, raw, pointer);
        }
        if (type instanceof FactType.Code code) {
            return code.codes().contains(text) ? Value.of(text) : wrong(type, raw, pointer);
        }
        return type instanceof FactType.Day day ? day(day, text, pointer) : Value.of(text);
    }

    private Value number(FactType.Numeric type, Number raw, String pointer) {
        BigDecimal given = new BigDecimal(raw.toString());
        if (given.precision() > LONGEST_NUMBER || Math.abs(given.scale()) > LONGEST_NUMBER) {
            return wrong(type, raw, pointer);
        }
        Value.Number number = new Value.Number(given);
        boolean whole = number.value().scale() == 0;
        boolean inDomain =
                type.domain().isEmpty() || type.domain().stream().anyMatch(each -> each.compareTo(number.value()) == 0);
        return (whole || !type.whole()) && inDomain ? number : wrong(type, raw, pointer);
    }

    private Value day(FactType.Day type, String text, String pointer) {
        try {
            LocalDate date = DATE.matcher(text).matches()
                    ? LocalDate.parse(text)
                    : type.moment() && INSTANT.matcher(text).matches() ? dayInTokyo(text) : LocalDate.MIN;
            return date.isBefore(DaySet.FIRST) || date.isAfter(DaySet.LAST)
                    ? wrong(type, text, pointer)
                    : Value.of(date);
        } catch (DateTimeException impossible) {
            return wrong(type, text, pointer);
        }
    }

    private static LocalDate dayInTokyo(String instant) {
        return OffsetDateTime.parse(instant.toUpperCase(java.util.Locale.ROOT))
                .atZoneSameInstant(TOKYO)
                .toLocalDate();
    }

    private Value elements(FactType type, List<?> raw, String pointer) {
        if (raw.size() > LONGEST_LIST) {
            problems.add(problem(
                    "LIST_TOO_LONG",
                    pointer,
                    String.valueOf(raw.size()),
                    "at most %d elements".formatted(LONGEST_LIST),
                    "要素が %d 件あります。%d 件まで扱えます。".formatted(raw.size(), LONGEST_LIST),
                    "It has %d elements; at most %d can be handled.".formatted(raw.size(), LONGEST_LIST),
                    "関係する要素だけにしてください。",
                    "Send only those that matter."));
            return Value.UNKNOWN;
        }
        var values = new ArrayList<Value>();
        for (int i = 0; i < raw.size(); i++) {
            values.add(value(type, raw.get(i), pointer + "/" + i));
        }
        return new Value.Elements(values);
    }

    private Value element(FactType.RecordOf type, Map<?, ?> raw, String pointer) {
        var fields = new HashMap<String, Value>();
        for (Map.Entry<?, ?> entry : raw.entrySet()) {
            String name = String.valueOf(entry.getKey());
            FactType.Field field = type.fields().get(name);
            String at = pointer + "/" + escaped(name);
            if (field == null) {
                problems.add(problem(
                        "UNKNOWN_FIELD",
                        at,
                        name,
                        String.join("|", type.fields().keySet()),
                        "要素に「%s」という項目はありません。".formatted(shown(name)),
                        "An element has no field \"%s\".".formatted(shown(name)),
                        "使える項目: " + String.join("、", type.fields().keySet()),
                        "Its fields are: " + String.join(", ", type.fields().keySet())));
            } else if (entry.getValue() != null) {
                fields.put(name, value(field.type(), entry.getValue(), at));
            }
        }
        type.fields().forEach((name, field) -> {
            if (!field.optional() && raw.get(name) == null) {
                problems.add(problem(
                        "FIELD_MISSING",
                        pointer + "/" + escaped(name),
                        "",
                        field.type().describe(),
                        "要素の必須項目「%s」がありません。".formatted(name),
                        "The required field \"%s\" is missing.".formatted(name),
                        "値を加えてください。",
                        "Add it."));
            }
        });
        if (fields.get("from") instanceof Value.Day from
                && fields.get("to") instanceof Value.Day to
                && to.date().isBefore(from.date())) {
            problems.add(problem(
                    "TO_BEFORE_FROM",
                    pointer + "/to",
                    to.toString(),
                    "a day on or after " + from,
                    "終了日 %s が開始日 %s より前です。".formatted(to, from),
                    "It ends (%s) before it begins (%s).".formatted(to, from),
                    "両日を含む期間として、どちらかを直してください。",
                    "Both days are included; correct one of them."));
        }
        return new Value.Element(fields);
    }

    private Value wrong(FactType type, @Nullable Object raw, String pointer) {
        String found = raw == null ? "null" : raw.toString();
        problems.add(problem(
                "WRONG_VALUE",
                pointer,
                found,
                type.describe(),
                "値「%s」は使えません。".formatted(shown(found)),
                "The value \"%s\" cannot be used.".formatted(shown(found)),
                "次の形にしてください: " + type.describe(),
                "It must be: " + type.describe()));
        return Value.UNKNOWN;
    }

    private static Problem problem(
            String code,
            String pointer,
            String value,
            String expected,
            String ja,
            String en,
            String adviceJa,
            String adviceEn) {
        return Problem.error(code, new Place.Pointer(pointer), new Bilingual(ja, en), new Bilingual(adviceJa, adviceEn))
                .value(value)
                .expected(expected);
    }

    private static String shown(String text) {
        return text.length() > 60 ? text.substring(0, 60) + "…" : text;
    }

    /** RFC 6901. */
    private static String escaped(String name) {
        return name.replace("~", "~0").replace("/", "~1");
    }
}
