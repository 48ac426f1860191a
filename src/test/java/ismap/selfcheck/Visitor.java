package ismap.selfcheck;

import java.io.IOException;
import java.net.CookieManager;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Somebody with a browser that keeps cookies, follows redirections, and runs no script. */
final class Visitor {

    private final String server;
    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .cookieHandler(new CookieManager())
            .followRedirects(HttpClient.Redirect.NORMAL)
            .build();

    Visitor(SelfCheckServer server) {
        this.server = server.address();
    }

    HttpResponse<String> get(String path) {
        return send(request(path));
    }

    /** @param fields a name, its value, the next name … */
    HttpResponse<String> post(String path, String... fields) {
        return send(form(request(path), fields).header("Origin", server));
    }

    HttpResponse<String> postFrom(String origin, String path, String... fields) {
        return send(form(request(path), fields).header("Origin", origin));
    }

    /** What comes of a form that carries nothing, as it is. */
    HttpResponse<byte[]> download(String path) {
        try {
            return client.send(
                    form(request(path), "carried", "").header("Origin", server).build(), BodyHandlers.ofByteArray());
        } catch (IOException | InterruptedException lost) {
            throw new AssertionError(lost);
        }
    }

    private static HttpRequest.Builder form(HttpRequest.Builder request, String... fields) {
        var pairs = new ArrayList<String>();
        for (int i = 0; i < fields.length; i += 2) {
            pairs.add(encoded(fields[i]) + "=" + encoded(fields[i + 1]));
        }
        return request.header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(String.join("&", pairs)));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return client.send(request.build(), BodyHandlers.ofString());
        } catch (IOException | InterruptedException lost) {
            throw new AssertionError(lost);
        }
    }

    HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(server + path)).header("Accept-Language", "ja");
    }

    /** The name of the fact that a page asks for; blank where it asks for none. */
    static String asked(HttpResponse<String> page) {
        String path = page.uri().getPath();
        return path.contains("/questions/") ? path.substring(path.lastIndexOf('/') + 1) : "";
    }

    /** What stands in the first element of a page that matches. */
    static List<String> found(HttpResponse<String> page, String pattern) {
        var found = new ArrayList<String>();
        Matcher matcher = Pattern.compile(pattern, Pattern.DOTALL).matcher(page.body());
        while (matcher.find()) {
            found.add(matcher.group(1).strip());
        }
        return found;
    }
}
