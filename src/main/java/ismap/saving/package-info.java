/** Answers that somebody asked to have kept for a while, readable only by who has the code. */
@NullMarked
package ismap.saving;

import org.jspecify.annotations.NullMarked;
