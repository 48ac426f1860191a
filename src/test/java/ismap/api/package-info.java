@NullMarked
package ismap.api;

import org.jspecify.annotations.NullMarked;
