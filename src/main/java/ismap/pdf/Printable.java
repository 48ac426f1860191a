package ismap.pdf;

/** Text that can be printed: whatever a text holds, what is left of it is XML, and every character a shape of its own. */
final class Printable {

    private static final int REPLACEMENT = 0xFFFD;

    private Printable() {}

    static String of(String text) {
        var printable = new StringBuilder(text.length());
        text.codePoints()
                .filter(character -> !isSilent(character))
                .map(character -> isXml(character) ? character : REPLACEMENT)
                .forEach(printable::appendCodePoint);
        return printable.toString();
    }

    /** Selectors choose a variant of the character before (葛󠄀), which this font has not; alone they print as a stray mark. */
    private static boolean isSilent(int character) {
        return (character >= 0xFE00 && character <= 0xFE0F)
                || (character >= 0xE0100 && character <= 0xE01EF)
                || character == 0x200B
                || character == 0xFEFF;
    }

    private static boolean isXml(int character) {
        return character == '\t'
                || character == '\n'
                || character == '\r'
                || (character >= 0x20 && character <= 0xD7FF)
                || (character >= 0xE000 && character <= 0xFFFD)
                || character >= 0x10000;
    }
}
