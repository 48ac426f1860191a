package ismap.api;

import ismap.rulebook.FactType;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Values that cannot be values of a type, each with the places and codes of what is wrong with it.
 *
 * @param json as it is sent
 * @param mistakes in any order
 */
record Wrong(@Nullable Object json, List<Mistake> mistakes) {

    /**
     * @param pointer below the value
     * @param value what the answer shows of it; null where that is the service's affair
     * @param expected words that say what it should be
     */
    record Mistake(String pointer, String code, @Nullable String value, String expected) {}

    private static final String WRONG = "WRONG_VALUE";
    private static final BigDecimal HUGE = new BigDecimal("9".repeat(90));

    static Wrong one(@Nullable Object json, String expected) {
        boolean plain = !(json instanceof List<?> || json instanceof Map<?, ?>);
        return new Wrong(json, List.of(new Mistake("", WRONG, plain ? shown(json) : null, expected)));
    }

    private static String shown(@Nullable Object json) {
        String text = json instanceof BigDecimal number ? number.toString() : String.valueOf(json);
        return text.length() > 200 ? text.substring(0, 200) + "…" : text;
    }

    /** Of each kind of type, everything that callers get wrong about it. */
    static List<Wrong> of(FactType type) {
        if (type instanceof FactType.Code code) {
            return codes(code);
        }
        if (type instanceof FactType.Truth) {
            return all(
                    "boolean",
                    "true",
                    "false",
                    "はい",
                    "YES",
                    "",
                    1,
                    0,
                    new BigDecimal("1.0"),
                    List.of(),
                    List.of(true),
                    Map.of());
        }
        if (type instanceof FactType.Numeric number) {
            return numbers(number);
        }
        if (type instanceof FactType.Day day) {
            return day.moment() ? moments() : days();
        }
        if (type instanceof FactType.ListOf list) {
            return lists(list);
        }
        if (type instanceof FactType.RecordOf fields) {
            return elements(fields);
        }
        return all("string", 1, new BigDecimal("1.5"), true, List.of(), List.of("A"), Map.of(), Map.of("A", "B"));
    }

    private static List<Wrong> all(String expected, Object... values) {
        return Arrays.stream(values).map(value -> one(value, expected)).toList();
    }

    private static List<Wrong> codes(FactType.Code type) {
        String code = type.codes().get(0);
        return all(
                code,
                "NO_SUCH_CODE",
                "",
                " ",
                code.toLowerCase(java.util.Locale.ROOT),
                code + " ",
                code + "\u200b",
                "Ｉ" + code,
                "😀",
                "null",
                0,
                new BigDecimal("1E+30"),
                true,
                List.of(code),
                Map.of("code", code));
    }

    private static List<Wrong> numbers(FactType.Numeric type) {
        BigDecimal number =
                type.domain().isEmpty() ? BigDecimal.ONE : type.domain().get(0);
        return all(
                "integer",
                number.toPlainString(),
                "一",
                "",
                number.add(new BigDecimal("0.5")),
                number.negate().subtract(BigDecimal.ONE),
                HUGE,
                new BigDecimal("1E+80"),
                new BigDecimal("1E-80"),
                true,
                List.of(number),
                Map.of());
    }

    private static List<Object> noDays() {
        return List.of(
                "2023-02-29",
                "2023-00-10",
                "2023-13-01",
                "2023-04-31",
                "2023-1-1",
                "23-01-01",
                "20230101",
                "2023/01/01",
                "2023-01-01 ",
                "+12023-01-01",
                "-0001-01-01",
                "2023-W01-1",
                "２０２３-０１-０１",
                "令和5年1月1日",
                "today",
                "",
                "2023-01-01T00:00:00",
                "2023-01-01 00:00:00Z",
                "2023-01-01T25:00:00Z",
                "2023-02-29T00:00:00Z",
                "2023-01-01T00:00:00+25:00",
                "2023-01-01T00:00:00[Asia/Tokyo]",
                20230101,
                new BigDecimal("1672531200000"),
                HUGE,
                true,
                List.of("2023-01-01"),
                Map.of("date", "2023-01-01"));
    }

