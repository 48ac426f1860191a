package ismap.api;

import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MutableHttpResponse;
import java.nio.charset.StandardCharsets;

/** Plain pages: no script, one style sheet, both languages. */
final class Pages {

    private Pages() {}

    /** @param body HTML; whoever puts data into it escapes them first */
    static MutableHttpResponse<byte[]> page(ApiSettings settings, String title, String body) {
        String html = """
                <!DOCTYPE html>
                <html lang="ja">
                <head>
                <meta charset="utf-8">
                <meta name="viewport" content="width=device-width, initial-scale=1">
                <title>%s</title>
                <link rel="stylesheet" href="/assets/pages.css">
                </head>
                <body>
                <p class="notice">%s</p>
                <main>
                %s</main>
                </body>
                </html>
                """.formatted(escaped(title), escaped(Operator.notice(settings)), body);
        return html(html.getBytes(StandardCharsets.UTF_8));
    }

    static MutableHttpResponse<byte[]> html(byte[] html) {
        return HttpResponse.ok(html).header(HttpHeaders.CONTENT_TYPE, "text/html; charset=utf-8");
    }

    static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }
}
