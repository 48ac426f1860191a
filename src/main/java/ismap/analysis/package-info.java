/** What is asked of a rulebook beyond a decision: which fact to ask next. */
@NullMarked
package ismap.analysis;

import org.jspecify.annotations.NullMarked;
