package ismap.selfcheck;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What stands in the fields of a question, as it was typed.
 *
 * @param values by the name of the field: {@code value}, or {@code g0.from} in the first group of a list
 * @param groups how many groups there are
 */
record Typed(Map<String, List<String>> values, int groups) {

    static final String VALUE = "value";
    static final Typed NOTHING = new Typed(Map.of(), 0);

    private static final int LONGEST = 2000;

    Typed {
        values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
    }

    static String name(int group, String field) {
        return "g" + group + "." + field;
    }

    List<String> all(String name) {
        return values.getOrDefault(name, List.of());
    }

    /** Blank where nothing was. */
    String get(String name) {
        List<String> all = all(name);
        return all.isEmpty() ? "" : all.get(0).strip();
    }

    boolean isBlank(int group) {
        String prefix = "g" + group + ".";
        return values.entrySet().stream()
                .filter(entry -> entry.getKey().startsWith(prefix))
                .flatMap(entry -> entry.getValue().stream())
                .allMatch(String::isBlank);
    }

    static Typed of(FormBody form) {
        var values = new LinkedHashMap<String, List<String>>();
        for (String name : form.names()) {
            values.put(name, form.all(name));
        }
        return of(values, form.get("groups"));
    }

    /** As somebody else has it: without what is no field, and no longer than a field may be. */
    static Typed of(Map<String, List<String>> values, String groups) {
        var fields = new LinkedHashMap<String, List<String>>();
        values.forEach((name, all) -> {
            if (name.equals(VALUE) || name.matches("g[0-9]{1,4}\\.[A-Za-z0-9]+")) {
                fields.put(
                        name,
                        all.stream()
                                .map(text -> text.length() > LONGEST ? text.substring(0, LONGEST) : text)
                                .toList());
            }
        });
        return new Typed(fields, groups.matches("[0-9]{1,4}") ? Integer.parseInt(groups) : 0);
    }

    /** A value as the API takes it, as somebody would type it. */
    static Typed of(@Nullable Object raw) {
        var values = new LinkedHashMap<String, List<String>>();
        int groups = 0;
        if (raw instanceof List<?> list) {
            boolean plain = list.stream().noneMatch(Map.class::isInstance);
            if (plain) {
                values.put(VALUE, list.stream().map(Typed::text).toList());
            }
            for (Object element : list) {
                if (element instanceof Map<?, ?> fields) {
                    int group = groups;
                    fields.forEach(
                            (field, value) -> values.put(name(group, String.valueOf(field)), List.of(text(value))));
                } else {
                    values.put(name(groups, VALUE), List.of(text(element)));
                }
                groups++;
            }
        } else if (raw != null) {
            values.put(VALUE, List.of(text(raw)));
        }
        return new Typed(values, groups);
    }

    private static String text(@Nullable Object value) {
        return value == null ? "" : value instanceof BigDecimal number ? number.toPlainString() : String.valueOf(value);
    }

    Typed withGroups(int number) {
        return new Typed(values, number);
    }

    /** Those behind it move up. */
    Typed without(int group) {
        var fewer = new LinkedHashMap<String, List<String>>();
        values.forEach((name, all) -> {
            int dot = name.indexOf('.');
            int number = dot < 0 ? -1 : Integer.parseInt(name.substring(1, dot));
            if (number < group) {
                fewer.put(name, all);
            } else if (number > group) {
                fewer.put(name(number - 1, name.substring(dot + 1)), all);
            }
        });
        return new Typed(fewer, Math.max(0, groups - 1));
    }

    /** Without the groups in which nothing stands. */
    Typed compact() {
        Typed compact = this;
        for (int group = groups - 1; group >= 0; group--) {
            if (compact.isBlank(group)) {
                compact = compact.without(group);
            }
        }
        return compact;
    }

    List<Integer> numbers() {
        var numbers = new ArrayList<Integer>();
        for (int group = 0; group < groups; group++) {
            numbers.add(group);
        }
        return numbers;
    }
}
