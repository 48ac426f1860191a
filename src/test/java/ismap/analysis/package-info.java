/** Tests of what is asked of a rulebook beyond a decision. */
@NullMarked
package ismap.analysis;

import org.jspecify.annotations.NullMarked;
