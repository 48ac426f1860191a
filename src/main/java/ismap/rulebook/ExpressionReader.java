package ismap.rulebook;

import ismap.decision.Bilingual;
import ismap.decision.Value;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Reads the expression language of derivations: calls, names, literals; nothing else. Shared by {@code derivations.xlsx} and by the
 * consequences of DRL rules, where a name may be written {@code $c.client}.
 */
public final class ExpressionReader {

    /** Not of the language: what is wrong, at which character (from 0), and what to do. */
    public static final class Unreadable extends Exception {
        private static final long serialVersionUID = 1L;
        private final transient Bilingual problem;
        private final int position;

        Unreadable(int position, String ja, String en) {
            super(en);
            this.position = position;
            this.problem = new Bilingual(ja, en);
        }

        public Bilingual problem() {
            return problem;
        }

        public int position() {
            return position;
        }
    }

    /** Says which fact a name stands for; {@code $c.client} in DRL is {@code consulting.client}. */
    public interface NameResolver {
        Optional<String> fact(String written);
    }

    private static final int DEEPEST = 40;

    private final String text;
    private final Set<String> parameters;
    private final NameResolver names;
    private int at;
    private int depth;

    private ExpressionReader(String text, Set<String> parameters, NameResolver names) {
        this.text = text;
        this.parameters = parameters;
        this.names = names;
    }

    /** Reads the whole of {@code text}; names are facts as they stand. */
    public static Expression read(String text, Set<String> parameters) throws Unreadable {
        return read(text, parameters, Optional::of);
    }

    public static Expression read(String text, Set<String> parameters, NameResolver names) throws Unreadable {
        ExpressionReader reader = new ExpressionReader(UnaryTests.normalised(text), parameters, names);
        Expression expression = reader.expression();
        reader.skipSpace();
        if (reader.at < reader.text.length()) {
            throw reader.wrong(
                    "ここで式が終わるはずですが、「%s」が続いています。",
                    "The expression should end here, but \"%s\" follows.", reader.text.substring(reader.at));
        }
        return expression;
    }

    private Expression expression() throws Unreadable {
        if (++depth > DEEPEST) {
            throw wrong(
                    "式の入れ子が深すぎます（%s段まで）。",
                    "The expression is nested too deeply (at most %s).", String.valueOf(DEEPEST));
        }
        skipSpace();
        if (at >= text.length()) {
            throw wrong("式が途中で終わっています。%s", "The expression ends too early.%s", "");
        }
        char c = text.charAt(at);
        Expression result;
        if (c == '"') {
            result = new Expression.Literal(Value.of(quoted()));
        } else if (Character.isDigit(c) || c == '-') {
            result = number();
        } else if (Character.isLetter(c) || c == '$') {
            result = nameOrCall();
        } else {
            throw wrong("「%s」はここに書けません。", "\"%s\" cannot stand here.", String.valueOf(c));
        }
        depth--;
        return result;
    }

    private Expression nameOrCall() throws Unreadable {
        int start = at;
        String name = word();
        skipSpace();
        if (at < text.length() && text.charAt(at) == '(') {
            return call(name, start);
        }
        switch (name) {
            case "true" -> {
                return new Expression.Literal(Value.of(true));
            }
            case "false" -> {
                return new Expression.Literal(Value.of(false));
            }
            case "none" -> {
                return new Expression.Literal(Value.NONE);
            }
            default -> {}
        }
        if (parameters.contains(name)) {
            return new Expression.ParameterOn(name, Optional.empty());
        }
        return new Expression.Fact(factNamed(name, start));
    }

