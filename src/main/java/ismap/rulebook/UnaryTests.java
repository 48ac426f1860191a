package ismap.rulebook;

import ismap.decision.Bilingual;
import ismap.decision.Value;
import java.math.BigDecimal;
import java.text.Normalizer;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads the cell grammar of conditions, and writes a test back as a cell. See {@code docs/rulebook-format.md}. */
public final class UnaryTests {

    /** A cell that is not of the grammar: what is wrong and what to write instead. */
    public static final class Unreadable extends Exception {
        private static final long serialVersionUID = 1L;
        private final transient Bilingual message;
        private final transient Bilingual advice;

        Unreadable(Bilingual message, Bilingual advice) {
            super(message.en());
            this.message = message;
            this.advice = advice;
        }

        public Bilingual message() {
            return message;
        }

        public Bilingual advice() {
            return advice;
        }
    }

    private static final Pattern INTERVAL = Pattern.compile("([\\[(])\\s*(\\S*?)\\s*\\.\\.\\s*(\\S*?)\\s*([\\])])");
    private static final Pattern NUMBER = Pattern.compile("-?\\d{1,15}(\\.\\d{1,15})?");
    private static final Pattern OPERATOR = Pattern.compile("(<=|>=|<|>|!=|=)\\s*(.+)");
    private static final Pattern WORD = Pattern.compile("(.+?)\\s*(以上|以下|未満|超)");
    private static final Pattern NOT = Pattern.compile("not\\s*\\((.*)\\)");

    private final FactType type;
    private final Set<String> parameters;

    /** @param parameters names that may stand for a number or a day */
    public UnaryTests(FactType type, Set<String> parameters) {
        this.type = type;
        this.parameters = parameters;
    }

    /** Reads one cell. */
    public UnaryTest read(String cell) throws Unreadable {
        String text = normalised(cell);
        UnaryTest test = text.isEmpty() ? UnaryTest.ANY : several(text);
        if (!(test instanceof UnaryTest.Against) && namesParameter(test)) {
            throw new Unreadable(
                    new Bilingual(
                            "パラメータの名前は、not や複数の条件の中には書けません。",
                            "The name of a parameter cannot stand inside not(…) or beside other tests."),
                    new Bilingual(
                            "「>= threshold」のように一つだけ書くか、行を分けてください。",
                            "Write it alone, as in \">= threshold\", or use two rows."));
        }
        return test;
    }

    private static boolean namesParameter(UnaryTest test) {
        if (test instanceof UnaryTest.Not not) {
            return namesParameter(not.test());
        }
        return test instanceof UnaryTest.AnyOf anyOf
                ? anyOf.tests().stream().anyMatch(UnaryTests::namesParameter)
                : test instanceof UnaryTest.Against;
    }

    /** The forms that mean the same to a reader, made one: NFKC, comparison signs, minus signs, the range sign. */
    static String normalised(String cell) {
        return Normalizer.normalize(cell, Normalizer.Form.NFKC)
                .replace("≧", ">=")
                .replace("≦", "<=")
                .replace("≠", "!=")
                .replace("、", ",")
                .replaceAll("[\\u200B\\uFEFF]", "")
                .replaceAll("[\\u301C\\uFF5E\\u223C]", "..")
                .replaceAll("[\\u2212\\u2010\\u2011\\u2013]", "-")
                .strip();
    }

    private UnaryTest several(String text) throws Unreadable {
        Matcher not = NOT.matcher(text);
        if (not.matches() && balanced(not.group(1))) {
            return new UnaryTest.Not(several(not.group(1).strip()));
        }
        var tests = new ArrayList<UnaryTest>();
        for (String part : split(text)) {
            tests.add(single(part.strip()));
        }
        if (tests.size() == 1) {
            return tests.get(0);
        }
        if (tests.stream().allMatch(test -> test instanceof UnaryTest.OneOf)) {
            return new UnaryTest.OneOf(tests.stream()
                    .flatMap(test -> ((UnaryTest.OneOf) test).constants().stream())
                    .toList());
        }
        return new UnaryTest.AnyOf(List.copyOf(tests));
    }

