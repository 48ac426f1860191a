@NullMarked
package ismap.publication;

import org.jspecify.annotations.NullMarked;
