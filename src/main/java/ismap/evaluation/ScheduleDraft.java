package ismap.evaluation;

import ismap.decision.Finding;
import ismap.decision.Value;
import ismap.evaluation.DaySearch.Question;
import ismap.evaluation.DaySearch.Turn;
import ismap.evaluation.Schedule.Assumed;
import ismap.evaluation.Schedule.Kind;
import ismap.evaluation.Schedule.Line;
import ismap.evaluation.Schedule.Reason;
import ismap.evaluation.Schedule.Step;
import ismap.rulebook.Answers.Said;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * One plan: the assessment that is planned, and the one after it. It knows which day follows upon which, and asks the rules how far apart
 * they may be; a day that nobody entered is taken to be the last one that is usual.
 */
final class ScheduleDraft {

    static final String ACCEPTANCE = "service-acceptance";
    static final String SCOPE = "assessment-scope";
    static final String VALIDITY = "service-validity";

    static final String KIND = "applicationKind";
    static final String RENEWAL = "RENEWAL";
    static final String PREVIOUS_END = "previousAssessmentPeriodEnd";
    static final String START = "assessmentPeriodStart";
    static final String END = "assessmentPeriodEnd";
    static final String REPORT = "assessmentReportDate";
    static final String STATEMENT = "statementDeclaredOn";
    static final String FILED = "applicationFiledAt";
    static final String DECIDED = "registrationDecidedOn";

    private static final String REFERENCE = "assessmentReferenceDate";
    private static final String DECISION = "registrationDecision";
    private static final String RENEWAL_FILED = "renewalFiledAt";
    private static final String RENEWAL_DECISION = "renewalDecision";
    private static final String RENEWAL_DECIDED = "renewalDecidedOn";
    private static final String RENEWAL_END = "renewalAssessmentPeriodEnd";
    private static final String APPROVED = "APPROVED";

    /** The day asked about itself, as findings name it among their reasons. */
    private static final String AS_OF = "asOf";

    private final DaySearch days;
    private final Map<String, Object> others;
    private final Map<String, LocalDate> entered;
    private final LocalDate today;
    private final List<Line> lines = new ArrayList<>();
    private final List<Assumed> assumed = new ArrayList<>();

    /** @param others what was entered beside days */
    ScheduleDraft(DaySearch days, Map<String, Object> others, Map<String, LocalDate> entered, LocalDate today) {
        this.days = days;
        this.others = others;
        this.entered = entered;
        this.today = today;
    }

    List<Line> lines() {
        return lines;
    }

    List<Assumed> assumed() {
        return assumed;
    }

    void draft() {
        Optional<LocalDate> previous = entered(PREVIOUS_END);
        Optional<Registration> current = isRenewal() ? previous.map(this::current) : Optional.empty();
        new Cycle(1, previous, current)
                .draft()
                .ifPresent(next -> new Cycle(2, Optional.of(next.periodEnd()), Optional.of(next)).draft());
    }

    private boolean isRenewal() {
        return RENEWAL.equals(others.get(KIND));
    }

    private Optional<LocalDate> entered(String fact) {
        return Optional.ofNullable(entered.get(fact));
    }

    /** The registration that is to be renewed; where its decision was not entered, the day after its assessment stands in. */
    private Registration current(LocalDate periodEnd) {
        LocalDate decided = entered(DECIDED).orElseGet(() -> assume(1, DECIDED, periodEnd.plusDays(1)));
        return new Registration(periodEnd, decided);
    }

    private LocalDate assume(int cycle, String fact, LocalDate day) {
        assumed.add(new Assumed(cycle, fact, day));
        return day;
    }

    private record Registration(LocalDate periodEnd, LocalDate decidedOn) {}

    private static LocalDate later(LocalDate one, LocalDate other) {
        return one.isAfter(other) ? one : other;
    }

    private static LocalDate earlier(LocalDate one, LocalDate other) {
        return one.isBefore(other) ? one : other;
    }

    private static Map<String, Object> and(Map<String, Object> facts, String fact, Object value) {
        var more = new LinkedHashMap<>(facts);
        more.put(fact, value instanceof LocalDate day ? day.toString() : value);
        return more;
    }

    private static Optional<LocalDate> value(Optional<Said> decision, String name) {
        return decision.map(answer -> answer.values().getOrDefault(name, Value.UNKNOWN))
                .filter(Value.Day.class::isInstance)
                .map(day -> ((Value.Day) day).date());
    }

