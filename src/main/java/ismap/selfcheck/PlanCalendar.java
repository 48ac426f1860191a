package ismap.selfcheck;

import ismap.calendar.CalendarFile;
import ismap.decision.Bilingual;
import ismap.evaluation.Schedule;
import ismap.evaluation.Schedule.Line;
import ismap.evaluation.Schedule.Reason;
import ismap.json.JsonWriter;
import ismap.pages.Said;
import ismap.pages.SelfCheckFrame;
import ismap.pages.View;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.TreeMap;

/** A plan as a file for calendars, in the language of its reader: each line on the day by which it is due. */
final class PlanCalendar {

    private static final List<Integer> REMIND = List.of(30, 7);

    private final View view;
    private final Schedule schedule;
    private final Bilingual title;

    PlanCalendar(View view, Schedule schedule, Bilingual title) {
        this.view = view;
        this.schedule = schedule;
        this.title = title;
    }

    byte[] file(Instant made) {
        return CalendarFile.of(
                "ISMAP " + view.say(title),
                schedule.lines().stream().map(this::entry).toList(),
                made);
    }

    private CalendarFile.Entry entry(Line line) {
        var said = new Said(schedule.by().rulebook());
        var text = new ArrayList<String>();
        text.add(view.say(PlanWords.days(line)));
        for (Reason reason : line.reasons()) {
            text.add(view.say(reason.finding().message()) + " ("
                    + reason.finding().rule() + ", "
                    + view.say(said.citation(reason.finding().citation())) + ")");
        }
        text.add(view.say(SelfCheckFrame.FIXED));
        return new CalendarFile.Entry(
                uid(line),
                line.due(),
                "ISMAP %s: %s".formatted(view.say(PlanWords.kind(line.kind())), view.say(PlanWords.what(line))),
                String.join("\n", text),
                line.isPast(schedule.asOf()) ? List.of() : REMIND);
    }

    /** By the name of the plan, so that a new file moves the days of an earlier one; without a name, by the days that were entered. */
    private String uid(Line line) {
        var days = new TreeMap<String, String>();
        if (schedule.name().isEmpty()) {
            schedule.entered().forEach((fact, day) -> days.put(fact, day.toString()));
        }
        byte[] plan = JsonWriter.canonical(List.of(schedule.name().orElse(""), days, line.id()));
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(plan);
            return HexFormat.of().formatHex(digest, 0, 16) + "@plan.ismap.invalid";
        } catch (GeneralSecurityException absent) {
            throw new IllegalStateException(new String(plan, StandardCharsets.UTF_8), absent);
        }
    }
}
