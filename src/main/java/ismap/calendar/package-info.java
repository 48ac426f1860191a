/** Days as a file that calendars take (iCalendar, RFC 5545). Hides ical4j. */
@NullMarked
package ismap.calendar;

import org.jspecify.annotations.NullMarked;
