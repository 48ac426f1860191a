@NullMarked
package ismap.decision;

import org.jspecify.annotations.NullMarked;
