@NullMarked
package ismap.regression;

import org.jspecify.annotations.NullMarked;
