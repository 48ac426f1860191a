/** Wiring: the main method, settings, and the only clock. Nothing refers to this package. */
@NullMarked
package ismap.app;

import org.jspecify.annotations.NullMarked;
