package ismap.calendar;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.Period;
import java.time.temporal.ChronoUnit;
import java.util.List;
import net.fortuna.ical4j.model.Calendar;
import net.fortuna.ical4j.model.component.VAlarm;
import net.fortuna.ical4j.model.component.VEvent;
import net.fortuna.ical4j.model.property.Action;
import net.fortuna.ical4j.model.property.Description;
import net.fortuna.ical4j.model.property.DtStamp;
import net.fortuna.ical4j.model.property.DtStart;
import net.fortuna.ical4j.model.property.ProdId;
import net.fortuna.ical4j.model.property.Summary;
import net.fortuna.ical4j.model.property.Trigger;
import net.fortuna.ical4j.model.property.Uid;
import net.fortuna.ical4j.model.property.XProperty;
import net.fortuna.ical4j.model.property.immutable.ImmutableCalScale;
import net.fortuna.ical4j.model.property.immutable.ImmutableTransp;
import net.fortuna.ical4j.model.property.immutable.ImmutableVersion;

/** Whole days of a calendar, with reminders before them. A day has no time zone: it is that day wherever its reader is. */
public final class CalendarFile {

    private static final int LONGEST_LINE = 75; // octets, without the end of the line: RFC 5545, 3.1
    private static final String END = "\r\n";

    private CalendarFile() {}

    /**
     * @param uid the same in every file about the same day, so that a later file takes the place of an earlier one
     * @param remindDaysBefore how many days before it is called to mind
     */
    public record Entry(String uid, LocalDate day, String summary, String description, List<Integer> remindDaysBefore) {
        public Entry {
            remindDaysBefore = List.copyOf(remindDaysBefore);
        }
    }

    /** @param made when the file was made: of two files about a day, the later one holds */
    public static byte[] of(String name, List<Entry> entries, Instant made) {
        var calendar = new Calendar();
        calendar.add(new ProdId("-//ISMAP Decision Service//Planner//JA"));
        calendar.add(ImmutableVersion.VERSION_2_0);
        calendar.add(ImmutableCalScale.GREGORIAN);
        calendar.add(new XProperty("X-WR-CALNAME", name.replaceAll("\\p{Cc}", " ")));
        entries.forEach(entry -> calendar.add(event(entry, made)));
        calendar.validate();
        return folded(calendar.toString()).getBytes(StandardCharsets.UTF_8);
    }

    private static VEvent event(Entry entry, Instant made) {
        var event = new VEvent(false);
        event.add(new Uid(entry.uid()));
        event.add(new DtStamp(made.truncatedTo(ChronoUnit.SECONDS)));
        event.add(new DtStart<>(entry.day()));
        event.add(new Summary(plain(entry.summary())));
        event.add(new Description(plain(entry.description())));
        event.add(ImmutableTransp.TRANSPARENT); // a day to keep does not make anybody busy
        for (int days : entry.remindDaysBefore()) {
            var alarm = new VAlarm();
            alarm.add(new Trigger(Period.ofDays(-days)));
            alarm.add(new Action("DISPLAY"));
            alarm.add(new Description(plain(entry.summary())));
            event.add(alarm);
        }
        return event;
    }

    /** A text may hold line ends and tabs, and no other control character. */
    private static String plain(String text) {
        return text.replace("\r\n", "\n").replaceAll("[\\p{Cc}&&[^\\n\\t]]", "");
    }

    /** The library counts characters; a line may have so many octets, and a character is never cut in two. */
    private static String folded(String calendar) {
        var folded = new StringBuilder(calendar.length() + calendar.length() / 16);
        for (String line : calendar.split("\r?\n")) {
            int octets = 0;
            for (int i = 0; i < line.length(); ) {
                int character = line.codePointAt(i);
                int size = Character.toString(character).getBytes(StandardCharsets.UTF_8).length;
                if (octets + size > LONGEST_LINE) {
                    folded.append(END).append(' ');
                    octets = 1;
                }
                folded.appendCodePoint(character);
                octets += size;
                i += Character.charCount(character);
            }
            folded.append(END);
        }
        return folded.toString();
    }
}
