/** Who may do what: principals, their roles, and the tokens by which they are known. */
@NullMarked
package ismap.access;

import org.jspecify.annotations.NullMarked;
