package ismap.selfcheck;

import ismap.decision.Bilingual;
import ismap.decision.Finding;
import ismap.decision.WrittenDates;
import ismap.evaluation.Schedule;
import ismap.evaluation.Schedule.Kind;
import ismap.evaluation.Schedule.Line;
import ismap.evaluation.Schedule.Reason;
import ismap.pages.PlannerPage;
import ismap.pages.Said;
import ismap.pages.View;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** A plan in words. */
final class PlanWords {

    private static final DateTimeFormatter DAY_EN = DateTimeFormatter.ofPattern("d MMMM uuuu", Locale.ENGLISH);

    private final Schedule schedule;
    private final Said said;

    PlanWords(Schedule schedule) {
        this.schedule = schedule;
        this.said = new Said(schedule.by().rulebook());
    }

    PlannerPage.Planned planned(String key, Bilingual title) {
        return new PlannerPage.Planned(
                key,
                title,
                schedule.asOf(),
                day(schedule.asOf()),
                schedule.lines().stream().map(this::row).toList(),
                schedule.entered().entrySet().stream()
                        .map(entry -> new PlannerPage.Day(said.name(entry.getKey()), day(entry.getValue())))
                        .toList(),
                schedule.assumed().stream()
                        .map(assumed -> new PlannerPage.Day(
                                inCycle(said.name(assumed.fact()), assumed.cycle()), day(assumed.day())))
                        .toList(),
                schedule.objections().stream()
                        .map(finding -> why(Bilingual.EMPTY, finding))
                        .toList());
    }

    private PlannerPage.Row row(Line line) {
        return new PlannerPage.Row(
                line.id(),
                line.cycle(),
                line.kind().name(),
                kind(line.kind()),
                what(line),
                days(line),
                line.from(),
                line.to(),
                line.isPast(schedule.asOf()),
                line.reasons().stream().map(this::why).toList());
    }

    static Bilingual what(Line line) {
        return inCycle(line.step().what(), line.cycle());
    }

    private static Bilingual inCycle(Bilingual text, int cycle) {
        return cycle == 1 ? text : new Bilingual("次回：" + text.ja(), "Next time: " + text.en());
    }

    static Bilingual kind(Kind kind) {
        return switch (kind) {
            case MUST -> new Bilingual("必ず", "Must");
            case GUIDE -> new Bilingual("目安", "Guide");
            case RESULT -> new Bilingual("結果", "Result");
        };
    }

    static Bilingual days(Line line) {
        if (line.from().isEmpty()) {
            Bilingual last = day(line.to().orElseThrow());
            return new Bilingual(last.ja() + "まで", "by " + last.en());
        }
        Bilingual first = day(line.from().get());
        if (line.to().isEmpty()) {
            return new Bilingual(first.ja() + "以後", "from " + first.en());
        }
        Bilingual last = day(line.to().get());
        return line.from().equals(line.to())
                ? first
                : new Bilingual(first.ja() + "から" + last.ja() + "まで", "from " + first.en() + " to " + last.en());
    }

    /** In Japanese as systems write it and in the calendar of eras. */
    static Bilingual day(LocalDate day) {
        return new Bilingual(day + "（" + WrittenDates.inEra(day).ja() + "）", DAY_EN.format(day));
    }

    private PlannerPage.Why why(Reason reason) {
        Bilingual day = day(reason.day());
        return why(
                reason.within()
                        ? new Bilingual(day.ja() + "なら：", day.en() + ":")
                        : new Bilingual(day.ja() + "では：", "But on " + day.en() + ":"),
                reason.finding());
    }

    private PlannerPage.Why why(Bilingual day, Finding finding) {
        return new PlannerPage.Why(
                day, finding.message(), said.citation(finding.citation()), finding.rule(), page(finding.rule()));
    }

    /** The page of the rule, in the first decision that has it. */
    private String page(String rule) {
        return schedule.by().rulebook().decisions().values().stream()
                .filter(decision ->
                        decision.rules().stream().anyMatch(table -> table.id().equals(rule)))
                .findFirst()
                .map(decision -> "/rulebook/" + View.segment(decision.name()) + "/" + View.segment(rule))
                .orElse("/rulebook");
    }
}
