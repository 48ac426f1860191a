package ismap.selfcheck;

import io.micronaut.core.annotation.Nullable;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Consumes;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.Produces;
import io.micronaut.scheduling.annotation.ExecuteOn;
import ismap.decision.Bilingual;
import ismap.json.JsonWriter;
import ismap.ledger.StorageUnavailable;
import ismap.pages.PageRenderer;
import ismap.pages.Said;
import ismap.pages.SavedPage;
import ismap.pages.SelfCheckDecisionPage.Mistake;
import ismap.pages.View;
import ismap.rulebook.FactReader;
import ismap.saving.Code;
import ismap.saving.SavedAnswers;
import ismap.saving.SavedChecks;
import ismap.web.ClientLimit;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.util.Optional;
import java.util.function.Supplier;

/** Answers that somebody takes along, brings back, or asks to have kept. Nothing is kept unasked. */
@Controller(Addresses.START)
@Consumes(MediaType.ALL)
@Produces(MediaType.ALL)
class KeptController {

    private static final Bilingual NO_CODE = new Bilingual(
            "コードの形が違います。16文字の英数字を入力してください。例：7M2K-4QPD-X0RT-9HWC",
            "This is not a code. It has 16 letters and digits, such as 7M2K-4QPD-X0RT-9HWC.");
    private static final Bilingual NOT_SAVED = new Bilingual(
            "このコードで保存された回答は見つかりません。コードの写し間違いか、30日が過ぎて消えています。別の確認として保存した場合は、その確認のページで入力してください。",
            "Nothing is saved under this code: it was copied wrongly, or its 30 days are over. If it was saved in another check, enter it there.");
    private static final Bilingual NO_ANSWERS = new Bilingual(
            "回答のファイルとして読み取れません。この画面からダウンロードしたJSONを選ぶか、その内容を貼り付けてください。",
            "This cannot be read as answers. Choose the JSON that was downloaded here, or paste its content.");

    /** What nobody can guess is not to be tried out either; 20 at once, then one a minute. */
    private static final int TRIES = 20;

    private final Checks checks;
    private final SavedAnswers saved;
    private final Clock clock;
    private final Desk desk;
    private final ClientLimit tries = new ClientLimit(TRIES, 1, Duration.ofMinutes(1));

    KeptController(Checks checks, SavedAnswers saved, Clock clock, Desk desk) {
        this.checks = checks;
        this.saved = saved;
        this.clock = clock;
        this.desk = desk;
    }

    /** Out, where the form says so; else in. */
    @Post("/{decision}/answers.json")
    @ExecuteOn(SelfCheckController.THREADS)
    HttpResponse<byte[]> answers(HttpRequest<?> request, String decision, @Body @Nullable byte[] body) {
        return desk.form(request, body, view -> form -> {
            Check check = checks.of(request, decision, form);
            if (form.get("download").equals("true")) {
                return desk.download(
                        JsonWriter.write(check.entered().request()),
                        "application/json",
                        "self-check-" + decision + ".json");
            }
            String file = form.get("file");
            String json = file.isEmpty() ? form.get("json") : file;
            return Entered.read(json.getBytes(StandardCharsets.UTF_8))
                    .map(entered -> takenUp(request, view, check, entered))
                    .orElseGet(() -> wrong(view, check, new Mistake(file.isEmpty() ? "json" : "file", NO_ANSWERS)));
        });
    }

    private HttpResponse<byte[]> takenUp(HttpRequest<?> request, View view, Check check, Entered entered) {
        return check.with(entered).keep(desk.cookies(), request, desk.on(view, Addresses.answers(check.decision())));
    }

    private HttpResponse<byte[]> wrong(View view, Check check, Mistake mistake) {
        return desk.page(
                HttpStatus.UNPROCESSABLE_ENTITY,
                view,
                PageRenderer.selfCheckDecision(view, SelfCheckController.beginning(check, Optional.of(mistake))));
    }

    /** The code is shown on the answer to this and nowhere again; so this one page is not gone on from. */
    @Post("/{decision}/save")
    @ExecuteOn(SelfCheckController.THREADS)
    HttpResponse<byte[]> save(HttpRequest<?> request, String decision, @Body @Nullable byte[] body) {
        return desk.form(request, body, view -> form -> {
            Check check = checks.of(request, decision, form);
            String text = decision + "\n" + Desk.text(check.entered().bytes());
            Code code = stored(() -> saved.save(text.getBytes(StandardCharsets.UTF_8)))
                    .orElseThrow(() -> new Refused(HttpStatus.REQUEST_ENTITY_TOO_LARGE, Refused.TOO_MUCH));
            LocalDate until =
                    LocalDate.ofInstant(clock.instant(), FactReader.TOKYO).plusDays(SavedChecks.DAYS);
            return desk.page(
                    view, PageRenderer.saved(view, new SavedPage(check.frame(), code.shown(), Said.day(until))));
        });
    }

    /** Where the language of the page with a code is switched. */
    @Get("/{decision}/{page:save|resume|day|compare|clear|answers\\.json|result\\.csv}")
    HttpResponse<byte[]> again(HttpRequest<?> request, String decision, String page) {
        return desk.answer(
                request,
                view -> desk.on(
                        view,
                        page.equals("save") || page.equals("compare") || page.equals("result.csv")
                                ? Addresses.result(decision)
                                : Addresses.of(decision)));
    }

    @Post("/{decision}/resume")
    @ExecuteOn(SelfCheckController.THREADS)
    HttpResponse<byte[]> resume(HttpRequest<?> request, String decision, @Body @Nullable byte[] body) {
        return desk.form(request, body, view -> form -> {
            Check check = checks.of(request, decision, form);
            Optional<Long> wait = tries.count(request.getRemoteAddress());
            if (wait.isPresent()) {
                throw new Refused(HttpStatus.TOO_MANY_REQUESTS, Refused.TOO_OFTEN, wait.get());
            }
            Optional<Code> code = Code.read(form.get("code"));
            if (code.isEmpty()) {
                return wrong(view, check, new Mistake("code", NO_CODE));
            }
            if (form.get("action").equals("forget")) {
                return stored(() -> saved.delete(code.get()))
                        ? desk.message(HttpStatus.OK, view, Refused.DELETED)
                        : wrong(view, check, new Mistake("code", NOT_SAVED));
            }
            return stored(() -> saved.find(code.get()))
                    .map(bytes -> new String(bytes, StandardCharsets.UTF_8))
                    .filter(text -> text.startsWith(decision + "\n"))
                    .flatMap(text ->
                            Entered.read(text.substring(decision.length() + 1).getBytes(StandardCharsets.UTF_8)))
                    .map(entered -> takenUp(request, view, check, entered))
                    .orElseGet(() -> wrong(view, check, new Mistake("code", NOT_SAVED)));
        });
    }

    private static <T> T stored(Supplier<T> call) {
        try {
            return call.get();
        } catch (StorageUnavailable away) {
            throw new Refused(HttpStatus.SERVICE_UNAVAILABLE, Refused.NO_STORAGE, 5);
        }
    }
}
