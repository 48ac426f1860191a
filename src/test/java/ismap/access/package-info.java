/** Tests of who may do what. */
@NullMarked
package ismap.access;

import org.jspecify.annotations.NullMarked;
