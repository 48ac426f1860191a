package ismap.calendar;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.Period;
import java.util.List;
import net.fortuna.ical4j.data.CalendarBuilder;
import net.fortuna.ical4j.model.Calendar;
import net.fortuna.ical4j.model.Component;
import net.fortuna.ical4j.model.component.VAlarm;
import net.fortuna.ical4j.model.component.VEvent;
import net.fortuna.ical4j.model.property.DtStart;
import net.fortuna.ical4j.model.property.Trigger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Calendar files, as calendars read them and as RFC 5545 has them. */
@Tag("core")
class CalendarFileTest {

    private static final Instant MADE = Instant.parse("2026-11-30T03:00:00Z");
    private static final String LONG = "更新の申請の期限です；「基本規程」3.5、改行\nと\\逆斜線、コンマ,とセミコロン;があります。".repeat(6);
    private static final CalendarFile.Entry FILING =
            new CalendarFile.Entry("a1@ismap", LocalDate.of(2028, 7, 31), "更新の申請, 期限", LONG, List.of(30, 7));
    private static final CalendarFile.Entry EXPIRY =
            new CalendarFile.Entry("a2@ismap", LocalDate.of(2028, 2, 29), "有効期限", "", List.of());

    @Test
    void aCalendarReadsBackWhatWasWritten() throws Exception {
        List<VEvent> events = read(file()).getComponents(Component.VEVENT);
        assertThat(events).hasSize(2);
        VEvent event = events.get(0);
        assertThat(event.getRequiredProperty("UID").getValue()).isEqualTo("a1@ismap");
        assertThat(event.getSummary().getValue()).isEqualTo("更新の申請, 期限");
        assertThat(event.getDescription().getValue()).isEqualTo(LONG);
        DtStart<LocalDate> start = event.<LocalDate>getStartDate().orElseThrow();
        assertThat(start.getDate()).isEqualTo(LocalDate.of(2028, 7, 31));
    }

    @Test
    void thereIsAReminderThirtyAndSevenDaysBefore() throws Exception {
        VEvent event = read(file()).<VEvent>getComponents(Component.VEVENT).get(0);
        List<VAlarm> alarms = event.getAlarms();
        assertThat(alarms)
                .extracting(
                        alarm -> alarm.getTrigger().map(Trigger::getDuration).orElseThrow())
                .containsExactly(Period.ofDays(-30), Period.ofDays(-7));
        assertThat(unfolded()).contains("TRIGGER:-P30D\r\n", "TRIGGER:-P1W\r\n");
    }

    @Test
    void aDayIsADateWithoutATimeAndWithoutAZone() {
        assertThat(unfolded())
                .contains("DTSTART;VALUE=DATE:20280731\r\n", "DTSTART;VALUE=DATE:20280229\r\n")
                .contains("DTSTAMP:20261130T030000Z\r\n")
                .doesNotContain("TZID", "VTIMEZONE");
    }

    @Test
    void noLineIsLongerThanSeventyFiveOctetsAndNoCharacterIsCut() {
        String file = new String(file(), StandardCharsets.UTF_8);
        assertThat(file).endsWith("END:VCALENDAR\r\n").doesNotContain("\uFFFD");
        assertThat(file.split("\r\n", -1))
                .allSatisfy(line ->
                        assertThat(line.getBytes(StandardCharsets.UTF_8).length).isLessThanOrEqualTo(75))
                .noneMatch(line -> line.contains("\n") || line.contains("\r"));
    }

    @Test
    void whatSeparatesValuesIsEscaped() {
        assertThat(unfolded()).contains("SUMMARY:更新の申請\\, 期限\r\n").contains("改行\\nと\\\\逆斜線、コンマ\\,とセミコロン\\;があります。");
    }

    @Test
    void nothingButTextComesOfAHostileName() throws Exception {
        byte[] file = CalendarFile.of(
                "x\r\nBEGIN:VEVENT",
                List.of(new CalendarFile.Entry(
                        "u@ismap", LocalDate.of(2027, 1, 1), "a\r\nATTACH:http://x/\u0000", "b", List.of())),
                MADE);
        assertThat(new String(file, StandardCharsets.UTF_8).split("\r\nBEGIN:VEVENT\r\n", -1))
                .hasSize(2);
        List<VEvent> events = read(file).getComponents(Component.VEVENT);
        assertThat(events)
                .singleElement()
                .satisfies(event -> assertThat(event.getProperty("ATTACH")).isEmpty());
    }

    @Test
    void theSameDaysMakeTheSameFile() {
        assertThat(file()).isEqualTo(file());
    }

    private static byte[] file() {
        return CalendarFile.of("ISMAP", List.of(FILING, EXPIRY), MADE);
    }

    private static String unfolded() {
        return new String(file(), StandardCharsets.UTF_8).replace("\r\n ", "");
    }

    private static Calendar read(byte[] file) throws Exception {
        return new CalendarBuilder().build(new ByteArrayInputStream(file));
    }
}