    private Expression call(String name, int start) throws Unreadable {
        List<Expression> arguments = arguments();
        switch (name) {
            case "date" -> {
                if (arguments.size() == 1 && arguments.get(0) instanceof Expression.Literal day) {
                    try {
                        return new Expression.Literal(
                                Value.of(LocalDate.parse(day.value().toString())));
                    } catch (DateTimeException notDay) {
                        throw wrongAt(
                                start,
                                "「%s」は日付ではありません。",
                                "\"%s\" is not a date.",
                                day.value().toString());
                    }
                }
                throw wrongAt(start, "%s には日付を一つ書きます。", "%s takes one day.", "date(\"2020-06-03\")");
            }
            case "stated" -> {
                if (arguments.size() == 1 && arguments.get(0) instanceof Expression.Fact fact) {
                    return new Expression.Stated(fact.name());
                }
                throw wrongAt(start, "%s には事実の名前を一つ書きます。", "%s takes the name of one fact.", "stated(…)");
            }
            case "parameter" -> {
                if (arguments.size() == 2
                        && arguments.get(0) instanceof Expression.Literal parameter
                        && parameters.contains(parameter.value().toString())
                        && arguments.get(1) instanceof Expression.Fact day) {
                    return new Expression.ParameterOn(parameter.value().toString(), Optional.of(day.name()));
                }
                throw wrongAt(
                        start,
                        "%s には、引用符で囲んだパラメータの名前と基準日の事実を書きます。",
                        "%s takes the name of a parameter in quotes and the fact of its reference day.",
                        "parameter(\"…\", …)");
            }
            default -> {}
        }
        Function function = Function.named(name)
                .filter(known -> known != Function.HAPPENED)
                .orElseThrow(() -> wrongAt(start, "「%s」という関数はありません。", "There is no function \"%s\".", name));
        if (arguments.size() < function.least() || arguments.size() > function.most()) {
            throw wrongAt(start, "関数 %s の引数の数が違います。", "The function %s has the wrong number of arguments.", name);
        }
        return new Expression.Call(function, arguments);
    }

    private List<Expression> arguments() throws Unreadable {
        at++;
        var arguments = new ArrayList<Expression>();
        skipSpace();
        if (at < text.length() && text.charAt(at) == ')') {
            at++;
            return arguments;
        }
        while (true) {
            arguments.add(expression());
            skipSpace();
            if (at < text.length() && text.charAt(at) == ',') {
                at++;
            } else if (at < text.length() && text.charAt(at) == ')') {
                at++;
                return arguments;
            } else {
                throw wrong("「,」または「)」が必要です。%s", "\",\" or \")\" is missing here.%s", "");
            }
        }
    }

    private String factNamed(String name, int start) throws Unreadable {
        return names.fact(name)
                .orElseThrow(() -> wrongAt(start, "「%s」という名前は使えません。", "The name \"%s\" is not known here.", name));
    }

    private Expression number() throws Unreadable {
        int start = at;
        at++;
        while (at < text.length() && (Character.isDigit(text.charAt(at)) || text.charAt(at) == '.')) {
            at++;
        }
        String digits = text.substring(start, at);
        try {
            return new Expression.Literal(new Value.Number(new BigDecimal(digits)));
        } catch (NumberFormatException notNumber) {
            throw wrongAt(start, "「%s」は数ではありません。", "\"%s\" is not a number.", digits);
        }
    }

    private String quoted() throws Unreadable {
        int end = text.indexOf('"', at + 1);
        if (end < 0) {
            throw wrong("引用符が閉じていません。%s", "The quotation mark is not closed.%s", "");
        }
        String inside = text.substring(at + 1, end);
        if (inside.indexOf('\\') >= 0) {
            throw wrong("引用符の中に「%s」は書けません。", "\"%s\" cannot stand inside quotation marks.", "\\");
        }
        at = end + 1;
        return inside;
    }

    private String word() {
        int start = at;
        while (at < text.length()
                && (Character.isLetterOrDigit(text.charAt(at)) || "$_.".indexOf(text.charAt(at)) >= 0)) {
            at++;
        }
        return text.substring(start, at);
    }

    private void skipSpace() {
        while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
            at++;
        }
    }

    private Unreadable wrong(String ja, String en, String shown) {
        return wrongAt(at, ja, en, shown);
    }

    private static Unreadable wrongAt(int position, String ja, String en, String shown) {
        return new Unreadable(position, ja.formatted(shown), en.formatted(shown));
    }
}
