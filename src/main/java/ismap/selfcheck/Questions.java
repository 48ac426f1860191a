package ismap.selfcheck;

import ismap.decision.Bilingual;
import ismap.decision.Characters;
import ismap.decision.WrittenDates;
import ismap.pages.QuestionField;
import ismap.pages.QuestionField.Kind;
import ismap.pages.QuestionField.Option;
import ismap.pages.QuestionPage.Mistake;
import ismap.pages.Said;
import ismap.rulebook.FactDefinition;
import ismap.rulebook.FactType;
import ismap.rulebook.Rulebook;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** From the type of a fact to what is entered for it, and back: from what was typed to a value as the API takes it. */
final class Questions {

    static final Bilingual NONE_OF_THESE = new Bilingual("いずれでもない", "None of these");

    private static final Bilingual NO_DAY = new Bilingual(
            "日付として読めません。年・月・日の順に、たとえば 2026-04-01、2026/4/1、令和8年4月1日のように入力してください。",
            "This is not a date. Write year, month and day, such as 2026-04-01, 2026/4/1 or 令和8年4月1日.");
    private static final Bilingual NO_SUCH_DAY = new Bilingual(
            "暦にない日付です。年号、月、日の組合せを確かめてください。", "There is no such day. Check the era, the month and the day.");

    private final Said said;

    Questions(Rulebook rulebook) {
        this.said = new Said(rulebook);
    }

    /** What came of reading an answer. */
    sealed interface Answer {
        /** @param raw as the API takes it */
        record Given(Object raw) implements Answer {}

        record Unknown() implements Answer {}

        record Wrong(List<Mistake> mistakes, Map<String, Bilingual> byField) implements Answer {}
    }

    /** Whether the answer is a list of things with fields, or of things that cannot be listed beforehand. */
    static boolean hasGroups(FactType type) {
        return type instanceof FactType.ListOf list && choices(list.element()).isEmpty();
    }

    private static List<String> choices(FactType type) {
        if (type instanceof FactType.Code code) {
            return code.codes();
        }
        return type instanceof FactType.Numeric numeric
                ? numeric.domain().stream().map(BigDecimal::toPlainString).toList()
                : List.of();
    }

    // ---- fields

    QuestionField field(FactDefinition fact, Typed typed, Map<String, Bilingual> errors, Bilingual otherwise) {
        FactType type = fact.type();
        if (type instanceof FactType.ListOf list) {
            List<Option> options = options(fact.name(), choices(list.element()));
            options.add(new Option(QuestionField.NONE, NONE_OF_THESE, true));
            return new QuestionField(
                    Kind.CHECKBOXES,
                    Typed.VALUE,
                    fact.label(),
                    false,
                    options,
                    typed.all(Typed.VALUE),
                    Optional.ofNullable(errors.get(Typed.VALUE)),
                    Optional.empty());
        }
        return field(fact.name(), Typed.VALUE, fact.label(), type, false, typed, errors, Optional.of(otherwise));
    }

    List<List<QuestionField>> groups(FactDefinition fact, Typed typed, Map<String, Bilingual> errors) {
        var groups = new ArrayList<List<QuestionField>>();
        for (int group : typed.numbers()) {
            var fields = new ArrayList<QuestionField>();
            fields(fact)
                    .forEach((name, field) -> fields.add(field(
                            fact.name() + "." + name,
                            Typed.name(group, name),
                            name.equals(Typed.VALUE) ? fact.label() : said.field(fact.name(), name),
                            field.type(),
                            field.optional(),
                            typed,
                            errors,
                            Optional.empty())));
            groups.add(fields);
        }
        return groups;
    }

    private static Map<String, FactType.Field> fields(FactDefinition fact) {
        FactType element = ((FactType.ListOf) fact.type()).element();
        return element instanceof FactType.RecordOf record
                ? record.fields()
                : Map.of(Typed.VALUE, new FactType.Field(element, false));
    }

