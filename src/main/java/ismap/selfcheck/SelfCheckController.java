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
import ismap.pages.PageRenderer;
import ismap.pages.QuestionField;
import ismap.pages.QuestionPage;
import ismap.pages.QuestionPage.Absent;
import ismap.pages.Said;
import ismap.pages.SelfCheckDecisionPage;
import ismap.pages.SelfCheckStartPage;
import ismap.pages.View;
import ismap.rulebook.FactDefinition;
import ismap.rulebook.Plan;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The pages on which a provider checks a case: the first ones, and a question a page. */
@Controller(Addresses.START)
@Consumes(MediaType.ALL)
@Produces(MediaType.ALL)
class SelfCheckController {

    /** The threads of the API's self-check. */
    static final String THREADS = "self-check";

    private final Checks checks;
    private final Interview interview;
    private final Desk desk;

    SelfCheckController(Checks checks, Desk desk) {
        this.checks = checks;
        this.interview = checks.interview();
        this.desk = desk;
    }

    // ---- before the first question

    @Get
    @ExecuteOn(THREADS)
    HttpResponse<byte[]> start(HttpRequest<?> request) {
        return desk.answer(request, view -> {
            ActiveRulebook by = checks.inForce();
            List<Plan> plans = Menu.plans(by);
            return desk.page(
                    view,
                    PageRenderer.selfCheckStart(
                            view,
                            new SelfCheckStartPage(
                                    plans.stream().map(Menu::choice).toList(),
                                    Menu.texts(by, plans),
                                    Results.standing(by))));
        });
    }

    @Get("/{decision}")
    @ExecuteOn(THREADS)
    HttpResponse<byte[]> decision(HttpRequest<?> request, String decision) {
        return desk.answer(request, view -> begin(view, checks.of(request, decision), Optional.empty()));
    }

    private HttpResponse<byte[]> begin(View view, Check check, Optional<SelfCheckDecisionPage.Mistake> mistake) {
        return desk.page(view, PageRenderer.selfCheckDecision(view, beginning(check, mistake)));
    }

    static SelfCheckDecisionPage beginning(Check check, Optional<SelfCheckDecisionPage.Mistake> mistake) {
        return new SelfCheckDecisionPage(
                check.frame(),
                Menu.questions(check.plan()),
                Menu.labels(check.plan()),
                check.entered().facts().size(),
                Menu.texts(check.by(), List.of(check.plan())),
                mistake,
                Results.standing(check.by()));
    }

    @Post("/{decision}/clear")
    @ExecuteOn(THREADS)
    HttpResponse<byte[]> clear(HttpRequest<?> request, String decision, @Body @Nullable byte[] body) {
        return desk.form(request, body, view -> form -> {
            var response = desk.on(view, Addresses.of(decision));
            desk.cookies().forget(request, response, decision);
            return response;
        });
    }

    // ---- questions

    @Get("/{decision}/next")
    @ExecuteOn(THREADS)
    HttpResponse<byte[]> next(HttpRequest<?> request, String decision) {
        return desk.answer(
                request, view -> desk.on(view, checks.of(request, decision).whereNext()));
    }

    @Get("/{decision}/questions/{fact}")
    @ExecuteOn(THREADS)
    HttpResponse<byte[]> question(HttpRequest<?> request, String decision, String fact) {
        return desk.answer(request, view -> {
            Check check = checks.of(request, decision);
            boolean fromAnswers = request.getParameters()
                    .getFirst("return")
                    .filter("answers"::equals)
                    .isPresent();
            return desk.page(view, PageRenderer.question(view, question(check, check.fact(fact), fromAnswers)));
        });
    }

