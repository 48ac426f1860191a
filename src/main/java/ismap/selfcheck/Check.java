package ismap.selfcheck;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MutableHttpResponse;
import ismap.decision.Bilingual;
import ismap.decision.Place;
import ismap.decision.Problem;
import ismap.evaluation.ActiveRulebook;
import ismap.evaluation.Evaluation;
import ismap.evaluation.Evaluation.Answered;
import ismap.evaluation.Evaluation.EvaluationFailed;
import ismap.evaluation.Evaluation.Invalid;
import ismap.evaluation.Evaluation.Repeated;
import ismap.evaluation.Evaluation.Unavailable;
import ismap.evaluation.Evaluation.UnknownDecision;
import ismap.pages.SelfCheckFrame;
import ismap.rulebook.FactDefinition;
import ismap.rulebook.Plan;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One self-check as one request meets it: the rules in force and what was entered so far. */
final class Check {

    private static final Bilingual LOST = new Bilingual(
            "以前の回答を読み取れなかったため、最初から始めます。サービスが再起動した可能性があります。",
            "Earlier answers could not be read any more, perhaps because the service was restarted; this starts afresh.");
    private static final Bilingual REVISED = new Bilingual(
            "回答の途中で、規程の改定版が新しくなりました。以後は新しい改定版で確かめます。合わなくなった回答は、もう一度尋ねます。",
            "A new revision of the rules has come into force. It is used from here on; answers that no longer fit are asked again.");

    /** What came of looking at the answers. */
    sealed interface Looked {
        record Good(Answered answered) implements Looked {}

        /** Some answers do not fit. */
        record Bad(List<Problem> problems) implements Looked {}
    }

    private final String decision;
    private final ActiveRulebook by;
    private final Plan plan;
    private final Interview interview;
    private final Entered entered;
    private final Optional<Bilingual> notice;

    private Check(
            String decision,
            ActiveRulebook by,
            Plan plan,
            Interview interview,
            Entered entered,
            Optional<Bilingual> notice) {
        this.decision = decision;
        this.by = by;
        this.plan = plan;
        this.interview = interview;
        this.entered = entered;
        this.notice = notice;
    }

    /**
     * @param carried what a form carried along; taken where the browser has nothing
     * @throws Refused where there are no rules for it
     */
    static Check of(
            Cookies cookies,
            HttpRequest<?> request,
            ActiveRulebook by,
            String decision,
            Optional<String> carried,
            Interview interview) {
        Plan plan = Optional.of(decision)
                .filter(Menu.DECISIONS::contains)
                .flatMap(by::plan)
                .orElseThrow(() -> new Refused(HttpStatus.NOT_FOUND, Refused.NOT_FOUND));
        Optional<Entered> kept = cookies.read(request, decision);
        Entered entered = kept.or(() -> carried.flatMap(text -> Entered.read(text.getBytes(StandardCharsets.UTF_8))))
                .orElse(Entered.NOTHING);
        boolean revised =
                entered.revision().filter(id -> !id.equals(by.revisionId())).isPresent();
        Optional<Bilingual> notice = revised
                ? Optional.of(REVISED)
                : kept.isEmpty() && carried.isEmpty() && cookies.unreadable(request, decision)
                        ? Optional.of(LOST)
                        : Optional.empty();
        return new Check(decision, by, plan, interview, known(by, entered), notice);
    }

    /** Without facts that the rules in force do not know. */
    private static Entered known(ActiveRulebook by, Entered entered) {
        Entered known = entered;
        for (String name : entered.facts().keySet()) {
            boolean input = by.rulebook()
                    .vocabulary()
                    .fact(name)
                    .filter(fact -> fact.kind() != FactDefinition.Kind.DERIVED)
                    .isPresent();
            if (!input) {
                known = known.without(name);
            }
        }
        return known;
    }

    String decision() {
        return decision;
    }

    ActiveRulebook by() {
        return by;
    }

    Plan plan() {
        return plan;
    }

    Interview interview() {
        return interview;
    }

    Entered entered() {
        return entered;
    }

    Check with(Entered other) {
        return new Check(decision, by, plan, interview, other, notice);
    }

    SelfCheckFrame frame() {
        return new SelfCheckFrame(
                decision,
                plan.decision().title(),
                plan.decision().question(),
                Addresses.of(decision),
                Desk.text(entered.bytes()),
                notice);
    }

