/** Hides Jackson: JSON in as JDK values, JDK values out as bytes. Strict in reading, deterministic in writing. */
@NullMarked
package ismap.json;

import org.jspecify.annotations.NullMarked;
