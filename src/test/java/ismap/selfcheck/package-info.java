@NullMarked
package ismap.selfcheck;

import org.jspecify.annotations.NullMarked;