    private static List<Reason> reasons(Optional<Turn> first, Optional<Turn> last) {
        return Stream.of(first, last)
                .flatMap(Optional::stream)
                .flatMap(turn -> turn.reasons().stream())
                .distinct()
                .toList();
    }

    /** One assessment, the application that rests on it, and the registration that comes of it. */
    private final class Cycle {
        private final int number;
        private final Optional<LocalDate> previousEnd;
        private final Optional<Registration> current;
        private final UnaryOperator<Optional<LocalDate>> onlyNow;

        /** @param current the registration that the application would renew */
        Cycle(int number, Optional<LocalDate> previousEnd, Optional<Registration> current) {
            this.number = number;
            this.previousEnd = previousEnd;
            this.current = current;
            this.onlyNow = day -> number == 1 ? day : Optional.empty(); // what was entered is of the first cycle
        }

        Optional<Registration> draft() {
            Optional<LocalDate> start = start();
            Optional<LocalDate> end = end(start);
            if (end.isEmpty()) {
                return Optional.empty();
            }
            Map<String, Object> period = and(base(), END, end.get());
            if (start.isPresent()) {
                period = and(period, START, start.get());
                designReference(period, end.get());
            }
            LocalDate report = report(period, end.get());
            LocalDate filed = filed(and(period, REPORT, report), report);
            statement(and(and(period, REPORT, report), FILED, filed), end.get(), filed);
            return Optional.of(registration(end.get(), filed));
        }

        private Optional<LocalDate> now(String fact) {
            return onlyNow.apply(entered(fact));
        }

        private Map<String, Object> base() {
            var base = new HashMap<>(others);
            if (current.isPresent()) {
                base.put(KIND, RENEWAL);
            }
            previousEnd.ifPresent(day -> base.put(PREVIOUS_END, day.toString()));
            return base;
        }

        private Question acceptance(String moved, Function<LocalDate, Map<String, Object>> facts) {
            return new Question(ACCEPTANCE, moved, facts, day -> asked(facts.apply(day)));
        }

        /** Somebody who applies asks on the day of applying; until it is known, today. */
        private LocalDate asked(Map<String, Object> facts) {
            return facts.get(FILED) instanceof String day ? LocalDate.parse(day) : today;
        }

        private Map<String, Object> withFiling(Map<String, Object> facts) {
            return now(FILED).map(day -> and(facts, FILED, day)).orElse(facts);
        }

        private void line(Step step, Kind kind, Optional<LocalDate> from, Optional<LocalDate> to, List<Reason> why) {
            if (from.isPresent() || to.isPresent()) {
                lines.add(new Line(step, number, kind, from, to, why));
            }
        }

        private void line(Step step, Kind kind, Optional<Turn> first, Optional<Turn> last) {
            line(step, kind, first.map(Turn::day), last.map(Turn::day), reasons(first, last));
        }

        private Optional<LocalDate> start() {
            Map<String, Object> facts = withFiling(base());
            if (now(START).isEmpty() && previousEnd.isEmpty() && now(END).isPresent()) {
                LocalDate end = now(END).get();
                Question question = acceptance(START, day -> and(and(facts, END, end), START, day));
                Optional<Turn> first = days.first(question, end, DaySearch.AGAINST);
                Optional<Turn> last = first.flatMap(turn -> days.last(question, turn.day(), DaySearch.AGAINST));
                line(Step.PERIOD_START, Kind.MUST, first, last);
                return Optional.empty();
            }
            Optional<LocalDate> next = previousEnd.flatMap(
                    end -> value(days.ask(SCOPE, and(facts, END, end), asked(facts)), "nextPeriodStart"));
            next.ifPresent(day -> {
                Question question = acceptance(START, moved -> and(facts, START, moved));
                line(
                        Step.PERIOD_START,
                        Kind.MUST,
                        days.first(question, day, DaySearch.AGAINST),
                        days.last(question, day, DaySearch.AGAINST));
            });
            return now(START).or(() -> next.map(day -> assume(number, START, day)));
        }