    private UnaryTest single(String text) throws Unreadable {
        switch (text) {
            case "-", "任意", "any" -> {
                return UnaryTest.ANY;
            }
            case "missing", "不明" -> {
                return UnaryTest.MISSING;
            }
            case "none", "なし" -> {
                return UnaryTest.NONE;
            }
            case "given", "値あり" -> {
                return UnaryTest.GIVEN;
            }
            default -> {}
        }
        if (type instanceof FactType.Truth) {
            return new UnaryTest.OneOf(List.of(Value.of(truth(text))));
        }
        if (type instanceof FactType.Code || type instanceof FactType.Text) {
            return new UnaryTest.OneOf(List.of(constant(text)));
        }
        if (!(type instanceof FactType.Numeric) && !(type instanceof FactType.Day)) {
            throw new Unreadable(
                    new Bilingual(
                            "この列の型（%s）には条件を書けません。".formatted(type.describe()),
                            "A column of type %s takes no test but -, missing, none and given."
                                    .formatted(type.describe())),
                    new Bilingual(
                            "導出した値（はい／いいえ、日付、数）の列にしてください。",
                            "Derive a yes/no, a day or a number from it and test that."));
        }
        Matcher interval = INTERVAL.matcher(text);
        if (interval.matches()) {
            return new UnaryTest.Interval(
                    bound(interval.group(2)),
                    interval.group(1).equals("["),
                    bound(interval.group(3)),
                    interval.group(4).equals("]"));
        }
        Matcher word = WORD.matcher(text);
        if (word.matches()) {
            return against(
                    switch (word.group(2)) {
                        case "以上" -> UnaryTest.Operator.AT_LEAST;
                        case "以下" -> UnaryTest.Operator.AT_MOST;
                        case "未満" -> UnaryTest.Operator.LESS;
                        default -> UnaryTest.Operator.GREATER;
                    },
                    word.group(1));
        }
        Matcher operator = OPERATOR.matcher(text);
        if (operator.matches()) {
            String operand = operator.group(2);
            return switch (operator.group(1)) {
                case "<=" -> against(UnaryTest.Operator.AT_MOST, operand);
                case ">=" -> against(UnaryTest.Operator.AT_LEAST, operand);
                case "<" -> against(UnaryTest.Operator.LESS, operand);
                case ">" -> against(UnaryTest.Operator.GREATER, operand);
                case "!=" -> new UnaryTest.Not(against(UnaryTest.Operator.EQUAL, operand));
                default -> against(UnaryTest.Operator.EQUAL, operand);
            };
        }
        return against(UnaryTest.Operator.EQUAL, text);
    }

    private UnaryTest against(UnaryTest.Operator operator, String operand) throws Unreadable {
        return parameters.contains(operand)
                ? new UnaryTest.Against(operator, operand)
                : operator.test(constant(operand));
    }

    private @Nullable Value bound(String text) throws Unreadable {
        return text.isBlank() ? null : constant(text);
    }

