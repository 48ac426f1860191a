@NullMarked
package ismap.postgres;

import org.jspecify.annotations.NullMarked;