    private QuestionField field(
            String of,
            String name,
            Bilingual label,
            FactType type,
            boolean optional,
            Typed typed,
            Map<String, Bilingual> errors,
            Optional<Bilingual> otherwise) {
        List<Option> options = type instanceof FactType.Truth
                ? new ArrayList<>(List.of(new Option("true", Said.YES, false), new Option("false", Said.NO, false)))
                : options(of, choices(type));
        Kind kind = !options.isEmpty()
                ? Kind.RADIOS
                : type instanceof FactType.Day ? Kind.DAY : type instanceof FactType.Numeric ? Kind.NUMBER : Kind.TEXT;
        if (kind == Kind.RADIOS) {
            otherwise.ifPresent(text -> options.add(new Option(QuestionField.UNKNOWN, text, true)));
            if (optional) {
                options.add(new Option("", new Bilingual("指定しない", "Not given"), true));
            }
        }
        return new QuestionField(
                kind,
                name,
                label,
                optional,
                options,
                typed.all(name),
                Optional.ofNullable(errors.get(name)),
                kind == Kind.DAY ? echo(typed.get(name)) : Optional.empty());
    }

    private List<Option> options(String of, List<String> choices) {
        var options = new ArrayList<Option>();
        choices.forEach(code -> options.add(new Option(code, said.label(of, code), false)));
        return options;
    }

    /** How a day is read; empty where it is not one. */
    static Optional<Bilingual> echo(String typed) {
        try {
            return typed.isBlank() || typed.length() > 60
                    ? Optional.empty()
                    : WrittenDates.read(typed)
                            .map(day -> new Bilingual(
                                    day + "：" + Said.day(day).ja(),
                                    day + ": " + Said.day(day).en()));
        } catch (WrittenDates.NoSuchDay impossible) {
            return Optional.empty();
        }
    }

    // ---- answers

    Answer read(FactDefinition fact, Typed typed) {
        var mistakes = new LinkedHashMap<String, Bilingual>();
        FactType type = fact.type();
        Object raw;
        if (hasGroups(type)) {
            raw = elements(fact, typed, mistakes);
        } else if (type instanceof FactType.ListOf list) {
            raw = chosen(list.element(), typed, mistakes);
        } else {
            if (typed.get(Typed.VALUE).equals(QuestionField.UNKNOWN)) {
                return new Answer.Unknown();
            }
            raw = value(type, false, Typed.VALUE, typed, Bilingual.EMPTY, mistakes);
        }
        if (mistakes.isEmpty() && raw != null) {
            return new Answer.Given(raw);
        }
        return wrong(fact, typed, mistakes);
    }

    /** The mistakes with the fields they are about. */
    Answer.Wrong wrong(FactDefinition fact, Typed typed, Map<String, Bilingual> byField) {
        var mistakes = new ArrayList<Mistake>();
        boolean groups = hasGroups(fact.type());
        List<QuestionField> fields = groups
                ? groups(fact, typed, Map.of()).stream().flatMap(List::stream).toList()
                : List.of(field(fact, typed, Map.of(), Said.UNKNOWN));
        byField.forEach((name, message) -> mistakes.add(new Mistake(
                fields.stream()
                        .filter(field -> field.name().equals(name))
                        .map(QuestionField::target)
                        .findFirst()
                        .orElse("question-form"),
                groups && name.contains(".") ? of(name, message) : message)));
        return new Answer.Wrong(mistakes, byField);
    }

    private static Bilingual of(String name, Bilingual message) {
        int entry = Integer.parseInt(name.substring(1, name.indexOf('.'))) + 1;
        return new Bilingual(entry + "件目：" + message.ja(), "Entry " + entry + ": " + message.en());
    }

    private List<Object> elements(FactDefinition fact, Typed typed, Map<String, Bilingual> mistakes) {
        var elements = new ArrayList<Object>();
        Map<String, FactType.Field> fields = fields(fact);
        boolean records = ((FactType.ListOf) fact.type()).element() instanceof FactType.RecordOf;
        for (int group : typed.numbers()) {
            var element = new LinkedHashMap<String, Object>();
            fields.forEach((name, field) -> {
                Object raw = value(
                        field.type(),
                        field.optional(),
                        Typed.name(group, name),
                        typed,
                        name.equals(Typed.VALUE) ? fact.label() : said.field(fact.name(), name),
                        mistakes);
                if (raw != null) {
                    element.put(name, raw);
                }
            });
            if (records) {
                elements.add(element);
            } else {
                elements.addAll(element.values());
            }
        }
        return elements;
    }

