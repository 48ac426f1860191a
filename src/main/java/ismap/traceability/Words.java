package ismap.traceability;

import ismap.decision.Bilingual;
import ismap.decision.Status;
import ismap.decision.Value;
import ismap.rulebook.Condition;
import ismap.rulebook.Derivation;
import ismap.rulebook.FactDefinition;
import ismap.rulebook.FactType;
import ismap.rulebook.Names;
import ismap.rulebook.Parameter;
import ismap.rulebook.Rulebook;
import ismap.rulebook.Table;
import ismap.rulebook.UnaryTest;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The names, codes and tests of a rulebook in words, in both languages, for people who read a table and not its notation. */
public final class Words {

    private static final DateTimeFormatter DAY_JA = DateTimeFormatter.ofPattern("uuuu年M月d日", Locale.JAPAN);
    private static final DateTimeFormatter DAY_EN = DateTimeFormatter.ofPattern("d MMMM uuuu", Locale.ENGLISH);

    private final Rulebook rulebook;
    private final Map<String, Bilingual> rules = new LinkedHashMap<>();

    public Words(Rulebook rulebook) {
        this.rulebook = rulebook;
        rulebook.decisions()
                .values()
                .forEach(decision -> decision.rules().forEach(rule -> rules.putIfAbsent(rule.id(), rule.title())));
    }

    /** What a column is called; its machine name where nobody gave it a label. */
    public Bilingual name(String name) {
        return label(name).orElseGet(() -> {
            int dot = name.indexOf('.');
            Optional<Bilingual> list = dot < 0 ? Optional.empty() : label(name.substring(0, dot));
            String field = name.substring(dot + 1);
            return list.map(label -> field.equals(Names.PLAIN_ELEMENT)
                            ? label
                            : new Bilingual(label.ja() + "の " + field, label.en() + ": " + field))
                    .orElse(new Bilingual(name, name));
        });
    }

    private Optional<Bilingual> label(String name) {
        if (name.equals(Names.AS_OF)) {
            return Optional.of(new Bilingual("対象日", "The day asked about"));
        }
        if (name.equals(Names.APPLICABLE_DAY)) {
            return Optional.of(new Bilingual("適用日", "The applicable day"));
        }
        Table concluded = rulebook.concluded().get(name);
        return rulebook.vocabulary()
                .fact(name)
                .map(FactDefinition::label)
                .or(() -> Optional.ofNullable(rulebook.derivations().get(name)).map(Derivation::label))
                .or(() -> Optional.ofNullable(concluded).map(Table::title))
                .or(() -> Optional.ofNullable(rules.get(name)))
                .filter(label -> !label.isBlank());
    }

    public Bilingual status(Status status) {
        return rulebook.vocabulary()
                .statusLabels()
                .getOrDefault(status.name(), new Bilingual(status.name(), status.name()));
    }

    /** All conditions, one after the other. */
    public Bilingual conditions(List<Condition> conditions) {
        return both(language -> String.join(
                language.ja() ? "、かつ " : " and ",
                conditions.stream()
                        .map(condition -> language.of(name(condition.fact())) + ": "
                                + test(condition.fact(), condition.test(), language))
                        .toList()));
    }

    /** A cell; blank for one that may be anything. */
    public Bilingual test(String column, UnaryTest test) {
        return both(language -> test(column, test, language));
    }

    public Bilingual value(String column, Value value) {
        return both(language -> value(column, value, language));
    }

    /** Both ends included, as people write them; blank where it has none. */
    public static Bilingual days(LocalDate from, LocalDate until) {
        boolean begins = from.isAfter(Table.ALWAYS);
        boolean ends = until.isBefore(Table.FOREVER);
        if (!begins && !ends) {
            return Bilingual.EMPTY;
        }
        LocalDate last = ends ? until.minusDays(1) : until;
        return new Bilingual(
                (begins ? DAY_JA.format(from) + "から" : "") + (ends ? DAY_JA.format(last) + "まで" : ""),
                begins && ends
                        ? DAY_EN.format(from) + " to " + DAY_EN.format(last)
                        : begins ? "from " + DAY_EN.format(from) : "to " + DAY_EN.format(last));
    }

    private record In(boolean ja) {
        String of(Bilingual text) {
            return ja ? text.ja() : text.en().isBlank() ? text.ja() : text.en();
        }

        String say(String japanese, String english) {
            return ja ? japanese : english;
        }
    }

    private static Bilingual both(Function<In, String> text) {
        return new Bilingual(text.apply(new In(true)), text.apply(new In(false)));
    }

