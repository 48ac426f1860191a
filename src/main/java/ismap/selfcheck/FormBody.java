package ismap.selfcheck;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a form sent: {@code application/x-www-form-urlencoded}, or {@code multipart/form-data} where it has a file. */
final class FormBody {

    private static final int MOST_FIELDS = 20_000;

    private final Map<String, List<String>> fields = new LinkedHashMap<>();

    private FormBody() {}

    /** Empty where it is not such a form. */
    static Optional<FormBody> read(String contentType, byte[] body) {
        String type = contentType.split(";", 2)[0].strip();
        if (type.equalsIgnoreCase("application/x-www-form-urlencoded")) {
            return urlencoded(new String(body, StandardCharsets.UTF_8));
        }
        int boundary = contentType.indexOf("boundary=");
        return type.equalsIgnoreCase("multipart/form-data") && boundary > 0
                ? multipart(
                        body,
                        contentType
                                .substring(boundary + 9)
                                .split(";", 2)[0]
                                .strip()
                                .replaceAll("^\"|\"$", ""))
                : Optional.empty();
    }

    private static Optional<FormBody> urlencoded(String body) {
        var form = new FormBody();
        String[] pairs = body.split("&");
        if (pairs.length > MOST_FIELDS) {
            return Optional.empty();
        }
        try {
            for (String pair : pairs) {
                int equals = pair.indexOf('=');
                if (equals >= 0) {
                    form.add(decoded(pair.substring(0, equals)), decoded(pair.substring(equals + 1)));
                }
            }
        } catch (IllegalArgumentException malformed) {
            return Optional.empty();
        }
        return Optional.of(form);
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }

    /** RFC 7578, read by byte: ISO 8859-1 has one for each character. */
    private static Optional<FormBody> multipart(byte[] body, String boundary) {
        var form = new FormBody();
        String[] parts =
                ("\r\n" + new String(body, StandardCharsets.ISO_8859_1)).split("\r\n--" + Pattern.quote(boundary), -1);
        for (String part : parts) {
            int head = part.indexOf("\r\n\r\n");
            Matcher name = Pattern.compile("(?i)\r\ncontent-disposition:[^\r\n]*?[; ]name=\"([^\"]*)\"")
                    .matcher(part);
            if (head > 0 && name.find() && name.start() < head) {
                form.add(
                        name.group(1),
                        new String(
                                part.substring(head + 4).getBytes(StandardCharsets.ISO_8859_1),
                                StandardCharsets.UTF_8));
            }
        }
        return Optional.of(form);
    }

    private void add(String name, String value) {
        fields.computeIfAbsent(name, any -> new ArrayList<>()).add(value);
    }

    /** Blank where it was not sent. */
    String get(String name) {
        List<String> values = all(name);
        return values.isEmpty() ? "" : values.get(0).strip();
    }

    List<String> all(String name) {
        return fields.getOrDefault(name, List.of());
    }

    Iterable<String> names() {
        return fields.keySet();
    }
}
