package ismap.api;

import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MutableHttpResponse;
import ismap.decision.Bilingual;
import ismap.pages.MessagePage;
import ismap.pages.PageRenderer;
import ismap.pages.View;
import ismap.web.Html;

/** Pages as answers, in the language that was asked for: by {@code ?lang=}, else by the browser, else Japanese. */
final class Pages {

    private static final MessagePage NOT_FOUND = new MessagePage(
            new Bilingual("見つかりません", "There is nothing here"),
            new Bilingual("このアドレスのページはありません。", "There is no page at this address."));

    private static final MessagePage NO_RULEBOOK = new MessagePage(
            new Bilingual("公表された改定版がありません", "No revision has been published"),
            new Bilingual("規程と規則は、改定版が公表された後に示します。", "Clauses and rules are shown once a revision is published."));

    private static final MessagePage STORAGE_AWAY = new MessagePage(
            new Bilingual("データベースを利用できません", "The database is not available"),
            new Bilingual("しばらく待って、もう一度開いてください。", "Wait a little, then open this page again."));

    private static final int RETRY_SECONDS = 5;

    private Pages() {}

    static View view(HttpRequest<?> request, ApiSettings settings) {
        return Html.view(request, Operator.notice(settings));
    }

    static MutableHttpResponse<byte[]> page(View view, String html) {
        return Html.page(HttpStatus.OK, view, html);
    }

    static MutableHttpResponse<byte[]> message(HttpStatus status, View view, MessagePage message) {
        return Html.page(status, view, PageRenderer.message(view, message));
    }

    static MutableHttpResponse<byte[]> notFound(View view) {
        return message(HttpStatus.NOT_FOUND, view, NOT_FOUND);
    }

    static MutableHttpResponse<byte[]> storageAway(View view) {
        return message(HttpStatus.SERVICE_UNAVAILABLE, view, STORAGE_AWAY)
                .header(HttpHeaders.RETRY_AFTER, String.valueOf(RETRY_SECONDS));
    }

    static MutableHttpResponse<byte[]> noRulebook(View view) {
        return message(HttpStatus.SERVICE_UNAVAILABLE, view, NO_RULEBOOK)
                .header(HttpHeaders.RETRY_AFTER, String.valueOf(RETRY_SECONDS));
    }
}
