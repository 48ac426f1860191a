@NullMarked
package ismap.pdf;

import org.jspecify.annotations.NullMarked;