    /** Reads one value of the column's type. */
    public Value constant(String cell) throws Unreadable {
        String text = normalised(cell);
        if (type instanceof FactType.Truth) {
            return Value.of(truth(text));
        }
        if (type instanceof FactType.Text) {
            return Value.of(
                    text.startsWith("\"") && text.endsWith("\"") && text.length() > 1
                            ? text.substring(1, text.length() - 1)
                            : text);
        }
        if (type instanceof FactType.Code code) {
            if (code.codes().contains(text)) {
                return Value.of(text);
            }
            throw new Unreadable(
                    new Bilingual(
                            "「%s」はこの列の選択肢にありません。".formatted(text),
                            "\"%s\" is not one of the codes of this column.".formatted(text)),
                    new Bilingual("次のいずれかにしてください: " + type.describe(), "Write one of: " + type.describe()));
        }
        if (type instanceof FactType.Numeric) {
            String digits = text.replace(",", "");
            if (NUMBER.matcher(digits).matches()) {
                return new Value.Number(new BigDecimal(digits));
            }
            throw new Unreadable(
                    new Bilingual("「%s」は数ではありません。".formatted(text), "\"%s\" is not a number.".formatted(text)),
                    new Bilingual(
                            "16、>= 16、[1..3]、16以上のように書いてください。",
                            "Write 16, >= 16, [1..3], or the name of a parameter."));
        }
        if (type instanceof FactType.Day) {
            try {
                return Value.of(LocalDate.parse(text));
            } catch (DateTimeException notDay) {
                throw new Unreadable(
                        new Bilingual("「%s」は日付ではありません。".formatted(text), "\"%s\" is not a date.".formatted(text)),
                        new Bilingual("2021-06-04 のように書いてください。", "Write it like 2021-06-04."));
            }
        }
        if (type instanceof FactType.ListOf list) {
            var elements = new ArrayList<Value>();
            for (String part : split(text)) {
                elements.add(new UnaryTests(list.element(), parameters).constant(part.strip()));
            }
            return new Value.Elements(elements);
        }
        throw new Unreadable(
                new Bilingual(
                        "型 %s の値はセルに書けません。".formatted(type.describe()),
                        "A value of type %s cannot be written in a cell.".formatted(type.describe())),
                new Bilingual("導出（derivations.xlsx）で求めてください。", "Derive it in derivations.xlsx."));
    }

    private static boolean truth(String text) throws Unreadable {
        return switch (text) {
            case "true", "TRUE", "はい", "○", "◯", "〇", "yes" -> true;
            case "false", "FALSE", "いいえ", "×", "✕", "no" -> false;
            default ->
                throw new Unreadable(
                        new Bilingual(
                                "「%s」は、はい・いいえのどちらでもありません。".formatted(text),
                                "\"%s\" is neither yes nor no.".formatted(text)),
                        new Bilingual("true（はい）または false（いいえ）と書いてください。", "Write true or false."));
        };
    }

    private static boolean balanced(String text) {
        int depth = 0;
        for (char c : text.toCharArray()) {
            depth += c == '(' || c == '[' ? 1 : c == ')' || c == ']' ? -1 : 0;
            if (depth < 0) {
                return false;
            }
        }
        return depth == 0;
    }

    /** Splits at commas outside of brackets. */
    private static List<String> split(String text) {
        var parts = new ArrayList<String>();
        int depth = 0;
        int start = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            depth += c == '(' || c == '[' ? 1 : c == ')' || c == ']' ? -1 : 0;
            if (c == ',' && depth == 0) {
                parts.add(text.substring(start, i));
                start = i + 1;
            }
        }
        parts.add(text.substring(start));
        return parts;
    }

    /** The test as a cell that {@link #read} reads back to an equal test. */
    public static String write(UnaryTest test) {
        if (test instanceof UnaryTest.Any) {
            return "-";
        }
        if (test instanceof UnaryTest.Missing) {
            return "missing";
        }
        if (test instanceof UnaryTest.IsNone) {
            return "none";
        }
        if (test instanceof UnaryTest.Given) {
            return "given";
        }
        if (test instanceof UnaryTest.Not not) {
            return "not(" + write(not.test()) + ")";
        }
        if (test instanceof UnaryTest.OneOf oneOf) {
            return String.join(
                    ", ", oneOf.constants().stream().map(Object::toString).toList());
        }
        if (test instanceof UnaryTest.AnyOf anyOf) {
            return String.join(
                    ", ", anyOf.tests().stream().map(UnaryTests::write).toList());
        }
        if (test instanceof UnaryTest.Against against) {
            return (against.operator().sign() + " " + against.parameter()).strip();
        }
        return write((UnaryTest.Interval) test);
    }

    private static String write(UnaryTest.Interval interval) {
        Value low = interval.low();
        Value high = interval.high();
        if (low != null && high == null) {
            return (interval.lowIncluded() ? ">= " : "> ") + low;
        }
        if (high != null && low == null) {
            return (interval.highIncluded() ? "<= " : "< ") + high;
        }
        return (interval.lowIncluded() ? "[" : "(") + (low == null ? "" : low) + ".." + (high == null ? "" : high)
                + (interval.highIncluded() ? "]" : ")");
    }
}
