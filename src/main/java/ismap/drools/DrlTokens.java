package ismap.drools;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;

/**
 * Cuts an author's DRL into words, texts, numbers and signs. Comments are gone; what is not of the notation is a token of its own, so
 * that the parser can say where it stands. Every character is looked at once.
 */
final class DrlTokens {

    enum Kind {
        WORD,
        TEXT,
        NUMBER,
        SIGN,
        WRONG,
        END
    }

    /**
     * @param text a text without its quotation marks; for a wrong token, what is wrong with it
     * @param start where it begins in {@link #source}, from 0; {@code end} is excluded
     */
    record Token(Kind kind, String text, int line, int start, int end) {
        boolean is(String sign) {
            return (kind == Kind.SIGN || kind == Kind.WORD) && text.equals(sign);
        }
    }

    /** Wrong tokens, by what is wrong. */
    static final String OPEN_TEXT = "open text";

    static final String OPEN_COMMENT = "open comment";
    static final String BACKSLASH = "backslash";
    static final String CHARACTER = "character";

    private static final List<String> LONG_SIGNS = List.of("==", "!=", "<=", ">=", "&&", "||", "->");
    private static final String SIGNS = "(){}[],;:.<>=@+-*/!&|^~?%#";

    private final String source;
    private final StringBuilder blanked;
    private final List<Token> tokens = new ArrayList<>();
    private int at;
    private int line = 1;

    private DrlTokens(String source) {
        this.source = source;
        this.blanked = new StringBuilder(source);
    }

    static DrlTokens of(String source) {
        DrlTokens tokens = new DrlTokens(source);
        tokens.cut();
        return tokens;
    }

    List<Token> tokens() {
        return tokens;
    }

    /** The text from one place to another, with comments as spaces. */
    String between(int start, int end) {
        return blanked.substring(start, end);
    }

    private void cut() {
        while (at < source.length()) {
            char c = source.charAt(at);
            if (c == '\n') {
                line++;
                at++;
            } else if (c == ' ' || c == '\t' || c == '\r') {
                at++;
            } else if (source.startsWith("//", at)) {
                int end = source.indexOf('\n', at);
                blank(end < 0 ? source.length() : end);
            } else if (source.startsWith("/*", at)) {
                comment();
            } else if (c == '"') {
                text();
            } else if (isWordStart(c)) {
                int end = at;
                while (end < source.length() && isWordPart(source.charAt(end))) {
                    end++;
                }
                add(Kind.WORD, source.substring(at, end), end);
            } else if (isDigit(c)) {
                int end = at;
                while (end < source.length()
                        && (isDigit(source.charAt(end))
                                || (source.charAt(end) == '.'
                                        && end + 1 < source.length()
                                        && isDigit(source.charAt(end + 1))))) {
                    end++;
                }
                add(Kind.NUMBER, source.substring(at, end), end);
            } else {
                sign(c);
            }
        }
        add(Kind.END, "", at);
    }

    private void sign(char c) {
        for (String sign : LONG_SIGNS) {
            if (source.startsWith(sign, at)) {
                add(Kind.SIGN, sign, at + sign.length());
                return;
            }
        }
        if (c == '\\') {
            add(Kind.WRONG, BACKSLASH, at + 1);
        } else if (SIGNS.indexOf(c) >= 0) {
            add(Kind.SIGN, String.valueOf(c), at + 1);
        } else {
            add(Kind.WRONG, CHARACTER, at + Character.charCount(source.codePointAt(at)));
        }
    }

    /** A text ends on its own line. What another reader could take for its end, a backslash or a sign that looks alike, is wrong. */
    private void text() {
        int end = at + 1;
        while (end < source.length() && source.charAt(end) != '"' && source.charAt(end) != '\n') {
            end++;
        }
        String inside = Normalizer.normalize(source.substring(at + 1, end), Normalizer.Form.NFKC);
        if (end >= source.length() || source.charAt(end) == '\n') {
            add(Kind.WRONG, OPEN_TEXT, end);
        } else if (inside.chars().anyMatch(c -> c == '"' || c == '\\' || Character.isISOControl(c))) {
            add(Kind.WRONG, BACKSLASH, end + 1);
        } else {
            add(Kind.TEXT, source.substring(at + 1, end), end + 1);
        }
    }

    private void comment() {
        int end = source.indexOf("*/", at + 2);
        if (end < 0) {
            add(Kind.WRONG, OPEN_COMMENT, source.length());
        } else {
            blank(end + 2);
        }
    }

    private void blank(int end) {
        for (; at < end; at++) {
            if (source.charAt(at) == '\n') {
                line++;
            } else {
                blanked.setCharAt(at, ' ');
            }
        }
    }

    private void add(Kind kind, String text, int end) {
        tokens.add(new Token(kind, text, line, at, end));
        at = end;
    }

    private static boolean isWordStart(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '$' || c == '_';
    }

    private static boolean isWordPart(char c) {
        return isWordStart(c) || isDigit(c);
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }
}
