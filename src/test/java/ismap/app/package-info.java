@NullMarked
package ismap.app;

import org.jspecify.annotations.NullMarked;
