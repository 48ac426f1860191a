/**
 * What is asked of a rulebook beyond a decision: what a change of it changes, in its parts and in what is answered; which fact to ask next, and
 * what to change for a better outcome. Plain Java.
 */
@NullMarked
package ismap.analysis;

import org.jspecify.annotations.NullMarked;
