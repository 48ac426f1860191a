@NullMarked
package ismap.pages;

import org.jspecify.annotations.NullMarked;
