@NullMarked
package ismap.json;

import org.jspecify.annotations.NullMarked;