    private static @Nullable Object chosen(FactType element, Typed typed, Map<String, Bilingual> mistakes) {
        List<String> values = typed.all(Typed.VALUE);
        boolean none = values.contains(QuestionField.NONE);
        if (values.isEmpty() || (none && values.size() > 1)) {
            mistakes.put(
                    Typed.VALUE,
                    values.isEmpty()
                            ? new Bilingual(
                                    "当てはまるものを選んでください。なければ「いずれでもない」を選んでください。",
                                    "Choose all that apply, or “None of these”.")
                            : new Bilingual(
                                    "「いずれでもない」は、ほかの選択肢と一緒には選べません。",
                                    "“None of these” cannot be chosen together with another."));
            return null;
        }
        if (none) {
            return List.of();
        }
        return values.stream()
                .<Object>map(value -> element instanceof FactType.Numeric
                        ? number(value).<Object>map(n -> n).orElse(value)
                        : value)
                .toList();
    }

    private static @Nullable Object value(
            FactType type,
            boolean optional,
            String name,
            Typed typed,
            Bilingual label,
            Map<String, Bilingual> mistakes) {
        String text = typed.get(name);
        if (text.isEmpty()) {
            if (!optional) {
                mistakes.put(name, empty(type, label));
            }
            return null;
        }
        if (type instanceof FactType.Truth) {
            return text.equals("true");
        }
        if (type instanceof FactType.Numeric) {
            Optional<BigDecimal> number = number(text);
            if (number.isEmpty()) {
                mistakes.put(name, new Bilingual("数字で入力してください。例：12", "Write a number, such as 12."));
            }
            return number.orElse(null);
        }
        return type instanceof FactType.Day day ? day(day, name, text, mistakes) : text;
    }

    private static @Nullable String day(FactType.Day type, String name, String text, Map<String, Bilingual> mistakes) {
        if (type.moment() && text.matches("\\d{4}-\\d{2}-\\d{2}[Tt].*")) {
            return text; // an instant, which came with a file
        }
        try {
            Optional<LocalDate> day = text.length() > 60 ? Optional.empty() : WrittenDates.read(text);
            if (day.isEmpty()) {
                mistakes.put(name, NO_DAY);
            }
            return day.map(LocalDate::toString).orElse(null);
        } catch (WrittenDates.NoSuchDay impossible) {
            mistakes.put(name, NO_SUCH_DAY);
            return null;
        }
    }

    /** A day that stands in another form; empty and a mistake where it is not one, empty where nothing stands there. */
    static Optional<String> day(String name, String text, Map<String, Bilingual> mistakes) {
        return text.isBlank()
                ? Optional.empty()
                : Optional.ofNullable(day((FactType.Day) FactType.DAY, name, text, mistakes));
    }

    private static Bilingual empty(FactType type, Bilingual label) {
        String ja = label.isBlank() ? "" : "「" + label.ja() + "」に、";
        String en = label.isBlank() ? "" : label.en() + ": ";
        if (type instanceof FactType.Truth || !choices(type).isEmpty()) {
            return new Bilingual(ja + "一つ選んでください。", en + "Choose one.");
        }
        return type instanceof FactType.Day
                ? new Bilingual(ja + "日付を入力してください。", en + "Enter a date.")
                : new Bilingual(ja + "入力してください。", en + "Enter something.");
    }

    private static Optional<BigDecimal> number(String text) {
        String plain = Characters.code(text).replace(",", "");
        return plain.matches("-?[0-9]{1,30}(\\.[0-9]{1,30})?") ? Optional.of(new BigDecimal(plain)) : Optional.empty();
    }
}
