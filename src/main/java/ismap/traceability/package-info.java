/** From a clause to the rows that decide it and the scenarios that show it, and back; what is not decided, and why. Plain Java. */
@NullMarked
package ismap.traceability;

import org.jspecify.annotations.NullMarked;
