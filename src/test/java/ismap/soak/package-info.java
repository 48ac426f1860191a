/** Long runs against the real service in a process of its own; started by {@code dev/soak}. */
@NullMarked
package ismap.soak;

import org.jspecify.annotations.NullMarked;
