package ismap.traceability;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Ids that end in numbers, written short: {@code SV-001–004, 007; LQ-012}. */
final class Ranges {

    private static final Pattern NUMBERED = Pattern.compile("(.*?)([0-9]{1,9})");

    private Ranges() {}

    static String of(List<String> ids) {
        var text = new StringBuilder();
        String stem = "";
        for (int i = 0; i < ids.size(); ) {
            int last = i;
            while (last + 1 < ids.size() && follows(ids.get(last), ids.get(last + 1))) {
                last++;
            }
            String first = ids.get(i);
            boolean sameStem = !stem.isEmpty() && stem.equals(stem(first));
            text.append(i == 0 ? "" : sameStem ? ", " : "; ");
            stem = stem(first);
            text.append(sameStem ? number(first) : first);
            if (last - i == 1) {
                text.append(", ").append(number(ids.get(last)));
            } else if (last > i) {
                text.append('–').append(number(ids.get(last)));
            }
            i = last + 1;
        }
        return text.toString();
    }

    private static boolean follows(String first, String second) {
        return stem(first).equals(stem(second))
                && !number(first).isEmpty()
                && number(first).length() == number(second).length()
                && Integer.parseInt(number(second)) == Integer.parseInt(number(first)) + 1;
    }

    /** The id without the number at its end; the whole id where there is none. */
    private static String stem(String id) {
        Matcher numbered = NUMBERED.matcher(id);
        return numbered.matches() ? numbered.group(1) : id;
    }

    private static String number(String id) {
        Matcher numbered = NUMBERED.matcher(id);
        return numbered.matches() ? numbered.group(2) : "";
    }
}