        private Optional<LocalDate> end(Optional<LocalDate> start) {
            Optional<LocalDate> latest = start.flatMap(first -> {
                Map<String, Object> facts = and(withFiling(base()), START, first);
                Optional<LocalDate> seed = value(days.ask(SCOPE, facts, asked(facts)), "latestPeriodEnd");
                return seed.map(day -> {
                    Question question = acceptance(END, moved -> and(facts, END, moved));
                    Optional<Turn> last = days.last(question, day, DaySearch.AGAINST);
                    line(Step.PERIOD_END, Kind.MUST, days.first(question, day, DaySearch.AGAINST), last);
                    return last.map(Turn::day).orElse(day);
                });
            });
            return now(END).or(() -> latest.map(day -> assume(number, END, day)));
        }

        private void designReference(Map<String, Object> period, LocalDate end) {
            Map<String, Object> facts = withFiling(period);
            Question question = acceptance(REFERENCE, day -> and(facts, REFERENCE, day));
            line(
                    Step.DESIGN_REFERENCE,
                    Kind.MUST,
                    days.first(question, end, DaySearch.AGAINST),
                    days.last(question, end, DaySearch.AGAINST));
        }

        private LocalDate report(Map<String, Object> period, LocalDate end) {
            Question question = acceptance(
                    REPORT,
                    day -> and(and(period, REPORT, day), FILED, now(FILED).orElse(day)));
            Optional<Turn> usual = days.last(question, end, DaySearch.WARNED);
            Optional<Turn> last = days.last(question, end, DaySearch.AGAINST);
            line(Step.REPORT, Kind.GUIDE, Optional.empty(), usual);
            line(Step.REPORT, Kind.MUST, Optional.empty(), last);
            return now(REPORT)
                    .orElseGet(() -> assume(
                            number,
                            REPORT,
                            Stream.of(usual, last)
                                    .flatMap(Optional::stream)
                                    .map(Turn::day)
                                    .reduce(ScheduleDraft::earlier)
                                    .orElse(end)));
        }

        private LocalDate filed(Map<String, Object> reported, LocalDate report) {
            Step step = current.isPresent() ? Step.RENEWAL_FILING : Step.FILING;
            Question question = acceptance(FILED, day -> and(reported, FILED, day));
            Optional<Turn> first = days.first(question, report, DaySearch.AGAINST);
            Optional<Turn> usual = days.last(question, report, DaySearch.WARNED);
            Optional<Turn> accepted = days.last(question, report, DaySearch.AGAINST);
            Optional<Turn> inTime = current.flatMap(this::renewalInTime);
            Optional<Turn> last = Stream.of(accepted, inTime)
                    .flatMap(Optional::stream)
                    .reduce((one, other) -> one.day().isBefore(other.day()) ? one : other);
            line(step, Kind.GUIDE, Optional.empty(), usual);
            line(step, Kind.MUST, first, last);
            return now(FILED)
                    .orElseGet(() -> assume(
                            number,
                            FILED,
                            Stream.of(usual, last)
                                    .flatMap(Optional::stream)
                                    .map(Turn::day)
                                    .reduce(ScheduleDraft::earlier)
                                    .orElse(report)));
        }

        private Optional<Turn> renewalInTime(Registration renewed) {
            Map<String, Object> facts = validity(renewed);
            return days.last(
                    new Question(VALIDITY, RENEWAL_FILED, day -> and(facts, RENEWAL_FILED, day), day -> day),
                    later(renewed.decidedOn(), renewed.periodEnd().plusDays(1)),
                    DaySearch.AGAINST);
        }

        private void statement(Map<String, Object> filing, LocalDate end, LocalDate filed) {
            Question question = acceptance(STATEMENT, day -> and(filing, STATEMENT, day));
            line(
                    Step.STATEMENT,
                    Kind.MUST,
                    Optional.empty(),
                    days.last(question, earlier(end, filed), DaySearch.AGAINST));
        }

        private Registration registration(LocalDate end, LocalDate filed) {
            if (current.isPresent()) {
                if (number == 1) {
                    expiry(current.get());
                }
                LocalDate decided = assume(number, RENEWAL_DECIDED, filed);
                renewedExpiry(current.get(), end, filed, decided);
                return new Registration(end, decided);
            }
            Map<String, Object> facts = validity(new Registration(end, filed));
            line(
                    Step.DECISION,
                    Kind.RESULT,
                    Optional.empty(),
                    days.last(
                            new Question(VALIDITY, DECIDED, day -> and(facts, DECIDED, day), day -> day),
                            filed,
                            DaySearch.AGAINST));
            LocalDate decided = now(DECIDED).orElseGet(() -> assume(number, DECIDED, filed));
            Registration registration = new Registration(end, decided);
            if (now(DECIDED).isPresent()) {
                effective(registration);
            }
            expiry(registration);
            return registration;
        }

