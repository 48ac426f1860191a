package ismap.evaluation;

import static ismap.evaluation.RequestProblems.escaped;

import ismap.decision.Bilingual;
import ismap.decision.Problem;
import ismap.decision.Value;
import ismap.evaluation.Revisions.Usable;
import ismap.rulebook.FactReader;
import ismap.rulebook.Plan;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * From a few days of a provider to all that it has to keep. Every day comes from deciding, by the revision in force: a period that the
 * Committee changes changes the plan.
 */
public final class Planner {

    /** The days that may be entered, in the order in which a provider meets them. */
    public static final List<String> DAYS = List.of(
            ScheduleDraft.PREVIOUS_END,
            ScheduleDraft.START,
            ScheduleDraft.END,
            ScheduleDraft.REPORT,
            ScheduleDraft.STATEMENT,
            ScheduleDraft.FILED,
            ScheduleDraft.DECIDED);

    /** About as many cases are decided for one plan, so it counts as so many self-checks. */
    public static final int CHECKS_A_PLAN = 200;

    private static final Set<String> FIELDS = Set.of("asOf", "facts", "reference");
    private static final LocalDate EARLIEST = LocalDate.of(2000, 1, 1);
    private static final LocalDate LATEST = LocalDate.of(2199, 12, 31);

    private final Timeline timeline;
    private final Clock clock;
    private final BothEngines engines;

    Planner(Timeline timeline, Clock clock, BothEngines engines) {
        this.timeline = timeline;
        this.clock = clock;
        this.engines = engines;
    }

    /** @param json {@code asOf}, {@code facts} and {@code reference} as in a self-check, as JDK values */
    public Planning plan(@Nullable Object json) {
        Optional<Usable> lease = timeline.lease();
        try {
            return plan(lease.map(Usable::rulebook), json);
        } finally {
            lease.ifPresent(Usable::close);
        }
    }

    private Planning plan(Optional<ActiveRulebook> active, @Nullable Object json) {
        Optional<Plan> vocabulary = active.flatMap(
                rulebook -> Stream.of(ScheduleDraft.ACCEPTANCE, ScheduleDraft.SCOPE, ScheduleDraft.VALIDITY)
                        .flatMap(decision -> rulebook.plan(decision).stream())
                        .findFirst());
        return active.isEmpty() || vocabulary.isEmpty()
                ? new Planning.NoRulebook()
                : plan(active.get(), vocabulary.get(), Request.read(json));
    }

    private Planning plan(ActiveRulebook active, Plan vocabulary, Request.Read read) {
        Request request = read.request();
        FactReader.Result facts = FactReader.read(vocabulary, request.facts());
        Map<String, LocalDate> entered = days(facts.stated());
        LocalDate today = request.asOf().orElseGet(() -> LocalDate.ofInstant(clock.instant(), FactReader.TOKYO));
        var problems = new ArrayList<>(read.problems());
        request.asked().keySet().stream()
                .filter(name -> Request.FIELDS.contains(name) && !FIELDS.contains(name))
                .forEach(name -> problems.add(RequestProblems.unknownField("/" + escaped(name), name, FIELDS)));
        problems.addAll(facts.problems());
        problems.addAll(wrong(request, entered));
        if (problems.stream().anyMatch(Problem::isError)) {
            return new Planning.Invalid(problems);
        }
        var days = new DaySearch(active, engines);
        var draft = new ScheduleDraft(days, others(request), entered, today);
        draft.draft();
        List<ismap.decision.Finding> objections = draft.objections();
        return days.failed()
                ? new Planning.Failed()
                : new Planning.Planned(new Schedule(
                        Optional.ofNullable(request.reference().get("service")).filter(name -> !name.isBlank()),
                        today,
                        active,
                        entered,
                        draft.assumed(),
                        draft.lines(),
                        objections));
    }

    private static Map<String, LocalDate> days(Map<String, Value> stated) {
        var days = new LinkedHashMap<String, LocalDate>();
        for (String fact : DAYS) {
            if (stated.get(fact) instanceof Value.Day day) {
                days.put(fact, day.date());
            }
        }
        return days;
    }

    private static Map<String, Object> others(Request request) {
        var others = new LinkedHashMap<String, Object>();
        request.facts().forEach((fact, value) -> {
            if (value != null && !DAYS.contains(fact)) {
                others.put(fact, value);
            }
        });
        others.putIfAbsent(ScheduleDraft.KIND, "NEW");
        return others;
    }

    private static List<Problem> wrong(Request request, Map<String, LocalDate> entered) {
        var problems = new ArrayList<Problem>();
        boolean renewal = ScheduleDraft.RENEWAL.equals(request.facts().get(ScheduleDraft.KIND));
        List<String> anchors = renewal
                ? List.of(ScheduleDraft.PREVIOUS_END)
                : List.of(ScheduleDraft.PREVIOUS_END, ScheduleDraft.START, ScheduleDraft.END);
        // A day that could not be read is a problem of its own, and no missing one.
        if (anchors.stream().allMatch(fact -> request.facts().get(fact) == null)) {
            problems.add(withoutADay(renewal, anchors));
        }
        entered.forEach((fact, day) -> {
            if (day.isBefore(EARLIEST) || day.isAfter(LATEST)) {
                problems.add(tooFar(fact, day));
            }
        });
        reversed(entered, ScheduleDraft.START, ScheduleDraft.END).ifPresent(problems::add);
        return problems;
    }

    private static Problem withoutADay(boolean renewal, List<String> anchors) {
        return RequestProblems.of(
                "PLAN_WITHOUT_A_DAY",
                "/facts/" + anchors.get(0),
                "",
                String.join("|", anchors),
                renewal
                        ? new Bilingual(
                                "更新の計画には、いまの登録のもととなった監査対象期間の末日が必要です。",
                                "A plan for a renewal needs the last day of the assessment period on which the registration rests.")
                        : new Bilingual("計画のもととなる日が一つもありません。", "There is no day for the plan to start from."),
                renewal
                        ? new Bilingual(
                                "前回の監査対象期間の末日を入力してください。", "Enter the last day of the previous assessment period.")
                        : new Bilingual(
                                "前回の監査対象期間の末日、又は予定する監査対象期間の初日若しくは末日を入力してください。",
                                "Enter the last day of the previous assessment period, or the first or last day of the planned one."));
    }

    private static Problem tooFar(String fact, LocalDate day) {
        return RequestProblems.of(
                "DAY_TOO_FAR",
                "/facts/" + fact,
                day.toString(),
                "%s .. %s".formatted(EARLIEST, LATEST),
                new Bilingual(
                        "%sは、計画できる範囲の外の日です。".formatted(day), "%s is too far away to be planned with.".formatted(day)),
                new Bilingual(
                        "%sから%sまでの日を入力してください。".formatted(EARLIEST, LATEST),
                        "Enter a day from %s to %s.".formatted(EARLIEST, LATEST)));
    }

    private static Optional<Problem> reversed(Map<String, LocalDate> entered, String from, String to) {
        LocalDate first = entered.get(from);
        LocalDate last = entered.get(to);
        return first == null || last == null || !last.isBefore(first)
                ? Optional.empty()
                : Optional.of(RequestProblems.of(
                        "DAYS_REVERSED",
                        "/facts/" + to,
                        last.toString(),
                        "a day from %s on".formatted(first),
                        new Bilingual(
                                "末日（%s）が初日（%s）より前です。".formatted(last, first),
                                "The last day (%s) is before the first (%s).".formatted(last, first)),
                        new Bilingual("二つの日を確かめてください。", "Check both days.")));
    }
}
