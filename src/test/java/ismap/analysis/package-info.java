@NullMarked
package ismap.analysis;

import org.jspecify.annotations.NullMarked;
