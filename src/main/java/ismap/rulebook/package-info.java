/** The rulebook as one typed model: vocabulary, tables, derivations, parameters, clauses, and what they mean. JDK only. */
@NullMarked
package ismap.rulebook;

import org.jspecify.annotations.NullMarked;
