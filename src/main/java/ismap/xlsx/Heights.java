package ismap.xlsx;

/** How high a row has to be. Spreadsheet programs that are not asked to lay out a file again take the height that stands in it. */
final class Heights {

    private static final double LINE = 13.5;
    private static final double SPACE = 4.5;

    /** A row in Excel is at most 409 points high. */
    private static final double MOST = 405;

    private Heights() {}

    /** @param width of the column, in characters of one byte */
    static int lines(String text, int width) {
        int lines = 0;
        for (String paragraph : text.split("\n", -1)) {
            lines += Math.max(1, (int) Math.ceil(units(paragraph) / Math.max(1, width - 1.5)));
        }
        return lines;
    }

    static float points(int lines) {
        return (float) Math.min(MOST, lines * LINE + SPACE);
    }

    private static double units(String text) {
        return text.codePoints().mapToDouble(c -> isWide(c) ? 1.9 : 1).sum();
    }

    private static boolean isWide(int c) {
        return c >= 0x1100 && !(c >= 0xFF61 && c <= 0xFFDC) && !(c >= 0x2000 && c < 0x2E80);
    }
}
