package ismap.selfcheck;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Consumes;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.Produces;
import io.micronaut.scheduling.annotation.ExecuteOn;
import ismap.decision.Bilingual;
import ismap.pages.PageRenderer;
import ismap.pages.ResultPage;
import ismap.pages.ResultView;
import ismap.pages.Said;
import ismap.pages.SelfCheckReport;
import ismap.pages.View;
import ismap.pdf.PdfPrinter;
import ismap.rulebook.FactReader;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/** The result of a self-check as PDF. */
@Controller(Addresses.START)
@Consumes(MediaType.ALL)
@Produces(MediaType.ALL)
class PrintController {

    /** To it, from the page of the result. */
    static final ResultPage.Way WAY = new ResultPage.Way("/result.pdf", new Bilingual("結果をPDFで", "Result as PDF"));

    private final Checks checks;
    private final Desk desk;
    private final Clock clock;

    PrintController(Checks checks, Desk desk, Clock clock) {
        this.checks = checks;
        this.desk = desk;
        this.clock = clock;
    }

    @Post("/{decision}/result.pdf")
    @ExecuteOn(SelfCheckController.THREADS)
    HttpResponse<byte[]> pdf(HttpRequest<?> request, String decision, @Body @Nullable byte[] body) {
        return desk.form(request, body, view -> form -> {
            Check check = checks.of(request, decision, form);
            if (!(check.look() instanceof Check.Looked.Good good)) {
                return desk.on(view, Addresses.answers(decision));
            }
            ResultView result = Results.view(check, good.answered());
            return desk.download(pdf(view, result), "application/pdf", "self-check-" + decision + ".pdf");
        });
    }

    private byte[] pdf(View view, ResultView result) {
        Instant now = clock.instant();
        LocalDate today = LocalDate.ofInstant(now, FactReader.TOKYO);
        SelfCheckReport report = new SelfCheckReport(view, result, Said.day(today));
        return PdfPrinter.print(
                PageRenderer.selfCheckReport(report),
                report.title(),
                view.language().tag(),
                SelfCheckReport.WATERMARK,
                now);
    }
}
