/** What workbooks may look like and what becomes of them. */
@NullMarked
package ismap.xlsx;

import org.jspecify.annotations.NullMarked;
