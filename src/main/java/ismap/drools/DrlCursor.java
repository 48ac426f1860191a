package ismap.drools;

import ismap.decision.Bilingual;
import ismap.decision.Place;
import ismap.decision.Problem;
import ismap.drools.DrlTokens.Kind;
import ismap.drools.DrlTokens.Token;
import java.util.List;

/** The place that a parser has reached in a DRL file, and the problems it has met up to there. */
final class DrlCursor {

    /** What ends the reading of a rule; the problem is noted. */
    static final class Refused extends Exception {
        private static final long serialVersionUID = 1L;

        Refused() {
            super("", null, false, false);
        }
    }

    private final String file;
    private final DrlTokens source;
    private final List<Problem> problems;
    private int at;

    /** @param problems where problems are noted */
    DrlCursor(String file, String text, List<Problem> problems) {
        this.file = file;
        this.source = DrlTokens.of(text);
        this.problems = problems;
    }

    Token peek() {
        return source.tokens().get(at);
    }

    /** The text from one token to before another, with comments as spaces. */
    String between(Token first, Token last) {
        return source.between(first.start(), last.start());
    }

    Token next() {
        Token token = peek();
        at += token.kind() == Kind.END ? 0 : 1;
        return token;
    }

    boolean accept(String sign) {
        boolean here = peek().is(sign);
        at += here ? 1 : 0;
        return here;
    }

    void expect(String sign, String ja, String en) throws Refused {
        Token token = next();
        if (!token.is(sign)) {
            throw expected(token, ja, en);
        }
    }

    Token word(String ja, String en) throws Refused {
        Token token = next();
        if (token.kind() != Kind.WORD || token.text().startsWith("$")) {
            throw expected(token, ja, en);
        }
        return token;
    }

    void skipLine() {
        int line = source.tokens().get(Math.max(0, at - 1)).line();
        while (peek().kind() != Kind.END && peek().line() == line) {
            next();
        }
    }

    /** Goes on behind the next {@code end}, or at the next rule where a rule has none. */
    void skipRule() {
        if (at > 0 && source.tokens().get(at - 1).is("end")) {
            return;
        }
        while (peek().kind() != Kind.END) {
            boolean rule = peek().is("rule") && source.tokens().get(at + 1).kind() == Kind.TEXT;
            if (rule || next().is("end")) {
                return;
            }
        }
    }

    Place place(Token token) {
        return new Place.Line(file, token.line());
    }

    Refused expected(Token token, String ja, String en) {
        if (token.kind() == Kind.WRONG) {
            return wrong(token);
        }
        return refuse(
                token,
                "DRL_SYNTAX",
                "ここには" + ja + "が必要ですが、「%s」があります。",
                "Here should be " + en + ", but there is \"%s\".",
                "docs/drl.md の例のとおりに書いてください。",
                "Write it like the example in docs/drl.md.",
                token.kind() == Kind.END ? "ファイルの終わり / the end of the file" : token.text());
    }

    Refused wrong(Token token) {
        return switch (token.text()) {
            case DrlTokens.OPEN_TEXT ->
                refuse(
                        token,
                        "DRL_TEXT",
                        "引用符が、その行のうちに閉じていません。",
                        "The quotation mark is not closed on its line.",
                        "行の中で「\"」を閉じてください。",
                        "Close it with \" on the same line.");
            case DrlTokens.OPEN_COMMENT ->
                refuse(
                        token,
                        "DRL_TEXT",
                        "注記「/*」が閉じていません。",
                        "The comment is not closed.",
                        "「*/」で閉じてください。",
                        "Close it with */.");
            default ->
                refuse(
                        token,
                        "DRL_TEXT",
                        "「\\」など、ここでは使えない文字があります。",
                        "There is a backslash or another character that cannot stand here.",
                        "文字は「\"」で囲み、「\\」を使わずに書いてください。",
                        "Put texts between \" and write no backslash.");
        };
    }

    Refused unsupported(Token token) {
        if (token.kind() == Kind.WRONG) {
            return wrong(token);
        }
        return refuse(
                token,
                "DRL_NOT_SUPPORTED",
                "「%s」は使えません。",
                "\"%s\" is not supported.",
                "使えるのは package、global、rule … @clause … when … then … end だけです。docs/drl.md を見てください。",
                "Only package, global and rule … @clause … when … then … end are. See docs/drl.md.",
                token.text());
    }

    Refused refuse(Token token, String code, String ja, String en, String adviceJa, String adviceEn, Object... shown) {
        problem(token, code, ja, en, adviceJa, adviceEn, shown);
        return new Refused();
    }

    void problem(Token token, String code, String ja, String en, String adviceJa, String adviceEn, Object... shown) {
        problems.add(Problem.error(
                        code,
                        place(token),
                        new Bilingual(
                                shown.length == 0 ? ja : ja.formatted(shown),
                                shown.length == 0 ? en : en.formatted(shown)),
                        new Bilingual(adviceJa, adviceEn))
                .value(token.text()));
    }
}
