@NullMarked
package ismap.traceability;

import org.jspecify.annotations.NullMarked;
