package ismap.api;

import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Produces;
import io.micronaut.scheduling.annotation.ExecuteOn;
import ismap.access.Role;
import ismap.decision.Bilingual;
import ismap.evaluation.Archive;
import ismap.ledger.Receipt;
import ismap.ledger.StorageUnavailable;
import ismap.pages.MessagePage;
import ismap.pages.PageRenderer;
import ismap.pages.ReceiptPage;
import ismap.pages.View;
import java.util.Optional;

/** A record as a page, for whoever sends the token. */
@Controller("/records")
@Produces(MediaType.ALL)
@ExecuteOn(Workers.ARCHIVE)
class ReceiptController {

    private static final Bilingual TOKEN_NEEDED = new Bilingual("トークンが必要です", "A valid token is needed");

    private final Archive archive;
    private final ApiSettings settings;
    private final Callers callers;

    ReceiptController(Archive archive, ApiSettings settings, Callers callers) {
        this.archive = archive;
        this.settings = settings;
        this.callers = callers;
    }

    @Get("/{id}")
    HttpResponse<byte[]> receipt(HttpRequest<?> request, String id) {
        View view = Pages.view(request, settings);
        Callers.Access access = callers.access(request, Role.AUDITOR);
        if (access.isRefused()) {
            return Pages.message(HttpStatus.UNAUTHORIZED, view, new MessagePage(TOKEN_NEEDED, how(request.getPath())))
                    .header(HttpHeaders.WWW_AUTHENTICATE, "Bearer realm=\"ismap\"");
        }
        try {
            Optional<Receipt> receipt = Calls.uuid(id).flatMap(archive::find);
            return receipt.isEmpty()
                    ? Pages.notFound(view)
                    : Pages.page(
                            view,
                            PageRenderer.receipt(
                                    view, new ReceiptPage(receipt.get(), archive.rulebook(receipt.get()))));
        } catch (StorageUnavailable unavailable) {
            return Pages.message(
                    HttpStatus.SERVICE_UNAVAILABLE,
                    view,
                    new MessagePage(
                            ProblemKind.DATABASE_UNAVAILABLE.title(),
                            new Bilingual("しばらくしてから、もう一度開いてください。", "Open it again in a while.")));
        }
    }

    /** Pages have no sign-in yet, and a browser sends no token by itself. */
    private static Bilingual how(String path) {
        String command = "curl -H \"Authorization: Bearer $TOKEN\" http://…%s > receipt.html".formatted(path);
        return new Bilingual(
                "記録は、トークンを送った人にだけ示します。次のように取得してください： " + command,
                "A record is shown to those alone who send a token. Get it like this: " + command);
    }
}
