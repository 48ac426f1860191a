@NullMarked
package ismap.evaluation;

import org.jspecify.annotations.NullMarked;
