package ismap.selfcheck;

import io.micronaut.core.annotation.Nullable;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Consumes;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.Produces;
import io.micronaut.scheduling.annotation.ExecuteOn;
import ismap.decision.Bilingual;
import ismap.evaluation.ActiveRulebook;
import ismap.evaluation.Evaluation.Answered;
import ismap.ledger.StorageUnavailable;
import ismap.pages.AnswersPage;
import ismap.pages.PageRenderer;
import ismap.pages.ResultPage;
import ismap.pages.ResultView;
import ismap.pages.Said;
import ismap.publication.Revising;
import ismap.selfcheck.Check.Looked;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;

/** The answers so far, and what they come to. */
@Controller(Addresses.START)
@Consumes(MediaType.ALL)
@Produces(MediaType.ALL)
class ResultController {

    private static final String OTHER_DAY = "otherDay";
    private static final String OTHER_REVISION = "otherRevision";

    /** More are reached by the API alone. */
    private static final int REVISIONS = 50;

    private final Checks checks;
    private final Interview interview;
    private final Revising revising;
    private final Desk desk;

    ResultController(Checks checks, Revising revising, Desk desk) {
        this.checks = checks;
        this.interview = checks.interview();
        this.revising = revising;
        this.desk = desk;
    }

    @Get("/{decision}/answers")
    @ExecuteOn(SelfCheckController.THREADS)
    HttpResponse<byte[]> answers(HttpRequest<?> request, String decision) {
        return desk.answer(request, view -> {
            Check check = checks.of(request, decision);
            Looked looked = check.look();
            if (looked instanceof Looked.Bad bad) {
                return desk.on(
                        view,
                        Check.firstWrong(bad.problems())
                                .map(fact -> Addresses.question(decision, fact))
                                .orElseThrow());
            }
            return desk.page(view, PageRenderer.answers(view, answers(check, ((Looked.Good) looked).answered())));
        });
    }

    private AnswersPage answers(Check check, Answered answered) {
        var results = new Results(answered, check.entered(), Optional.empty());
        Optional<Draft> draft = check.entered().draftOf(Entered.AS_OF);
        String typed = draft.map(each -> each.typed().get(Typed.VALUE))
                .orElseGet(() -> check.entered().asOf().orElse(""));
        var mistakes = new LinkedHashMap<String, Bilingual>();
        Questions.day(Entered.AS_OF, typed, mistakes);
        return new AnswersPage(
                check.frame(),
                results.rows(),
                results.open(),
                results.readAsNone(),
                interview.next(check.decision(), check.entered()) instanceof Interview.Looked.Good good
                        && good.fact().isEmpty(),
                typed,
                Said.day(answered.decision().asOf()),
                Optional.ofNullable(mistakes.get(Entered.AS_OF)));
    }

    @Post("/{decision}/day")
    @ExecuteOn(SelfCheckController.THREADS)
    HttpResponse<byte[]> asOf(HttpRequest<?> request, String decision, @Body @Nullable byte[] body) {
        return desk.form(request, body, view -> form -> {
            Check check = checks.of(request, decision, form);
            var mistakes = new LinkedHashMap<String, Bilingual>();
            Optional<String> day = Questions.day(Entered.AS_OF, form.get(Entered.AS_OF), mistakes);
            Entered entered = mistakes.isEmpty()
                    ? check.entered().withAsOf(day)
                    : check.entered().withDraft(Draft.of(Entered.AS_OF, form.get(Entered.AS_OF)));
            return check.with(entered).keep(desk.cookies(), request, desk.on(view, Addresses.answers(decision)));
        });
    }

    @Get("/{decision}/result")
    @ExecuteOn(SelfCheckController.THREADS)
    HttpResponse<byte[]> result(HttpRequest<?> request, String decision) {
        return desk.answer(request, view -> {
            Check check = checks.of(request, decision);
            Looked looked = check.look();
            return looked instanceof Looked.Good good
                    ? desk.page(view, PageRenderer.result(view, result(check, good.answered())))
                    : desk.on(view, check.whereNext());
        });
    }

    private ResultPage result(Check check, Answered answered) {
        Entered entered = check.entered();
        ResultView here = Results.view(check, answered);
        Optional<Draft> draft = entered.draftOf(OTHER_DAY);
        String typed = draft.map(each -> each.typed().get(Typed.VALUE))
                .orElseGet(() -> entered.otherDay().orElse(""));
        var mistakes = new LinkedHashMap<String, Bilingual>();
        Questions.day(OTHER_DAY, typed, mistakes);
        Optional<ResultView> other = Optional.empty();
        if (mistakes.isEmpty()
                && (entered.otherDay().isPresent() || entered.otherRevision().isPresent())) {
            Looked there = Check.look(interview.check(
                    check.decision(), entered, entered.otherDay().or(entered::asOf), entered.otherRevision()));
            if (there instanceof Looked.Bad bad) {
                mistakes.put(OTHER_DAY, Check.sentence(bad.problems().get(0)));
            } else {
                other = Optional.of(new Results(((Looked.Good) there).answered(), entered, Optional.empty()).view());
            }
        }
        return new ResultPage(
                check.frame(),
                here,
                other,
                typed,
                entered.otherRevision().orElse(""),
                revisionsBeside(check.by()),
                Optional.ofNullable(mistakes.get(OTHER_DAY)),
                other.map(there -> Results.differences(here, there)).orElse(List.of()),
                List.of(PrintController.WAY));
    }

    /** None where they cannot be asked for: the result itself needs no database. */
    private List<ResultPage.Choice> revisionsBeside(ActiveRulebook inForce) {
        try {
            return revising.history().latest(REVISIONS).stream()
                    .filter(revision -> !revision.id().equals(inForce.revisionId()))
                    .map(Results::choice)
                    .toList();
        } catch (StorageUnavailable away) {
            return List.of();
        }
    }

    @Post("/{decision}/compare")
    @ExecuteOn(SelfCheckController.THREADS)
    HttpResponse<byte[]> compare(HttpRequest<?> request, String decision, @Body @Nullable byte[] body) {
        return desk.form(request, body, view -> form -> {
            Check check = checks.of(request, decision, form);
            var mistakes = new LinkedHashMap<String, Bilingual>();
            Optional<String> day = Questions.day(OTHER_DAY, form.get(OTHER_DAY), mistakes);
            Optional<String> revision =
                    Optional.of(form.get(OTHER_REVISION)).filter(text -> !text.isEmpty() && text.length() <= 100);
            Entered entered = mistakes.isEmpty()
                    ? check.entered().beside(day, revision)
                    : check.entered()
                            .beside(check.entered().otherDay(), revision)
                            .withDraft(Draft.of(OTHER_DAY, form.get(OTHER_DAY)));
            return check.with(entered)
                    .keep(desk.cookies(), request, desk.on(view, Addresses.result(decision) + "#other"));
        });
    }

    @Post("/{decision}/result.csv")
    @ExecuteOn(SelfCheckController.THREADS)
    HttpResponse<byte[]> csv(HttpRequest<?> request, String decision, @Body @Nullable byte[] body) {
        return desk.form(request, body, view -> form -> {
            Check check = checks.of(request, decision, form);
            Looked looked = check.look();
            return looked instanceof Looked.Good good
                    ? desk.download(
                            Results.csv(view, Results.view(check, good.answered())),
                            "text/csv; charset=utf-8; header=present",
                            "self-check-" + decision + ".csv")
                    : desk.on(view, check.whereNext());
        });
    }
}
