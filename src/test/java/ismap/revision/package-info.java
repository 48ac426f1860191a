@NullMarked
package ismap.revision;

import org.jspecify.annotations.NullMarked;
