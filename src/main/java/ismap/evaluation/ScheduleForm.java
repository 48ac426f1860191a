package ismap.evaluation;

import ismap.decision.Finding;
import ismap.evaluation.Schedule.Line;
import ismap.evaluation.Schedule.Reason;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A plan in JDK values that have a JSON form. */
public final class ScheduleForm {

    private ScheduleForm() {}

    public static Map<String, @Nullable Object> of(Schedule schedule) {
        var form = new LinkedHashMap<String, @Nullable Object>();
        schedule.name().ifPresent(name -> form.put("service", name));
        form.put("asOf", schedule.asOf().toString());
        form.put("revision", AnswerForm.revision(schedule.by()));
        var entered = new LinkedHashMap<String, Object>();
        schedule.entered().forEach((fact, day) -> entered.put(fact, day.toString()));
        form.put("entered", entered);
        form.put(
                "assumed",
                schedule.assumed().stream().map(ScheduleForm::assumed).toList());
        form.put(
                "lines",
                schedule.lines().stream().map(line -> line(schedule, line)).toList());
        form.put(
                "objections",
                schedule.objections().stream().map(AnswerForm::finding).toList());
        return form;
    }

    private static Map<String, Object> assumed(Schedule.Assumed assumed) {
        var form = new LinkedHashMap<String, Object>();
        form.put("cycle", assumed.cycle());
        form.put("fact", assumed.fact());
        form.put("day", assumed.day().toString());
        return form;
    }

    private static Map<String, @Nullable Object> line(Schedule schedule, Line line) {
        var form = new LinkedHashMap<String, @Nullable Object>();
        form.put("id", line.id());
        form.put("cycle", line.cycle());
        form.put("step", line.step().name());
        form.put("kind", line.kind().name());
        form.put("what", AnswerForm.bilingual(line.step().what()));
        form.put("from", day(line.from()));
        form.put("to", day(line.to()));
        form.put("past", line.isPast(schedule.asOf()));
        form.put("why", line.reasons().stream().map(ScheduleForm::reason).toList());
        return form;
    }

    private static Map<String, @Nullable Object> reason(Reason reason) {
        var form = new LinkedHashMap<String, @Nullable Object>();
        form.put("day", reason.day().toString());
        form.put("within", reason.within());
        Finding finding = reason.finding();
        form.putAll(AnswerForm.finding(finding));
        return form;
    }

    private static @Nullable String day(Optional<LocalDate> day) {
        return day.map(LocalDate::toString).orElse(null);
    }
}