    private static QuestionPage question(Check check, FactDefinition fact, boolean fromAnswers) {
        Entered entered = check.entered();
        Optional<Draft> draft = entered.draftOf(fact.name());
        var questions = new Questions(check.by().rulebook());
        Absent absent = fact.absence().none() ? Absent.NONE : Absent.UNKNOWN;
        boolean groups = Questions.hasGroups(fact.type());
        Typed typed = draft.map(Draft::typed).orElseGet(() -> entered(entered, fact, groups));
        Interview.Looked looked = check.interview().next(check.decision(), entered);
        List<QuestionPage.Mistake> mistakes = List.of();
        Map<String, Bilingual> errors = Map.of();
        if (mistake(check, questions, fact, draft, looked) instanceof Questions.Answer.Wrong wrong) {
            mistakes = wrong.mistakes();
            errors = wrong.byField();
        }
        List<String> asked = List.copyOf(entered.facts().keySet());
        int place = asked.indexOf(fact.name());
        int number = place < 0 ? asked.size() + 1 : place + 1;
        int most = asked.size() + (looked instanceof Interview.Looked.Good good ? good.atMost() : 0);
        Optional<String> before = place < 0
                ? asked.isEmpty() ? Optional.empty() : Optional.of(asked.get(asked.size() - 1))
                : place == 0 ? Optional.empty() : Optional.of(asked.get(place - 1));
        QuestionPage words = new QuestionPage(
                check.frame(),
                fact.name(),
                Results.question(fact),
                fact.help(),
                fact.label(),
                number,
                Math.max(number, most),
                Optional.empty(),
                List.of(),
                absent,
                Interview.why(check, looked, fact.name()),
                Optional.of(fact)
                        .filter(each -> !Interview.isReaders(each))
                        .map(each -> new Said(check.by().rulebook()).knownBy(each.knownBy()))
                        .filter(who -> !who.isBlank()),
                fromAnswers
                        ? Addresses.answers(check.decision())
                        : before.map(other -> Addresses.question(check.decision(), other))
                                .orElse(Addresses.of(check.decision())),
                fromAnswers,
                mistakes);
        return groups
                ? words.withGroups(questions.groups(fact, typed, errors))
                : words.withField(questions.field(fact, typed, errors, words.otherwise()));
    }

    private static Typed entered(Entered entered, FactDefinition fact, boolean groups) {
        if (!entered.facts().containsKey(fact.name())) {
            return groups ? Typed.NOTHING.withGroups(1) : Typed.NOTHING;
        }
        Object raw = entered.facts().get(fact.name());
        if (raw == null) {
            return groups
                    ? Typed.NOTHING.withGroups(1)
                    : new Typed(Map.of(Typed.VALUE, List.of(QuestionField.UNKNOWN)), 0);
        }
        return raw instanceof List<?> list && list.isEmpty() && !groups
                ? new Typed(Map.of(Typed.VALUE, List.of(QuestionField.NONE)), 0)
                : Typed.of(raw);
    }

    /** What is wrong with what stands there: with what was typed last, else with an answer that does not fit any more. */
    private static Questions.@org.jspecify.annotations.Nullable Answer mistake(
            Check check, Questions questions, FactDefinition fact, Optional<Draft> draft, Interview.Looked looked) {
        if (draft.isPresent()) {
            if (!draft.get().sent()) {
                return null;
            }
            Questions.Answer answer = questions.read(fact, draft.get().typed());
            return answer instanceof Questions.Answer.Given given
                    ? refused(check, questions, fact, draft.get().typed(), given.raw())
                    : answer;
        }
        if (looked instanceof Interview.Looked.Bad bad) {
            Map<String, Bilingual> problems = Check.problemsOf(fact.name(), bad.problems());
            if (!problems.isEmpty()) {
                return questions.wrong(fact, Typed.of(check.entered().facts().get(fact.name())), problems);
            }
        }
        return null;
    }

    /** Null where the rules take the answer. */
    private static Questions.@org.jspecify.annotations.Nullable Answer refused(
            Check check, Questions questions, FactDefinition fact, Typed typed, Object raw) {
        Interview.Looked looked =
                check.interview().next(check.decision(), check.entered().with(fact.name(), raw));
        Map<String, Bilingual> problems =
                looked instanceof Interview.Looked.Bad bad ? Check.problemsOf(fact.name(), bad.problems()) : Map.of();
        return problems.isEmpty() ? null : questions.wrong(fact, typed, problems);
    }

