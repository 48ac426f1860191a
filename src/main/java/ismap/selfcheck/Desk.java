package ismap.selfcheck;

import io.micronaut.core.annotation.Nullable;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MutableHttpResponse;
import ismap.pages.MessagePage;
import ismap.pages.PageRenderer;
import ismap.pages.View;
import ismap.web.ClientLimit;
import ismap.web.Html;
import jakarta.inject.Singleton;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.Function;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What all these pages have in common: who may ask, how often, and that whatever fails, a page comes back that says what to do. */
@Singleton
final class Desk {

    private static final Logger LOG = LoggerFactory.getLogger(Desk.class);

    private final SelfCheckSettings settings;
    private final ClientLimit limit;
    private final Cookies cookies;

    Desk(SelfCheckSettings settings) {
        this.settings = settings;
        this.limit = new ClientLimit(settings.perSecond());
        this.cookies = new Cookies(new Sealed(settings.key()));
    }

    Cookies cookies() {
        return cookies;
    }

    View view(HttpRequest<?> request) {
        return Html.view(request, settings.notice());
    }

    /** Answers with a page, whatever happens. */
    HttpResponse<byte[]> answer(HttpRequest<?> request, Function<View, HttpResponse<byte[]>> page) {
        View view = view(request);
        try {
            Optional<Long> wait = limit.count(request.getRemoteAddress());
            if (wait.isPresent()) {
                throw new Refused(HttpStatus.TOO_MANY_REQUESTS, Refused.TOO_OFTEN, wait.get());
            }
            return page.apply(view);
        } catch (Refused refused) {
            MutableHttpResponse<byte[]> response = message(refused.status(), view, refused.page());
            return refused.retryAfter() > 0
                    ? response.header(HttpHeaders.RETRY_AFTER, String.valueOf(refused.retryAfter()))
                    : response;
        } catch (RuntimeException failure) {
            // Its message may hold what somebody entered, and goes nowhere.
            LOG.error("{} of a self-check failed", request.getMethodName(), new WithoutMessage(failure));
            return message(HttpStatus.INTERNAL_SERVER_ERROR, view, Refused.FAILED);
        }
    }

    /** As {@link #answer}, for what a form of these pages sent. */
    HttpResponse<byte[]> form(
            HttpRequest<?> request,
            @Nullable byte[] body,
            Function<View, Function<FormBody, HttpResponse<byte[]>>> page) {
        return answer(request, view -> {
            if (isForeign(request)) {
                throw new Refused(HttpStatus.FORBIDDEN, Refused.FOREIGN);
            }
            String type = request.getHeaders().get(HttpHeaders.CONTENT_TYPE);
            FormBody form = FormBody.read(type == null ? "" : type, body == null ? new byte[0] : body)
                    .orElseThrow(() -> new Refused(HttpStatus.BAD_REQUEST, Refused.NOT_A_FORM));
            return page.apply(view).apply(form);
        });
    }

    /** Whether a browser says that another site made it send this; one that says nothing sends no cookie of ours with it either. */
    private static boolean isForeign(HttpRequest<?> request) {
        String site = request.getHeaders().get("Sec-Fetch-Site");
        if (site != null) {
            return !site.equals("same-origin") && !site.equals("none");
        }
        String origin = request.getHeaders().get(HttpHeaders.ORIGIN);
        if (origin == null) {
            return false;
        }
        String host = request.getHeaders().get(HttpHeaders.HOST);
        try {
            return host == null || !host.equalsIgnoreCase(new URI(origin).getAuthority());
        } catch (URISyntaxException opaque) {
            return true;
        }
    }

    MutableHttpResponse<byte[]> page(View view, String html) {
        return page(HttpStatus.OK, view, html);
    }

    MutableHttpResponse<byte[]> page(HttpStatus status, View view, String html) {
        // Under no-referrer a browser would not say from which site a form comes.
        return Html.page(status, view, html).header("Referrer-Policy", "same-origin");
    }

    MutableHttpResponse<byte[]> message(HttpStatus status, View view, MessagePage message) {
        return page(status, view, PageRenderer.message(view, message));
    }

    /** On to another page, which browsers then take back and forth without sending a form twice. */
    MutableHttpResponse<byte[]> on(View view, String address) {
        return HttpResponse.<byte[]>status(HttpStatus.SEE_OTHER).header(HttpHeaders.LOCATION, view.link(address));
    }

    MutableHttpResponse<byte[]> download(byte[] content, String type, String name) {
        return HttpResponse.ok(content)
                .header(HttpHeaders.CONTENT_TYPE, type)
                .header(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"" + name + "\"");
    }

    static String text(byte[] json) {
        return new String(json, StandardCharsets.UTF_8);
    }

    /** Where something failed, without what it said. */
    private static final class WithoutMessage extends Exception {
        private static final long serialVersionUID = 1L;

        WithoutMessage(Throwable failure) {
            super(
                    failure.getClass().getName(),
                    failure.getCause() == null ? null : new WithoutMessage(failure.getCause()));
            setStackTrace(failure.getStackTrace());
        }
    }
}