        private Map<String, Object> validity(Registration registration) {
            return and(
                    and(and(others, DECISION, APPROVED), END, registration.periodEnd()),
                    DECIDED,
                    registration.decidedOn());
        }

        private void effective(Registration registration) {
            Map<String, Object> facts = validity(registration);
            value(days.ask(VALIDITY, facts, registration.decidedOn()), "effectiveFrom")
                    .ifPresent(day -> line(
                            Step.EFFECTIVE,
                            Kind.RESULT,
                            Optional.of(day),
                            Optional.of(day),
                            onDays(facts, day, days::first)));
        }

        private void expiry(Registration registration) {
            Map<String, Object> facts = validity(registration);
            Optional<Said> answer = days.ask(VALIDITY, facts, registration.decidedOn());
            value(answer, "expiresOn")
                    .ifPresent(day -> line(
                            Step.EXPIRY,
                            Kind.RESULT,
                            value(answer, "windowFrom"),
                            Optional.of(day),
                            onDays(facts, day, days::last)));
        }

        private void renewedExpiry(Registration renewed, LocalDate end, LocalDate filed, LocalDate decided) {
            Map<String, Object> facts = and(
                    and(
                            and(and(validity(renewed), RENEWAL_FILED, filed), RENEWAL_DECISION, APPROVED),
                            RENEWAL_DECIDED,
                            decided),
                    RENEWAL_END,
                    end);
            value(days.ask(VALIDITY, facts, decided), "renewedExpiresOn")
                    .ifPresent(day -> line(
                            Step.RENEWED_EXPIRY,
                            Kind.RESULT,
                            Optional.empty(),
                            Optional.of(day),
                            onDays(facts, day, days::last)));
        }

        /** What turns where the same case is asked about on the day beyond. */
        private List<Reason> onDays(Map<String, Object> facts, LocalDate day, Look look) {
            return look.from(new Question(VALIDITY, AS_OF, any -> facts, asked -> asked), day, DaySearch.AGAINST)
                    .filter(turn -> turn.day().equals(day))
                    .map(Turn::reasons)
                    .orElse(List.of());
        }
    }

    /** One of the two directions. */
    private interface Look {
        Optional<Turn> from(Question question, LocalDate seed, java.util.Set<ismap.decision.Status> to);
    }

    /** What stands against the days that were entered, or is warned of, with nothing assumed but where the period begins. */
    List<Finding> objections() {
        Map<String, Object> facts = new HashMap<>(others);
        entered.forEach((fact, day) -> facts.put(fact, day.toString()));
        assumed.stream()
                .filter(day -> day.cycle() == 1 && day.fact().equals(START))
                .forEach(day -> facts.put(START, day.day().toString()));
        Optional<LocalDate> filed = entered(FILED);
        var objections = new ArrayList<>(against(days.ask(ACCEPTANCE, facts, filed.orElse(today))));
        if (isRenewal() && filed.isPresent() && entered(PREVIOUS_END).isPresent()) {
            Map<String, Object> renewal = new HashMap<>(others);
            renewal.put(DECISION, APPROVED);
            renewal.put(END, entered(PREVIOUS_END).get().toString());
            renewal.put(
                    DECIDED,
                    entered(DECIDED)
                            .orElse(entered(PREVIOUS_END).get().plusDays(1))
                            .toString());
            renewal.put(RENEWAL_FILED, filed.get().toString());
            against(days.ask(VALIDITY, renewal, filed.get())).stream()
                    .filter(finding -> finding.because().containsKey(RENEWAL_FILED))
                    .forEach(objections::add);
        }
        return objections;
    }

    private List<Finding> against(Optional<Said> decision) {
        return decision.stream()
                .flatMap(answer -> answer.findings().stream())
                .filter(finding ->
                        DaySearch.AGAINST.contains(finding.status()) || DaySearch.WARNED.contains(finding.status()))
                .filter(finding -> finding.because().keySet().stream()
                        .anyMatch(fact -> entered.containsKey(fact) || fact.equals(RENEWAL_FILED)))
                .toList();
    }
}
