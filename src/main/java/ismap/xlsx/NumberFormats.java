package ismap.xlsx;

import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a cell's number format makes of a number. POI's own answer is no for every format with an era, for Japanese weekdays and for
 * the built-in formats of a Japanese Excel (27 to 36, 50 to 58), so it is not asked.
 */
final class NumberFormats {

    enum Shows {
        NUMBER,
        DAY,
        PART_OF_DAY,
        TIME,
        NOTHING
    }

    private static final Set<Integer> DAYS = Set.of(14, 15, 22, 27, 28, 29, 30, 31, 36, 50, 51, 54, 57, 58);
    private static final Set<Integer> PARTS_OF_DAYS = Set.of(16, 17, 34, 35, 52, 53, 55, 56);
    private static final Set<Integer> TIMES = Set.of(18, 19, 20, 21, 32, 33, 45, 46, 47);

    private NumberFormats() {}

    /** @param format null where the file names a built-in format only by its number */
    static Shows shows(int id, @Nullable String format) {
        if (DAYS.contains(id)) {
            return Shows.DAY;
        }
        if (PARTS_OF_DAYS.contains(id)) {
            return Shows.PART_OF_DAY;
        }
        if (TIMES.contains(id)) {
            return Shows.TIME;
        }
        // POI calls 23 to 26, which no Excel documents, "reserved-0x17" and so on.
        return format == null || format.startsWith("reserved-") ? Shows.NUMBER : custom(format);
    }

    private static Shows custom(String format) {
        if (!format.isEmpty() && format.chars().allMatch(c -> c == ';')) {
            return Shows.NOTHING;
        }
        String code = format.replaceAll("\"[^\"]*\"", "")
                .replaceAll("[\\\\_*].", "")
                .replaceAll("\\[(?![hHmMsS]+\\])[^\\]]*\\]", "")
                .toLowerCase(Locale.ROOT);
        String first = code.split(";", -1)[0]
                .replace("general", "")
                .replace("g/標準", "")
                .replaceAll("[ap]m/[ap]m|a/p", "h")
                .replaceAll("e[+-]", "");
        boolean year = first.matches("(?s).*[yegb].*");
        boolean day = first.matches("(?s).*d.*");
        boolean month = first.matches("(?s).*m.*");
        boolean time = first.matches("(?s).*[hs].*");
        if (year && month && day) {
            return Shows.DAY;
        }
        if (year || day || (month && !time)) {
            return Shows.PART_OF_DAY;
        }
        return time ? Shows.TIME : Shows.NUMBER;
    }
}
