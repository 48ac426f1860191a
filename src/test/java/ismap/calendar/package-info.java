@NullMarked
package ismap.calendar;

import org.jspecify.annotations.NullMarked;
