/** Scenarios: cases in words, with the answer that is expected; reading them, running them, and what they reach. Plain Java. */
@NullMarked
package ismap.regression;

import org.jspecify.annotations.NullMarked;
