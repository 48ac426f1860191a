package ismap.xlsx;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** The known name that a misspelt one most likely means. */
final class Nearest {

    private Nearest() {}

    static Optional<String> to(String written, Collection<String> known) {
        int most = Math.max(2, written.length() / 4);
        return known.stream()
                .filter(name -> Math.abs(name.length() - written.length()) <= most)
                .map(name -> new Distance(name, distance(lower(written), lower(name))))
                .filter(candidate -> candidate.edits() <= most && candidate.edits() < written.length())
                .min(Comparator.comparingInt(Distance::edits).thenComparing(Distance::name))
                .map(Distance::name);
    }

    private record Distance(String name, int edits) {}

    private static String lower(String name) {
        return name.toLowerCase(Locale.ROOT);
    }

    /** Levenshtein's distance. */
    private static int distance(String a, String b) {
        int[] above = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            above[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int[] row = new int[b.length() + 1];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int replaced = above[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                row[j] = Math.min(replaced, Math.min(above[j], row[j - 1]) + 1);
            }
            above = row;
        }
        return above[b.length()];
    }
}
