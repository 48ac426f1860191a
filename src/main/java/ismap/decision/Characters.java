package ismap.decision;

import java.text.Normalizer;
import java.util.Optional;

/** What becomes of the characters of a cell, by what the cell is for. */
public final class Characters {

    private Characters() {}

    /**
     * Text for people: line ends are one character, what takes no room is gone, and nothing stands around it. Not NFKC: it would turn
     * ①号 into 1号.
     */
    public static String prose(String raw) {
        return raw.replace("\r\n", "\n")
                .replace('\r', '\n')
                .replace('\t', ' ')
                .replace("\u00A0", " ")
                .replaceAll("[\u200B\u2060\uFEFF]", "")
                .replaceAll(" +\n", "\n")
                .replaceAll("^[\\s\u3000]+|[\\s\u3000]+$", "");
    }

    /** Names, codes, conditions, numbers and days: one form for what looks alike. */
    public static String code(String raw) {
        return Normalizer.normalize(prose(raw), Normalizer.Form.NFKC)
                .replaceAll("[\u2010\u2011\u2012\u2013\u2212\uFE63]", "-")
                .replaceAll("[\uFE00-\uFE0F]", "")
                .strip();
    }

    /** The first character that no reader can see and that may change what the others mean, as {@code U+0008}. */
    public static Optional<String> invisible(String prose) {
        return prose.codePoints()
                .filter(c -> (Character.getType(c) == Character.CONTROL && c != '\n')
                        || (c >= 0x202A && c <= 0x202E)
                        || (c >= 0x2066 && c <= 0x2069)
                        || c == 0x200E
                        || c == 0x200F
                        || c == 0xFFFD
                        || Character.getType(c) == Character.UNASSIGNED && c >= 0xFFF0 && c <= 0xFFFF)
                .mapToObj("U+%04X"::formatted)
                .findFirst();
    }
}
