package ismap.decision;

import java.util.List;

/**
 * A mistake that its reader can mend: where, what, what was expected, what to do. Collected, never thrown.
 *
 * @param code stable, in capitals, {@code NUMBER_EXPECTED}; callers and tests may rely on it
 * @param places the first is where it stands; further ones are what it clashes with
 * @param value what stood there, as far as it can be shown
 * @param expected what would have been right, as data ({@code "date"}, {@code "SAAS|PAAS"}); blank where the message says it
 */
public record Problem(
        String code,
        Severity severity,
        List<Place> places,
        Bilingual message,
        Bilingual advice,
        String value,
        String expected) {

    public enum Severity {
        ERROR,
        WARNING,
        INFO
    }

    public Problem {
        places = List.copyOf(places);
    }

    public static Problem error(String code, Place place, Bilingual message, Bilingual advice) {
        return new Problem(code, Severity.ERROR, List.of(place), message, advice, "", "");
    }

    public static Problem warning(String code, Place place, Bilingual message, Bilingual advice) {
        return new Problem(code, Severity.WARNING, List.of(place), message, advice, "", "");
    }

    public Problem value(String found) {
        String shown = found.length() > 200 ? found.substring(0, 200) + "…" : found;
        return new Problem(code, severity, places, message, advice, shown, expected);
    }

    public Problem expected(String right) {
        return new Problem(code, severity, places, message, advice, value, right);
    }

    public Problem also(Place other) {
        var all = new java.util.ArrayList<>(places);
        all.add(other);
        return new Problem(code, severity, all, message, advice, value, expected);
    }

    public boolean isError() {
        return severity == Severity.ERROR;
    }
}
