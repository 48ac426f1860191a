package ismap.evaluation;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Lines of RFC 4180, for people who open them in a spreadsheet. */
public final class Csv {

    /** Spreadsheets take a file without it for one in the machine's own encoding. */
    public static final String BYTE_ORDER_MARK = "\uFEFF";

    /** What a spreadsheet would calculate; an apostrophe before it makes it a text. */
    private static final Pattern FORMULA = Pattern.compile("\\A[=+\\-@\\t\\r\\n＝＋－＠].*", Pattern.DOTALL);

    private Csv() {}

    /** With its end. */
    public static String line(List<String> cells) {
        return cells.stream().map(Csv::cell).collect(Collectors.joining(",", "", "\r\n"));
    }

    private static String cell(String text) {
        String harmless = FORMULA.matcher(text).matches() ? "'" + text : text;
        return harmless.matches("(?s).*[\",\r\n].*") ? "\"" + harmless.replace("\"", "\"\"") + "\"" : harmless;
    }
}
