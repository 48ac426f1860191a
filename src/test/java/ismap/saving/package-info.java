@NullMarked
package ismap.saving;

import org.jspecify.annotations.NullMarked;