    private static List<Wrong> days() {
        var wrong = new ArrayList<>(all("date", noDays().toArray()));
        wrong.addAll(all("date", "2023-01-01T00:00:00Z", "2023-01-01T00:00:00+09:00", "2023-01-01T"));
        return wrong;
    }

    private static List<Wrong> moments() {
        return all("offset", noDays().toArray());
    }

    /** A value that is no list; and lists that hold every wrong element, one behind the other. */
    private static List<Wrong> lists(FactType.ListOf type) {
        var wrong =
                new ArrayList<>(all("list", "x", "", 1, true, Map.of(), Map.of("0", "x"), String.valueOf(List.of())));
        var elements = new ArrayList<@Nullable Object>();
        var mistakes = new ArrayList<Mistake>();
        var each = new ArrayList<>(of(type.element()));
        each.add(one(null, type.element() instanceof FactType.RecordOf ? "{" : ""));
        for (Wrong element : each) {
            int index = elements.size();
            elements.add(element.json());
            element.mistakes().forEach(mistake -> mistakes.add(under(String.valueOf(index), mistake)));
        }
        wrong.add(new Wrong(elements, mistakes));
        wrong.add(new Wrong(
                new ArrayList<>(java.util.Collections.nCopies(2_001, 1)),
                List.of(new Mistake("", "LIST_TOO_LONG", "2001", "2000"))));
        return wrong;
    }

    private static Mistake under(String name, Mistake mistake) {
        return new Mistake("/" + name + mistake.pointer(), mistake.code(), mistake.value(), mistake.expected());
    }

    private static List<Wrong> elements(FactType.RecordOf type) {
        var wrong = new ArrayList<>(all("{", "x", 1, true, List.of(), List.of(List.of())));
        wrong.add(new Wrong(
                Map.of(),
                type.fields().entrySet().stream()
                        .filter(field -> !field.getValue().optional())
                        .map(field -> missing(field.getKey()))
                        .toList()));
        type.fields().forEach((name, field) -> {
            for (Wrong value : of(field.type())) {
                wrong.add(new Wrong(
                        with(right(type), name, value.json()),
                        value.mistakes().stream()
                                .map(mistake -> under(name, mistake))
                                .toList()));
            }
            if (!field.optional()) {
                wrong.add(new Wrong(with(right(type), name, null), List.of(missing(name))));
            }
        });
        for (String name : List.of("nope", "", "FROM", "名前", "a/b~c", "__proto__")) {
            wrong.add(new Wrong(
                    with(right(type), name, "x"),
                    List.of(new Mistake(
                            "/" + escaped(name),
                            "UNKNOWN_FIELD",
                            name,
                            type.fields().keySet().iterator().next()))));
        }
        if (type.fields().containsKey("to")) {
            Map<String, @Nullable Object> reversed = with(right(type), "from", "2023-03-02");
            reversed.put("to", "2023-03-01");
            wrong.add(new Wrong(reversed, List.of(new Mistake("/to", "TO_BEFORE_FROM", "2023-03-01", "2023-03-02"))));
        }
        return wrong;
    }

    private static Mistake missing(String name) {
        return new Mistake("/" + escaped(name), "FIELD_MISSING", "", "");
    }

    private static Map<String, @Nullable Object> with(
            Map<String, @Nullable Object> element, String name, @Nullable Object value) {
        var changed = new LinkedHashMap<>(element);
        changed.put(name, value);
        return changed;
    }

    /** An element in which nothing is wrong. */
    private static Map<String, @Nullable Object> right(FactType.RecordOf type) {
        var element = new LinkedHashMap<String, @Nullable Object>();
        type.fields().forEach((name, field) -> {
            if (!field.optional()) {
                element.put(name, FactSchemas.example(field.type()));
            }
        });
        return element;
    }

    /** RFC 6901. */
    static String escaped(String name) {
        return name.replace("~", "~0").replace("/", "~1");
    }
}
