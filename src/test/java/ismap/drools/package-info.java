/** Tests of the Drools engine: it agrees with the interpreter, and an author's DRL cannot reach it. */
@NullMarked
package ismap.drools;

import org.jspecify.annotations.NullMarked;
