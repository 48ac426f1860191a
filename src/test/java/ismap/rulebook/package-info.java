@NullMarked
package ismap.rulebook;

import org.jspecify.annotations.NullMarked;
