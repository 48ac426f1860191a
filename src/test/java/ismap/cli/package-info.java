@NullMarked
package ismap.cli;

import org.jspecify.annotations.NullMarked;