    private String test(String column, UnaryTest test, In language) {
        if (test instanceof UnaryTest.Any) {
            return "";
        }
        if (test instanceof UnaryTest.Missing) {
            return language.say("不明", "not known");
        }
        if (test instanceof UnaryTest.IsNone) {
            return language.say("なし", "none");
        }
        if (test instanceof UnaryTest.Given) {
            return language.say("値あり", "any value");
        }
        if (test instanceof UnaryTest.Not not) {
            return language.say("%s 以外", "other than %s").formatted(test(column, not.test(), language));
        }
        if (test instanceof UnaryTest.OneOf oneOf) {
            return joined(
                    oneOf.constants().stream()
                            .map(constant -> value(column, constant, language))
                            .toList(),
                    language);
        }
        if (test instanceof UnaryTest.AnyOf anyOf) {
            return joined(
                    anyOf.tests().stream()
                            .map(each -> test(column, each, language))
                            .toList(),
                    language);
        }
        if (test instanceof UnaryTest.Against against) {
            String parameter = Optional.ofNullable(rulebook.parameters().get(against.parameter()))
                    .map(Parameter::label)
                    .filter(label -> !label.isBlank())
                    .map(language::of)
                    .orElse(against.parameter());
            return bound(against.operator(), "「" + parameter + "」", parameter, false, language);
        }
        UnaryTest.Interval interval = (UnaryTest.Interval) test;
        return joinedBounds(interval, language);
    }

    private static String joined(List<String> parts, In language) {
        return String.join(language.say("、", " or "), parts);
    }

    private String joinedBounds(UnaryTest.Interval interval, In language) {
        String low = bound(
                interval.lowIncluded() ? UnaryTest.Operator.AT_LEAST : UnaryTest.Operator.GREATER,
                interval.low(),
                language);
        String high = bound(
                interval.highIncluded() ? UnaryTest.Operator.AT_MOST : UnaryTest.Operator.LESS,
                interval.high(),
                language);
        return low.isEmpty() || high.isEmpty() ? low + high : low + language.say("、", " and ") + high;
    }

    private String bound(UnaryTest.Operator operator, @Nullable Value value, In language) {
        if (value == null) {
            return "";
        }
        String text = value("", value, language);
        return bound(operator, text, text, value instanceof Value.Day, language);
    }

    private static String bound(UnaryTest.Operator operator, String ja, String en, boolean day, In language) {
        return switch (operator) {
            case EQUAL -> language.say(ja, en);
            case LESS -> language.say(ja + (day ? "より前" : "未満"), (day ? "before " : "less than ") + en);
            case AT_MOST -> language.say(ja + (day ? "以前" : "以下"), (day ? "up to " : "at most ") + en);
            case GREATER -> language.say(ja + (day ? "より後" : "超"), (day ? "after " : "more than ") + en);
            case AT_LEAST -> language.say(ja + (day ? "以後" : "以上"), (day ? "from " : "at least ") + en);
        };
    }

    private String value(String column, Value value, In language) {
        if (value.isNone()) {
            return language.say("なし", "none");
        }
        if (value == Value.UNKNOWN) {
            return language.say("不明", "not known");
        }
        if (value instanceof Value.Truth truth) {
            return truth.value() ? language.say("はい", "yes") : language.say("いいえ", "no");
        }
        if (value instanceof Value.Day day) {
            return language.say(DAY_JA.format(day.date()), DAY_EN.format(day.date()));
        }
        if (value instanceof Value.Elements list) {
            return String.join(
                    language.say("、", ", "),
                    list.values().stream()
                            .map(each -> value(column, each, language))
                            .toList());
        }
        return value instanceof Value.Text code ? coded(column, code.text(), language) : value.toString();
    }

    /** The label of a code with the code behind it, which the sheet has. */
    private String coded(String column, String value, In language) {
        return label(column, value)
                .map(language::of)
                .filter(label -> !label.isBlank() && !label.equals(value))
                .map(label -> label + language.say("（" + value + "）", " (" + value + ")"))
                .orElse(value);
    }

    private Optional<Bilingual> label(String column, String code) {
        var labels = rulebook.vocabulary().codeLabels();
        int dot = column.indexOf('.');
        boolean registration = rulebook.vocabulary()
                .fact(column)
                .filter(fact -> fact.type().equals(FactType.REGISTRATION_STATUS))
                .isPresent();
        return Optional.ofNullable(labels.getOrDefault(column, Map.of()).get(code))
                .or(() -> dot < 0
                        ? Optional.empty()
                        : Optional.ofNullable(labels.getOrDefault(column.substring(0, dot), Map.of())
                                .get(code)))
                .or(() -> registration
                        ? Optional.ofNullable(labels.getOrDefault("RegistrationStatus", Map.of())
                                .get(code))
                        : Optional.empty())
                .or(() -> rules.containsKey(column)
                        ? Optional.ofNullable(
                                rulebook.vocabulary().statusLabels().get(code))
                        : Optional.empty())
                .or(() -> Optional.ofNullable(labels.getOrDefault("*", Map.of()).get(code)));
    }
}
