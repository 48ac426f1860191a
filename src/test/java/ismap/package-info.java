@NullMarked
package ismap;

import org.jspecify.annotations.NullMarked;