    /** @throws Refused where there is no such question */
    FactDefinition fact(String name) {
        return Optional.of(name)
                .filter(plan.asked()::contains)
                .flatMap(asked -> by.rulebook().vocabulary().fact(asked))
                .filter(fact -> fact.kind() != FactDefinition.Kind.DERIVED)
                .orElseThrow(() -> new Refused(HttpStatus.NOT_FOUND, Refused.NOT_FOUND));
    }

    /** The address of the next question; of the answers, where there is none. */
    String whereNext() {
        return whereNext(interview.next(decision, entered));
    }

    String whereNext(Interview.Looked looked) {
        Optional<String> fact = looked instanceof Interview.Looked.Good good
                ? good.fact()
                : firstWrong(((Interview.Looked.Bad) looked).problems());
        return fact.map(name -> Addresses.question(decision, name)).orElse(Addresses.answers(decision));
    }

    Looked look() {
        return look(interview.check(decision, entered));
    }

    /** @throws Refused where there is no answer, right or wrong */
    static Looked look(Evaluation evaluation) {
        return evaluation.as(new Evaluation.Cases<>() {
            @Override
            public Looked answered(Answered answered) {
                return new Looked.Good(answered);
            }

            @Override
            public Looked invalid(Invalid invalid) {
                return new Looked.Bad(
                        invalid.problems().stream().filter(Problem::isError).toList());
            }

            @Override
            public Looked unknownDecision(UnknownDecision unknown) {
                throw new Refused(HttpStatus.NOT_FOUND, Refused.NOT_FOUND);
            }

            @Override
            public Looked failed(EvaluationFailed failed) {
                throw new Refused(HttpStatus.SERVICE_UNAVAILABLE, Refused.FAILED, 60);
            }

            @Override
            public Looked unavailable(Unavailable unavailable) {
                throw new Refused(HttpStatus.SERVICE_UNAVAILABLE, Refused.NO_RULEBOOK, 5);
            }

            @Override
            public Looked repeated(Repeated repeated) {
                throw new IllegalStateException("a self-check has no key");
            }
        });
    }

    /** @throws Refused where it was refused for another reason than what was entered */
    static List<Problem> problems(Evaluation refused) {
        return look(refused) instanceof Looked.Bad bad ? bad.problems() : List.of();
    }

    /** What is wrong with the answer to one question, by the field it is about. */
    static Map<String, Bilingual> problemsOf(String fact, List<Problem> problems) {
        var mistakes = new LinkedHashMap<String, Bilingual>();
        for (Problem problem : problems) {
            if (problem.places().get(0) instanceof Place.Pointer place) {
                String[] parts = place.pointer().split("/", -1);
                if (parts.length > 2 && parts[1].equals("facts") && parts[2].equals(fact)) {
                    mistakes.putIfAbsent(field(parts), sentence(problem));
                }
            }
        }
        return mistakes;
    }

    private static String field(String[] pointer) {
        return pointer.length > 3 && pointer[3].matches("[0-9]+")
                ? Typed.name(Integer.parseInt(pointer[3]), pointer.length > 4 ? pointer[4] : Typed.VALUE)
                : Typed.VALUE;
    }

    /** The first fact whose answer does not fit. */
    static Optional<String> firstWrong(List<Problem> problems) {
        return problems.stream()
                .map(problem -> problem.places().get(0))
                .filter(Place.Pointer.class::isInstance)
                .map(place -> ((Place.Pointer) place).pointer().split("/", -1))
                .filter(parts -> parts.length > 2 && parts[1].equals("facts"))
                .map(parts -> parts[2])
                .findFirst();
    }

    static Bilingual sentence(Problem problem) {
        return new Bilingual(
                problem.message().ja() + problem.advice().ja(),
                problem.message().en() + " " + problem.advice().en());
    }

    /** Keeps what was entered with the browser. */
    <T extends MutableHttpResponse<?>> T keep(Cookies cookies, HttpRequest<?> request, T response) {
        if (!cookies.write(request, response, decision, entered.checkedUnder(by.revisionId()))) {
            throw new Refused(HttpStatus.REQUEST_ENTITY_TOO_LARGE, Refused.TOO_MUCH);
        }
        return response;
    }
}