    @Post("/{decision}/questions/{fact}")
    @ExecuteOn(THREADS)
    HttpResponse<byte[]> answered(HttpRequest<?> request, String decision, String fact, @Body @Nullable byte[] body) {
        return desk.form(request, body, view -> form -> {
            Check check = checks.of(request, decision, form);
            FactDefinition asked = check.fact(fact);
            boolean fromAnswers = form.get("return").equals("answers");
            Optional<Check> after = taken(check, asked, form).map(check::with);
            Optional<Interview.Looked> looked = after.map(answered -> interview.next(decision, answered.entered()));
            if (after.isEmpty() || looked.filter(each -> isWrong(each, fact)).isPresent()) {
                Check again = check.with(check.entered().withDraft(draft(asked, form)));
                String here = Addresses.question(decision, fact) + (fromAnswers ? "?return=answers" : "");
                return again.keep(desk.cookies(), request, desk.on(view, here));
            }
            String there =
                    fromAnswers ? Addresses.answers(decision) : after.get().whereNext(looked.orElseThrow());
            return after.get().keep(desk.cookies(), request, desk.on(view, there));
        });
    }

    private static boolean isWrong(Interview.Looked looked, String fact) {
        return looked instanceof Interview.Looked.Bad bad
                && !Check.problemsOf(fact, bad.problems()).isEmpty();
    }

    /** With the answer; empty where there is none to take yet. */
    private static Optional<Entered> taken(Check check, FactDefinition fact, FormBody form) {
        Entered entered = check.entered();
        boolean groups = Questions.hasGroups(fact.type());
        return switch (form.get("action")) {
            case "otherwise" -> Optional.of(withoutAnswer(entered, fact));
            case "none" -> Optional.of(entered.with(fact.name(), List.of()));
            case "continue" -> {
                Typed typed = groups ? Typed.of(form).compact() : Typed.of(form);
                if (groups && typed.groups() == 0) {
                    yield Optional.empty();
                }
                var questions = new Questions(check.by().rulebook());
                Questions.Answer answer = questions.read(fact, typed);
                if (answer instanceof Questions.Answer.Unknown) {
                    yield Optional.of(withoutAnswer(entered, fact));
                }
                yield answer instanceof Questions.Answer.Given given
                        ? Optional.of(entered.with(fact.name(), given.raw()))
                        : Optional.empty();
            }
            default -> Optional.empty();
        };
    }

    /** What is left out reads as none where the vocabulary says so; else it is noted that it was asked. */
    private static Entered withoutAnswer(Entered entered, FactDefinition fact) {
        return fact.absence().none() ? entered.without(fact.name()) : entered.with(fact.name(), null);
    }

    private static Draft draft(FactDefinition fact, FormBody form) {
        Typed typed = Typed.of(form);
        String action = form.get("action");
        if (action.equals("add")) {
            return new Draft(fact.name(), typed.withGroups(typed.groups() + 1), false);
        }
        if (action.matches("remove-[0-9]{1,4}")) {
            return new Draft(fact.name(), typed.without(Integer.parseInt(action.substring(7))), false);
        }
        if (!Questions.hasGroups(fact.type())) {
            return new Draft(fact.name(), typed, true);
        }
        Typed compact = typed.compact();
        return new Draft(fact.name(), compact.groups() == 0 ? typed.withGroups(1) : compact, true);
    }

    /** How a day that is being typed is read. */
    @Post("/day")
    HttpResponse<byte[]> day(HttpRequest<?> request, @Body @Nullable byte[] body) {
        return desk.form(request, body, view -> form -> {
            var typed = new ArrayList<String>();
            form.names().forEach(name -> typed.add(form.get(name)));
            return HttpResponse.ok(typed.stream()
                            .findFirst()
                            .flatMap(Questions::echo)
                            .map(view::say)
                            .orElse("")
                            .getBytes(StandardCharsets.UTF_8))
                    .header("Content-Type", "text/plain; charset=utf-8");
        });
    }
}
