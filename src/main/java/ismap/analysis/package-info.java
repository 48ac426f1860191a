/** What is asked of a rulebook beyond a decision: which fact to ask next, what to change. Plain Java. */
@NullMarked
package ismap.analysis;

import org.jspecify.annotations.NullMarked;
