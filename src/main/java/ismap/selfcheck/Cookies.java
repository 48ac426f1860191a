package ismap.selfcheck;

import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.MutableHttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Keeps the answers of one decision in the browser until it is closed: sealed, in as many cookies as they need. */
final class Cookies {

    private static final String NAME = "ismap-self-check-";
    private static final int LONGEST = 3800;
    private static final int MOST = 5;

    private final Sealed sealed;

    Cookies(Sealed sealed) {
        this.sealed = sealed;
    }

    Optional<Entered> read(HttpRequest<?> request, String decision) {
        Map<Integer, String> parts = parts(request);
        return parts.isEmpty()
                ? Optional.empty()
                : sealed.open(String.join("", parts.values()), decision).flatMap(Entered::read);
    }

    /** Whether the browser keeps something that cannot be read any more. */
    boolean unreadable(HttpRequest<?> request, String decision) {
        return !parts(request).isEmpty() && read(request, decision).isEmpty();
    }

    private static Map<Integer, String> parts(HttpRequest<?> request) {
        var parts = new TreeMap<Integer, String>();
        for (String header : request.getHeaders().getAll(HttpHeaders.COOKIE)) {
            for (String cookie : header.split(";")) {
                String pair = cookie.strip();
                int equals = pair.indexOf('=');
                if (equals > 0 && pair.substring(0, equals).matches(NAME + "[0-9]")) {
                    parts.putIfAbsent(pair.charAt(NAME.length()) - '0', pair.substring(equals + 1));
                }
            }
        }
        return parts;
    }

    /** False where there is more than a browser keeps; nothing is said to it then. */
    boolean write(HttpRequest<?> request, MutableHttpResponse<?> response, String decision, Entered entered) {
        List<String> parts = split(sealed.seal(entered.bytes(), decision));
        if (parts.size() > MOST) {
            return false;
        }
        for (int i = 0; i < MOST; i++) {
            if (i < parts.size()) {
                set(request, response, decision, i, parts.get(i), "");
            } else if (parts(request).containsKey(i)) {
                set(request, response, decision, i, "", "; Max-Age=0");
            }
        }
        return true;
    }

    void forget(HttpRequest<?> request, MutableHttpResponse<?> response, String decision) {
        parts(request).keySet().forEach(i -> set(request, response, decision, i, "", "; Max-Age=0"));
    }

    private static void set(
            HttpRequest<?> request,
            MutableHttpResponse<?> response,
            String decision,
            int number,
            String value,
            String more) {
        boolean secure = request.isSecure()
                || "https".equalsIgnoreCase(request.getHeaders().get("X-Forwarded-Proto"));
        response.getHeaders()
                .add(
                        HttpHeaders.SET_COOKIE,
                        NAME + number + "=" + value + "; Path=" + Addresses.of(decision) + "; HttpOnly; SameSite=Lax"
                                + (secure ? "; Secure" : "") + more);
    }

    private static List<String> split(String text) {
        var parts = new ArrayList<String>();
        for (int from = 0; from < text.length(); from += LONGEST) {
            parts.add(text.substring(from, Math.min(text.length(), from + LONGEST)));
        }
        return parts;
    }
}
